"""Two pairs of eyes: members propose, the secretary confirms or sends back; nobody else learns of a proposal."""

from __future__ import annotations

import contextlib
import random
from typing import TYPE_CHECKING

import pytest

from bot.decision_table.reader import ReturnedTable
from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import ReturnedDecision, RowKey, TableComparison, decision_mark
from bot.domain.errors import CommentChanged, Forbidden, ListChanged, NothingExpected, ProposalChanged, Refusal
from bot.domain.journal import Act
from bot.domain.people import Role
from tests.municipality import Municipality
from tests.scale import rounds
from tests.services.rights import SECRETARIES, STAFF, allowed
from tests.services.test_decisions import told
from tests.services.writing import filed, message, received, stored

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.services.decisions import Decisions
    from storage import Store
    from tests.clocks import VirtualClock

YES = Decision(Outcome.ACCEPTED, "Курабыз")
NO = Decision(Outcome.REJECTED, "Акча жок")
NOTHING = decision_mark(None)


@pytest.fixture
async def pair(municipality: Municipality) -> tuple[Actor, Actor]:
    """The secretary of a municipality that wants two pairs of eyes, and a member of its commission."""
    secretary = await municipality.staff(2)
    await municipality.services.proposals.want(secretary, municipality.id, on=True)
    return secretary, await municipality.staff(3, Role.MEMBER)


async def proposed(decisions: Decisions, member: Actor, *comments: Comment, decision: Decision = YES) -> None:
    for comment in comments:
        done = await decisions.decide(member, comment.id, decision, edition=comment.edition, earlier=NOTHING)
        assert done.proposed


async def test_what_a_member_decides_waits_for_the_secretary_and_is_told_once_when_confirmed(
    municipality: Municipality, pair: tuple[Actor, Actor], hearing: Hearing, aigul: Actor
) -> None:
    (secretary, member), proposals = pair, municipality.services.proposals
    decisions = municipality.services.decisions
    comment = await filed(municipality, aigul, hearing)
    for _ in range(2):
        await proposed(decisions, member, comment)
    assert (await stored(municipality, comment)).decision is None
    assert await told(municipality, hearing) == 0
    queue = await decisions.queue(member, hearing.id)
    assert (queue.left, queue.open, queue.proposed, queue.view) == (1, 0, 1, None)
    with pytest.raises(Forbidden):
        await proposals.confirm(member, comment.id, decision_mark(YES))
    with pytest.raises(ProposalChanged):
        await proposals.confirm(secretary, comment.id, decision_mark(NO))
    await proposals.confirm(secretary, comment.id, decision_mark(YES))
    with pytest.raises(ProposalChanged):
        await proposals.confirm(secretary, comment.id, decision_mark(YES))
    decision = (await stored(municipality, comment)).decision
    assert (decision and decision.outcome, await told(municipality, hearing)) == (Outcome.ACCEPTED, 1)
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"comment:{comment.id}")
    assert [(entry.act, entry.actor_id) for entry in reversed(entries)][-2:] == [
        (Act.PROPOSED, member.resident_id),
        (Act.DECIDED, secretary.resident_id),
    ]
    assert dict(entries[0].data) == {"outcome": "accepted", "proposer": member.resident_id}


async def test_a_page_of_five_is_confirmed_at_once_and_what_changed_meanwhile_is_said(
    municipality: Municipality, pair: tuple[Actor, Actor], hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    (secretary, member), proposals = pair, municipality.services.proposals
    comments = [await filed(municipality, aigul, hearing, f"Сунуш {number}") for number in range(6)]
    await proposed(municipality.services.decisions, member, *comments)
    page = await proposals.page(secretary, hearing.id)
    assert (page.total, len(page.items), page.last, page.may_confirm) == (6, 5, 1, True)
    clock.forward(minutes=1)
    await municipality.services.submissions.begin_amendment(aigul, comments[1].id)
    await received(municipality, aigul, message(municipality, "Башка сөз"))
    done = await proposals.confirm_page(secretary, hearing.id, page=0, digest=page.digest)
    assert (len(done.stored), [type(each) for each in done.refused.values()]) == (4, [CommentChanged])
    assert await told(municipality, hearing) == 1
    with pytest.raises(ListChanged):
        await proposals.confirm_page(secretary, hearing.id, page=0, digest=page.digest)
    assert (await proposals.page(secretary, hearing.id, 7)).total == 2


async def test_a_proposal_sent_back_comes_to_the_commission_again_with_the_words(
    municipality: Municipality, pair: tuple[Actor, Actor], hearing: Hearing, aigul: Actor
) -> None:
    (secretary, member), proposals = pair, municipality.services.proposals
    decisions = municipality.services.decisions
    one, two = [await filed(municipality, aigul, hearing, f"Сунуш {number}") for number in range(2)]
    await proposed(decisions, member, one, two)
    await proposals.begin_note(secretary, one.id, decision_mark(YES))
    await proposals.give_note(secretary, "Мөөнөтүн жазыңыз")
    with pytest.raises(NothingExpected):
        await proposals.give_note(secretary, "дагы")
    await proposals.send_back(secretary, two.id, decision_mark(YES))
    queue = await decisions.queue(member, hearing.id)
    assert (queue.open, queue.proposed) == (2, 0)
    assert queue.sent_back is not None
    assert queue.sent_back.note == "Мөөнөтүн жазыңыз"
    await proposed(decisions, member, one)  # the same again is a new proposal
    assert (await decisions.queue(member, hearing.id)).proposed == 1
    await decisions.decide(secretary, one.id, NO, edition=0, earlier=NOTHING)
    assert (await proposals.page(secretary, hearing.id)).total == 0


async def test_a_members_table_is_a_set_of_proposals(
    municipality: Municipality, pair: tuple[Actor, Actor], hearing: Hearing, aigul: Actor
) -> None:
    (secretary, member), proposals = pair, municipality.services.proposals
    tables = municipality.services.decision_tables
    comment = await filed(municipality, aigul, hearing)
    rows = (ReturnedDecision(RowKey.of(comment, comment.text), YES),)
    table = ReturnedTable(hearing.id, rows, (), TableComparison(new=rows))
    view = await tables.keep(member, table)
    assert view.proposes
    assert (await tables.apply(member, view.id)).proposes
    assert ((await stored(municipality, comment)).decision, await told(municipality, hearing)) == (None, 0)
    page = await proposals.page(secretary, hearing.id)
    await proposals.confirm_page(secretary, hearing.id, page=0, digest=page.digest)
    assert (await stored(municipality, comment)).decision is not None


async def test_the_switch_is_the_secretarys_and_off_members_decide_again(
    municipality: Municipality, pair: tuple[Actor, Actor], hearing: Hearing, aigul: Actor
) -> None:
    (secretary, member), proposals = pair, municipality.services.proposals
    comment = await filed(municipality, aigul, hearing)
    assert await allowed(municipality, lambda actor: proposals.want(actor, municipality.id, on=True)) == SECRETARIES
    assert await allowed(municipality, lambda actor: proposals.page(actor, hearing.id)) == STAFF - {"moderator"}
    assert await proposals.are_wanted(secretary, municipality.id)
    for _ in range(2):
        await proposals.want(secretary, municipality.id, on=False)
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"municipality:{municipality.id}")
    assert [entry.act for entry in entries].count(Act.TWO_PAIRS_OFF) == 1
    done = await municipality.services.decisions.decide(member, comment.id, YES, edition=0, earlier=NOTHING)
    assert not done.proposed
    assert await told(municipality, hearing) == 1


