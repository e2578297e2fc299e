"""Decisions on comments: made once, on what was seen, told to whom they concern, until none is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind, Decision, HidingRule, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.errors import (
    AlreadyWithdrawn,
    CommentChanged,
    DecisionChanged,
    HearingNotClosed,
    HearingOver,
    OnlyQuestions,
    ReasonNeeded,
    Undecided,
)
from bot.domain.hearings import Phase
from bot.domain.journal import Act
from bot.domain.notices import NoticeKind
from bot.domain.questions import About
from tests.services.rights import SECRETARIES, STAFF, allowed
from tests.services.writing import filed, message, published, received, stored

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.services.decisions import Decisions
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

YES = Decision(Outcome.ACCEPTED, "Курабыз")
NO = Decision(Outcome.REJECTED, "Акча жок")
NOTHING = decision_mark(None)


@pytest.fixture
def decisions(municipality: Municipality) -> Decisions:
    return municipality.services.decisions


async def told(municipality: Municipality, hearing: Hearing) -> int:
    """How many times somebody is to be told of decisions."""
    async with municipality.services.store.reading() as repositories:
        found = await repositories.broadcasts.list_of(hearing.id)
    return sum(each.kind is NoticeKind.DECIDED for each in found)


async def question(municipality: Municipality, author: Actor, hearing: Hearing) -> Comment:
    await municipality.services.submissions.begin(author, hearing.id, CommentKind.QUESTION, About())
    return (await received(municipality, author, message(municipality, "Качан?"))).comment


async def test_a_decision_is_told_once_a_change_once_more_and_the_same_again_never(
    municipality: Municipality, decisions: Decisions, hearing: Hearing, aigul: Actor
) -> None:
    comment, secretary = await filed(municipality, aigul, hearing), await municipality.staff(2)
    for _ in range(2):
        await decisions.decide(secretary, comment.id, YES, edition=comment.edition, earlier=NOTHING)
    assert await told(municipality, hearing) == 1
    await decisions.decide(secretary, comment.id, NO, edition=comment.edition, earlier=decision_mark(YES))
    assert await told(municipality, hearing) == 2
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"comment:{comment.id}")
    made = [dict(entry.data) for entry in entries if entry.act is Act.DECIDED]
    stood = {"earlier": "accepted", "before": YES.reason, "after": NO.reason}
    assert made == [{"outcome": "rejected", **stood}, {"outcome": "accepted"}]


async def test_what_others_did_meanwhile_is_not_overwritten(
    municipality: Municipality, decisions: Decisions, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    one, two, three = [await filed(municipality, aigul, hearing, f"Сунуш {number}") for number in range(3)]
    secretary, colleague = await municipality.staff(2), await municipality.staff(3)
    await decisions.decide(colleague, one.id, YES, edition=one.edition, earlier=NOTHING)
    with pytest.raises(DecisionChanged):
        await decisions.decide(secretary, one.id, NO, edition=one.edition, earlier=NOTHING)
    clock.forward(minutes=1)
    await municipality.services.submissions.begin_amendment(aigul, two.id)
    await received(municipality, aigul, message(municipality, "Башка сөз"))
    with pytest.raises(CommentChanged):
        await decisions.decide(secretary, two.id, YES, edition=two.edition, earlier=NOTHING)
    await municipality.services.comments.withdraw(aigul, three.id)
    with pytest.raises(AlreadyWithdrawn):
        await decisions.decide(secretary, three.id, YES, edition=three.edition, earlier=NOTHING)
    found = [(await stored(municipality, each)).decision for each in (one, two, three)]
    assert [each and each.outcome for each in found] == [Outcome.ACCEPTED, None, None]


async def test_only_a_question_is_answered_and_only_what_is_noted_needs_no_reason(
    municipality: Municipality, decisions: Decisions, hearing: Hearing, aigul: Actor
) -> None:
    proposal, asked = await filed(municipality, aigul, hearing), await question(municipality, aigul, hearing)
    answer = Decision(Outcome.ANSWERED, "Жазында")
    with pytest.raises(OnlyQuestions):
        await decisions.decide(COMMAND_LINE, proposal.id, answer, edition=0, earlier=NOTHING)
    with pytest.raises(ReasonNeeded):
        await decisions.decide(COMMAND_LINE, proposal.id, Decision(Outcome.PARTLY, " "), edition=0, earlier=NOTHING)
    await decisions.decide(COMMAND_LINE, proposal.id, Decision(Outcome.NOTED, ""), edition=0, earlier=NOTHING)
    done = await decisions.decide(COMMAND_LINE, asked.id, answer, edition=0, earlier=NOTHING)
    assert [each.decision and each.decision.reason for each in done.stored] == ["Жазында"]


async def test_a_decision_taken_back_is_told_once_and_waits_for_another(
    municipality: Municipality, decisions: Decisions, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment, secretary = await filed(municipality, aigul, hearing), await municipality.staff(2)
    await decisions.decide(secretary, comment.id, YES, edition=0, earlier=NOTHING)
    with pytest.raises(DecisionChanged):
        await decisions.take_back(secretary, comment.id, earlier=decision_mark(NO))
    clock.forward(minutes=1)
    for _ in range(2):
        await decisions.take_back(secretary, comment.id, earlier=decision_mark(YES))
    assert await told(municipality, hearing) == 2
    assert (await stored(municipality, comment)).decision is None
    assert (await decisions.queue(secretary, hearing.id)).left == 1
    async with municipality.services.store.reading() as repositories:
        (concerned,) = await repositories.comments.list_concerned(hearing.id, aigul.resident_id or 0, clock.now())
        assert concerned.id == comment.id
        assert await repositories.comments.states([comment.id]) == {comment.id: concerned.state}
    await decisions.decide(secretary, comment.id, NO, edition=0, earlier=NOTHING)
    async with municipality.services.store.writing() as repositories:
        await repositories.hearings.set_phase(hearing.id, Phase.ANSWERED, at=clock.now())
    with pytest.raises(HearingOver):
        await decisions.take_back(secretary, comment.id, earlier=decision_mark(NO))


async def test_a_hearing_is_answered_when_it_is_closed_and_nothing_is_left(
    municipality: Municipality, decisions: Decisions, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    hidden, open_, gone = [await filed(municipality, aigul, hearing, f"Сунуш {number}") for number in range(3)]
    await municipality.services.moderation.hide(COMMAND_LINE, hidden.id, HidingRule.INSULT)
    await municipality.services.comments.withdraw(aigul, gone.id)
    with pytest.raises(HearingNotClosed):
        await decisions.complete(COMMAND_LINE, hearing.id)
    clock.forward(seconds=(hearing.closes_at - clock.now()).total_seconds() + 60)
    await municipality.services.timetable.tick()
    await decisions.decide(COMMAND_LINE, open_.id, YES, edition=0, earlier=NOTHING)
    with pytest.raises(Undecided) as raised:
        await decisions.complete(COMMAND_LINE, hearing.id)
    assert raised.value.left == 1
    await decisions.decide(COMMAND_LINE, hidden.id, NO, edition=0, earlier=NOTHING)
    for _ in range(2):
        assert (await decisions.complete(COMMAND_LINE, hearing.id)).phase is Phase.ANSWERED
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"hearing:{hearing.id}")
    assert [entry.act for entry in entries].count(Act.COMPLETED) == 1


async def test_only_the_commission_decides_and_only_a_secretary_says_that_it_is_done(
    municipality: Municipality, decisions: Decisions, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment = await published(municipality, aigul, hearing)
    for act in (
        lambda actor: decisions.queue(actor, hearing.id),
        lambda actor: decisions.find(actor, comment.id),
        lambda actor: decisions.take_back(actor, comment.id, earlier=decision_mark(YES)),
        lambda actor: decisions.decide(actor, comment.id, YES, edition=0, earlier=NOTHING),
    ):
        assert await allowed(municipality, act) == STAFF - {"moderator"}
    clock.forward(seconds=(hearing.closes_at - clock.now()).total_seconds() + 60)
    await municipality.services.timetable.tick()
    assert await allowed(municipality, lambda actor: decisions.complete(actor, hearing.id)) == SECRETARIES
