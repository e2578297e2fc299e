"""The commission's decisions, one comment after another, until none is left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.decision_table import decision_mark
from bot.domain.decisions import ensure_all_decided
from bot.domain.errors import DecidedTogether, DecisionChanged, Forbidden, HearingNotClosed, HearingOver
from bot.domain.hearings import Phase
from bot.domain.journal import Act, about_comment, about_hearing
from bot.domain.pending_input import LEFT_AT_THE_DESK
from bot.domain.permissions import Permission, ensure, may
from bot.domain.values import dataclass
from bot.services.comments import CommentView
from bot.services.deciding import (
    MeantDecision,
    decide_each,
    found_comment,
    found_hearing,
    only_proposes,
    owe_word,
)

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.comments import Decision
    from bot.domain.hearings import Hearing
    from bot.domain.journal import JournalData
    from bot.domain.people import Actor
    from bot.domain.proposals import Proposal
    from bot.ports import Clock, Store
    from bot.services.deciding import DecidedComments
    from bot.services.places import PlaceDirectory


@dataclass(frozen=True, slots=True)
class DecisionQueue:
    """The comments of a hearing without a decision: how many, and the one at ``offset`` of the open ones, if any.

    ``due``: the day by which answers are promised. ``may_complete``: the actor may say that the hearing is answered.
    ``open`` are those on which nothing is proposed either; ``proposed`` decisions wait for the secretary. ``sent_back``
    is what was proposed on the comment before, and was not confirmed.
    """

    hearing: Hearing
    left: int
    offset: int
    view: CommentView | None
    due: date
    today: date
    may_complete: bool
    open: int = 0
    proposed: int = 0
    sent_back: Proposal | None = None


@dataclass(frozen=True, slots=True)
class ConsideredComment:
    """A comment on which the actor decides, decided or not, and whether they may take the decision back."""

    view: CommentView
    may_take_back: bool = False


class Decisions:
    """What the commission decides. Every method raises Forbidden for whoever decides nothing there."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def queue(self, actor: Actor, hearing_id: int, *, offset: int = 0) -> DecisionQueue:
        """The comments without a decision, oldest first, one at a time; hidden ones too, withdrawn ones never.

        Those on which a decision is proposed already are left out.
        """
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await found_hearing(repositories, actor, hearing_id)
            left = await repositories.comments.count_undecided(hearing_id)
            proposed = await repositories.proposals.count_waiting(hearing_id)
            open_ = await repositories.comments.count_unproposed(hearing_id) if proposed else left
            offset = min(offset, max(0, open_ - 1))
            found = await repositories.comments.list_undecided(hearing_id, offset=offset, limit=1)
            joined = await repositories.duplicates.of_hearing(hearing_id)
            sent_back = await repositories.proposals.of([each.id for each in found])
        zone = places.zone(hearing.municipality_id)
        secretary = may(actor, Permission.PREPARE, hearing.municipality_id)
        view = CommentView(found[0], hearing, staff=True, joined=joined.get(found[0].id)) if found else None
        return DecisionQueue(
            *(hearing, left, offset, view),
            due=hearing.dossier.answers_due(zone),
            today=self._clock.now().astimezone(zone).date(),
            may_complete=secretary and hearing.phase is Phase.CLOSED and not left,
            open=open_,
            proposed=proposed,
            sent_back=next(iter(sent_back.values()), None),
        )

    async def find(self, actor: Actor, comment_id: int) -> ConsideredComment:
        """A comment on which the actor decides, decided or not."""
        async with self._store.reading() as repositories:
            comment, hearing = await found_comment(repositories, actor, comment_id)
            joined = (await repositories.duplicates.of_hearing(hearing.id)).get(comment.id)
            proposes = await only_proposes(repositories, actor, hearing.municipality_id)
        may_take_back = comment.decision is not None and not proposes and hearing.phase is not Phase.ANSWERED
        return ConsideredComment(CommentView(comment, hearing, staff=True, joined=joined), may_take_back)

    async def stop(self, actor: Actor) -> None:
        """Wait no longer for what would be told to people."""
        if actor.resident is None:
            return
        async with self._store.reading() as repositories:
            pending = await repositories.pending_inputs.find(actor.resident.id, self._clock.now())
        if pending is not None and pending.kind in LEFT_AT_THE_DESK:
            async with self._store.writing() as repositories:
                await repositories.pending_inputs.drop(actor.resident.id)

    async def decide(
        self, actor: Actor, comment_id: int, decision: Decision, *, edition: int, earlier: str
    ) -> DecidedComments:
        """Store a decision on the words of that edition in place of the ``earlier`` one (its mark), and tell of it.

        Who is responsible, until when and what it changes stay as they are. Where two pairs of eyes are wanted, a
        member's waits for the secretary. The same again changes nothing, and nobody is told again. Raises
        CommentChanged, DecisionChanged, AlreadyWithdrawn, OnlyQuestions and ReasonNeeded.
        """
        async with self._store.writing() as repositories:
            comment, hearing = await found_comment(repositories, actor, comment_id)
            if comment.decision is not None:
                decision = replace(comment.decision, outcome=decision.outcome, reason=decision.reason)
            meant = {comment_id: MeantDecision(decision, edition, earlier)}
            done = await decide_each(repositories, actor, hearing, meant, at=self._clock.now())
            for refusal in done.refused.values():
                raise refusal
            if actor.resident is not None:
                await repositories.pending_inputs.drop(actor.resident.id)
        return done

    async def take_back(self, actor: Actor, comment_id: int, *, earlier: str) -> ConsideredComment:
        """Take a decision back, if it is still the one with that mark: the comment has none again.

        Whom it concerns is told once. Where two pairs of eyes are wanted, only the secretary may. Raises
        DecisionChanged, and HearingOver for an answered hearing.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment, hearing = await found_comment(repositories, actor, comment_id)
            if await only_proposes(repositories, actor, hearing.municipality_id):
                raise Forbidden(Permission.CONFIRM.name)
            if hearing.phase is Phase.ANSWERED:
                raise HearingOver
            if comment.merged_into is not None:
                raise DecidedTogether
            if comment.decision is not None:
                if decision_mark(comment.decision) != earlier:
                    raise DecisionChanged
                moment = await owe_word(repositories, hearing, at=now)
                await repositories.comments.take_back(comment.id, at=moment)
                data: JournalData = {"outcome": comment.decision.outcome.value, "before": comment.decision.reason}
                act = about_comment(comment.id, Act.DECISION_TAKEN_BACK, at=now, by=actor.resident_id, data=data)
                await repositories.journal.add(act)
            comment = await repositories.comments.get(comment.id)
        return ConsideredComment(CommentView(comment, hearing, staff=True))

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