async def test_whatever_is_done_each_change_is_told_once_and_nothing_else(
    municipality: Municipality, pair: tuple[Actor, Actor], hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    (secretary, member), services, chance = pair, municipality.services, random.Random(7)
    comments = [await filed(municipality, aigul, hearing, f"Сунуш {number}") for number in range(2)]
    told_so_far = 0
    before: tuple[str, ...] = (NOTHING, NOTHING)

    async def act(who: Actor, comment: Comment) -> None:
        now = await stored(municipality, comment)
        mark, decision = decision_mark(now.decision), chance.choice((YES, NO, Decision(Outcome.NOTED, "")))
        match chance.randrange(5):
            case 0:
                await services.decisions.decide(
                    who, now.id, decision, edition=0, earlier=chance.choice((mark, NOTHING))
                )
            case 1:
                await services.decisions.take_back(who, now.id, earlier=mark)
            case 2:
                page = await services.proposals.page(secretary, hearing.id)
                await services.proposals.confirm_page(who, hearing.id, page=0, digest=page.digest)
            case 3:
                await services.proposals.send_back(who, now.id, decision_mark(decision))
            case _:
                await services.decision_drafts.mark(
                    who, hearing.id, on=[await stored(municipality, c) for c in comments]
                )
                await services.decision_drafts.choose(who, hearing.id, Outcome.PARTLY)
                view = await services.decision_drafts.give_words(who, chance.choice(("Бир бөлүгүн", "Кийин")))
                await services.decision_drafts.store(who, view.draft.mark)

    for _ in range(rounds(300, few=40)):
        clock.forward(seconds=chance.randrange(2))
        with contextlib.suppress(Refusal):
            await act(chance.choice((secretary, member)), chance.choice(comments))
        after = tuple([decision_mark((await stored(municipality, each)).decision) for each in comments])
        told_so_far += after != before
        before = after
        assert await told(municipality, hearing) == told_so_far
    assert told_so_far > 5


async def test_either_database_proposes_confirms_takes_back_and_knows_what_is_unanswered(
    store: Store, clock: VirtualClock
) -> None:
    here = await Municipality.over(store, clock)
    hearing, author = await here.hearing(), await here.resident(1)
    secretary, member = await here.staff(2), await here.staff(3, Role.MEMBER)
    await here.services.proposals.want(secretary, here.id, on=True)
    comments = [await filed(here, author, hearing, f"Сунуш {number}") for number in range(2)]
    drafts, proposals, decisions = (
        *(here.services.decision_drafts, here.services.proposals),
        here.services.decisions,
    )
    await drafts.mark(member, hearing.id, on=comments)
    await drafts.choose(member, hearing.id, Outcome.ACCEPTED)
    view = await drafts.give_words(member, "Курабыз")
    assert len((await drafts.store(member, view.draft.mark)).stored) == 2
    page = await proposals.page(secretary, hearing.id)
    assert len((await proposals.confirm_page(secretary, hearing.id, page=0, digest=page.digest)).stored) == 2
    clock.forward(minutes=1)
    await decisions.take_back(secretary, comments[0].id, earlier=decision_mark(YES))
    assert (await decisions.queue(secretary, hearing.id)).left == 1
    assert await told(here, hearing) == 2
    clock.forward(seconds=(hearing.closes_at - clock.now()).total_seconds() + 60)
    await here.services.timetable.tick()
    async with store.reading() as repositories:
        assert [each.id for each in await repositories.hearings.list_unanswered()] == [hearing.id]
    await decisions.decide(secretary, comments[0].id, NO, edition=0, earlier=NOTHING)
    async with store.reading() as repositories:
        assert await repositories.hearings.list_unanswered() == ()
