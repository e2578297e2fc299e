"""Presses about who has not been heard."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class SeeUnheard(Press):
    """Opens who has not been heard in a hearing, a page of it."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class RemindVillage(Press):
    """Shows a reminder to a village; sends it where ``sure``."""

    hearing: int
    village: int
    sure: bool = False
