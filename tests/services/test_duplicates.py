"""Comments that say the same are suggested, joined, decided together, and parted again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comment_lists import CommentFilter, Standing
from bot.domain.comments import CommentKind, Decision, Outcome
from bot.domain.decision_table import ReturnedDecision, RowKey, compare, decision_mark, in_a_table
from bot.domain.duplicates import Bond, JoinedComments, groups
from bot.domain.errors import AlreadyConsidered, CommentChanged, DecidedTogether, NotAlike, NotFound
from bot.domain.folding import fold
from bot.domain.journal import Act
from bot.domain.notices import NoticeKind
from bot.domain.questions import About
from bot.services.duplicates import alike
from tests.services.rights import MODERATORS, allowed
from tests.services.test_moderation import acts
from tests.services.writing import filed, message, published, received, stored

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

BRIDGE = "Биздин айылга жаңы көпүрө куруп бергиле"
YES = Decision(Outcome.ACCEPTED, "Курабыз")
NOTHING = decision_mark(None)


async def joined(municipality: Municipality, hearing: Hearing) -> dict[int, JoinedComments]:
    async with municipality.services.store.reading() as repositories:
        return dict(await repositories.duplicates.of_hearing(hearing.id))


async def left(municipality: Municipality, hearing: Hearing) -> tuple[int, int, int]:
    """Comments without a decision, by each way of counting them."""
    narrowed = CommentFilter(Standing.UNDECIDED)
    async with municipality.services.store.reading() as repositories:
        counts = await repositories.comments.counts(hearing.id)
        listed = await repositories.comment_lists.count_narrowed(hearing.id, narrowed)
        return counts.undecided, await repositories.comments.count_undecided(hearing.id), listed


async def pair(municipality: Municipality, hearing: Hearing) -> tuple[Comment, Comment, Actor, Actor]:
    """Two published comments that say the same, of two people."""
    one, two = await municipality.resident(21), await municipality.resident(22)
    first = await published(municipality, one, hearing, BRIDGE)
    return first, await published(municipality, two, hearing, f"{BRIDGE}, суранабыз"), one, two


@pytest.mark.parametrize(
    ("words", "other", "found"),
    [
        (BRIDGE, "Жаңы көпүрө куруп бергиле биздин айылга", True),
        ("Maktab yoʻlini asfalt qilib bering", "Мактаб йўлини асфальт қилиб беринг!", True),
        (BRIDGE, "Биздин айылга жаңы мектеп керек", False),
        ("Колдойм", "Колдойм", False),  # too short to say the same of the same thing
    ],
)
async def test_what_says_the_same_in_other_letters_and_another_order_looks_the_same(
    words: str, other: str, *, found: bool
) -> None:
    assert await alike(fold(words), {7: fold(other)}) == ((7,) if found else ())


async def test_the_likest_come_first_and_what_is_far_longer_is_not_compared(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    texts = (BRIDGE, f"{BRIDGE} эле", f"{BRIDGE} тезирээк эми", f"{BRIDGE}. {'Дагы көп нерсе айтам. ' * 9}", "Суу жок")
    ids = [(await filed(municipality, aigul, hearing, text)).id for text in texts]
    similar = await municipality.services.duplicates.similar(COMMAND_LINE, ids[0])
    assert [view.comment.id for view in similar.found] == ids[1:3]
    opened = await municipality.services.comment_lists.opened(COMMAND_LINE, ids[0])
    assert opened.similar == 2


async def test_only_moderators_join_and_they_join_what_they_have_read(
    municipality: Municipality, hearing: Hearing
) -> None:
    first, second, *_ = await pair(municipality, hearing)
    duplicates = municipality.services.duplicates
    assert await allowed(municipality, lambda actor: duplicates.similar(actor, first.id)) == MODERATORS
    with pytest.raises(CommentChanged):
        await duplicates.join(COMMAND_LINE, second.id, first.id, other_edition=7)
    assert await allowed(municipality, lambda actor: duplicates.join(actor, first.id, second.id)) == MODERATORS
    assert (await acts(municipality, second.id))[1:] == [(Act.COMMENTS_JOINED, {"with": 1})]
    with pytest.raises(NotFound):
        await duplicates.part(COMMAND_LINE, first.id)
    await duplicates.part(COMMAND_LINE, second.id)
    assert (await stored(municipality, second)).merged_into is None
    assert await joined(municipality, hearing) == {}


async def test_joined_comments_have_one_head_one_decision_and_one_word_to_each_person(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    first, second, one, two = await pair(municipality, hearing)
    third = await filed(municipality, two, hearing, f"{BRIDGE} тезирээк")
    comments, duplicates = municipality.services.comments, municipality.services.duplicates
    await comments.support(two, first.id, on=True)
    for telegram_id in (31, 32):
        await comments.support(await municipality.resident(telegram_id), second.id, on=True)
    await duplicates.join(COMMAND_LINE, third.id, second.id)
    await duplicates.join(COMMAND_LINE, third.id, first.id)  # by way of its head
    group = JoinedComments(1, (2, 3), 4)  # the two authors, and who supports the second: each once
    assert await joined(municipality, hearing) == {each.id: group for each in (first, second, third)}
    assert await left(municipality, hearing) == (1, 1, 1)
    with pytest.raises(DecidedTogether):
        await municipality.services.decisions.decide(COMMAND_LINE, second.id, YES, edition=0, earlier=NOTHING)
    clock.forward(minutes=1)
    await municipality.services.decisions.decide(COMMAND_LINE, first.id, YES, edition=0, earlier=NOTHING)
    decided = {(await stored(municipality, each)).decision for each in (first, second, third)}
    assert {each.reason for each in decided if each} == {"Курабыз"}
    assert len(decided) == 1
    assert await left(municipality, hearing) == (0, 0, 0)
    async with municipality.services.store.reading() as repositories:
        sent = [each for each in await repositories.broadcasts.list_of(hearing.id) if each.kind is NoticeKind.DECIDED]
        moment = (await repositories.comments.get(first.id)).decision
        assert moment is not None
        assert moment.decided_at is not None
        resident = two.resident_id or 0
        concerned = await repositories.comments.list_concerned(hearing.id, resident, moment.decided_at)
    assert len(sent) == 1
    assert [each.number for each in concerned] == [1, 2, 3]
    assert one.resident_id != two.resident_id


async def test_what_is_joined_with_a_decided_one_gets_its_decision_and_loses_it_when_they_are_parted(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    first, second, *_ = await pair(municipality, hearing)
    decisions, duplicates = municipality.services.decisions, municipality.services.duplicates
    await decisions.decide(COMMAND_LINE, second.id, YES, edition=0, earlier=NOTHING)
    clock.forward(minutes=1)
    done = await duplicates.join(COMMAND_LINE, first.id, second.id)
    assert (done.view.comment.number, done.head.comment.number) == (1, 2)
    got = (await stored(municipality, first)).decision
    assert got is not None
    assert (got.reason, got.decided_at) == ("Курабыз", clock.now())
    await duplicates.part(COMMAND_LINE, first.id)
    assert (await stored(municipality, first)).decision is None
    assert (await stored(municipality, second)).decision is not None
    await decisions.decide(COMMAND_LINE, first.id, YES, edition=0, earlier=NOTHING)
    with pytest.raises(AlreadyConsidered):
        await duplicates.join(COMMAND_LINE, first.id, second.id)


async def test_a_question_shares_no_decision_with_a_proposal_and_hearings_are_not_mixed(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    proposal, duplicates = await filed(municipality, aigul, hearing), municipality.services.duplicates
    await municipality.services.submissions.begin(aigul, hearing.id, CommentKind.QUESTION, About())
    question = (await received(municipality, aigul, message(municipality, "Көпүрө керекпи?"))).comment
    with pytest.raises(NotAlike):
        await duplicates.join(COMMAND_LINE, question.id, proposal.id)
    other = await filed(municipality, aigul, await municipality.hearing(), "Башка угуу")
    for wrong in (other, proposal):
        with pytest.raises(NotFound):
            await duplicates.pair(COMMAND_LINE, proposal.id, wrong.id)


async def test_who_takes_the_head_back_or_changes_it_leaves_the_others_joined(
    municipality: Municipality, hearing: Hearing
) -> None:
    first, second, one, two = await pair(municipality, hearing)
    third = await filed(municipality, one, hearing, f"{BRIDGE} тезирээк")
    duplicates = municipality.services.duplicates
    for each in (second, third):
        await duplicates.join(COMMAND_LINE, each.id, first.id)
    await municipality.services.comments.withdraw(one, first.id)
    assert await joined(municipality, hearing) == dict.fromkeys((second.id, third.id), JoinedComments(2, (3,), 2))
    await municipality.services.submissions.begin_amendment(two, second.id)
    await received(municipality, two, message(municipality, "Жок, мектеп керек"))
    assert await joined(municipality, hearing) == {}
    assert await left(municipality, hearing) == (2, 2, 2)


async def test_a_table_of_decisions_has_the_head_alone_and_an_old_one_is_no_way_round_it(
    municipality: Municipality, hearing: Hearing
) -> None:
    first, second, *_ = await pair(municipality, hearing)
    await municipality.services.duplicates.join(COMMAND_LINE, second.id, first.id)
    now = [await stored(municipality, each) for each in (first, second)]
    assert [each.number for each in in_a_table(now)[0]] == [1]
    rows = [ReturnedDecision(RowKey.of(each, each.text), YES) for each in (first, second)]
    found = compare(rows, {each.number: each for each in now})
    assert (found.new, found.conflicts) == ((rows[0],), (rows[1],))
    assert now[1].state == replace(second.state, merged_into=first.id)


def test_people_behind_joined_comments_are_told_in_steps() -> None:
    bonds = (Bond(1, 11, None), Bond(2, 12, 1))
    told = [groups(bonds, {1: people})[2].told_people for people in (4, 5, 9, 10)]
    assert told == [0, 5, 5, 10]
