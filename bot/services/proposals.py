"""Two pairs of eyes: members of the commission propose decisions, the secretary confirms them or sends them back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.decision_drafts import DecisionDraft, DecisionField, MarkedComment
from bot.domain.errors import ListChanged, NothingExpected, ProposalChanged
from bot.domain.journal import Act, about_comment, about_municipality
from bot.domain.message_text import checked
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_known, may
from bot.domain.proposals import Proposal, proposals_digest
from bot.domain.values import dataclass
from bot.services.comments import COMMENTS_ON_A_PAGE, CommentView
from bot.services.deciding import MeantDecision, decide_each, found_comment, found_hearing
from bot.services.decision_drafts import DRAFT_LASTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident
    from bot.ports import Clock, Repositories, Store
    from bot.services.deciding import DecidedComments

LONGEST_NOTE = 500
"""Letters of what is said of a proposal that is sent back."""


@dataclass(frozen=True, slots=True)
class ProposedDecision:
    """A proposal with its comment."""

    proposal: Proposal
    view: CommentView
    may_confirm: bool = False


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A page of the proposals that wait for the secretary: ``total`` of how many, and who made them.

    ``digest`` says which they are and what they say.
    """

    hearing: Hearing
    total: int
    page: int
    items: tuple[ProposedDecision, ...]
    people: Mapping[int, Resident]
    may_confirm: bool

    @property
    def last(self) -> int:
        """The number of the last page, from 0."""
        return max(0, self.total - 1) // COMMENTS_ON_A_PAGE

    @property
    def digest(self) -> int:
        """Of the proposals on this page."""
        return proposals_digest(each.proposal for each in self.items)

    def name(self, proposal: Proposal) -> str:
        """How whoever proposed it wants colleagues to see them; empty where they have not said."""
        person = self.people.get(proposal.proposed_by or 0)
        return person.staff_name if person else ""


