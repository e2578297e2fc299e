"""The ballot box: presses that arrive together share a commit, each is judged alone, the later press stays."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from sqlalchemy import text

from bot.domain.errors import ConsentNeeded, NotFound
from bot.domain.people import Caller
from bot.domain.questions import Choose, Give, Mark, Rank, Withdraw
from bot.services.voting import LARGEST_BATCH, Voting
from bot.tasks import Tasks
from tests import samples
from tests.clocks import VirtualClock
from tests.municipality import Municipality

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.domain.questions import Change
    from storage import Store


@pytest.fixture
async def municipality(store: Store) -> Municipality:
    """Over a fresh database of each kind, with a clock that goes on a second with each look at it."""
    return await Municipality.over(store, VirtualClock(step=1.0))


@pytest.fixture
async def box(municipality: Municipality) -> AsyncIterator[Voting]:
    """A ballot box."""
    tasks = Tasks()
    yield Voting(municipality.services.store, municipality.services.clock, tasks)
    await tasks.close()


async def people(municipality: Municipality, count: int) -> list[Caller]:
    """So many who have agreed."""
    callers = [Caller(1000 + number, "ky") for number in range(count)]
    for caller in callers:
        await municipality.services.people.agree(caller)
    return callers


async def test_presses_that_arrive_together_share_a_commit(municipality: Municipality, box: Voting) -> None:
    asked = await municipality.hearing()
    callers = await people(municipality, 40)
    await asyncio.gather(*(box.cast(caller, asked.id, 1, Choose(1), order=1) for caller in callers))
    async with municipality.services.store.reading() as repositories:
        found = await repositories.people.find_many([caller.telegram_id for caller in callers])
        votes = await repositories.votes.of_people([(asked.id, person.id) for person in found.values()])
        tally = (await repositories.votes.tallies(asked.id))[1]
    assert tally.voters == 40
    assert len({vote.cast_at for vote in votes.values()}) <= 2  # the first, and all that came meanwhile


async def test_a_crowd_larger_than_a_batch_is_counted_to_the_last(municipality: Municipality, box: Voting) -> None:
    asked = await municipality.hearing()
    (caller,) = await people(municipality, 1)
    presses = range(LARGEST_BATCH + 50)
    ballots = await asyncio.gather(
        *(box.cast(caller, asked.id, 1, Choose(1 + number % 3), order=number) for number in presses)
    )
    assert ballots[-1].answer == {1 + presses[-1] % 3: 1}


async def test_a_refusal_is_only_its_own(municipality: Municipality, box: Voting) -> None:
    asked = await municipality.hearing()
    (caller,) = await people(municipality, 1)
    outcomes = await asyncio.gather(
        box.cast(caller, asked.id, 1, Choose(1), order=1),
        box.cast(Caller(5, "ky"), asked.id, 1, Choose(1), order=2),
        box.cast(caller, 999, 1, Choose(1), order=3),
        box.cast(caller, asked.id, 77, Choose(1), order=4),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes[1:]] == [ConsentNeeded, NotFound, NotFound]
    assert getattr(outcomes[0], "answer", None) == {1: 1}


async def test_a_crash_stays_with_its_cause(municipality: Municipality, box: Voting) -> None:
    asked = await municipality.hearing()
    callers = await people(municipality, 3)
    await box.cast(callers[0], asked.id, 1, Choose(1), order=1)
    async with cast("Store", municipality.services.store)._database.writing() as transaction:
        await transaction.run(text("UPDATE votes SET answer = '{'"))  # what a failing disk might leave
    outcomes = await asyncio.gather(
        *(box.cast(caller, asked.id, 1, Choose(2), order=2) for caller in callers), return_exceptions=True
    )
    assert isinstance(outcomes[0], ValueError)
    assert [getattr(outcome, "answer", None) for outcome in outcomes[1:]] == [{2: 1}, {2: 1}]


async def test_of_shuffled_presses_the_latest_stays_and_the_rollup_is_the_recount(
    municipality: Municipality, box: Voting
) -> None:
    asked = await municipality.hearing()
    callers = await people(municipality, 5)
    dice = random.Random(3)
    changes: list[tuple[Caller, int, Change, int]] = []
    for order in range(300):
        question = dice.choice((1, 2, 5, 6, 7))
        option = dice.randint(1, 3)
        made: Change = {
            5: Mark(option, on=dice.random() < 0.6),
            6: Rank(option, dice.randint(0, 3)),
            7: Give(option, dice.randrange(0, 110, 10)),
        }.get(question, Choose(option) if dice.random() < 0.8 else Withdraw())  # type: ignore[assignment]
        changes.append((dice.choice(callers), question, made, order))
    dice.shuffle(changes)
    await asyncio.gather(
        *(box.cast(caller, asked.id, question, made, order=order) for caller, question, made, order in changes),
        return_exceptions=True,
    )
    async with municipality.services.store.reading() as repositories:
        assert await repositories.votes.rollup(asked.id) == await repositories.votes.recount(asked.id)
        found = await repositories.people.find_many([caller.telegram_id for caller in callers])
        votes = await repositories.votes.of_people([(asked.id, person.id) for person in found.values()])
    for caller in callers:
        stances = [change for change in changes if change[0] == caller and change[1] == 1]
        last = max(stances, key=lambda change: change[3])[2]
        vote = votes.get((asked.id, found[caller.telegram_id].id, 1))
        if isinstance(last, Choose):
            assert vote is not None
            assert dict(vote.answer) == {last.option: 1}


async def test_without_a_number_the_first_unanswered_question_is_asked(municipality: Municipality, box: Voting) -> None:
    asked = await municipality.hearing()
    (caller,) = await people(municipality, 1)
    resident = await municipality.services.people.identify(caller)
    assert (await box.ballot(resident, asked.id, 0)).question.no == 1
    ballot = await box.cast(caller, asked.id, 1, Choose(1), order=1)
    assert (await box.ballot(resident, asked.id, 0)).question.no == 2
    assert (ballot.answered, ballot.complete) == (frozenset({1}), False)
    with pytest.raises(NotFound):
        await box.ballot(resident, (await municipality.hearing(replace(samples.dossier(), questions=()))).id, 0)
