"""Presses by which staff join comments that say the same."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class SeeSimilar(Press):
    """Opens the comments that look the same as one."""

    comment: int


@dataclass(frozen=True, slots=True)
class JoinComments(Press):
    """Asks whether to join two comments with the words of these editions; joins them where ``sure``."""

    comment: int
    other: int
    edition: int = 0
    other_edition: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PartComment(Press):
    """Parts a comment from the one that it is joined with."""

    comment: int
