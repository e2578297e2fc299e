from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.hearings import Phase
from bot.domain.rooms import PostedQuestion, PostedState, RoomKind
from bot.domain.tallies import Count, Tally
from tests.storage.outbox import room
from tests.storage.town import NOON, cast, move_in, settle, vote

if TYPE_CHECKING:
    from storage import Store

GROUP, SUPERGROUP = -5_000_000_001, -1_005_000_000_001


async def test_a_post_is_stale_as_long_as_it_tells_something_else_than_what_is_so(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        here = await now.rooms.add(room(municipality_id=town.municipality_id))
        posted = PostedQuestion(here.id, town.hearing.id, 1, NOON)
        await now.posted_questions.put(posted)
        assert await now.posted_questions.list_stale(NOON - timedelta(seconds=1), limit=5) == ()
        ((found, state),) = await now.posted_questions.list_stale(NOON, limit=5)
        assert (found, state) == (posted, PostedState(0, 0, town.hearing.phase, 1))
        told = replace(posted, message_id=7, state=state)
        await now.posted_questions.put(told)
        assert await now.posted_questions.find(*posted.key) == told
        assert await now.posted_questions.find_message(here.id, 7) == told
        assert await now.posted_questions.find_message(here.id, 8) is None
        assert await now.posted_questions.list_stale(NOON, limit=5) == ()
        people = await move_in(now, town, LEAST_ANSWERS)
        await cast(now, town, [vote(town, person, 1, {1: 1}) for person in people])
        await now.disclosures.show(town.hearing.id, {1: Tally(LEAST_ANSWERS, {1: Count(LEAST_ANSWERS)})})
        ((_, more),) = await now.posted_questions.list_stale(NOON, limit=5)
        assert more == replace(state, voters=LEAST_ANSWERS, told=LEAST_ANSWERS)
        await now.posted_questions.put(replace(told, state=more))
        assert await now.posted_questions.list_stale(NOON, limit=5) == ()
        await now.hearings.set_phase(town.hearing.id, Phase.CANCELLED, at=NOON)
        ((_, last),) = await now.posted_questions.list_stale(NOON, limit=5)
        await now.posted_questions.put(replace(told, state=last))
        await now.hearings.set_phase(town.hearing.id, Phase.OPEN, at=NOON)
        assert await now.posted_questions.list_stale(NOON, limit=5) == (), "it has told the end"


async def test_one_process_has_a_post_and_none_where_the_bot_is_not(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        here = await now.rooms.add(room(municipality_id=town.municipality_id))
        posted = PostedQuestion(here.id, town.hearing.id, 1, NOON)
        await now.posted_questions.put(posted)
        later = NOON + timedelta(minutes=1)
        assert await now.posted_questions.take(posted, later)
        assert not await now.posted_questions.take(posted, later + timedelta(minutes=1))
        assert await now.posted_questions.list_stale(NOON, limit=5) == ()
        assert len(await now.posted_questions.list_stale(later, limit=5)) == 1
        for away in (replace(here, left_at=NOON), replace(here, municipality_id=None)):
            await now.rooms.save(away)
            assert await now.posted_questions.list_stale(later, limit=5) == ()
        await now.posted_questions.drop(posted)
        assert await now.posted_questions.find(*posted.key) is None


async def test_what_was_posted_in_a_group_is_forgotten_where_it_becomes_a_supergroup(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        group = await now.rooms.add(room(GROUP, kind=RoomKind.GROUP))
        double = await now.rooms.add(room(SUPERGROUP, municipality_id=town.municipality_id))
        for number, place in enumerate((group, double), start=5):
            state = PostedState(0, 0, Phase.OPEN, 1)
            await now.posted_questions.put(PostedQuestion(place.id, town.hearing.id, 1, NOON, number, state))
        await now.rooms.move(GROUP, SUPERGROUP)
        found = await now.posted_questions.find(group.id, town.hearing.id, 1)
        assert found is not None
        assert found.message_id == 6
