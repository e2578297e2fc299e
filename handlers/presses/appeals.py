"""Presses about appeals against the hiding of a comment."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class AppealHiding(Press):
    """Asks the author of a hidden comment why it should be shown."""

    comment: int


@dataclass(frozen=True, slots=True)
class SendAppeal(Press):
    """Sends the words that were typed, if they are those of this ``mark``."""

    comment: int
    mark: int


@dataclass(frozen=True, slots=True)
class CancelAppeal(Press):
    """Sends nothing, and opens the comment."""

    comment: int


@dataclass(frozen=True, slots=True)
class ListAppeals(Press):
    """Opens the appeals that wait in a municipality."""

    municipality: int


@dataclass(frozen=True, slots=True)
class OpenAppeal(Press):
    """Opens one appeal as staff read it."""

    appeal: int


@dataclass(frozen=True, slots=True)
class JudgeAppeal(Press):
    """Asks whether to publish the comment again (``lift``), or to let it stay hidden; does it where ``sure``."""

    appeal: int
    lift: bool
    sure: bool = False