class Proposals:
    """What the commission proposes. Every method raises Forbidden for whoever decides nothing there."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def are_wanted(self, actor: Actor, municipality_id: int) -> bool:
        """True where members propose and the secretary confirms; for staff who may change that."""
        ensure(actor, Permission.CONFIRM, municipality_id)
        async with self._store.reading() as repositories:
            return await repositories.proposals.is_wanted(municipality_id)

    async def want(self, actor: Actor, municipality_id: int, *, on: bool) -> None:
        """Let members of the commission propose from now on, or decide; once more changes nothing.

        What is proposed already waits on.
        """
        ensure(actor, Permission.CONFIRM, municipality_id)
        now, act = self._clock.now(), Act.TWO_PAIRS_ON if on else Act.TWO_PAIRS_OFF
        async with self._store.writing() as repositories:
            if await repositories.proposals.want(municipality_id, on=on, at=now):
                await repositories.journal.add(about_municipality(municipality_id, act, at=now, by=actor.resident_id))

    async def page(self, actor: Actor, hearing_id: int, page: int = 0) -> ProposalPage:
        """Five of those that wait for the secretary; a page that is not there is the last one."""
        async with self._store.reading() as repositories:
            hearing = await found_hearing(repositories, actor, hearing_id)
            total = await repositories.proposals.count_waiting(hearing_id)
            page = max(0, min(page, (total - 1) // COMMENTS_ON_A_PAGE))
            waiting = await _listed(repositories, hearing_id, page)
            items = [ProposedDecision(each, await _view(repositories, each, hearing)) for each in waiting]
            people = await repositories.people.get_many({each.proposed_by for each in waiting if each.proposed_by})
        confirms = may(actor, Permission.CONFIRM, hearing.municipality_id)
        return ProposalPage(hearing, total, page, tuple(items), people, confirms)

    async def find(self, actor: Actor, comment_id: int) -> ProposedDecision:
        """The proposal on one comment that waits for the secretary. Raises ProposalChanged where there is none."""
        async with self._store.reading() as repositories:
            comment, hearing = await found_comment(repositories, actor, comment_id)
            proposal = (await repositories.proposals.of([comment.id])).get(comment.id)
        if proposal is None or proposal.sent_back_at is not None:
            raise ProposalChanged
        confirms = may(actor, Permission.CONFIRM, hearing.municipality_id)
        return ProposedDecision(proposal, CommentView(comment, hearing, staff=True), confirms)

    async def confirm(self, actor: Actor, comment_id: int, mark: str) -> DecidedComments:
        """Store what is proposed on a comment, if it is still what was shown, and tell of it.

        Raises ProposalChanged, and as ``Decisions.decide``.
        """
        async with self._store.writing() as repositories:
            proposal, hearing = await _shown(repositories, actor, comment_id, mark)
            done = await self._confirm(repositories, actor, hearing, (proposal,))
            for refusal in done.refused.values():
                raise refusal
        return done

    async def confirm_page(self, actor: Actor, hearing_id: int, *, page: int, digest: int) -> DecidedComments:
        """Store what is proposed on the comments of a page. Raises ListChanged where the page has others by now."""
        async with self._store.writing() as repositories:
            hearing = await found_hearing(repositories, actor, hearing_id)
            ensure(actor, Permission.CONFIRM, hearing.municipality_id)
            waiting = await _listed(repositories, hearing_id, page)
            if not waiting or proposals_digest(waiting) != digest:
                raise ListChanged
            return await self._confirm(repositories, actor, hearing, waiting)

    async def begin_note(self, actor: Actor, comment_id: int, mark: str) -> ProposedDecision:
        """Take the actor's next text for what is to be different in a proposal. Raises ProposalChanged."""
        resident = ensure_known(actor)
        async with self._store.writing() as repositories:
            proposal, hearing = await _shown(repositories, actor, comment_id, mark)
            marked = (MarkedComment(comment_id, proposal.edition, mark),)
            draft = DecisionDraft(hearing.id, marked, awaits=DecisionField.NOTE)
            until = self._clock.now() + DRAFT_LASTS
            pending = PendingInput(resident.id, PendingInputKind.DECISION, until, hearing.id, text=draft.stored)
            await repositories.pending_inputs.put(pending)
            return ProposedDecision(proposal, await _view(repositories, proposal, hearing))

    async def give_note(self, actor: Actor, text: str) -> Proposal:
        """Send the proposal back with the typed words. Raises NothingExpected, and as ``send_back``."""
        resident, words = ensure_known(actor), checked(text)
        async with self._store.reading() as repositories:
            draft = DecisionDraft.of(await repositories.pending_inputs.find(resident.id, self._clock.now()))
        if draft is None or draft.awaits is not DecisionField.NOTE:
            raise NothingExpected
        (marked,) = draft.marked
        return await self.send_back(actor, marked.comment_id, marked.earlier, note=words[:LONGEST_NOTE])

    async def send_back(self, actor: Actor, comment_id: int, mark: str, *, note: str = "") -> Proposal:
        """Let a proposal wait no more: its comment is again among those without a decision. Raises ProposalChanged."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            proposal, _ = await _shown(repositories, actor, comment_id, mark)
            await repositories.proposals.send_back(comment_id, note=note, at=now)
            data: dict[str, str | int] = {"outcome": proposal.decision.outcome.value}
            data |= {"proposer": proposal.proposed_by} if proposal.proposed_by else {}
            data |= {"words": note} if note else {}
            sent = about_comment(comment_id, Act.PROPOSAL_SENT_BACK, at=now, by=actor.resident_id, data=data)
            await repositories.journal.add(sent)
            if actor.resident is not None:
                await repositories.pending_inputs.drop(actor.resident.id)
        return replace(proposal, sent_back_at=now, note=note)

    async def _confirm(
        self, repositories: Repositories, actor: Actor, hearing: Hearing, waiting: tuple[Proposal, ...]
    ) -> DecidedComments:
        meant = {
            each.comment_id: MeantDecision(each.decision, each.edition, each.earlier, each.proposed_by)
            for each in waiting
        }
        done = await decide_each(repositories, actor, hearing, meant, at=self._clock.now())
        await repositories.proposals.drop([comment.id for comment in done.same])
        return done


async def _shown(repositories: Repositories, actor: Actor, comment_id: int, mark: str) -> tuple[Proposal, Hearing]:
    """The waiting proposal with that mark, for whoever confirms; raises ProposalChanged for every other."""
    comment, hearing = await found_comment(repositories, actor, comment_id)
    ensure(actor, Permission.CONFIRM, hearing.municipality_id)
    proposal = (await repositories.proposals.of([comment.id])).get(comment.id)
    if proposal is None or proposal.sent_back_at is not None or proposal.mark != mark:
        raise ProposalChanged
    return proposal, hearing


async def _listed(repositories: Repositories, hearing_id: int, page: int) -> tuple[Proposal, ...]:
    return await repositories.proposals.list_waiting(
        hearing_id, offset=page * COMMENTS_ON_A_PAGE, limit=COMMENTS_ON_A_PAGE
    )


async def _view(repositories: Repositories, proposal: Proposal, hearing: Hearing) -> CommentView:
    return CommentView(await repositories.comments.get(proposal.comment_id), hearing, staff=True)
