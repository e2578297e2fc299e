from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.comments import Channel
from bot.domain.hearings import Phase
from bot.domain.people import AgeBand, Demographics, Gender, Participant
from bot.domain.questions import Answer, Question, QuestionKind
from bot.domain.tallies import Cell, Count, Tally, Vote, changes
from tests.storage.town import NOON, QUESTIONS, Town, cast, dossier, move_in, settle, vote

if TYPE_CHECKING:
    from bot.domain.people import Resident
    from bot.ports import Repositories
    from storage import Store


async def test_a_changed_answer_replaces_the_earlier_one(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (resident,) = await move_in(now, town, 1)
        await cast(now, town, [vote(town, resident, 1, {1: 1}), vote(town, resident, 5, {1: 70, 3: 30})])
        changed = replace(
            vote(town, resident, 1, {2: 1}, order=2**40), cast_at=NOON + timedelta(microseconds=1), channel=Channel.HALL
        )
        await cast(now, town, [changed])
    async with store.reading() as now:
        found = await now.votes.of_person(town.hearing.id, resident.id)
    assert found == {1: changed, 5: vote(town, resident, 5, {1: 70, 3: 30})}


async def test_only_the_asked_pairs_are_found(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        other = replace(town, hearing=await now.hearings.add(town.municipality_id, "M-27", dossier(), at=NOON))
        people = await move_in(now, town, 3)
        for place in (town, other):
            await cast(now, place, [vote(place, resident, 1, {1: 1}) for resident in people])
        keys = [(town.hearing.id, people[0].id), (other.hearing.id, people[1].id), (other.hearing.id, 10**9)]
        found = await now.votes.of_people([*keys, *keys])
        assert await now.votes.of_people([]) == {}
    assert found == {
        (town.hearing.id, people[0].id, 1): vote(town, people[0], 1, {1: 1}),
        (other.hearing.id, people[1].id, 1): vote(other, people[1], 1, {1: 1}),
    }


async def test_a_withdrawn_answer_is_gone(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (resident,) = await move_in(now, town, 1)
        await cast(now, town, [vote(town, resident, 1, {1: 1}), vote(town, resident, 2, {3: 1})])
        await now.votes.delete([(town.hearing.id, resident.id, 1), (town.hearing.id, resident.id, 4)])
        assert set(await now.votes.of_person(town.hearing.id, resident.id)) == {2}


async def test_nothing_to_store_is_no_mistake(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await now.votes.save([])
        await now.votes.delete([])
        await now.votes.add_counts({})
        await now.participants.note([])
        assert await now.votes.tallies(town.hearing.id) == {}
        assert await now.votes.recount(town.hearing.id) == {}


async def test_an_answer_to_a_question_that_is_not_asked_is_a_mistake_of_ours(store: Store) -> None:
    town = await settle(store)

    async def answer_question_99() -> None:
        async with store.writing() as now:
            (resident,) = await move_in(now, town, 1)
            await now.votes.save([vote(town, resident, 99, {1: 1})])

    with pytest.raises(IntegrityError):
        await answer_question_99()
    async with store.reading() as now:
        assert await now.people.find(1000) is None


async def test_tallies_count_people_and_points(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 3)
        await cast(now, town, [vote(town, people[0], 4, {1: 1, 2: 2}), vote(town, people[1], 4, {2: 1})])
        await cast(now, town, [replace(vote(town, people[2], 5, {1: 60, 2: 40}), channel=Channel.PAPER)])
    async with store.reading() as now:
        ranked = Tally(2, {1: Count(1, 3), 2: Count(2, 5)})
        shared = Tally(1, {1: Count(1, 60), 2: Count(1, 40)})
        assert await now.votes.tallies(town.hearing.id) == {4: ranked, 5: shared}
        assert await now.votes.tallies(town.hearing.id, questions=[5, 1]) == {5: shared}
        assert await now.votes.tallies(town.hearing.id, questions=[]) == {}
        by_channel = await now.votes.tallies_by_channel(town.hearing.id)
    assert by_channel == {(4, Channel.TELEGRAM): ranked, (5, Channel.PAPER): shared}


async def test_everybody_who_took_part_counts_once_with_their_latest_demographics(store: Store) -> None:
    town = await settle(store)
    unsaid, told = Demographics(), Demographics(town.village_ids[0], Gender.FEMALE, AgeBand.TO_28)
    here = town.hearing.id
    async with store.writing() as now:
        people = await move_in(now, town, 3)
        await now.participants.note([Participant(here, resident.id, unsaid, NOON) for resident in people])
        later = NOON + timedelta(hours=1)
        await now.participants.note([Participant(here, people[0].id, told, later, town.municipality_id)] * 2)
        found = await now.participants.participation(here)
        assert (found.groups, found.municipalities) == ({unsaid: 2, told: 1}, {0: 2, town.municipality_id: 1})
        assert (await now.participants.participation(here + 1)).people == 0
        assert await now.participants.hearings_of(people[0].id) == (here,)
        assert await now.participants.hearings_of(people[0].id + 10**6) == ()


async def test_a_forgotten_participant_is_nameless_gone_or_back_under_another_number(store: Store) -> None:
    town = await settle(store)
    here = town.hearing.id
    async with store.writing() as now:
        kept, gone, back = await move_in(now, town, 3)
        await now.participants.note([each.as_participant(here, NOON) for each in (kept, gone)])
        await now.participants.drop(here, gone.id)
        await now.participants.part_from(here, kept.id, digest="known")
        found = await now.participants.participation(here)
        assert (found.groups, found.municipalities) == ({Demographics(): 1}, {0: 1})
        await now.participants.come_back("unknown", back.id)
        assert await now.participants.hearings_of(back.id) == ()
        await now.participants.drop_digests()  # the hearing goes on
        await now.participants.come_back("known", back.id)
        assert await now.participants.hearings_of(back.id) == (here,)
        assert await now.participants.hearings_of(kept.id) == ()
        await now.participants.part_from(here, back.id, digest="known")
        await now.hearings.set_phase(here, Phase.CLOSED, at=NOON)
        await now.participants.drop_digests()
        await now.participants.come_back("known", kept.id)
        assert await now.participants.hearings_of(kept.id) == ()


async def test_who_answered_is_counted_by_where_they_live_and_empty_cells_go(store: Store) -> None:
    town = await settle(store)
    here = town.hearing.id
    async with store.writing() as now:
        one, two, withdrawn = await move_in(now, town, 3)
        two = replace(two, municipality_id=None)
        votes = [vote(town, one, 1, {1: 1}), vote(town, two, 1, {2: 1}), vote(town, withdrawn, 1, {1: 1})]
        await cast(now, town, votes)
        await cast(now, town, [replace(votes[2], answer={})])
        await now.participants.note([each.as_participant(here, NOON) for each in (one, two, withdrawn)])
        assert await now.participants.voters_by_municipality(here) == {1: {town.municipality_id: 1, 0: 1}}
        await now.votes.drop_empty_cells(here)
        assert await now.votes.rollup(here) == await now.votes.recount(here)


async def test_of_the_half_forgotten_those_are_found_of_whom_something_is_left(store: Store) -> None:
    town = await settle(store)
    here = town.hearing.id
    async with store.writing() as now:
        known, voter, participant, nothing = await move_in(now, town, 4)
        grouped = replace(voter, village_id=town.village_ids[0])
        await cast(now, town, [vote(town, each, 1, {1: 1}) for each in (known, grouped)])
        await now.participants.note([participant.as_participant(here, NOON)])
        for each in (voter, participant, nothing):
            await now.people.forget(each.id)
        found = await now.people.list_half_forgotten(limit=9)
        assert [each.id for each in found] == [voter.id, participant.id]


@pytest.mark.parametrize("seed", range(3))
async def test_the_rollup_equals_a_recount_whatever_people_do(store: Store, seed: int) -> None:
    town = await settle(store)
    chance = Random(seed)
    async with store.writing() as now:
        people = await move_in(now, town, 12)
    for _ in range(25):
        async with store.writing() as now:
            await _live(now, town, people, chance)
    async with store.reading() as now:
        assert await now.votes.recount(town.hearing.id) == await now.votes.rollup(town.hearing.id)
        assert (await now.votes.tallies(town.hearing.id))[1].voters > 0


async def _live(now: Repositories, town: Town, people: list[Resident], chance: Random) -> None:
    """A batch of random answers, changed answers, withdrawals and moves."""
    keys = {(town.hearing.id, resident.id) for resident in people}
    standing = dict(await now.votes.of_people(keys))
    counts: dict[Cell, Count] = {}
    saved: dict[tuple[int, int, int], Vote] = {}
    gone: set[tuple[int, int, int]] = set()
    for _ in range(chance.randint(1, 30)):
        resident, question = chance.choice(people), chance.choice(QUESTIONS)
        key = (town.hearing.id, resident.id, question.no)
        demographics = Demographics(
            chance.choice((0, *town.village_ids)), chance.choice(list(Gender)), chance.choice(list(AgeBand))
        )
        after = None
        if chance.random() < 0.8:
            given = Vote(*(key[0], key[2], key[1]), _answer(question, chance), demographics, NOON)
            after = replace(given, channel=chance.choice(list(Channel)))
        for cell, count in changes(question, standing.get(key), after):
            counts[cell] = counts.get(cell, Count()) + count
        if after:
            standing[key] = saved[key] = after
            gone.discard(key)
        elif standing.pop(key, None):
            saved.pop(key, None)
            gone.add(key)
    await now.votes.save(saved.values())
    await now.votes.delete(gone)
    await now.votes.add_counts(counts)


def _answer(question: Question, chance: Random) -> Answer:
    options = list(question.option_numbers)
    chance.shuffle(options)
    match question.kind:
        case QuestionKind.RANK:
            return {option: rank for rank, option in enumerate(options[: chance.randint(1, 3)], start=1)}
        case QuestionKind.COINS:
            return {options[0]: chance.randint(1, 60), options[1]: chance.randint(1, 40)}
        case QuestionKind.SEVERAL:
            return dict.fromkeys(options[: chance.randint(1, 2)], 1)
        case _:
            return {options[0]: 1}


async def test_votes_put_aside_are_kept_with_their_version_and_counted_no_more(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 3)
        given = [vote(town, person, 1, {1 + number % 2: 1}) for number, person in enumerate(people)]
        await cast(now, town, [*given, vote(town, people[0], 5, {1: 70, 3: 30}), vote(town, people[0], 2, {})])
        await now.votes.put_aside(town.hearing.id, [1, 2, 4], version=3)
        await now.votes.put_aside(town.hearing.id, [1], version=4)
        assert set(await now.votes.tallies(town.hearing.id)) == {5}
        assert await now.votes.rollup(town.hearing.id) == await now.votes.recount(town.hearing.id)
        (former,) = await now.votes.former_tallies(town.hearing.id)
        assert (former.version, former.question_no, former.channel) == (3, 1, Channel.TELEGRAM)
        assert former.answers == (({1: 1}, 2), ({2: 1}, 1))
        assert former.of(QUESTIONS[0]) == Tally(3, {1: Count(2, 2), 2: Count(1, 1)})
        assert await now.votes.former_of(people[1].id) == ((town.hearing.id, 3, 1, {2: 1}),)
        await now.votes.part_from_former(town.hearing.id, people[0].id)
        assert (await now.votes.former_tallies(town.hearing.id)) == (former,)
        await now.votes.part_from_former(town.hearing.id, people[1].id)
        assert await now.votes.former_of(people[1].id) == ((town.hearing.id, 3, 1, {2: 1}),)
        await now.votes.drop_former(town.hearing.id, people[1].id)
        assert await now.votes.former_of(people[1].id) == ()
        assert await now.votes.of_person(town.hearing.id, people[1].id) == {}
        await cast(now, town, [vote(town, people[1], 1, {3: 1})])
        assert (await now.votes.tallies(town.hearing.id))[1].voters == 1
