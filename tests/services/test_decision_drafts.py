"""A decision in the making: what is shown is what is stored, on one comment or on several at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.comments import CommentKind, Outcome
from bot.domain.decision_drafts import MOST_MARKED, DecisionDraft, DecisionField, MarkedComment
from bot.domain.decision_table import decision_mark
from bot.domain.errors import (
    CommentChanged,
    NoDay,
    NoDecisionDraft,
    NothingExpected,
    OnlyQuestions,
    ReasonNeeded,
)
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.domain.programme import DraftPoint
from bot.domain.questions import About
from tests.samples import NOW
from tests.services.rights import STAFF, allowed
from tests.services.test_decisions import told
from tests.services.writing import filed, message, received, stored

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.services.decision_drafts import DecisionDrafts
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

NOTHING = decision_mark(None)
WORDS = st.text(max_size=40)
DRAFTS = st.builds(
    DecisionDraft,
    st.integers(1, 9),
    st.lists(st.builds(MarkedComment, st.integers(1, 99), st.integers(0, 9), st.just("-")), max_size=5).map(tuple),
    st.none() | st.sampled_from(Outcome),
    WORDS,
    WORDS,
    st.none() | st.dates(),
    st.none() | st.sampled_from([DraftPoint(line=3), DraftPoint(service=2), DraftPoint(service=2, action=1)]),
    st.sampled_from(DecisionField),
    st.lists(WORDS, max_size=2).map(tuple),
)


@pytest.fixture
def drafts(municipality: Municipality) -> DecisionDrafts:
    return municipality.services.decision_drafts


async def several(municipality: Municipality, author: Actor, hearing: Hearing, count: int = 3) -> list[Comment]:
    return [await filed(municipality, author, hearing, f"Сунуш {number}") for number in range(count)]


@given(DRAFTS)
def test_a_draft_is_read_as_it_was_kept(draft: DecisionDraft) -> None:
    kept = PendingInput(1, PendingInputKind.DECISION, NOW, draft.hearing_id, text=draft.stored)
    assert DecisionDraft.of(kept) == draft


def test_what_an_earlier_version_kept_is_no_draft_and_waits_for_no_words() -> None:
    kept = PendingInput(1, PendingInputKind.DECISION, NOW, 1, text="accepted 0 -")
    assert DecisionDraft.of(kept) is None


def test_no_more_comments_are_marked_than_one_decision_is_made_on() -> None:
    marks = [MarkedComment(number, 0, NOTHING) for number in range(MOST_MARKED + 5)]
    assert len(DecisionDraft(1).with_marked(marks).marked) == MOST_MARKED


async def test_the_typed_reason_is_shown_before_it_is_stored_and_may_be_used_again(
    municipality: Municipality, drafts: DecisionDrafts, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    one, two, *_ = await several(municipality, aigul, hearing, 2)
    secretary = await municipality.staff(2)
    await drafts.begin(secretary, one.id, Outcome.REJECTED, edition=0, earlier=NOTHING)
    view = await drafts.give_words(secretary, " Акча жок ")
    assert (await stored(municipality, one)).decision is None
    with pytest.raises(NothingExpected):
        await drafts.give_words(secretary, "дагы")
    again = await drafts.view(secretary, view.draft.mark, awaits=DecisionField.REASON)
    await drafts.give_words(secretary, "Быйыл акча жок")
    with pytest.raises(NoDecisionDraft):
        await drafts.store(secretary, again.draft.mark)  # other words were shown
    await drafts.store(secretary, await _mark(municipality, secretary))
    wanted = await drafts.begin(secretary, two.id, Outcome.REJECTED, edition=0, earlier=NOTHING)
    assert [each.id for each in wanted.reasoned] == [one.id]
    view = await drafts.reuse_reason(secretary, wanted.draft.mark, one.id)
    await drafts.store(secretary, view.draft.mark)
    found = [(await stored(municipality, each)).decision for each in (one, two)]
    assert {each and (each.outcome, each.reason) for each in found} == {(Outcome.REJECTED, "Быйыл акча жок")}
    clock.forward(minutes=31)
    with pytest.raises(NoDecisionDraft):
        await drafts.store(secretary, view.draft.mark)


async def _mark(municipality: Municipality, actor: Actor) -> str:
    draft = DecisionDraft.of(await municipality.services.pending_inputs.find(actor))
    assert draft is not None
    return draft.mark


async def test_who_is_responsible_until_when_and_what_it_changes_are_chosen_or_typed(
    municipality: Municipality, drafts: DecisionDrafts, hearing: Hearing, aigul: Actor
) -> None:
    (comment,) = await several(municipality, aigul, hearing, 1)
    secretary = await municipality.staff(2)
    await drafts.begin(secretary, comment.id, Outcome.ACCEPTED, edition=0, earlier=NOTHING)
    view = await drafts.give_words(secretary, "Курабыз")
    assert view.responsibles
    view = await drafts.set_responsible(secretary, view.draft.mark, view.responsibles[0])
    view = await drafts.view(secretary, view.draft.mark, awaits=DecisionField.DUE)
    for wrong in ("эртең", "14.05.2020", "31.02"):
        with pytest.raises(NoDay):
            await drafts.give_words(secretary, wrong)
    view = await drafts.give_words(secretary, "14-май")
    assert view.draft.due is not None
    assert (view.draft.due.day, view.draft.due.month, view.draft.due >= view.today) == (14, 5, True)
    view = await drafts.set_due(secretary, view.draft.mark, view.today + timedelta(days=30))
    view = await drafts.set_changes(secretary, view.draft.mark, DraftPoint(line=2))
    await drafts.store(secretary, view.draft.mark)
    decision = (await stored(municipality, comment)).decision
    assert decision is not None
    assert (decision.responsible, decision.changes) == (view.responsibles[0], DraftPoint(line=2))
    assert decision.due == view.today + timedelta(days=30)
    changed = await drafts.begin(secretary, comment.id, Outcome.PARTLY, edition=0, earlier=decision_mark(decision))
    assert (changed.draft.responsible, changed.draft.due, changed.draft.changes) == (
        *(decision.responsible, decision.due),
        decision.changes,
    )


async def test_marks_are_kept_while_other_comments_are_looked_for(
    municipality: Municipality, drafts: DecisionDrafts, hearing: Hearing, aigul: Actor
) -> None:
    comments, lists = await several(municipality, aigul, hearing, 3), municipality.services.comment_lists
    secretary = await municipality.staff(2)
    await drafts.mark(secretary, hearing.id, on=comments[:2])
    for words in ("жол", "суу"):
        await lists.begin_search(secretary, hearing.id)
        assert (await drafts.marked(secretary, hearing.id)).ids == tuple(each.id for each in comments[:2])
        assert await lists.find_search(secretary, hearing.id) == ()
        await lists.keep_search(secretary, words)
        assert await lists.find_search(secretary, hearing.id) == (words,)
    assert (await municipality.services.privacy.stored(secretary)).typed == "суу"
    draft = await drafts.mark(secretary, hearing.id, on=comments[2:], words=("суу",))
    assert (draft.ids, draft.words) == (tuple(each.id for each in comments), ("суу",))


async def test_one_decision_for_several_is_told_once_and_says_what_was_changed_meanwhile(
    municipality: Municipality, drafts: DecisionDrafts, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comments = await several(municipality, aigul, hearing, 4)
    secretary = await municipality.staff(2)
    await drafts.mark(secretary, hearing.id, on=comments)
    await drafts.choose(secretary, hearing.id, Outcome.ACCEPTED)
    view = await drafts.give_words(secretary, "Курабыз")
    clock.forward(minutes=1)
    await municipality.services.submissions.begin_amendment(aigul, comments[0].id)
    await received(municipality, aigul, message(municipality, "Башка сөз"))
    await municipality.services.comments.withdraw(aigul, comments[1].id)
    done = await drafts.store(secretary, view.draft.mark)
    assert [each.number for each in done.stored] == [comments[2].number, comments[3].number]
    assert set(done.refused) == {comments[0].number, comments[1].number}
    assert isinstance(done.refused[comments[0].number], CommentChanged)
    assert await told(municipality, hearing) == 1
    with pytest.raises(NoDecisionDraft):
        await drafts.store(secretary, view.draft.mark)
    assert await told(municipality, hearing) == 1


async def test_only_what_fits_every_marked_comment_is_decided_on_all(
    municipality: Municipality, drafts: DecisionDrafts, hearing: Hearing, aigul: Actor
) -> None:
    (proposal,) = await several(municipality, aigul, hearing, 1)
    await municipality.services.submissions.begin(aigul, hearing.id, CommentKind.QUESTION, About())
    asked = (await received(municipality, aigul, message(municipality, "Качан?"))).comment
    secretary = await municipality.staff(2)
    with pytest.raises(NoDecisionDraft):
        await drafts.choose(secretary, hearing.id)
    await drafts.mark(secretary, hearing.id, on=[proposal, asked])
    assert Outcome.ANSWERED not in (await drafts.choose(secretary, hearing.id)).outcomes
    with pytest.raises(OnlyQuestions):
        await drafts.choose(secretary, hearing.id, Outcome.ANSWERED)
    await drafts.mark(secretary, hearing.id, off=[proposal.id])
    assert Outcome.ANSWERED in (await drafts.choose(secretary, hearing.id)).outcomes
    view = await drafts.choose(secretary, hearing.id, Outcome.REJECTED)
    done = await drafts.store(secretary, view.draft.mark)
    assert [type(each) for each in done.refused.values()] == [ReasonNeeded]


async def test_only_the_commission_prepares_decisions(
    municipality: Municipality, drafts: DecisionDrafts, hearing: Hearing, aigul: Actor
) -> None:
    (comment,) = await several(municipality, aigul, hearing, 1)
    decide = STAFF - {"moderator", "administrator"}  # the command line has no chat in which to prepare one
    for act in (
        lambda actor: drafts.begin(actor, comment.id, Outcome.ACCEPTED, edition=0, earlier=NOTHING),
        lambda actor: drafts.mark(actor, hearing.id, on=[comment]),
    ):
        assert await allowed(municipality, act) == decide
    assert await allowed(municipality, lambda actor: drafts.marked(actor, hearing.id)) == decide | {"administrator"}
