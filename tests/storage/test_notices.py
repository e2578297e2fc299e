from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.notices import (
    NO_TOPIC,
    BroadcastStatus,
    Claim,
    Completion,
    NoticeKind,
    NoticeStatus,
    Progress,
    Shortfall,
)
from storage import open_store
from storage.outbox_tables import notices
from tests.storage.outbox import begin, claim, enqueue, fan_out, recipients, room
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from storage import Store

LATER = NOON + timedelta(hours=1)


async def test_what_is_claimed_is_not_claimed_again(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = [resident.id for resident in await move_in(now, town, 5)]
        broadcast = await enqueue(now, town)
        first = await now.notices.claim(broadcast, by="one", at=NOON, limit=3)
        second = await now.notices.claim(broadcast, by="two", at=NOON, limit=3)
        assert [notice.recipient_id for notice in (*first, *second)] == people
        assert {(notice.broadcast_id, notice.room_id, notice.claims, notice.doubtful) for notice in first} == {
            (broadcast, None, 1, False)
        }
        assert await claim(now, broadcast) == ()
        expected = {Claim(notice.id, "one", 1) for notice in first} | {Claim(notice.id, "two", 1) for notice in second}
        assert set(await now.notices.list_claims()) == expected


async def test_rooms_come_first_then_the_villages_that_matter_then_the_longest_due(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = [resident.id for resident in await move_in(now, town, 6)]
        await now.rooms.add(room(municipality_id=town.municipality_id))
        broadcast = await begin(now, town)
        to = recipients(town, first=(town.village_ids[1],))
        assert await fan_out(now, broadcast, to, due_at=NOON + timedelta(seconds=1), limit=2) == 3
        assert await fan_out(now, broadcast, to) == 4
        order = [people[4], people[1], people[2], people[3], people[5], people[0]]
        claimed = await claim(now, broadcast, at=LATER)
    assert claimed[0].room_id is not None
    assert [notice.recipient_id for notice in claimed] == [None, *order]


async def test_what_is_not_due_waits(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 2)
        broadcast = await begin(now, town)
        await fan_out(now, broadcast, recipients(town), due_at=LATER)
        assert await claim(now, broadcast, at=LATER - timedelta(microseconds=1)) == ()
        assert len(await claim(now, broadcast, at=LATER)) == 2


async def test_every_end_of_a_notice_is_recorded(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 6)
        broadcast = await enqueue(now, town)
        a, b, c, d, e, _ = (notice.id for notice in await claim(now, broadcast))
        told = [
            Completion(a, NoticeStatus.DELIVERED),
            Completion(b, NoticeStatus.DELIVERED, doubtful=True),
            Completion(c, NoticeStatus.UNDELIVERABLE, reason="blocked\0"),
            Completion(d, NoticeStatus.DROPPED, reason="too late"),
            Completion(e, NoticeStatus.WAITING, due_at=LATER, doubtful=True),
        ]
        assert set(await now.notices.complete(told, by="us", at=NOON)) == {a, b, c, d, e}
        assert await now.notices.complete([], by="us", at=NOON) == ()
        expected = Progress(delivered=2, undeliverable=1, dropped=1, waiting=2, doubtful=1)
        assert await now.notices.progress(town.hearing.id) == {broadcast: expected}
        assert len(await now.notices.list_claims()) == 1
        assert await claim(now, broadcast) == ()
        (again,) = await claim(now, broadcast, at=LATER)
        assert (again.id, again.attempts, again.claims, again.doubtful) == (e, 1, 2, True)
        reasons = await now.notices._transaction.rows(  # type: ignore[attr-defined]
            notices.select().where(notices.c.reason != "").order_by(notices.c.id)
        )
        assert [(row.reason, row.settled_at) for row in reasons] == [("blocked\ufffd", NOON), ("too late", NOON)]


async def test_a_try_that_never_left_is_no_attempt(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 1)
        broadcast = await enqueue(now, town)
        (notice,) = await claim(now, broadcast)
        put_back = Completion(notice.id, NoticeStatus.WAITING, due_at=NOON, tried=False)
        assert await now.notices.complete([put_back], by="us", at=NOON) == {notice.id}
        assert await claim(now, broadcast) == (replace(notice, claims=2),)


async def test_a_sender_that_was_taken_over_completes_nothing(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 3)
        broadcast = await enqueue(now, town)
        a, b, c = (notice.id for notice in await claim(now, broadcast, by="slow"))
        claims = [each for each in await now.notices.list_claims() if each.notice_id != c]
        assert await now.notices.release(claims) == 2
        assert await now.notices.release(claims) == 0
        assert await now.notices.release([]) == 0
        taken = await claim(now, broadcast, by="quick")
        assert [(notice.id, notice.claims, notice.doubtful) for notice in taken] == [(a, 2, True), (b, 2, True)]
        told = [Completion(each, NoticeStatus.DELIVERED) for each in (a, b, c)]
        assert set(await now.notices.complete(told, by="slow", at=NOON)) == {c}
        assert set(await now.notices.complete(told, by="quick", at=NOON)) == {a, b}
        progress = await now.notices.progress(town.hearing.id)
    assert progress == {broadcast: Progress(delivered=3, doubtful=2)}


async def test_a_claim_that_has_moved_on_is_left_alone(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 1)
        broadcast = await enqueue(now, town)
        (notice,) = await claim(now, broadcast)
        seen = await now.notices.list_claims()
        back = Completion(notice.id, NoticeStatus.WAITING, due_at=NOON)
        await now.notices.complete([back], by="us", at=NOON)
        await claim(now, broadcast)
        assert await now.notices.release(seen) == 0
        assert await now.notices.release([replace(seen[0], claims=2, by="them")]) == 0
        assert await now.notices.release([replace(seen[0], claims=2)]) == 1


async def test_what_is_claimed_does_not_expire(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 6)
        broadcast = await enqueue(now, town)
        other = await enqueue(now, town, NoticeKind.OPENED)
        (claimed,) = await now.notices.claim(broadcast, by="us", at=NOON, limit=1)
        assert await now.notices.expire(broadcast, reason="cancelled", at=NOON, limit=3) == 3
        assert await now.notices.expire(broadcast, reason="cancelled", at=NOON, limit=3) == 2
        assert await now.notices.expire(broadcast, reason="cancelled", at=NOON, limit=3) == 0
        await now.notices.complete([Completion(claimed.id, NoticeStatus.DELIVERED)], by="us", at=NOON)
        progress = await now.notices.progress(town.hearing.id)
    assert progress == {broadcast: Progress(delivered=1, dropped=5), other: Progress(waiting=6)}


async def test_what_is_ahead_counts_only_what_is_going(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 4)
        going = await enqueue(now, town)
        paused = await enqueue(now, town, NoticeKind.OPENED)
        await now.broadcasts.set_status(paused, BroadcastStatus.PAUSED)
        await now.notices.claim(going, by="us", at=NOON, limit=1)
        assert await now.notices.ahead() == 4
        await now.broadcasts.set_status(paused, BroadcastStatus.GOING)
        await now.notices.expire(going, reason="cancelled", at=NOON, limit=100)
        assert await now.notices.ahead() == 5


async def test_a_notice_goes_to_a_person_or_to_a_room(store: Store) -> None:
    town = await settle(store)

    async def give_it_to_both() -> None:
        async with store.writing() as now:
            await move_in(now, town, 1)
            there = await now.rooms.add(room())
            await enqueue(now, town)
            await now.notices._transaction.run(notices.update(), {"room_id": there.id})  # type: ignore[attr-defined]

    with pytest.raises(IntegrityError, match="ck_notices_recipient"):
        await give_it_to_both()


async def test_two_senders_at_once_never_claim_the_same(postgresql_url: str) -> None:
    """Neither waits for the other, nor for the one that writes: locks are on rows, and locked rows are passed over."""
    store, other = await open_store(postgresql_url), await open_store(postgresql_url)
    town = await settle(store)
    async with store.writing() as now:
        people = {resident.id for resident in await move_in(now, town, 40)}
        broadcast = await enqueue(now, town)
    async with asyncio.timeout(4), store.writing(), store.posting() as ours, other.posting() as theirs:
        first = await ours.notices.claim(broadcast, by="one", at=NOON, limit=15)
        second = await theirs.notices.claim(broadcast, by="two", at=NOON, limit=15)
        third = await ours.notices.claim(broadcast, by="one", at=NOON, limit=15)
        assert await theirs.notices.expire(broadcast, reason="cancelled", at=NOON, limit=100) == 0
    claimed = [notice.recipient_id for notice in (*first, *second, *third)]
    assert (len(claimed), set(claimed)) == (40, people)
    await other.close()
    await store.close()


async def test_senders_of_two_processes_share_everything_between_them(database_url: str) -> None:
    store, other = await open_store(database_url), await open_store(database_url)
    town = await settle(store)
    async with store.writing() as now:
        people = {resident.id for resident in await move_in(now, town, 60)}
        broadcast = await enqueue(now, town)
    told: list[int | None] = []

    async def send(sender: Store, name: str) -> None:
        while True:
            async with sender.posting() as now:
                mine = await now.notices.claim(broadcast, by=name, at=NOON, limit=7)
            if not mine:
                return
            completions = [Completion(notice.id, NoticeStatus.DELIVERED) for notice in mine]
            async with sender.posting() as now:
                assert len(await now.notices.complete(completions, by=name, at=NOON)) == len(mine)
            told.extend(notice.recipient_id for notice in mine)

    await asyncio.gather(send(store, "one"), send(store, "two"), send(other, "three"))
    assert (len(told), set(told)) == (60, people)
    async with store.reading() as now:
        assert await now.notices.progress(town.hearing.id) == {broadcast: Progress(delivered=60)}
    await other.close()
    await store.close()


async def test_rooms_are_counted_apart_and_named_with_what_kept_a_post_from_them(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 4)
        for number, title in ((-1, "Ынтымак"), (-2, "Биримдик"), (-3, "Достук")):
            await now.rooms.add(room(number, title=title, municipality_id=town.municipality_id))
        broadcast = await enqueue(now, town)
        claimed = await claim(now, broadcast)
        assert [notice.room_id is not None for notice in claimed] == [True] * 3 + [False] * 4
        undeliverable, delivered = NoticeStatus.UNDELIVERABLE, NoticeStatus.DELIVERED
        outcomes = [(delivered, ""), (delivered, NO_TOPIC), (undeliverable, "restricted")]
        outcomes += [
            (undeliverable, "blocked"),
            (undeliverable, "refused"),
            (undeliverable, "blocked"),
            (delivered, ""),
        ]
        completed = [
            Completion(notice.id, *outcome, doubtful=number == 0)
            for number, (notice, outcome) in enumerate(zip(claimed, outcomes, strict=True))
        ]
        await now.notices.complete(completed, by="us", at=NOON)
        everything = (await now.notices.progress(town.hearing.id))[broadcast]
        posts = await now.notices.room_progress(town.hearing.id)
        assert posts == {broadcast: Progress(delivered=2, undeliverable=1, doubtful=1)}
        assert everything.without(posts[broadcast]) == Progress(delivered=1, undeliverable=3)
        assert await now.notices.shortfalls(broadcast) == (
            Shortfall("blocked", people=2),
            Shortfall("refused", people=1),
            Shortfall(NO_TOPIC, room="Биримдик"),
            Shortfall("restricted", room="Достук"),
        )
        assert await now.notices.room_progress(town.hearing.id + 1) == {}
        kind = given_up[0].what if (given_up := await now.notices.given_up(NOON)) else ""
        assert [(each.what, each.reason, each.count) for each in given_up] == [
            *((kind, "blocked", 2), (kind, "refused", 1), (kind, "restricted", 1)),
        ]
        assert await now.notices.given_up(NOON + timedelta(seconds=1)) == ()
