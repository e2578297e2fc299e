"""Presses about decisions on comments: one comment after another, and the end of it."""

from __future__ import annotations

from bot.domain.comments import Outcome
from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenDecisions(Press):
    """Opens the comments of a hearing that have no decision, at this one of them."""

    hearing: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class DecideComment(Press):
    """Opens one comment to be decided on, or decided on otherwise, at a page of its words."""

    comment: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickOutcome(Press):
    """Notes a comment, or asks for the reason of another outcome; ``earlier`` is the mark of the decision so far."""

    comment: int
    outcome: Outcome
    edition: int
    earlier: str


@dataclass(frozen=True, slots=True)
class ReuseReason(Press):
    """Decides on a comment with the reason of the decision on another one."""

    comment: int
    outcome: Outcome
    source: int
    edition: int
    earlier: str


@dataclass(frozen=True, slots=True)
class CompleteHearing(Press):
    """Asks whether the hearing is answered; says so where ``sure``."""

    hearing: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class TakeBackDecision(Press):
    """Takes a decision back, the one with that mark, after asking once."""

    comment: int
    earlier: str
    sure: bool = False
