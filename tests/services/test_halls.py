"""The hall of a sitting: what its chair does, who takes part, what counts and who speaks; on both databases."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import Channel, CommentKind
from bot.domain.errors import ConsentNeeded, NotFound
from bot.domain.hall import WRONG_CODES, HallDoor, HallPhase
from bot.domain.hall_errors import (
    HallCodeRefused,
    HallKeyRefused,
    HallMoved,
    HallNotRunning,
    HallQuestionClosed,
    NobodyWaits,
    NothingToUndo,
)
from bot.domain.hearings import AgendaItem, Results
from bot.domain.journal import Act
from bot.domain.pending_input import HallTyping
from bot.domain.people import Actor, Caller, Gender, Grant, Role
from bot.domain.questions import About, Choose
from tests import samples
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.services.rights import MODERATORS, allowed
from tests.services.writing import message, received

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.services.hall_views import ChairState
    from storage import Store


@pytest.fixture
async def town(store: Store) -> Municipality:
    """On both databases."""
    return await Municipality.over(store, VirtualClock())


async def sitting(town: Municipality, results: Results = Results.AFTER_VOTING) -> Hearing:
    """A hearing with two items on its agenda."""
    items = (AgendaItem(1, samples.words("Ачылышы")), AgendaItem(2, samples.words("Бюджет")))
    return await town.hearing(replace(samples.dossier(results=results), agenda=items))


async def checked_in(town: Municipality, hearing: Hearing, *people: int) -> list[Actor]:
    """So many residents with the code of the day, the chair being resident 100."""
    chair = await town.staff(100, Role.MODERATOR)
    code = await town.services.hall_keys.ensure_code(chair, hearing.id, 1)
    found = [await town.resident(person) for person in people]
    for person in found:
        await town.services.check_ins.check_in(person, hearing.id, 1, code)
    return found


async def vote(town: Municipality, hearing: Hearing, person: int, option: int, *, asking: int) -> None:
    await town.services.voting.cast(
        Caller(person, "ky"), hearing.id, 1, Choose(option), order=person, asked=(1, asking)
    )


async def ask(town: Municipality, author: Actor, hearing: Hearing, words: str) -> Comment:
    """A question to the presenters."""
    await town.services.submissions.begin(author, hearing.id, CommentKind.QUESTION, About())
    return (await received(town, author, message(town, words))).comment


async def lines(town: Municipality, hearing: Hearing) -> list[Act]:
    """The acts in the journal, oldest first."""
    async with town.services.store.reading() as repositories:
        found = await repositories.journal.list_about(f"hearing:{hearing.id}")
    return [entry.act for entry in reversed(found)]


async def test_a_sitting_goes_on_by_one_press_each_and_a_second_press_of_the_same_does_nothing(
    town: Municipality,
) -> None:
    hearing, chair, halls = await sitting(town), await town.staff(100, Role.MODERATOR), town.services.halls
    here = (chair, hearing.id, 1)
    with pytest.raises(HallNotRunning):
        await halls.next_item(*here, seen=0)
    begun = await halls.start(*here)
    assert (begun.state.phase, begun.state.hall.chair) == (HallPhase.RUNNING, chair.resident_id)
    first = await halls.next_item(*here, seen=begun.state.hall.moves)
    with pytest.raises(HallMoved):
        await halls.next_item(*here, seen=begun.state.hall.moves)
    assert first.state.item == hearing.dossier.item(1)
    second = await halls.next_item(*here, seen=first.state.hall.moves)
    assert (second.state.hall.item, second.next_item) == (2, None)
    with pytest.raises(NotFound):
        await halls.next_item(*here, seen=second.state.hall.moves)
    back = await halls.undo(*here, seen=second.state.hall.moves)
    assert (back.state.hall.item, back.undoable) == (1, None)
    with pytest.raises(NothingToUndo):
        await halls.undo(*here, seen=back.state.hall.moves)
    over = await halls.end(*here, seen=back.state.hall.moves)
    with pytest.raises(HallNotRunning):
        await halls.ask(*here, 1, seen=over.state.hall.moves)
    again = await halls.start(*here)
    assert (again.state.phase, again.state.hall.item) == (HallPhase.RUNNING, 0)
    assert await lines(town, hearing) == [
        *(Act.LOADED, Act.PUBLISHED, Act.SITTING_STARTED, Act.ITEM_BEGUN, Act.ITEM_BEGUN, Act.HALL_UNDONE),
        *(Act.SITTING_ENDED, Act.SITTING_STARTED),
    ]


async def test_only_moderators_and_secretaries_chair(town: Municipality) -> None:
    hearing = await sitting(town)
    halls, keys, floor = town.services.halls, town.services.hall_keys, town.services.floor
    moving = (halls.next_item, halls.close_question, halls.show_result, halls.undo, halls.next_speaker)
    acts: list[Callable[[Actor], Awaitable[object]]] = [
        *(partial(_act, act, hearing.id, seen=-1) for act in (*moving, halls.end_speaker, halls.end)),
        *(partial(_act, act, hearing.id) for act in (halls.chair, keys.ensure_code, keys.withdraw, floor.add_hand)),
        partial(_act, halls.start, hearing.id),
        partial(_act, partial(halls.ask, question_no=1), hearing.id, seen=-1),
        partial(_act, partial(halls.count_hands, numbers=(1, 1, 1)), hearing.id, seen=-1),
        partial(_act, partial(halls.answer_question, comment_id=1), hearing.id, seen=-1),
        partial(_act, partial(halls.set_minutes, minutes=5), hearing.id),
    ]
    for act in acts:
        assert await allowed(town, act) == MODERATORS
    assert await allowed(town, partial(_act, keys.make, hearing.id)) == MODERATORS - {"administrator"}


async def _act(act: Callable[..., Awaitable[object]], hearing_id: int, actor: Actor, **seen: int) -> None:
    """Do it, whatever the hall is like by then."""
    with suppress(HallMoved, HallNotRunning):
        await act(actor, hearing_id, 1, **seen)


async def test_presses_count_while_the_question_is_open_in_the_hall_and_nowhere_after(town: Municipality) -> None:
    hearing = await sitting(town)
    await checked_in(town, hearing, *range(1, 8))
    chair, halls = await town.staff(100, Role.MODERATOR), town.services.halls
    here = (chair, hearing.id, 1)
    begun = await halls.start(*here)
    with pytest.raises(HallQuestionClosed):
        await vote(town, hearing, 1, 1, asking=1)
    asked = await halls.ask(*here, 1, seen=begun.state.hall.moves)
    for person in range(1, 7):
        await vote(town, hearing, person, 1 if person < 5 else 2, asking=1)
    await vote(town, hearing, 6, 1, asking=1)
    closed = await halls.close_question(*here, seen=asked.state.hall.moves)
    for asking in (0, 1, 2):
        with pytest.raises(HallQuestionClosed):
            await vote(town, hearing, 7, 2, asking=asking)
    assert closed.state.asked is not None
    assert (closed.state.asked.answered, closed.state.asked.tally) == (6, None)
    shown = await halls.show_result(*here, seen=closed.state.hall.moves)
    assert shown.state.asked is not None
    assert shown.state.asked.tally is not None
    assert shown.state.asked.tally.voters == 5  # renewed with every fifth
    again = await halls.ask(*here, 1, seen=shown.state.hall.moves)
    with pytest.raises(HallQuestionClosed):
        await vote(town, hearing, 7, 2, asking=1)
    await vote(town, hearing, 7, 2, asking=again.state.hall.round)


@pytest.mark.parametrize(("results", "live", "shown"), [(Results.ALWAYS, 5, 5), (Results.AFTER_CLOSING, 0, 0)])
async def test_the_hall_sees_no_more_than_the_hearing_lets_residents_see(
    town: Municipality, results: Results, live: int, shown: int
) -> None:
    hearing = await sitting(town, results)
    await checked_in(town, hearing, 1)
    chair, halls = await town.staff(100, Role.MODERATOR), town.services.halls
    here = (chair, hearing.id, 1)

    def told(state: ChairState) -> int:
        asked = state.state.asked
        return asked.tally.voters if asked and asked.tally else 0

    state = await halls.ask(*here, 1, seen=(await halls.start(*here)).state.hall.moves)
    assert told(state) == 0
    for person in range(1, 6):
        await town.resident(person)
        await vote(town, hearing, person, 1, asking=1)
    assert told(await halls.chair(*here)) == live
    state = await halls.close_question(*here, seen=state.state.hall.moves)
    state = await halls.show_result(*here, seen=state.state.hall.moves)
    assert told(state) == shown


async def test_hands_are_awaited_for_a_question_alone(town: Municipality) -> None:
    hearing = await sitting(town)
    chair, halls, words = await town.staff(100, Role.MODERATOR), town.services.halls, town.services.hall_words
    here = (chair, hearing.id, 1)
    begun = (await halls.start(*here)).state.hall.moves
    with pytest.raises(HallQuestionClosed):
        await words.expect(chair, hearing.id, HallTyping(1, seen=begun))
    asked = (await halls.ask(*here, 1, seen=begun)).state.hall.moves
    with pytest.raises(HallMoved):
        await words.expect(chair, hearing.id, HallTyping(1, seen=begun))
    waiting = await words.expect(chair, hearing.id, HallTyping(1, seen=asked))
    assert waiting.state.asked is not None
    several = await halls.ask(*here, 5, seen=asked)
    with pytest.raises(NotFound):  # who has raised a hand for one option may raise it for another
        await halls.count_hands(*here, (10, 9, 0, 4), seen=several.state.hall.moves)


async def test_hands_are_votes_of_the_hall_beside_those_of_phones_and_are_undone(town: Municipality) -> None:
    hearing = await sitting(town, Results.AFTER_CLOSING)
    await checked_in(town, hearing, 1)
    chair, halls = await town.staff(100, Role.MODERATOR), town.services.halls
    here = (chair, hearing.id, 1)
    state = await halls.ask(*here, 1, seen=(await halls.start(*here)).state.hall.moves)
    await vote(town, hearing, 1, 1, asking=1)

    async def channels() -> dict[tuple[int, Channel], int]:
        async with town.services.store.reading() as repositories:
            assert await repositories.votes.rollup(hearing.id) == await repositories.votes.recount(hearing.id)
            found = await repositories.votes.tallies_by_channel(hearing.id)
        return {key: tally.voters for key, tally in found.items()}

    state = await halls.count_hands(*here, (20, 3, 2), seen=state.state.hall.moves)
    assert state.state.asked is not None
    assert (state.state.asked.hands, state.state.asked.hidden) == ((20, 3, 2), True)
    state = await halls.count_hands(*here, (21, 3, 2), seen=state.state.hall.moves)
    assert await channels() == {(1, Channel.TELEGRAM): 1, (1, Channel.HALL): 26}
    state = await halls.undo(*here, seen=state.state.hall.moves)
    assert (state.state.hall.hands, await channels()) == (
        (20, 3, 2),
        {(1, Channel.TELEGRAM): 1, (1, Channel.HALL): 25},
    )


async def test_hands_counted_aloud_do_not_tell_how_the_few_others_have_answered(town: Municipality) -> None:
    hearing = await sitting(town, Results.ALWAYS)
    await checked_in(town, hearing, *range(1, 7))
    chair, halls = await town.staff(100, Role.MODERATOR), town.services.halls
    here = (chair, hearing.id, 1)

    def told(state: ChairState) -> dict[int, int]:
        asked = state.state.asked
        return {no: count.voters for no, count in asked.tally.counts.items()} if asked and asked.tally else {}

    state = await halls.ask(*here, 1, seen=(await halls.start(*here)).state.hall.moves)
    for person in (1, 2):
        await vote(town, hearing, person, 1, asking=1)
    state = await halls.count_hands(*here, (20, 3, 2), seen=state.state.hall.moves)
    assert state.state.asked is not None
    assert (state.state.asked.answered, told(state)) == (27, {1: 20, 2: 3, 3: 2})
    for person in (3, 4, 5):
        await vote(town, hearing, person, 2, asking=1)
    assert told(await halls.chair(*here)) == {1: 22, 2: 6, 3: 2}
    await vote(town, hearing, 6, 3, asking=1)
    corrected = await halls.count_hands(*here, (20, 4, 0), seen=state.state.hall.moves)
    assert told(corrected) == {1: 22, 2: 7}
    assert told(await halls.undo(*here, seen=corrected.state.hall.moves)) == {1: 22, 2: 6, 3: 2}


async def test_who_has_the_code_of_the_day_is_counted_and_guessing_ends_after_a_few_tries(town: Municipality) -> None:
    hearing = await sitting(town)
    man, woman = await checked_in(town, hearing, 1, 2)
    await town.services.people.set_gender(man, Gender.MALE)
    await town.services.people.set_gender(woman, Gender.FEMALE)
    await checked_in(town, hearing, 1, 3)
    state = await town.services.halls.state(hearing.id, 1)
    assert (state.present.people, state.present.women, state.present.men) == (3, 1, 1)
    guesser, check_ins = await town.resident(4), town.services.check_ins
    with pytest.raises(ConsentNeeded):
        await check_ins.check_in(Actor(9, "ky"), hearing.id, 1, state.code)
    for _ in range(WRONG_CODES):
        with pytest.raises(HallCodeRefused):
            await check_ins.check_in(guesser, hearing.id, 1, state.code - 1)
    with pytest.raises(HallCodeRefused) as refused:
        await check_ins.check_in(guesser, hearing.id, 1, state.code)
    assert refused.value.until == samples.NOW + timedelta(minutes=15)
    clock = town.services.clock
    assert isinstance(clock, VirtualClock)
    clock.forward(minutes=16)
    assert (await check_ins.check_in_typed(guesser, f"{state.code // 10_000} {state.code % 10_000:04d}")) is not None
    assert await check_ins.check_in_typed(guesser, "Саламатсызбы") is None
    clock.forward(hours=24)
    with pytest.raises(HallCodeRefused):
        await check_ins.check_in(await town.resident(5), hearing.id, 1, state.code)


async def test_a_key_opens_its_own_page_until_it_is_withdrawn_or_its_maker_has_no_role(town: Municipality) -> None:
    hearing, keys = await sitting(town), town.services.hall_keys
    secretary, chair = await town.staff(99), await town.staff(100, Role.MODERATOR)
    made = await keys.make(chair, hearing.id, 1)
    entered = await keys.enter(HallDoor.CHAIR, hearing.code, made.chair)
    assert (entered.actor.resident_id, entered.sitting) == (chair.resident_id, 1)
    await town.services.halls.start(entered.actor, hearing.id, 1)
    wrong = [(HallDoor.CHAIR, made.projector), (HallDoor.PROJECTOR, made.chair), (HallDoor.CHAIR, "")]
    for door, key in wrong:
        with pytest.raises(HallKeyRefused):
            await keys.enter(door, hearing.code, key)
    with pytest.raises(HallKeyRefused):
        await keys.enter(HallDoor.CHAIR, "another", made.chair)
    newer = await keys.make(chair, hearing.id, 1)
    with pytest.raises(HallKeyRefused):
        await keys.enter(HallDoor.CHAIR, hearing.code, made.chair)
    async with town.services.store.reading() as repositories:
        assert await repositories.halls.find_key(newer.chair) is None  # only digests are stored
    assert chair.resident is not None
    await town.services.staff.revoke(secretary, chair.resident.id, Grant(town.id, Role.MODERATOR))
    with pytest.raises(HallKeyRefused):
        await keys.enter(HallDoor.CHAIR, hearing.code, newer.chair)
    last = await keys.make(secretary, hearing.id, 1)
    assert await keys.withdraw(secretary, hearing.id, 1) == 2
    with pytest.raises(HallKeyRefused):
        await keys.enter(HallDoor.PROJECTOR, hearing.code, last.projector)


async def test_the_floor_goes_round_and_its_last_giving_is_undone(town: Municipality) -> None:
    hearing = await sitting(town)
    first, second = await checked_in(town, hearing, 1, 2)
    chair, halls, floor = await town.staff(100, Role.MODERATOR), town.services.halls, town.services.floor
    here = (chair, hearing.id, 1)
    with pytest.raises(HallNotRunning):
        await floor.ask(first, hearing.id, 1)
    state = await halls.start(*here)
    with pytest.raises(NobodyWaits):
        await halls.next_speaker(*here, seen=state.state.hall.moves)
    away = await town.resident(3)
    with pytest.raises(NotFound):
        await floor.ask(away, hearing.id, 1)
    await town.services.check_ins.follow(away, hearing.id, 1)
    numbers = [(await floor.ask(person, hearing.id, 1)).number for person in (first, first, second, away)]
    assert numbers == [1, 1, 2, 3]
    state = await halls.next_speaker(*here, seen=state.state.hall.moves)
    assert (state.state.speaker and state.state.speaker.number, state.state.waiting) == (1, 2)
    state = await halls.end_speaker(*here, seen=state.state.hall.moves)
    assert (await floor.ask(first, hearing.id, 1)).number == 4
    hand = await floor.add_hand(*here)
    state = await halls.chair(*here)
    assert [each.number for each in state.queue] == [2, 3, hand.number, 4]  # who has spoken comes last
    state = await halls.next_speaker(*here, seen=state.state.hall.moves)
    state = await halls.undo(*here, seen=state.state.hall.moves)
    assert ([each.number for each in state.queue], state.state.speaker) == ([2, 3, hand.number, 4], None)
    await floor.withdraw(second, hearing.id, 1)
    mine = await town.services.check_ins.mine(away, hearing.id, 1)
    assert (mine.request and mine.request.number, mine.before) == (3, 0)


async def test_questions_are_ranked_published_ones_for_all_and_an_answer_closes_one(town: Municipality) -> None:
    hearing = await sitting(town)
    author, reader = await checked_in(town, hearing, 1, 2)
    chair, halls = await town.staff(100, Role.MODERATOR), town.services.halls
    here = (chair, hearing.id, 1)
    state = await halls.start(*here)
    asked = [await ask(town, author, hearing, f"Суроо {no}, тел. 0555 123456") for no in range(3)]
    for comment in asked[:2]:
        await town.services.moderation.publish(chair, comment.id)
    await town.services.comments.support(reader, asked[1].id, on=True)
    state = await halls.chair(*here)
    assert [each.comment.id for each in state.state.questions] == [asked[1].id, asked[0].id]
    assert "123456" not in state.state.questions[0].words
    assert [each.comment.id for each in state.to_publish] == [asked[2].id]
    state = await halls.answer_question(*here, asked[1].id, "Жол быйыл бүтөт", seen=state.state.hall.moves)
    assert [each.comment.id for each in state.state.questions] == [asked[0].id]
    async with town.services.store.reading() as repositories:
        (answer,) = await repositories.halls.answers(hearing.id)
        assert (await repositories.comments.get(asked[1].id)).decision is None  # that is the commission's
    assert (answer.comment_id, answer.note) == (asked[1].id, "Жол быйыл бүтөт")
    state = await halls.undo(*here, seen=state.state.hall.moves)
    assert len(state.state.questions) == 2


async def test_a_forgotten_person_leaves_the_hall_and_its_queue(town: Municipality) -> None:
    hearing = await sitting(town)
    (person,) = await checked_in(town, hearing, 1)
    chair, halls = await town.staff(100, Role.MODERATOR), town.services.halls
    await halls.start(chair, hearing.id, 1)
    await town.services.floor.ask(person, hearing.id, 1)
    await town.services.privacy.forget(person, withdraw_comments=True)
    state = await halls.state(hearing.id, 1)
    assert (state.present.people, state.waiting) == (0, 0)


async def test_who_took_part_is_known_for_thirty_days_and_a_forgotten_sitting_ends_by_itself(
    town: Municipality,
) -> None:
    hearing = await sitting(town)
    (person,) = await checked_in(town, hearing, 1)
    chair, halls, clock = await town.staff(100, Role.MODERATOR), town.services.halls, town.services.clock
    assert isinstance(clock, VirtualClock)
    await halls.start(chair, hearing.id, 1)
    await town.services.hall_keys.make(chair, hearing.id, 1)
    await town.services.floor.ask(person, hearing.id, 1)
    stored = await town.services.privacy.stored(person)
    assert ([each.in_hall for each in stored.halls], [each.number for each in stored.floor]) == ([True], [1])
    await halls.end_forgotten()
    assert (await halls.state(hearing.id, 1)).phase is HallPhase.RUNNING
    clock.forward(hours=12)
    await halls.end_forgotten()
    assert (await halls.state(hearing.id, 1)).phase is HallPhase.ENDED
    clock.forward(days=29)
    await town.services.privacy.expire()
    assert (await halls.state(hearing.id, 1)).present.people == 1
    clock.forward(days=1)
    await town.services.privacy.expire()
    stored = await town.services.privacy.stored(person)
    assert (stored.halls, stored.floor) == ((), ())
    assert (await halls.chair(chair, hearing.id, 1)).keys == 0
