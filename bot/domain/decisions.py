"""What the commission decides on comments: which outcomes there are, and when a hearing is answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind, Outcome
from bot.domain.errors import DecidedTogether, OnlyQuestions, ReasonNeeded, Undecided

if TYPE_CHECKING:
    from bot.domain.comments import Comment, Decision

LONGEST_REASON: Final = 2_000
"""Letters of a reason."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


def edition_of(moment: datetime) -> int:
    """The moment of decisions as the edition of the notice that tells of them: microseconds since 1970."""
    return (moment - _EPOCH) // _TICK


def moment_of(edition: int) -> datetime:
    """The moment that ``edition_of`` made an edition of."""
    return _EPOCH + edition * _TICK


def outcomes_of(kind: CommentKind) -> tuple[Outcome, ...]:
    """What may be decided on a comment of this kind."""
    if kind is CommentKind.QUESTION:
        return (Outcome.ANSWERED, Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED, Outcome.NOTED)
    return (Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED, Outcome.NOTED)


def ensure_decision(comment: Comment, decision: Decision) -> None:
    """Raise where nothing of the kind can be decided on the comment.

    AlreadyWithdrawn, DecidedTogether for one that is joined with another, OnlyQuestions and ReasonNeeded.
    """
    comment.ensure_not_withdrawn()
    if comment.merged_into is not None:
        raise DecidedTogether
    if decision.outcome not in outcomes_of(comment.kind):
        raise OnlyQuestions
    needs_one = decision.outcome is not Outcome.NOTED
    if (needs_one and not decision.reason.strip()) or len(decision.reason) > LONGEST_REASON:
        raise ReasonNeeded


def ensure_all_decided(left: int) -> None:
    """Raise Undecided while so many comments that are not withdrawn have no decision."""
    if left:
        raise Undecided(left)
