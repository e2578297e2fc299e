"""What each person was shown last, when they wrote, and whether they have pressed anything since.

Memory knows it at once. The subject of a screen is stored too, beside everything else, for words that come after a
restart: a screen never waits for that, and one about the same as before writes nothing. Of visitors memory alone knows
what they look at.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.errors import StoreUnavailable
from bot.domain.unsent import BUNDLE_LASTS, PART_FOLLOWS_WITHIN
from bot.services.readings import Reader
from handlers import presses

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.domain.people import Actor
    from bot.domain.questions import About
    from bot.services.readings import Readings
    from bot.tasks import Tasks
    from handlers.presses import Press

    Subject = tuple[int, About] | None

T = TypeVar("T")

PEOPLE_REMEMBERED: Final = 10_000
READERS_TOGETHER: Final = 100
"""People of whom one transaction stores what they read: votes do not wait long for it."""


class Attention:
    """The subject before each person's eyes, and who has pressed since their last message: those of this process."""

    def __init__(self, readings: Readings, tasks: Tasks) -> None:
        self._readings = readings
        self._tasks = tasks
        self._seen: OrderedDict[int, Subject] = OrderedDict()
        self._pressed: OrderedDict[int, None] = OrderedDict()
        self._wrote: OrderedDict[int, datetime] = OrderedDict()
        self._refused: OrderedDict[int, datetime] = OrderedDict()
        self._looked: OrderedDict[int, Press] = OrderedDict()
        self._answers: OrderedDict[int, int] = OrderedDict()
        self._unwritten: dict[int, tuple[int, Subject]] = {}  # with residents' ids: a crowd's wait behind its votes
        self._writing: asyncio.Task[None] | None = None

    def has_pressed(self, telegram_id: int) -> bool:
        """True where the person has pressed something, or sent a command, after the last message they wrote."""
        return telegram_id in self._pressed

    def knows(self, telegram_id: int) -> bool:
        """True where the person was shown something by this process."""
        return telegram_id in self._seen

    def subject(self, telegram_id: int) -> Subject:
        """What the person was shown last; None where it was nothing in particular."""
        return self._seen.get(telegram_id)

    def wrote(self, telegram_id: int, at: datetime) -> None:
        """Note that a message of the person is handled at that moment."""
        self._pressed.pop(telegram_id, None)
        _remember(self._wrote, telegram_id, at)

    def is_sending(self, telegram_id: int, now: datetime) -> bool:
        """True where the person has pressed nothing since a message to which the next may belong."""
        at = self._wrote.get(telegram_id)
        return at is not None and telegram_id not in self._pressed and now - at <= BUNDLE_LASTS

    def forget(self, telegram_id: int) -> None:
        """Know no more what the person was shown, or whether they have pressed: another process knows better.

        The subject is looked up where it is stored then.
        """
        self._seen.pop(telegram_id, None)
        self._pressed.pop(telegram_id, None)

    def forget_all_but(self, people: Collection[int]) -> None:
        """The same of everybody else."""
        for person in (self._seen.keys() | self._pressed.keys()).difference(people):
            self.forget(person)

    def refuses(self, telegram_id: int, now: datetime) -> bool:
        """True where a visitor is to be told that nothing is kept: once for what comes within seconds, and no press."""
        told = self._refused.get(telegram_id)
        if told is not None and telegram_id not in self._pressed and now - told <= PART_FOLLOWS_WITHIN:
            return False
        _remember(self._refused, telegram_id, now)
        return True

    def look(self, telegram_id: int, press: Press | None) -> None:
        """Note the hearing or the municipality that a visitor's screen leads to; another screen changes nothing."""
        if hearing := getattr(press, "hearing", 0):
            _remember(self._looked, telegram_id, presses.OpenHearing(hearing))
        elif municipality := getattr(press, "municipality", 0):
            _remember(self._looked, telegram_id, presses.GoHome(municipality))
        elif isinstance(press, presses.ReadComment):
            _remember(self._looked, telegram_id, press)

    def looked_at(self, telegram_id: int) -> Press | None:
        """The way to what a visitor looks at; None where this process knows of nothing."""
        return self._looked.get(telegram_id)

    def read_answers(self, telegram_id: int, press: Press | None) -> None:
        """Note whether the person's screen has the answers of a hearing: a number that they type is one of these."""
        self._answers.pop(telegram_id, None)
        if isinstance(press, (presses.ReadAnswers, presses.NarrowAnswers)):
            _remember(self._answers, telegram_id, press.hearing)

    def answers_of(self, telegram_id: int) -> int:
        """The hearing whose answers the person reads; 0 where they read something else."""
        return self._answers.get(telegram_id, 0)

    def note(self, actor: Actor, subject: Subject) -> None:
        """Note that the actor pressed, and what the screen is about that they were shown for it."""
        person = actor.telegram_id
        _remember(self._pressed, person, None)
        if actor.resident is None:
            self._seen.pop(person, None)
            self._unwritten.pop(person, None)
            return
        if person in self._seen and self._seen[person] == subject:
            return
        _remember(self._seen, person, subject)
        self._unwritten[person] = (actor.resident.id, subject)
        if self._writing is None or self._writing.done():
            self._writing = self._tasks.start(self._write(), name="what people read")

    async def idle(self) -> None:
        """Return when everything noted so far is stored, or was refused."""
        if self._writing is not None:
            await asyncio.wait([self._writing])

    async def _write(self) -> None:
        """Store what is new, of many people at once; what the store does not take is known to memory alone."""
        while self._unwritten:
            people = [(person, *self._unwritten.pop(person)) for person in [*islice(self._unwritten, READERS_TOGETHER)]]
            with suppress(StoreUnavailable):
                await self._readings.note({Reader(resident, person): subject for person, resident, subject in people})


def _remember(people: OrderedDict[int, T], person: int, fact: T) -> None:
    people[person] = fact
    people.move_to_end(person)
    if len(people) > PEOPLE_REMEMBERED:
        people.popitem(last=False)
