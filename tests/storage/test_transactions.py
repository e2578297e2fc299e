from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import NotFound, StoreUnavailable
from bot.domain.hearings import Phase
from bot.ports import WriteScope
from storage import Store, open_store
from storage.repositories import Repositories
from tests.storage import children
from tests.storage.outbox import begin
from tests.storage.town import NOON, cast, dossier, load_places, move_in, settle, vote, write

COUNT = """
async def main():
    store = await storage.open_store(url)
    for _ in range(300):
        async with store.writing() as now:
            before = int(await now.housekeeping.find_setting("counter") or 0)
            await now.housekeeping.keep_setting("counter", str(before + 1))
    await store.close()
asyncio.run(main())
"""


async def setting(store: Store, key: str) -> str | None:
    async with store.reading() as now:
        return await now.housekeeping.find_setting(key)


async def test_two_processes_that_read_and_then_write_lose_nothing(database_url: str) -> None:
    counting = [children.start(COUNT, database_url) for _ in range(2)]
    assert [process.communicate(timeout=100) for process in counting] == [("", "")] * 2
    store = await open_store(database_url)
    assert await setting(store, "counter") == "600"
    await store.close()


async def test_writers_of_one_process_come_one_after_another(store: Store) -> None:
    async def count() -> None:
        async with store.writing() as now:
            before = int(await now.housekeeping.find_setting("counter") or 0)
            await asyncio.sleep(0)
            await now.housekeeping.keep_setting("counter", str(before + 1))

    await asyncio.gather(*(count() for _ in range(40)))
    assert await setting(store, "counter") == "40"


async def test_a_block_that_raises_leaves_nothing_behind(store: Store) -> None:
    async def change_ones_mind() -> None:
        async with store.writing() as now:
            await load_places(now)
            raise NotFound("reason to go on")

    with pytest.raises(NotFound):
        await change_ones_mind()
    async with store.reading() as now:
        assert await now.places.list_all() == ()


async def test_a_cancelled_writer_leaves_nothing_behind_and_nobody_waiting(store: Store) -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        async with store.writing() as now:
            await now.housekeeping.keep_setting("half", "done")
            begun.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        hanging = group.create_task(hang())
        await begun.wait()
        hanging.cancel()
    async with store.writing() as now:
        assert await now.housekeeping.find_setting("half") is None
        await now.housekeeping.keep_setting("next", "done")


