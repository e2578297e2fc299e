"""How decisions are stored: once, on what was seen, told to whom they concern; or kept as proposals."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.decision_table import decision_mark
from bot.domain.decisions import edition_of, ensure_decision
from bot.domain.errors import DecisionChanged, NotFound, Refusal
from bot.domain.journal import Act, about_comment
from bot.domain.notices import NoticeKind, Planned
from bot.domain.permissions import Permission, ensure, may
from bot.domain.proposals import Proposal
from bot.domain.values import dataclass
from bot.services.outbox.enqueue import enqueue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.comments import Comment, Decision
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Repositories


@dataclass(frozen=True, slots=True)
class MeantDecision:
    """A decision on a comment of which its maker has seen that ``edition`` and the ``earlier`` decision (its mark)."""

    decision: Decision
    edition: int
    earlier: str
    proposed_by: int | None = None
    """Who proposed it, where it is confirmed."""
    stood: Decision | None = None
    """The decision in whose place it comes, for the journal."""


@dataclass(frozen=True, slots=True)
class DecidedComments:
    """What became of decisions: comments for which they were stored (or ``proposed``), and why others were refused.

    ``same`` are comments of which nothing was different; ``refused`` is by the comments' numbers.
    """

    hearing: Hearing
    stored: tuple[Comment, ...] = ()
    same: tuple[Comment, ...] = ()
    refused: Mapping[int, Refusal] = field(default_factory=dict)
    proposed: bool = False


async def found_comment(repositories: Repositories, actor: Actor, comment_id: int) -> tuple[Comment, Hearing]:
    """A comment and its hearing; raises NotFound, and Forbidden for whoever decides nothing there."""
    comment = await repositories.comments.get(comment_id)
    return comment, await found_hearing(repositories, actor, comment.hearing_id)


async def found_hearing(repositories: Repositories, actor: Actor, hearing_id: int) -> Hearing:
    """A hearing; raises NotFound, and Forbidden for whoever decides nothing there."""
    hearing = await repositories.hearings.get(hearing_id)
    ensure(actor, Permission.DECIDE, hearing.municipality_id)
    return hearing


async def only_proposes(repositories: Repositories, actor: Actor, municipality_id: int) -> bool:
    """True where what the actor decides waits for the secretary."""
    if may(actor, Permission.CONFIRM, municipality_id):
        return False
    return await repositories.proposals.is_wanted(municipality_id)


async def decide_each(
    repositories: Repositories, actor: Actor, hearing: Hearing, meant: Mapping[int, MeantDecision], *, at: datetime
) -> DecidedComments:
    """Store decisions by the comments' ids, or propose them; what was changed since it was seen is refused by itself.

    All that are stored are told by one notice. Raises NotFound for a comment of another hearing.
    """
    proposes = await only_proposes(repositories, actor, hearing.municipality_id)
    same: list[Comment] = []
    refused: dict[int, Refusal] = {}
    wanted: dict[int, MeantDecision] = {}
    for comment_id, each in meant.items():
        comment = await repositories.comments.get(comment_id)
        if comment.hearing_id != hearing.id:
            raise NotFound("comment", comment_id)
        try:
            ensure_decision(comment, each.decision)
            if decision_mark(comment.decision) == decision_mark(each.decision):
                same.append(comment)
                continue
            ensure_seen(comment, each.edition, each.earlier)
        except Refusal as refusal:
            refused[comment.number] = refusal
            continue
        wanted[comment_id] = replace(each, decision=with_done(each.decision, comment), stood=comment.decision)
    if wanted:
        await _keep(repositories, actor, hearing, wanted, at=at, proposes=proposes)
    stored = tuple([await repositories.comments.get(comment_id) for comment_id in wanted])
    return DecidedComments(hearing, stored, tuple(same), refused, proposed=proposes)


async def _keep(
    repositories: Repositories,
    actor: Actor,
    hearing: Hearing,
    wanted: Mapping[int, MeantDecision],
    *,
    at: datetime,
    proposes: bool,
) -> None:
    if proposes:
        await propose(repositories, actor, hearing, wanted, at=at)
        return
    moment = await owe_word(repositories, hearing, at=at)
    await store_decisions(repositories, wanted, by=actor.resident_id, at=at, moment=moment)


async def propose(
    repositories: Repositories, actor: Actor, hearing: Hearing, wanted: Mapping[int, MeantDecision], *, at: datetime
) -> None:
    """Let decisions wait for the secretary, each in place of an earlier proposal on the same comment."""
    by = actor.resident_id
    known = await repositories.proposals.of(wanted.keys())
    new = {
        comment_id: Proposal(comment_id, hearing.id, each.decision, each.edition, each.earlier, at, by)
        for comment_id, each in wanted.items()
        if not _waits_already(known.get(comment_id), each)
    }
    await repositories.proposals.put(new.values())
    await repositories.journal.add_each(
        [
            about_comment(each.comment_id, Act.PROPOSED, at=at, by=by, data={"outcome": each.decision.outcome.value})
            for each in new.values()
        ]
    )


def _waits_already(known: Proposal | None, meant: MeantDecision) -> bool:
    said = known is not None and known.sent_back_at is None and known.edition == meant.edition
    return said and known is not None and known.mark == decision_mark(meant.decision)


async def owe_word(repositories: Repositories, hearing: Hearing, *, at: datetime) -> datetime:
    """Owe a notice to whoever wrote or supports what is decided on now; returns the moment of these decisions.

    No other decisions of the hearing have it: the notice finds by it whom it concerns.
    """
    moment = at
    planned = Planned(hearing.id, NoticeKind.DECIDED, edition_of(moment), at)
    while await enqueue(repositories, planned, hearing, at=at) is None:
        moment += timedelta(microseconds=1)
        planned = replace(planned, edition=edition_of(moment))
    return moment


async def store_decisions(
    repositories: Repositories, decided: Mapping[int, MeantDecision], *, by: int | None, at: datetime, moment: datetime
) -> None:
    """Store decisions of that ``moment`` by the comments' ids, and note who made them; no proposal is left on them."""
    dated = {comment_id: replace(each.decision, decided_at=moment) for comment_id, each in decided.items()}
    await repositories.comments.decide_each(dated)
    await repositories.proposals.drop(dated.keys())
    await repositories.journal.add_each(
        [
            about_comment(comment_id, Act.DECIDED, at=at, by=by, data=_noted(each))
            for comment_id, each in decided.items()
        ]
    )


def _noted(each: MeantDecision) -> dict[str, str | int]:
    """What was decided, and what stood there before: outcomes, and the reasons where they differ."""
    noted: dict[str, str | int] = {"outcome": each.decision.outcome.value}
    if each.proposed_by is not None:
        noted["proposer"] = each.proposed_by
    if (stood := each.stood) is not None:
        noted["earlier"] = stood.outcome.value
        if stood.reason != each.decision.reason:
            noted |= {"before": stood.reason, "after": each.decision.reason}
    return noted


def with_done(decision: Decision, comment: Comment) -> Decision:
    """The decision, done where the one in whose place it comes was."""
    return decision if comment.decision is None else replace(decision, done_at=comment.decision.done_at)


def ensure_seen(comment: Comment, edition: int, earlier: str) -> None:
    """Raise CommentChanged or DecisionChanged unless whoever decides has seen what stands there now."""
    comment.ensure_edition(edition)
    if decision_mark(comment.decision) != earlier:
        raise DecisionChanged
