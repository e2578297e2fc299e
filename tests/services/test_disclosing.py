"""What residents are shown of the answers: nothing below five, then only in steps, and after closing the result."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.domain.hearings import Results
from bot.domain.people import Caller
from bot.domain.questions import Choose, Withdraw
from bot.domain.suppression import AtLeast
from bot.domain.tallies import Count, Tally
from bot.reports.public_numbers import gather_public
from bot.reports.records import gather
from bot.services.disclosing import shown_tallies
from tests import samples
from tests.municipality import Municipality

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.services.ballots import Ballot
    from storage import Store
    from tests.clocks import VirtualClock


@pytest.fixture
async def municipality(store: Store, clock: VirtualClock) -> Municipality:
    """Over a fresh database of each kind."""
    return await Municipality.over(store, clock)


async def answer(
    municipality: Municipality, hearing: Hearing, person: int, option: int, *, question: int = 1
) -> Ballot:
    """The ballot of somebody who has agreed and chosen; option 0 takes the answer back."""
    caller = Caller(person, "ky")
    await municipality.services.people.agree(caller)
    change = Choose(option) if option else Withdraw()
    return await municipality.services.voting.cast(caller, hearing.id, question, change, order=1)


def tally(*answers: int) -> Tally:
    """One voter for each answer."""
    return Tally(len(answers), {option: Count(answers.count(option), answers.count(option)) for option in set(answers)})


async def test_nothing_is_shown_of_four_answers_and_all_of_five(municipality: Municipality, hearing: Hearing) -> None:
    for person in range(1, 5):
        ballot = await answer(municipality, hearing, person, 1)
        assert (ballot.tally, ballot.too_few) == (None, True)
    ballot = await answer(municipality, hearing, 5, 2)
    assert (ballot.tally, ballot.too_few) == (tally(1, 1, 1, 1, 2), False)


async def test_the_sixth_to_the_ninth_see_what_the_fifth_saw(municipality: Municipality, hearing: Hearing) -> None:
    seen = [(await answer(municipality, hearing, person, 1 + person % 2)).tally for person in range(1, 11)]
    five, ten = tally(1, 1, 2, 2, 2), tally(*[1, 2] * 5)
    assert seen == [None] * 4 + [five] * 5 + [ten]


async def test_an_answer_changed_or_taken_back_is_seen_at_the_next_step_only(
    municipality: Municipality, hearing: Hearing
) -> None:
    for person in range(1, 7):
        await answer(municipality, hearing, person, 1)
    assert (await answer(municipality, hearing, 1, 2)).tally == tally(*[1] * 5)
    assert (await answer(municipality, hearing, 2, 0)).tally is None  # their own answer is gone: they have no say
    assert (await answer(municipality, hearing, 2, 3)).tally == tally(*[1] * 5)
    for person in range(7, 11):
        last = await answer(municipality, hearing, person, 1)
    assert last.tally == tally(2, 3, *[1] * 8)


async def test_a_crowd_in_one_commit_is_shown_at_once(municipality: Municipality, hearing: Hearing) -> None:
    ballots = await asyncio.gather(*(answer(municipality, hearing, person, 1) for person in range(1, 41)))
    assert max(ballot.tally.voters for ballot in ballots if ballot.tally) > 35
    voters = {ballot.tally.voters for ballot in ballots if ballot.tally}
    assert all(later - earlier >= 5 for earlier, later in zip(sorted(voters), sorted(voters)[1:], strict=False))


async def test_each_question_has_steps_of_its_own(municipality: Municipality, hearing: Hearing) -> None:
    for person in range(1, 6):
        await answer(municipality, hearing, person, 1)
    other = await answer(municipality, hearing, 5, 1, question=2)
    assert (other.tally, other.too_few) == (None, True)


async def test_who_only_looks_sees_what_voters_see(municipality: Municipality) -> None:
    hearing = await municipality.hearing(samples.dossier(results=Results.ALWAYS))
    looker = await municipality.resident(99)
    for person in range(1, 8):
        await answer(municipality, hearing, person, 1)
    ballot = await municipality.services.voting.ballot(looker, hearing.id, 1)
    assert ballot.tally == tally(*[1] * 5)


async def test_who_is_forgotten_changes_nothing_that_is_shown_until_fewer_than_five_are_left(
    municipality: Municipality, hearing: Hearing
) -> None:
    for person in range(1, 7):
        await answer(municipality, hearing, person, 1)
    for person, left in ((1, tally(*[1] * 5)), (2, None)):
        actor = await municipality.services.people.identify(Caller(person, "ky"))
        await municipality.services.privacy.forget(actor, withdraw_comments=True)
        async with municipality.services.store.reading() as repositories:
            shown = await shown_tallies(repositories, hearing, municipality.services.clock.now())
        assert shown.get(1) == left


async def test_a_question_whose_votes_were_all_put_aside_begins_anew(
    municipality: Municipality, hearing: Hearing
) -> None:
    for person in range(1, 6):
        await answer(municipality, hearing, person, 1)
    for person in range(1, 6):
        await answer(municipality, hearing, person, 0)
    seen = [(await answer(municipality, hearing, person, 2)).tally for person in range(11, 16)]
    assert seen == [None] * 4 + [tally(*[2] * 5)]


async def test_once_all_is_entered_the_result_is_exact_and_of_fewer_than_five_there_is_none(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    for person in range(1, 8):
        await answer(municipality, hearing, person, 1 + person % 3)
    for person in range(1, 5):
        await answer(municipality, hearing, person, 1, question=2)
    clock.forward(days=4)
    looker = await municipality.resident(99)
    preliminary = await municipality.services.voting.ballot(looker, hearing.id, 1)
    assert (preliminary.tally, preliminary.too_few) == (tally(2, 3, 1, 2, 3), False)
    await municipality.services.entry_desk.close(await municipality.staff(98), hearing.id)
    first = await municipality.services.voting.ballot(looker, hearing.id, 1)
    assert (first.tally, first.too_few) == (tally(2, 3, 1, 2, 3, 1, 2), False)
    second = await municipality.services.voting.ballot(looker, hearing.id, 2)
    assert (second.tally, second.too_few) == (None, True)


async def test_what_was_kept_back_until_closing_is_told_to_everybody_in_the_same_numbers(
    municipality: Municipality, clock: VirtualClock
) -> None:
    hearing = await municipality.hearing(samples.dossier(results=Results.AFTER_CLOSING))
    for person in range(1, 8):
        await answer(municipality, hearing, person, 1)
    clock.forward(seconds=(hearing.closes_at - clock.now()).total_seconds())
    await municipality.services.timetable.tick()
    seen = await municipality.services.voting.ballot(await municipality.resident(99), hearing.id, 1)
    async with municipality.services.store.reading() as repositories:
        record = await gather(repositories, hearing.id, now=clock.now(), timezone="Asia/Bishkek")
        told = await gather_public(repositories, record, now=clock.now())
    assert record.hearing.is_preliminary(clock.now())
    assert told.tallies == {1: seen.tally} == {1: tally(*[1] * 7)}


async def test_before_opening_nobody_is_told_that_few_have_answered(municipality: Municipality) -> None:
    hearing = await municipality.hearing(samples.dossier(opens=samples.NOW + samples.HOUR))
    ballot = await municipality.services.voting.ballot(await municipality.resident(1), hearing.id, 1)
    assert (ballot.tally, ballot.too_few) == (None, False)


async def test_staff_see_exact_tallies_and_groups_only_in_steps(municipality: Municipality, hearing: Hearing) -> None:
    village = municipality.places["bagysh-1"]
    secretary = await municipality.staff(50)
    told = []
    for person in range(1, 12):
        resident = await municipality.resident(person)
        if person <= 7:
            await municipality.services.people.set_village(resident, village)
        await answer(municipality, hearing, person, 1)
        seen = await municipality.services.desk.overview(secretary, hearing.id)
        assert (seen.numbers.participation.people, seen.numbers.tallies[1].voters) == (person, person)
        told.append(seen.groups)
        async with municipality.services.store.reading() as repositories:
            record = await gather(repositories, hearing.id, now=seen.now, timezone="Asia/Bishkek")
        assert (record.sizes, record.participation.people) == (seen.groups, person)
    assert all(each == told[0] for each in told[:9])  # five people from one village: nothing is told of anybody
    assert told[9] == told[10] != told[8]
    assert told[10].by_village[village] == AtLeast(5)
