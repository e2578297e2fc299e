"""Presses about what decisions promise, and whether it is done."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ListPromises(Press):
    """Opens what was promised in a hearing, a page of it."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenPromise(Press):
    """Opens one thing that was promised."""

    comment: int


@dataclass(frozen=True, slots=True)
class ChooseDoneDay(Press):
    """Chooses the day on which it was done, and asks for a photo; 0 asks for the day to be typed."""

    comment: int
    day: int = 0


@dataclass(frozen=True, slots=True)
class MarkDone(Press):
    """Says that it was done on that day, without a photo."""

    comment: int
    day: int


@dataclass(frozen=True, slots=True)
class UndoDone(Press):
    """Asks whether it is not done after all; says so where ``sure``."""

    comment: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class SeeDonePhoto(Press):
    """Sends the photo of what was done."""

    comment: int
