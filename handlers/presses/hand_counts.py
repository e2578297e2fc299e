"""Presses of votes that staff counted by hand, and of people present."""

from __future__ import annotations

from bot.domain.comments import Channel
from bot.domain.values import dataclass
from handlers.presses.press import AboutEntries


@dataclass(frozen=True, slots=True)
class ChooseCountChannel(AboutEntries):
    """Asks how counted votes were given."""


@dataclass(frozen=True, slots=True)
class ChooseCountVillage(AboutEntries):
    """Asks in which village they were counted, a page of villages."""

    channel: Channel
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenBox(AboutEntries):
    """Opens a ballot box; ``village`` 0 is the whole municipality."""

    channel: Channel
    village: int = 0
    box: int = 1


@dataclass(frozen=True, slots=True)
class CountVotes(AboutEntries):
    """Waits for the numbers of a question from a ballot box."""

    channel: Channel
    village: int
    box: int
    question: int


@dataclass(frozen=True, slots=True)
class RemoveCount(AboutEntries):
    """Takes the count of a question out of a ballot box, after asking once."""

    channel: Channel
    village: int
    box: int
    question: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class CountPeople(AboutEntries):
    """Waits for the people present at a sitting; where there are several (``sitting`` 0) asks at which."""

    sitting: int = 0


@dataclass(frozen=True, slots=True)
class RemovePeople(AboutEntries):
    """Takes the people present at a sitting out, after asking once."""

    sitting: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class SaveCount(AboutEntries):
    """Stores the numbers that were typed."""
