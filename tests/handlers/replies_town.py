"""A bot that speaks through the simulator in virtual time, and people who read what it says."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot

from bot.simulator import Limits, Person, SimulatorRequest, Telegram
from handlers.replies import Replies
from handlers.views.screen import Button, Html, Picture, Screen
from tests.handlers.virtual_time import VirtualClock, now

STEP = 1.015
"""Seconds between two messages to a person: what Telegram wants, and a little for the network."""


@dataclass
class Town:
    """A bot that speaks, and people who read."""

    limits: Limits | None = None
    blocked: list[int] = field(default_factory=list)
    file_ids: list[tuple[str, str | None]] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)
    long_pauses: list[float] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.telegram = Telegram(clock=VirtualClock(), monotonic=now, limits=self.limits)
        request = SimulatorRequest(self.telegram)
        self.bot = Bot(self.telegram.token, request=request, get_updates_request=request)
        self.replies = Replies(
            self.bot,
            on_blocked=self.blocked.append,
            on_file_id=lambda key, file_id: self.file_ids.append((key, file_id)),
            on_moved=lambda old, new: self.moved.append((old, new)),
            on_long_pause=self.long_pauses.append,
            monotonic=now,
            jitter=lambda: 1.0,
            **self.settings,
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


async def first_screen(town: Town, person: Person, shown: Screen | None = None) -> int:
    await town.replies.show(person.id, shown or screen("first", "a"))
    await town.replies.idle()
    await asyncio.sleep(10)
    return person.screen.id
