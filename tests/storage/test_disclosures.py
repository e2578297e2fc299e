"""What residents were shown, as it is stored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.disclosure import Disclosure
from bot.domain.people import Demographics, Participant
from bot.domain.tallies import Count, Tally
from tests.storage.town import NOON, cast, move_in, settle, vote

if TYPE_CHECKING:
    from storage import Store

FIVE = Tally(5, {1: Count(5, 12), 3: Count(2, 2)})


async def test_a_question_nobody_answered_was_never_shown(store: Store) -> None:
    town = await settle(store)
    async with store.reading() as now:
        assert await now.disclosures.of_questions(town.hearing.id, [1, 99]) == {1: Disclosure(0)}
        assert set(await now.disclosures.of_questions(town.hearing.id)) == {1, 2, 3, 4, 5}


async def test_what_was_shown_stands_beside_how_many_answer_now(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 3)
        await cast(now, town, [vote(town, resident, 4, {1: 1, 2: 2}) for resident in people])
        await now.disclosures.show(town.hearing.id, {4: FIVE})
        assert await now.disclosures.of_questions(town.hearing.id, [4]) == {4: Disclosure(3, FIVE)}


async def test_what_was_shown_is_replaced_only_by_five_voters_more(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        for voters, shown in ((5, 5), (9, 5), (10, 10), (10, 10), (7, 10)):
            await now.disclosures.show(town.hearing.id, {1: Tally(voters, {1: Count(voters, voters)})})
            (found,) = (await now.disclosures.of_questions(town.hearing.id, [1])).values()
            assert found.shown == Tally(shown, {1: Count(shown, shown)})


async def test_what_was_shown_can_be_forgotten(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await now.disclosures.show(town.hearing.id, {1: FIVE, 2: FIVE})
        await now.disclosures.drop(town.hearing.id, [1])
        found = await now.disclosures.of_questions(town.hearing.id, [1, 2])
    assert found == {1: Disclosure(0), 2: Disclosure(0, FIVE)}


async def test_the_newest_participants_are_those_who_took_part_last(store: Store) -> None:
    town = await settle(store)
    here = town.hearing.id
    async with store.writing() as now:
        people = await move_in(now, town, 4)
        for minute, place in enumerate((3, 0, 1, 2)):
            village = Demographics(place)
            await now.participants.note(
                [Participant(here, people[place].id, village, NOON + timedelta(minutes=minute), place)]
            )
        assert await now.disclosures.newest_participants(here, 2) == ((Demographics(2), 2), (Demographics(1), 1))
        assert await now.disclosures.newest_participants(here, 0) == ()
