"""The press that shows groups of opinion."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class SeeOpinions(Press):
    """Opens the groups of opinion of a hearing, a page of them."""

    hearing: int
    page: int = 0
