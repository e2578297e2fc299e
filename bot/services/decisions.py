"""The commission's decisions: on one comment in the chat, on many in a table; whom they concern is told once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.decisions import LONGEST_REASON, edition_of, ensure_all_decided, ensure_decision
from bot.domain.errors import DecisionChanged, HearingNotClosed, NothingExpected, TextTooLong
from bot.domain.hearings import Phase
from bot.domain.journal import Act, about_comment, about_hearing
from bot.domain.message_text import checked
from bot.domain.notices import NoticeKind, Planned
from bot.domain.pending_input import LEFT_AT_THE_DESK, PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_known, may
from bot.services.comments import CommentView
from bot.services.outbox.enqueue import enqueue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

REASONS_OFFERED: Final = 3
"""Reasons of the latest decisions, to be used once more by one press."""
REASON_LASTS: Final = timedelta(minutes=30)
"""How long a typed text is taken for the reason of a decision: it is told to people as soon as it is stored."""
DECISIONS_LOOKED_THROUGH: Final = 30
"""The latest decisions among which such reasons are looked for."""


@dataclass(frozen=True, slots=True)
class DecisionQueue:
    """The comments of a hearing that have no decision: how many, and the one at ``offset`` of them (None: none).

    ``due``: the day by which answers are promised. ``may_complete``: the actor may say that the hearing is answered.
    """

    hearing: Hearing
    left: int
    offset: int
    view: CommentView | None
    due: date
    may_complete: bool


@dataclass(frozen=True, slots=True)
class ReasonWanted:
    """A decision that waits for its reason, and comments whose decisions have reasons that may do for it too."""

    view: CommentView
    outcome: Outcome
    earlier: str
    reasoned: tuple[Comment, ...]


class Decisions:
    """What the commission decides. Every method raises Forbidden for whoever decides nothing there."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def queue(self, actor: Actor, hearing_id: int, *, offset: int = 0) -> DecisionQueue:
        """The comments without a decision, oldest first, one at a time; hidden ones too, withdrawn ones never."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.DECIDE, hearing.municipality_id)
            left = await repositories.comments.count_undecided(hearing_id)
            offset = min(offset, max(0, left - 1))
            found = await repositories.comments.list_undecided(hearing_id, offset=offset, limit=1)
        secretary = may(actor, Permission.PREPARE, hearing.municipality_id)
        view = CommentView(found[0], hearing, staff=True) if found else None
        due = hearing.dossier.answers_due(places.zone(hearing.municipality_id))
        complete = secretary and hearing.phase is Phase.CLOSED and not left
        return DecisionQueue(hearing, left, offset, view, due, may_complete=complete)

    async def find(self, actor: Actor, comment_id: int) -> CommentView:
        """A comment on which the actor decides, decided or not."""
        async with self._store.reading() as repositories:
            comment, hearing = await _found(repositories, actor, comment_id)
        return CommentView(comment, hearing, staff=True)

    async def begin_reason(
        self, actor: Actor, comment_id: int, outcome: Outcome, *, edition: int, earlier: str
    ) -> ReasonWanted:
        """Take the actor's next text for the reason of this decision. Raises as ``decide``."""
        resident = ensure_known(actor)
        async with self._store.writing() as repositories:
            comment, hearing = await _found(repositories, actor, comment_id)
            _ensure_seen(comment, edition, earlier)
            ensure_decision(comment, Decision(outcome, "…"))
            pending = PendingInput(
                resident.id,
                PendingInputKind.DECISION,
                self._clock.now() + REASON_LASTS,
                hearing.id,
                comment_id=comment.id,
                text=f"{outcome.value} {edition} {earlier}",
            )
            await repositories.pending_inputs.put(pending)
            latest = await repositories.comments.list_latest_decided(hearing.id, limit=DECISIONS_LOOKED_THROUGH)
        fitting = {c.decision.reason: c for c in reversed(latest) if c.decision and c.decision.outcome is outcome}
        reasoned = tuple(reversed(fitting.values()))[:REASONS_OFFERED]
        return ReasonWanted(CommentView(comment, hearing, staff=True), outcome, earlier, reasoned)

    async def stop(self, actor: Actor) -> None:
        """Wait no longer for the reason of a decision, nor for anything else that would be told to people."""
        if actor.resident is None:
            return
        async with self._store.reading() as repositories:
            pending = await repositories.pending_inputs.find(actor.resident.id, self._clock.now())
        if pending is not None and pending.kind in LEFT_AT_THE_DESK:
            async with self._store.writing() as repositories:
                await repositories.pending_inputs.drop(actor.resident.id)

    async def give_reason(self, actor: Actor, text: str) -> CommentView:
        """Decide with the typed reason. Raises as ``decide``, TextEmpty, TextTooLong, and NothingExpected."""
        resident, words = ensure_known(actor), checked(text)
        if len(words) > LONGEST_REASON:
            raise TextTooLong(LONGEST_REASON, len(words))
        async with self._store.reading() as repositories:
            pending = await repositories.pending_inputs.find(resident.id, self._clock.now())
        if pending is None or pending.kind is not PendingInputKind.DECISION:
            raise NothingExpected
        outcome, edition, earlier = pending.text.split(" ")
        decision = Decision(Outcome(outcome), words)
        return await self.decide(actor, pending.comment_id, decision, edition=int(edition), earlier=earlier)

    async def reuse_reason(
        self, actor: Actor, comment_id: int, outcome: Outcome, source_id: int, *, edition: int, earlier: str
    ) -> CommentView:
        """Decide with the reason of another decision of the same hearing. Raises as ``decide``."""
        comment, source = await self.find(actor, comment_id), await self.find(actor, source_id)
        if source.comment.decision is None or source.hearing.id != comment.hearing.id:
            raise DecisionChanged
        decision = Decision(outcome, source.comment.decision.reason)
        return await self.decide(actor, comment_id, decision, edition=edition, earlier=earlier)

    async def decide(
        self, actor: Actor, comment_id: int, decision: Decision, *, edition: int, earlier: str
    ) -> CommentView:
        """Store a decision on the words of that edition in place of the ``earlier`` one (its mark), and tell of it.

        Who is responsible and until when stay as they are. The same again changes nothing, and nobody is told again.
        Raises CommentChanged, DecisionChanged, AlreadyWithdrawn, OnlyQuestions and ReasonNeeded.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment, hearing = await _found(repositories, actor, comment_id)
            if comment.decision is not None:
                decision = replace(comment.decision, outcome=decision.outcome, reason=decision.reason)
            ensure_decision(comment, decision)
            if decision_mark(comment.decision) != decision_mark(decision):
                _ensure_seen(comment, edition, earlier)
                moment = await owe_word(repositories, hearing, at=now)
                await store_decisions(repositories, {comment.id: decision}, by=actor.resident_id, at=now, moment=moment)
            if actor.resident is not None:
                await repositories.pending_inputs.drop(actor.resident.id)
            comment = await repositories.comments.get(comment.id)
        return CommentView(comment, hearing, staff=True)

    async def complete(self, actor: Actor, hearing_id: int) -> Hearing:
        """Say that every comment of a closed hearing has its answer; once more changes nothing.

        Raises Undecided while one has none, and HearingNotClosed.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.PREPARE, hearing.municipality_id)
            if hearing.phase is Phase.ANSWERED:
                return hearing
            if hearing.phase is not Phase.CLOSED:
                raise HearingNotClosed
            ensure_all_decided(await repositories.comments.count_undecided(hearing_id))
            await repositories.hearings.set_phase(hearing_id, Phase.ANSWERED, at=now)
            await repositories.journal.add(about_hearing(hearing_id, Act.COMPLETED, at=now, by=actor.resident_id))
            return await repositories.hearings.get(hearing_id)


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
    repositories: Repositories, decided: Mapping[int, Decision], *, by: int | None, at: datetime, moment: datetime
) -> None:
    """Store decisions of that ``moment`` by the comments' ids, and note who made them."""
    dated = {comment_id: replace(decision, decided_at=moment) for comment_id, decision in decided.items()}
    await repositories.comments.decide_each(dated)
    await repositories.journal.add_each(
        [
            about_comment(comment_id, Act.DECIDED, at=at, by=by, data={"outcome": each.outcome.value})
            for comment_id, each in dated.items()
        ]
    )


def _ensure_seen(comment: Comment, edition: int, earlier: str) -> None:
    """Raise CommentChanged or DecisionChanged unless whoever decides has seen what stands there now."""
    comment.ensure_edition(edition)
    if decision_mark(comment.decision) != earlier:
        raise DecisionChanged


async def _found(repositories: Repositories, actor: Actor, comment_id: int) -> tuple[Comment, Hearing]:
    comment = await repositories.comments.get(comment_id)
    hearing = await repositories.hearings.get(comment.hearing_id)
    ensure(actor, Permission.DECIDE, hearing.municipality_id)
    return comment, hearing
