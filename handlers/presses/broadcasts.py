"""Presses about what is sent to many people, and that pause and cancel it."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import AboutDates, Press


@dataclass(frozen=True, slots=True)
class OpenBroadcastList(AboutDates):
    """Opens the list of what was sent about a hearing, a page of it."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenBroadcast(Press):
    """Opens one broadcast."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class PauseBroadcast(Press):
    """Pauses a broadcast."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class ResumeBroadcast(Press):
    """Sends a paused broadcast on."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class CancelBroadcast(Press):
    """Asks whether to send no more of a broadcast; cancels it where ``sure``."""

    broadcast: int
    sure: bool = False
