"""A decision in the making as it is shown, and what it begins with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.comments import Outcome
from bot.domain.decision_drafts import DecisionDraft, DecisionField, MarkedComment
from bot.domain.decisions import outcomes_of
from bot.domain.errors import DecisionChanged, TextTooLong
from bot.domain.values import dataclass
from bot.services.deciding import found_comment

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.comments import Comment, Decision
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Repositories


@dataclass(frozen=True, slots=True)
class PreparedDecision:
    """A decision in the making with its comments, and what may stand in it.

    ``reasoned`` are comments whose decisions have reasons that may do for it too, ``responsibles`` names to choose
    from. ``proposes``: it will wait for the secretary.
    """

    hearing: Hearing
    draft: DecisionDraft
    comments: tuple[Comment, ...]
    today: date
    reasoned: tuple[Comment, ...] = ()
    responsibles: tuple[str, ...] = ()
    proposes: bool = False

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What may be decided on every one of the comments."""
        allowed = [outcomes_of(comment.kind) for comment in self.comments]
        return tuple(outcome for outcome in Outcome if all(outcome in each for each in allowed))


def begun(hearing: Hearing, comment: Comment, outcome: Outcome) -> DecisionDraft:
    """A decision on one comment: who is responsible, until when and what it changes stay as they are."""
    known = comment.decision
    draft = DecisionDraft(hearing.id, (MarkedComment.of(comment),), outcome, awaits=DecisionField.REASON)
    if known is None:
        return draft
    return replace(draft, responsible=known.responsible, due=known.due, changes=known.changes)


async def with_reason_of(
    repositories: Repositories, actor: Actor, draft: DecisionDraft, source_id: int
) -> DecisionDraft:
    source, hearing = await found_comment(repositories, actor, source_id)
    if source.decision is None or hearing.id != draft.hearing_id:
        raise DecisionChanged
    return replace(draft, reason=source.decision.reason, awaits=DecisionField.NOTHING)


def without_missing(decision: Decision, hearing: Hearing) -> Decision:
    """The decision without what the drafts do not have."""
    there = decision.changes is not None and hearing.dossier.has(decision.changes)
    return decision if there else replace(decision, changes=None)


def within(words: str, limit: int) -> str:
    if len(words) > limit:
        raise TextTooLong(limit, len(words))
    return words
