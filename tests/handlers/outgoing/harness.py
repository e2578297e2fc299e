"""The harness of the sending side: a bot that sends through the simulator in virtual time, and people who read it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram import Bot

from bot.simulator import Limits, Person, SimulatorRequest, Telegram
from bot.simulator.files import blank_png
from handlers.outgoing.bulk import NotTried
from handlers.outgoing.replies import Replies
from handlers.outgoing.telegram_errors import Judgement, Verdict
from handlers.views.screen import Button, Html, Picture, Screen
from tests.clocks import VirtualClock, now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.ports import Clock

IN_FLIGHT = 32
PATIENCE = 25.0
STEP = 1.015
"""Seconds between two messages to a person: what Telegram wants, and a little for the network."""


class FarRequest(SimulatorRequest):
    """Telegram far away: every call takes its time there, and its answer its time back."""

    def __init__(self, telegram: Telegram, way: Callable[[], float]) -> None:
        super().__init__(telegram)
        self.way = way

    async def do_request(self, *args: Any, **named: Any) -> tuple[int, bytes]:
        await pause(self.way())
        try:
            return await super().do_request(*args, **named)
        finally:
            await pause(self.way())


async def pause(seconds: float) -> None:
    if seconds:
        await asyncio.sleep(seconds)


@dataclass
class RepliesHarness:
    """A bot's ``Replies``, the simulator it talks to, and what its listeners were called with."""

    limits: Limits | None = None
    clock: Clock = field(default_factory=VirtualClock)
    way: Callable[[], float] = float
    """Seconds that a call takes on its way there, and its answer on its way back."""
    blocked: list[int] = field(default_factory=list)
    file_ids: list[tuple[str, str | None]] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)
    long_pauses: list[float] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.telegram = Telegram(clock=self.clock, monotonic=now, limits=self.limits)
        request = FarRequest(self.telegram, self.way)
        self.bot = Bot(self.telegram.token, request=request, get_updates_request=request)
        self.replies = Replies(
            self.bot,
            on_blocked=self.blocked.append,
            on_file_id=lambda key, file_id: self.file_ids.append((key, file_id)),
            on_moved=lambda old, new: self.moved.append((old, new)),
            on_long_pause=self.long_pauses.append,
            monotonic=now,
            **{"jitter": lambda: 1.0, **self.settings},
        )

    def person(self, name: str = "Айгүл") -> Person:
        someone = Person(self.telegram, name)
        someone.start()
        return someone

    def times(self, method: str) -> list[float]:
        return [call.at for call in self.telegram.calls if call.method == method]

    def left(self) -> list[float]:
        """When each message that counts reached Telegram."""
        counted = [call for call in self.telegram.calls if call.method.startswith(COUNTED)]
        return [call.at for call in counted if call.method != "sendChatAction"]

    def times_of(self, words: str) -> list[float]:
        """When each message saying ``words`` was accepted."""
        return [call.at for call in self.telegram.calls if call.status == 200 and call.fields.get("text") == words]

    @staticmethod
    def picture() -> Picture:
        return Picture("chart-1", content=blank_png())

    def methods(self) -> list[str]:
        return [call.method for call in self.telegram.calls]


COUNTED = ("send", "edit")


def spacing(times: list[float], window: float = 1.0) -> int:
    """The most of ``times`` (in order) in any sliding ``window``, as Telegram counts."""
    most, first = 0, 0
    for last, at in enumerate(times):
        while times[first] <= at - window:
            first += 1
        most = max(most, last - first + 1)
    return most


def screen(words: str, *labels: str, picture: Picture | None = None) -> Screen:
    return Screen(Html(words), tuple((Button(label, data=f"1{label}"),) for label in labels), picture)


async def first_screen(harness: RepliesHarness, person: Person, shown: Screen | None = None) -> int:
    await harness.replies.show(person.id, shown or screen("first", "a"))
    await harness.replies.idle()
    await asyncio.sleep(10)
    return person.screen.id


async def broadcast(harness: RepliesHarness, people: Sequence[Person], words: str = "notice") -> Counter[str]:
    """Send each person a notice, a few at once and each until it is delivered, as the outbox does; counts outcomes."""
    outcomes: Counter[str] = Counter()
    waiting = iter(people)

    async def send() -> None:
        for person in waiting:
            while await again(person):
                pass

    async def again(person: Person) -> bool:
        if (paused_for := harness.replies.bulk_paused_for) > 0:
            await asyncio.sleep(paused_for)
        outcome = await harness.replies.send_bulk(person.id, screen(words), patience=PATIENCE)
        outcomes[outcome.verdict.name if isinstance(outcome, Judgement) else type(outcome).__name__] += 1
        if isinstance(outcome, Judgement) and outcome.verdict in {Verdict.WAIT, Verdict.AGAIN}:
            await asyncio.sleep(outcome.seconds or 1.0)
            return True
        if isinstance(outcome, NotTried):
            await asyncio.sleep(outcome.seconds)
            return True
        return False

    async with asyncio.TaskGroup() as group:
        for _ in range(IN_FLIGHT):
            group.create_task(send())
    return outcomes
