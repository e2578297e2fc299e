"""A decision in the making: on one comment or several, its reason, who is responsible, until when, what it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.decision_table.columns import LONGEST_RESPONSIBLE
from bot.domain.comments import Outcome
from bot.domain.decision_drafts import DecisionDraft, DecisionField, MarkedComment
from bot.domain.decisions import LONGEST_REASON, ensure_decision
from bot.domain.errors import NoDecisionDraft, NothingExpected, OnlyQuestions
from bot.domain.message_text import checked
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.domain.permissions import ensure_known
from bot.services.deciding import (
    MeantDecision,
    decide_each,
    ensure_seen,
    found_comment,
    found_hearing,
    only_proposes,
)
from bot.services.offered import offered_responsibles
from bot.services.prepared_decisions import PreparedDecision, begun, with_reason_of, within, without_missing
from bot.spreadsheets.typed_days import coming_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.programme import DraftPoint
    from bot.ports import Clock, Repositories, Store
    from bot.services.deciding import DecidedComments
    from bot.services.places import PlaceDirectory

REASONS_OFFERED: Final = 3
"""Reasons of the latest decisions, to be used once more by one press."""
DRAFT_LASTS: Final = timedelta(minutes=30)
"""How long a decision is kept that nobody goes on with, and a typed text is taken for its words."""
DECISIONS_LOOKED_THROUGH: Final = 30
"""The latest decisions among which reasons and names are looked for."""


class DecisionDrafts:
    """What the commission prepares. Every method raises Forbidden for whoever decides nothing there."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def begin(
        self, actor: Actor, comment_id: int, outcome: Outcome, *, edition: int, earlier: str, source_id: int = 0
    ) -> PreparedDecision:
        """Begin a decision on one comment, and wait for its reason; with that of a ``source`` there is one already.

        Raises CommentChanged, DecisionChanged, AlreadyWithdrawn and OnlyQuestions.
        """
        ensure_known(actor)
        async with self._store.writing() as repositories:
            comment, hearing = await found_comment(repositories, actor, comment_id)
            ensure_seen(comment, edition, earlier)
            draft = begun(hearing, comment, outcome)
            ensure_decision(comment, replace(draft.decision, reason="…"))
            if source_id:
                draft = await with_reason_of(repositories, actor, draft, source_id)
            return await self._keep(repositories, actor, draft)

    async def mark(
        self,
        actor: Actor,
        hearing_id: int,
        *,
        on: Iterable[Comment] = (),
        off: Collection[int] = (),
        words: tuple[str, ...] | None = None,
    ) -> DecisionDraft:
        """Mark comments to be decided on together, as they were seen, take some out; returns those marked by now.

        ``words`` are kept as those by which the list is narrowed.
        """
        ensure_known(actor)
        async with self._store.writing() as repositories:
            hearing = await found_hearing(repositories, actor, hearing_id)
            draft = await self._marks(repositories, actor, hearing.id)
            draft = draft.with_marked(map(MarkedComment.of, on)).without(off)
            draft = draft if words is None else replace(draft, words=words)
            await self._put(repositories, actor, draft)
        return draft

    async def marked(self, actor: Actor, hearing_id: int) -> DecisionDraft:
        """The comments that the actor has marked in the hearing."""
        async with self._store.reading() as repositories:
            hearing = await found_hearing(repositories, actor, hearing_id)
            return await self._marks(repositories, actor, hearing.id)

    async def choose(self, actor: Actor, hearing_id: int, outcome: Outcome | None = None) -> PreparedDecision:
        """The marked comments, with an ``outcome`` as a decision that waits for its reason.

        Raises NoDecisionDraft where none is marked, OnlyQuestions.
        """
        ensure_known(actor)
        async with self._store.writing() as repositories:
            hearing = await found_hearing(repositories, actor, hearing_id)
            draft = await self._marks(repositories, actor, hearing.id)
            if not draft.marked:
                raise NoDecisionDraft
            if outcome is not None:
                view = await self._view(repositories, actor, draft)
                if outcome not in view.outcomes:
                    raise OnlyQuestions
                waits = DecisionField.NOTHING if outcome is Outcome.NOTED else DecisionField.REASON
                draft = replace(draft, outcome=outcome, awaits=waits)
            return await self._keep(repositories, actor, draft)

    async def view(self, actor: Actor, mark: str, *, awaits: DecisionField = DecisionField.NOTHING) -> PreparedDecision:
        """The decision as it stands; the next text is taken for what it ``awaits``. Raises NoDecisionDraft."""
        return await self._change(actor, mark, awaits=awaits)

    async def give_words(self, actor: Actor, text: str) -> PreparedDecision:
        """Put the typed words where they belong. Raises TextRefused, NoDay, NoDecisionDraft, and NothingExpected."""
        words = checked(text)
        async with self._store.writing() as repositories:
            draft = await self._draft(repositories, actor)
            if draft is None or draft.awaits is DecisionField.NOTHING:
                raise NothingExpected
            hearing = await found_hearing(repositories, actor, draft.hearing_id)
            match draft.awaits:
                case DecisionField.RESPONSIBLE:
                    draft = replace(draft, responsible=within(words, LONGEST_RESPONSIBLE))
                case DecisionField.DUE:
                    draft = replace(draft, due=coming_day(words, await self._today(hearing)))
                case _:
                    draft = replace(draft, reason=within(words, LONGEST_REASON))
            return await self._keep(repositories, actor, replace(draft, awaits=DecisionField.NOTHING))

    async def reuse_reason(self, actor: Actor, mark: str, source_id: int) -> PreparedDecision:
        """Take the reason of another decision of the hearing. Raises DecisionChanged, NoDecisionDraft."""
        async with self._store.writing() as repositories:
            draft = await self._known(repositories, actor, mark)
            return await self._keep(repositories, actor, await with_reason_of(repositories, actor, draft, source_id))

    async def set_responsible(self, actor: Actor, mark: str, who: str) -> PreparedDecision:
        """Store who is responsible; empty for nobody. Raises NoDecisionDraft."""
        return await self._change(actor, mark, responsible=who)

    async def set_due(self, actor: Actor, mark: str, due: date | None) -> PreparedDecision:
        """Store until when. Raises NoDecisionDraft."""
        return await self._change(actor, mark, due=due)

    async def set_changes(self, actor: Actor, mark: str, point: DraftPoint | None) -> PreparedDecision:
        """Store what of the drafts it changes; what they do not have is nothing. Raises NoDecisionDraft."""
        return await self._change(actor, mark, changes=point)

    async def store(self, actor: Actor, mark: str) -> DecidedComments:
        """Store the decision that was shown on all of its comments, or propose it; those changed meanwhile are said.

        The same again changes nothing. Raises NoDecisionDraft, ReasonNeeded.
        """
        async with self._store.writing() as repositories:
            draft = await self._known(repositories, actor, mark)
            hearing = await found_hearing(repositories, actor, draft.hearing_id)
            decision = without_missing(draft.decision, hearing)
            meant = {each.comment_id: MeantDecision(decision, each.edition, each.earlier) for each in draft.marked}
            done = await decide_each(repositories, actor, hearing, meant, at=self._clock.now())
            await repositories.pending_inputs.drop(ensure_known(actor).id)
        return done

    async def stop(self, actor: Actor) -> None:
        """Wait no longer for words; the decision itself is kept."""
        if actor.resident is None:
            return
        async with self._store.reading() as repositories:
            draft = await self._draft(repositories, actor)
        if draft is not None and draft.awaits is not DecisionField.NOTHING:
            async with self._store.writing() as repositories:
                await self._put(repositories, actor, replace(draft, awaits=DecisionField.NOTHING))

    async def _change(self, actor: Actor, mark: str, **changes: object) -> PreparedDecision:
        async with self._store.writing() as repositories:
            draft = await self._known(repositories, actor, mark)
            changed: DecisionDraft = replace(draft, **{"awaits": DecisionField.NOTHING, **changes})  # type: ignore[arg-type]
            return await self._keep(repositories, actor, changed)

    async def _known(self, repositories: Repositories, actor: Actor, mark: str) -> DecisionDraft:
        """The decision with that mark; raises NoDecisionDraft for every other."""
        draft = await self._draft(repositories, actor)
        if draft is None or draft.outcome is None or draft.mark != mark:
            raise NoDecisionDraft
        await found_hearing(repositories, actor, draft.hearing_id)
        return draft

    async def _draft(self, repositories: Repositories, actor: Actor) -> DecisionDraft | None:
        if actor.resident is None:
            return None
        return DecisionDraft.of(await repositories.pending_inputs.find(actor.resident.id, self._clock.now()))

    async def _marks(self, repositories: Repositories, actor: Actor, hearing_id: int) -> DecisionDraft:
        draft = await self._draft(repositories, actor)
        if draft is None or draft.hearing_id != hearing_id or draft.awaits is DecisionField.NOTE:
            return DecisionDraft(hearing_id)
        return DecisionDraft(hearing_id, draft.marked, words=draft.words)

    async def _put(self, repositories: Repositories, actor: Actor, draft: DecisionDraft) -> None:
        until, person = self._clock.now() + DRAFT_LASTS, ensure_known(actor)
        pending = PendingInput(person.id, PendingInputKind.DECISION, until, draft.hearing_id, text=draft.stored)
        await repositories.pending_inputs.put(pending)

    async def _keep(self, repositories: Repositories, actor: Actor, draft: DecisionDraft) -> PreparedDecision:
        await self._put(repositories, actor, draft)
        return await self._view(repositories, actor, draft)

    async def _view(self, repositories: Repositories, actor: Actor, draft: DecisionDraft) -> PreparedDecision:
        hearing = await found_hearing(repositories, actor, draft.hearing_id)
        comments = [await repositories.comments.get(each) for each in draft.ids]
        latest = await repositories.comments.list_latest_decided(hearing.id, limit=DECISIONS_LOOKED_THROUGH)
        fitting = {c.decision.reason: c for c in reversed(latest) if c.decision and c.decision.outcome is draft.outcome}
        return PreparedDecision(
            *(hearing, draft, tuple(sorted(comments, key=lambda each: each.number))),
            today=await self._today(hearing),
            reasoned=tuple(reversed(fitting.values()))[:REASONS_OFFERED],
            responsibles=offered_responsibles(hearing.dossier, comments, latest, actor.language),
            proposes=await only_proposes(repositories, actor, hearing.municipality_id),
        )

    async def _today(self, hearing: Hearing) -> date:
        zone = (await self._directory.tree()).zone(hearing.municipality_id)
        return self._clock.now().astimezone(zone).date()
