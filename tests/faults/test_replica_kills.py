"""kill -9 of any of several processes at any moment of traffic, again and again, on one server and one Telegram."""

from __future__ import annotations

import asyncio
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import CommentKind
from bot.domain.questions import AboutKind
from bot.simulator.limits import Limits
from bot.simulator.people import Person
from handlers import presses
from handlers.presses.wire import pack
from tests import samples, scale
from tests.clocks import SystemClock
from tests.faults.replicas import AGAIN, troupe
from tests.municipality import Municipality
from tests.scale import kills

if TYPE_CHECKING:
    from tests.faults.replicas import Troupe

pytestmark = [pytest.mark.kills, pytest.mark.full]

KILLS = kills(scale.KILLS, few=1)
REPLICAS = 3
PRESSES = 20
FOLLOWERS = 20
ANNOUNCED_EACH = 5
"""Rounds from one announcement to the next."""
ANY_ANSWERS = Limits(overall=None)
PARTS = ("биринчи", "экинчи", "үчүнчү")
PATIENCE = 120.0
"""Seconds until the last notice has arrived."""


@dataclass
class Chronicle:
    """What people have done, and what they have to have in the end."""

    town: Troupe
    dice: random.Random = field(default_factory=lambda: random.Random(11))
    followers: list[Person] = field(default_factory=list)
    authors: list[Person] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    async def move_in(self) -> None:
        """People who met the bot some time ago, and only read."""
        municipality = await Municipality.load(self.town.scene.services)
        for number in range(FOLLOWERS):
            self.followers.append(self._person(f"Follower {number}"))
            await municipality.resident(self.followers[-1].id)

    async def write(self) -> None:
        """Somebody new writes a proposal in three messages."""
        author = self._person(f"Author {len(self.authors)}")
        await (await Municipality.load(self.town.scene.services)).resident(author.id)
        self.authors.append(author)
        author.start()
        await author.until(lambda: bool(author.messages), within=60)
        write = presses.WriteAbout(self.town.scene.hearing.id, CommentKind.PROPOSAL, AboutKind.HEARING)
        press = author.forge(pack(write, "ky"))  # Telegram keeps the order of presses, and that of messages
        await author.until(lambda: press.answered, within=60)
        for words in PARTS:
            author.say(f"{words} {author.id}")

    async def announce(self) -> None:
        """A hearing of which everybody has to be told."""
        now = SystemClock().now()
        self.titles.append(f"Жар № {len(self.titles) + 1}.")
        content = replace(
            samples.dossier(opens=now + timedelta(hours=6), closes=now + timedelta(days=9)),
            title=samples.words(self.titles[-1]),
        )
        await (await Municipality.load(self.town.scene.services)).hearing(content)

    def press(self) -> None:
        """Presses of everybody's."""
        for _ in range(PRESSES):
            self.town.scene.press()

    def _person(self, name: str) -> Person:
        person = Person(self.town.scene.telegram, name, language="ky")
        person.chat.refusal = None
        return person

    async def arrived(self) -> None:
        """Return when everybody has what they have to have."""
        async with asyncio.timeout(PATIENCE):
            while not all(self._copies().values()):
                await asyncio.sleep(0.1)

    def _copies(self) -> dict[tuple[int, str], int]:
        """How many copies there are of everything that somebody has to have, by person."""
        receipts = {(each.id, "№"): sum(_is_receipt(words) for words in _told(each)) for each in self.authors}
        told = {
            (each.id, title): sum(title in words for words in _told(each))
            for each in self.followers
            for title in self.titles
        }
        return receipts | told

    async def ensure_told_once(self) -> None:
        """Nobody has the same twice but with words that say so; comments say all that was written, in order."""
        copies = self._copies()
        assert all(copies.values())
        for person in self.followers:
            unmarked = Counter(words for words in _told(person) if AGAIN not in words)
            assert set(unmarked.values()) <= {1}, unmarked
        for person in self.authors:
            assert sum(_is_receipt(words) and AGAIN not in words for words in _told(person)) <= 1
        async with self.town.scene.services.store.reading() as repositories:
            for author in self.authors:
                resident = await repositories.people.find(author.id)
                assert resident is not None
                (comment,) = await repositories.comments.list_of(resident.id)
                whole = "\n".join(f"{words} {author.id}" for words in PARTS)
                assert comment.text == whole, "".join(f"\n{words[:150]!r}" for words in _told(author))
        repeated = sum(number > 1 for number in copies.values())
        say(f"{KILLS} kills, {len(copies)} notices, {repeated} of them twice, marked")


def say(words: str) -> None:
    """Tell who watches, with ``-s``: 200 rounds take a while."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _told(person: Person) -> list[str]:
    return [message.words for message in person.messages]


def _is_receipt(words: str) -> bool:
    return re.search(r"№ \d+(?!\d|\.)", words) is not None


@pytest.mark.timeout(7200)
async def test_nothing_is_lost_doubled_or_out_of_order_however_often_one_of_them_is_killed(postgresql_url: str) -> None:
    async with troupe(postgresql_url, replicas=REPLICAS, limits=ANY_ANSWERS) as town:
        told = Chronicle(town)
        await told.move_in()
        for number in range(KILLS):
            if number % ANNOUNCED_EACH == 0:
                await told.announce()
            await told.write()
            told.press()
            await town.scene.answered(told.dice.randint(0, PRESSES - 5))
            port = told.dice.choice(list(town.bots))
            await town.kill(port)
            await told.write()
            told.press()
            await town.begin(port)
            say(f"killed {number + 1} of {KILLS}")
        await town.scene.handled()
        await told.arrived()
        await town.stop()
        await town.scene.ensure_counted()
        await told.ensure_told_once()
