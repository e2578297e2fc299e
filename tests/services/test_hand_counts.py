"""Votes counted by hand: counted beside those of the bot, changed and removed, on both databases."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import Channel
from bot.domain.counted_votes import BallotBox, CountedVotes
from bot.domain.errors import BadCount, EnteredMeanwhile, NotFound, NothingEntered
from bot.domain.hearings import Results
from bot.domain.journal import Act
from bot.domain.people import Caller
from bot.domain.questions import Choose
from bot.domain.tallies import Count, Tally
from bot.services.disclosing import shown_tallies
from bot.services.hand_counter import Counter
from tests import samples
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.scale import rounds
from tests.services.entering import counted, typed
from tests.services.rights import allowed

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from storage import Store

HALL = BallotBox(Channel.HALL)


@pytest.fixture
async def town(store: Store) -> Municipality:
    """On both databases."""
    return await Municipality.over(store, VirtualClock())


async def vote(town: Municipality, hearing: Hearing, *people: int) -> None:
    """So many people support the first service by the bot."""
    for person in people:
        await town.resident(person)
        await town.services.voting.cast(Caller(person, "ky"), hearing.id, 1, Choose(1), order=1)


async def voters(town: Municipality, hearing: Hearing) -> dict[tuple[int, Channel], int]:
    """Voters by question and channel; the rollup is what a recount of votes and counts gives."""
    async with town.services.store.reading() as repositories:
        assert await repositories.votes.rollup(hearing.id) == await repositories.votes.recount(hearing.id)
        found = await repositories.votes.tallies_by_channel(hearing.id)
    return {key: tally.voters for key, tally in found.items()}


async def seen(town: Municipality, hearing: Hearing) -> int:
    """How many answers to the first question residents are told of; 0 where nothing is told."""
    async with town.services.store.reading() as repositories:
        now = await repositories.hearings.get(hearing.id)
        tallies = await shown_tallies(repositories, now, town.services.clock.now())
    return tallies[1].voters if 1 in tallies else 0


async def test_counts_of_boxes_and_votes_of_the_bot_add_up_and_stay_apart(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(100)
    await vote(town, hearing, 1, 2, 3)
    village = town.places["bagysh-1"]
    for number, numbers in ((1, "10 2 0"), (2, "3,0,1")):
        await counted(town, staff, hearing, BallotBox(Channel.PAPER, village, number), 1, numbers)
    await counted(town, staff, hearing, HALL, 1, "20 5 0")
    assert await voters(town, hearing) == {(1, Channel.TELEGRAM): 3, (1, Channel.PAPER): 16, (1, Channel.HALL): 25}
    async with town.services.store.reading() as repositories:
        total = (await repositories.votes.tallies(hearing.id))[1]
    assert (total.voters, [total.count(option).voters for option in (1, 2, 3)]) == (44, [36, 7, 1])


async def test_a_count_is_replaced_and_removed_with_a_line_in_the_journal(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(100)
    for numbers in ("10 2 0", "11 2 0", "11 2 0"):
        await counted(town, staff, hearing, HALL, 1, numbers)
    assert await voters(town, hearing) == {(1, Channel.HALL): 13}
    for _ in range(2):
        await town.services.hand_counts.remove_votes(staff, hearing.id, HALL, 1)
    assert await voters(town, hearing) == {}
    async with town.services.store.reading() as repositories:
        lines = reversed(await repositories.journal.list_about(f"hearing:{hearing.id}"))
    told = [(line.act, line.data["before"], line.data.get("after")) for line in lines if "before" in line.data]
    assert told == [
        (Act.VOTES_COUNTED, "", "10 2 0"),
        (Act.VOTES_COUNTED, "10 2 0", "11 2 0"),
        (Act.VOTE_COUNT_REMOVED, "11 2 0", None),
    ]


async def test_what_another_has_entered_meanwhile_is_not_replaced_unseen(town: Municipality) -> None:
    hearing, one, other = await town.hearing(), await town.staff(100), await town.staff(101)
    counts = town.services.hand_counts
    for staff, numbers in ((one, "10 2 0"), (other, "9 2 0")):
        draft = (await counts.begin_votes(staff, hearing.id, HALL, 1)).draft
        await counts.receive(staff, draft, typed(town, numbers))
    found = await asyncio.gather(*(counts.save(staff, hearing.id) for staff in (one, other)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in found) == ["CountView", "EnteredMeanwhile"]
    assert len(await voters(town, hearing)) == 1
    (late,) = [staff for staff, each in zip((one, other), found, strict=True) if isinstance(each, EnteredMeanwhile)]
    seen_now = await counts.begin_votes(late, hearing.id, HALL, 1)
    assert seen_now.draft.seen in {(10, 2, 0), (9, 2, 0)}


async def test_numbers_that_cannot_be_are_refused_and_waited_for_still(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(100)
    counts = town.services.hand_counts
    draft = (await counts.begin_votes(staff, hearing.id, HALL, 5)).draft
    with pytest.raises(BadCount):
        await counts.receive(staff, draft, typed(town, "10 11 0 0"))
    with pytest.raises(NothingEntered):
        await counts.save(staff, hearing.id)
    await counts.receive(staff, draft, typed(town, "10: 9 0 4"))
    await counts.save(staff, hearing.id)
    assert await voters(town, hearing) == {(5, Channel.HALL): 10}
    for box in (BallotBox(Channel.TELEGRAM), BallotBox(Channel.HALL, town.places["kok-art"]), BallotBox(*HALL_100)):
        with pytest.raises(NotFound):
            await counts.begin_votes(staff, hearing.id, box, 1)


HALL_100 = (Channel.HALL, 0, 100)


async def test_people_present_are_counted_by_sitting(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(100)
    counts = town.services.hand_counts
    for numbers, stored in (("50 35", (85, 50, 35)), ("90", (90, 0, 0))):
        draft = (await counts.begin_people(staff, hearing.id, 1)).draft
        await counts.receive(staff, draft, typed(town, numbers))
        await counts.save(staff, hearing.id)
        (present,) = (await town.services.entry_desk.overview(staff, hearing.id)).present
        assert (present.people, present.women, present.men) == stored
    await counts.remove_people(staff, hearing.id, 1)
    assert (await town.services.entry_desk.overview(staff, hearing.id)).present == ()
    with pytest.raises(NotFound):
        await counts.begin_people(staff, hearing.id, 2)


async def test_counts_to_a_question_that_now_asks_something_else_are_put_aside(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(100)
    await vote(town, hearing, 1)
    await counted(town, staff, hearing, HALL, 1, "20 5 0")
    first, *others = hearing.dossier.services
    monument = replace(hearing.dossier, services=(replace(first, title=samples.words("Эстелик")), *others))
    await town.services.announcements.revise(COMMAND_LINE, hearing.id, monument, as_new_version=True)
    assert await voters(town, hearing) == {}
    async with town.services.store.reading() as repositories:
        former = {each.channel: each for each in await repositories.votes.former_tallies(hearing.id)}
    question = hearing.dossier.question(1)
    assert {channel: each.of(question).voters for channel, each in former.items()} == {
        Channel.TELEGRAM: 1,
        Channel.HALL: 25,
    }
    await counted(town, staff, hearing, HALL, 1, "1 1 1")
    assert await voters(town, hearing) == {(1, Channel.HALL): 3}


@pytest.mark.parametrize("results", [Results.ALWAYS, Results.AFTER_CLOSING])
async def test_residents_see_what_is_entered_in_steps_of_five_and_all_of_it_at_the_end(
    town: Municipality, results: Results
) -> None:
    """Nothing that is entered after closing tells by subtraction what one person on paper or the telephone said."""
    hearing, staff = await town.hearing(samples.dossier(results=results)), await town.staff(100)
    await vote(town, hearing, *range(1, 8))
    town.services.clock.forward(days=4)  # type: ignore[attr-defined]
    before = await seen(town, hearing)
    assert before == (5 if results is Results.ALWAYS else 7)
    told = []
    for number in range(1, 9):
        await counted(town, staff, hearing, BallotBox(Channel.PHONE, number=number), 1, "0 1 0")
        told.append(await seen(town, hearing))
    assert set(told) <= {5, 7, 10, 12, 15}
    for earlier, later in zip([before, *told], told, strict=False):
        assert later == earlier or later >= earlier + 5
    await town.services.entry_desk.close(staff, hearing.id)
    assert await seen(town, hearing) == 15


async def test_only_the_commission_counts(municipality: Municipality) -> None:
    hearing, counts = await municipality.hearing(), municipality.services.hand_counts
    for act in (
        lambda actor: counts.box(actor, hearing.id, HALL),
        lambda actor: counts.remove_votes(actor, hearing.id, HALL, 1),
        lambda actor: counts.remove_people(actor, hearing.id, 1),
    ):
        assert await allowed(municipality, act) == {"member", "secretary", "administrator"}


async def test_whatever_is_voted_counted_and_removed_the_rollup_is_the_recount(town: Municipality) -> None:
    """Random acts of residents and staff on one question of each kind."""
    hearing, staff, dice = await town.hearing(), await town.staff(100), random.Random(12)
    typed_numbers = {1: "3 1 0", 4: "2 2 2", 5: "5: 5 3 0", 6: "2: 2/6 2/4 2/2", 7: "2: 2/120 1/30 1/50"}
    boxes = [BallotBox(channel, town.places["bagysh-1"] * (number % 2), number) for channel, number in (
        (Channel.HALL, 1), (Channel.PAPER, 1), (Channel.PAPER, 2), (Channel.PHONE, 3)
    )]  # fmt: skip
    for step in range(rounds(200, few=40)):
        question, box = dice.choice(list(typed_numbers)), dice.choice(boxes)
        match dice.randrange(3):
            case 0:
                await counted(town, staff, hearing, box, question, typed_numbers[question])
            case 1:
                await town.services.hand_counts.remove_votes(staff, hearing.id, box, question)
            case _:
                caller = Caller((await town.resident(dice.randrange(1, 6))).telegram_id, "ky")
                await town.services.voting.cast(caller, hearing.id, 1, Choose(dice.randint(1, 3)), order=step)
    await voters(town, hearing)
    await town.services.privacy.forget(await town.resident(1), withdraw_comments=True)
    await voters(town, hearing)


async def test_many_counts_at_once_are_stored_as_one_after_another_would_be(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    at, store = town.services.clock.now(), town.services.store

    def counts(*numbers: int) -> list[CountedVotes]:
        return [
            CountedVotes(hearing.id, 1, BallotBox(Channel.PAPER, 0, box), Tally(number, {1: Count(number)}), at)
            for box, number in enumerate(numbers, start=1)
        ]

    for given in (counts(3, 4, 2), counts(3, 5, 2)):
        async with store.writing() as repositories:
            await Counter(repositories, hearing, at, staff.resident_id).put_votes_each(given)
    assert await voters(town, hearing) == {(1, Channel.PAPER): 10}
    assert await seen(town, hearing) == 9
    async with store.reading() as repositories:
        lines = await repositories.journal.list_about(f"hearing:{hearing.id}")
    said = [(each.data["box"], each.data["before"], each.data["after"]) for each in lines if "box" in each.data]
    assert [(box, before[:1], after[:1]) for box, before, after in map(_words, said)] == [
        *(("2", "4", "5"), ("3", "", "2"), ("2", "", "4"), ("1", "", "3")),
    ]


def _words(said: tuple[str | int, ...]) -> list[str]:
    return list(map(str, said))