async def test_a_writer_cancelled_in_the_queue_harms_nobody(store: Store) -> None:
    async def note(key: str) -> None:
        async with store.writing() as now:
            await now.housekeeping.keep_setting(key, "done")

    async with asyncio.TaskGroup() as group, store.writing():
        waiting = [group.create_task(note(str(number))) for number in range(3)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await asyncio.sleep(0)
    assert [await setting(store, str(number)) for number in range(3)] == ["done", None, "done"]


async def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    async with store.writing() as now:
        await now.housekeeping.keep_setting("price", "old")
    async with store.reading() as then:
        assert await then.housekeeping.find_setting("price") == "old"
        async with store.writing() as now:
            await now.housekeeping.keep_setting("price", "new")
            assert await now.housekeeping.find_setting("price") == "new"
        assert await then.housekeeping.find_setting("price") == "old"
    assert await setting(store, "price") == "new"


async def test_nothing_can_be_written_while_reading(store: Store) -> None:
    async with store.reading() as now:
        with pytest.raises(StoreUnavailable, match="may only be read"):
            await now.housekeeping.keep_setting("price", "new")
    assert await setting(store, "price") is None


async def test_an_error_that_was_caught_still_ends_the_transaction(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (neighbour,) = await move_in(now, town, 1, first=5)

    async def catch_and_go_on(now: Repositories) -> None:
        (resident,) = await move_in(now, town, 1)
        with suppress(IntegrityError):  # SQLite's is raised by what comes next
            await now.votes.save([vote(town, resident, 99, {1: 1})])

    async def write_on() -> None:
        async with store.writing() as now:
            await catch_and_go_on(now)
            await now.housekeeping.keep_setting("price", "new")

    async def vote_on() -> None:
        async with store.writing() as now:
            await catch_and_go_on(now)
            with suppress(IntegrityError):
                await now.votes.save([vote(town, neighbour, 1, {1: 1})])

    async def write_no_more() -> None:
        async with store.writing() as now:
            await catch_and_go_on(now)

    for attempt in (write_on, vote_on, write_no_more):
        with pytest.raises(IntegrityError):
            await attempt()
    async with store.reading() as now:
        assert await now.people.find(1000) is None
        assert not await now.votes.of_people([(town.hearing.id, neighbour.id)])
        assert await now.housekeeping.find_setting("price") is None


async def test_a_code_is_given_to_one_hearing_only(store: Store) -> None:
    async def add() -> None:
        async with store.writing() as now:
            ids = await load_places(now)
            await now.hearings.add(ids["M"], "M-26", dossier(), at=NOON)

    await add()
    with pytest.raises(IntegrityError):
        await add()
    async with store.reading() as now:
        ids = {place.code: place.id for place in await now.places.list_all()}
        assert len(await now.hearings.list_of(ids["M"], [Phase.DRAFT])) == 1


WRITE_COMMENTS = """
from bot.domain.comments import Channel, CommentKind, Submission
from bot.domain.questions import About
from datetime import UTC, datetime
async def main():
    store = await storage.open_store(url)
    for number in range(40):
        async with store.writing() as now:
            author = await now.people.get(int(sys.argv[3]))
            text = f"{sys.argv[4]} {number}"
            given = Submission(CommentKind.COMMENT, About(), text, "ky", source=text)
            at = datetime(2026, 6, 1, tzinfo=UTC)
            await now.comments.add(int(sys.argv[2]), given, author=author, channel=Channel.HALL, at=at)
    await store.close()
asyncio.run(main())
"""


async def test_receipts_of_two_processes_have_neither_gaps_nor_doubles(database_url: str) -> None:
    store = await open_store(database_url)
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        await write(now, town, author, "Суу")
    writing = [
        children.start(WRITE_COMMENTS, database_url, town.hearing.id, author.id, name) for name in ("one", "two")
    ]
    assert [process.communicate(timeout=100) for process in writing] == [("", "")] * 2
    async with store.reading() as now:
        page = await now.comments.page(town.hearing.id, after=0, limit=1000)
    assert sorted(comment.number for comment in page) == list(range(1, 82))
    await store.close()


async def test_a_posting_that_raises_leaves_nothing_behind(store: Store) -> None:
    town = await settle(store)

    async def change_ones_mind() -> None:
        async with store.posting() as now:
            await begin(now, town)
            raise NotFound("reason to go on")

    with pytest.raises(NotFound):
        await change_ones_mind()
    async with store.posting() as now:
        assert await now.broadcasts.list_open() == ()
        begun = await begin(now, town)
    async with store.reading() as now:
        assert [each.id for each in await now.broadcasts.list_open()] == [begun]


async def test_the_outbox_writes_while_somebody_else_does(postgresql_url: str) -> None:
    store = await open_store(postgresql_url)
    town = await settle(store)
    async with asyncio.timeout(4), store.writing() as slow:
        (resident,) = await move_in(slow, town, 1)
        async with store.posting() as now:
            begun = await begin(now, town)
            await now.housekeeping.keep_setting("posted", "yes")
        await cast(slow, town, [vote(town, resident, 1, {1: 1})])
        assert [each.id for each in await slow.broadcasts.list_open()] == [begun]
    await store.close()


async def test_every_repository_of_the_ports_is_made_once_in_a_transaction(sqlite_store: Store) -> None:
    async with sqlite_store.reading() as now:
        for name in Repositories.__annotations__:
            assert getattr(now, name) is getattr(now, name)
        with pytest.raises(AttributeError):
            now.wishes  # noqa: B018


CAST_ON_SEVERAL = """
import random
from datetime import UTC, datetime
from bot.domain.people import Caller
from bot.domain.questions import Choose
from bot.services.vote_batch import QueuedVote, VoteBatch
from bot.ports import WriteScope
async def main():
    store = await storage.open_store(url)
    dice = random.Random(int(sys.argv[2]))
    hearings, people = (list(map(int, given.split(","))) for given in sys.argv[3:5])
    for number in range(60):
        batch = [
            QueuedVote(Caller(dice.choice(people), "ky"), dice.choice(hearings), 1, Choose(dice.randint(1, 3)), 0, None)
            for _ in range(4)
        ]
        async with store.writing(WriteScope(hearings=frozenset(vote.hearing_id for vote in batch))) as now:
            await VoteBatch(now, datetime.fromisoformat(sys.argv[5])).cast(batch)
    await store.close()
asyncio.run(main())
"""


async def test_scopes_without_anything_in_common_do_not_wait_for_each_other(postgresql_url: str) -> None:
    store = await open_store(postgresql_url)
    scopes = WriteScope(frozenset({1})), WriteScope(frozenset({2})), WriteScope.of_person(1)
    async with asyncio.timeout(4), store.writing(scopes[0]) as one, store.writing(scopes[1]) as two:
        await one.housekeeping.keep_setting("one", "done")
        await two.housekeeping.keep_setting("two", "done")
        async with store.writing(scopes[2]) as third:
            await third.housekeeping.keep_setting("third", "done")
    assert [await setting(store, key) for key in ("one", "two", "third")] == ["done"] * 3
    await store.close()


@pytest.mark.parametrize("scope", [None, WriteScope(frozenset({1, 7})), WriteScope.of_person(5)])
async def test_whoever_may_change_the_same_waits(store: Store, scope: WriteScope | None) -> None:
    """What one reads and writes within a scope cannot be changed between by who has the same in theirs, or has none."""

    async def count(number: int) -> None:
        mine = scope if number % 2 else WriteScope(frozenset({7}), frozenset({5}))
        async with store.writing(mine) as now:
            before = int(await now.housekeeping.find_setting("counter") or 0)
            await asyncio.sleep(0)
            await now.housekeeping.keep_setting("counter", str(before + 1))

    await asyncio.gather(*map(count, range(20)))
    assert await setting(store, "counter") == "20"


async def test_votes_of_three_processes_on_two_hearings_are_counted_as_they_are_recounted(database_url: str) -> None:
    store = await open_store(database_url)
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 6)
        other = await now.hearings.add(town.municipality_id, "T-27", dossier(), at=NOON)
        for phase in (Phase.ANNOUNCED, Phase.OPEN):
            await now.hearings.set_phase(other.id, phase, at=NOON)
    hearings = [town.hearing.id, other.id]
    given = [",".join(map(str, each)) for each in (hearings, [person.telegram_id for person in people])]
    casting = [
        children.start(CAST_ON_SEVERAL, database_url, seed, *given, NOON + timedelta(hours=1)) for seed in range(3)
    ]
    assert [process.communicate(timeout=100) for process in casting] == [("", "")] * 3
    async with store.reading() as now:
        for hearing_id in hearings:
            assert await now.votes.rollup(hearing_id) == await now.votes.recount(hearing_id)
            assert (await now.votes.tallies(hearing_id))[1].voters == len(people)
    await store.close()


async def test_what_is_asked_at_once_is_answered_as_if_one_after_the_other(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 3)
        found = await asyncio.gather(*(now.people.find(1000 + number) for number in range(4)))
        assert found == [*people, None]
        counted = now.comments.count_published(town.hearing.id), now.votes.tallies(town.hearing.id)
        assert [*await asyncio.gather(*counted)] == [0, {}]
    async with store.reading() as now:
        first, second = await asyncio.gather(now.people.find(1000), now.people.get(people[1].id))
        assert [first, second] == people[:2]
