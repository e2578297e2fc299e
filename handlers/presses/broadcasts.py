"""Presses about what was sent to many, and holding it back."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.presses.press import AboutDates, Press


@dataclass(frozen=True, slots=True)
class OpenBroadcastList(AboutDates):
    """What was sent about a hearing, and how far it is; a page of it."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenBroadcast(Press):
    """One broadcast."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class PauseBroadcast(Press):
    """Send no more of it for now."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class ResumeBroadcast(Press):
    """Go on sending it."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class CancelBroadcast(Press):
    """Send no more of it at all: sure?"""

    broadcast: int
    sure: bool = False
