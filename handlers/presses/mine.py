"""Presses about one's own answers and comments."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class SeeMine(Press):
    """Opens one's own answers and comments, a page of the comments."""

    page: int = 0
