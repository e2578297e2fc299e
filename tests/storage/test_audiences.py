"""The audience of a broadcast: nobody is left out or told twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.domain.notices import Audience, Completion, NoticeKind, NoticeStatus, Reach
from bot.domain.people import Grant, Reminders, Role
from tests.storage.outbox import begin, claim, enqueue, fan_out, recipients, room
from tests.storage.town import NOON, cast, dossier, move_in, settle, vote

if TYPE_CHECKING:
    from bot.domain.notices import Recipients
    from bot.domain.people import Resident
    from bot.ports import Repositories
    from storage import Store


async def told_of(now: Repositories, broadcast_id: int, to: Recipients, *, batch: int = 2) -> list[int]:
    """The people it goes to, fanned out a few at a time until it is done."""
    added = 0
    while not (await now.broadcasts.get(broadcast_id)).fanned_out:
        added += await fan_out(now, broadcast_id, to, limit=batch)
    claimed = await claim(now, broadcast_id)
    assert len(claimed) == added
    return sorted(notice.recipient_id for notice in claimed if notice.recipient_id)


async def choose(now: Repositories, resident: Resident, reminders: Reminders) -> None:
    await now.people.save(replace(resident, reminders=reminders))


async def test_followers_get_what_they_chose_and_nobody_else(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 8)
        await choose(now, people[0], Reminders.NONE)
        await choose(now, people[1], Reminders.DAYS)
        await now.people.save(replace(people[2], telegram_id=None))
        await now.people.mark_blocked(1003, NOON)
        await now.people.save(replace(people[4], municipality_id=None))
        everything = recipients(town)
        assert await told_of(now, await begin(now, town), everything) == [each.id for each in people[5:]]
        assert await now.notices.reach(everything) == Reach(3)
        on_the_day = recipients(town, NoticeKind.REMINDER, wanted=frozenset({Reminders.ALL, Reminders.DAYS}))
        reminder = await begin(now, town, NoticeKind.REMINDER)
        assert await told_of(now, reminder, on_the_day) == [people[1].id, *(each.id for each in people[5:])]
        assert await now.notices.reach(on_the_day) == Reach(4)


@pytest.mark.parametrize("batch", [1, 2, 3, 4, 5, 6, 7])
async def test_a_broadcast_is_fanned_out_to_everybody_in_batches_of_any_size(store: Store, batch: int) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 6)
        broadcast = await begin(now, town)
        sizes = []
        while not (await now.broadcasts.get(broadcast)).fanned_out:
            sizes.append(await fan_out(now, broadcast, recipients(town), limit=batch))
        assert sizes == [batch] * (6 // batch) + ([6 % batch] if 6 % batch else [])
        assert await fan_out(now, broadcast, recipients(town), limit=batch) == 0
        assert [notice.recipient_id for notice in await claim(now, broadcast)] == [each.id for each in people]


async def test_nobody_to_tell_is_a_broadcast_that_is_done(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        broadcast = await begin(now, town)
        assert await fan_out(now, broadcast, recipients(town)) == 0
        assert await now.broadcasts.complete(broadcast)


async def test_only_the_villages_concerned_are_told_and_those_who_named_none(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 6)
        to = recipients(town, NoticeKind.REMINDER, only=town.village_ids[:1])
        assert await now.notices.reach(to) == Reach(4)
        assert await now.notices.reach(replace(to, anywhere=False)) == Reach(2)
        told = await told_of(now, await begin(now, town, NoticeKind.REMINDER), to)
    assert told == [people[0].id, people[2].id, people[3].id, people[5].id]


async def test_a_change_is_told_to_whoever_was_written_to_and_whoever_took_part(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 9)
        other = await now.hearings.add(town.municipality_id, "M-27", dossier(), at=NOON)
        announced = await enqueue(now, town)
        reached, blocked, doubtful, put_back, *_ = await now.notices.claim(announced, by="us", at=NOON, limit=4)
        told = [
            Completion(reached.id, NoticeStatus.DELIVERED),
            Completion(blocked.id, NoticeStatus.UNDELIVERABLE),
            Completion(doubtful.id, NoticeStatus.WAITING, due_at=NOON, doubtful=True),
            Completion(put_back.id, NoticeStatus.WAITING, due_at=NOON, tried=False),
        ]
        await now.notices.complete(told, by="us", at=NOON)
        await now.people.mark_blocked(1001, NOON)
        claimed = await now.notices.claim(announced, by="us", at=NOON, limit=3)
        rows = [each.as_participant(town.hearing.id, NOON) for each in (people[0], people[7])]
        await now.participants.note([*rows, people[8].as_participant(other.id, NOON)])
        await now.people.save(replace(people[7], municipality_id=None))
        to = recipients(town, NoticeKind.CHANGED)
        expected = sorted({each.recipient_id or 0 for each in (reached, doubtful, put_back, *claimed)} | {people[7].id})
        assert await now.notices.reach(to) == Reach(len(expected))
        assert await told_of(now, await begin(now, town, NoticeKind.CHANGED), to) == expected
        elsewhere = replace(to, hearing_id=other.id)
        assert await now.notices.reach(elsewhere) == Reach(1)


async def test_thanks_go_to_those_who_took_part(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 5)
        rows = [each.as_participant(town.hearing.id, NOON) for each in people[1:]]
        await now.participants.note(rows)
        await choose(now, people[2], Reminders.DAYS)
        await choose(now, people[3], Reminders.NONE)
        to = recipients(town, NoticeKind.CLOSED)
        told = await told_of(now, await begin(now, town, NoticeKind.CLOSED), to)
    assert told == [people[1].id, people[2].id, people[4].id]


async def test_the_unfinished_are_those_with_questions_left(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 4)
        for resident, numbers in zip(people, ((1, 2), (1,), (), (1, 2)), strict=True):
            await cast(now, town, [vote(town, resident, number, {1: 1}) for number in numbers])
        await cast(now, town, [vote(town, people[3], 2, {}, order=1)])
        to = recipients(town, NoticeKind.CLOSING, questions=2)
        assert await now.notices.reach(to) == Reach(3)
        told = await told_of(now, await begin(now, town, NoticeKind.CLOSING), to)
    assert told == [each.id for each in people[1:]]


async def test_staff_are_told_once_whatever_roles_they_hold(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 5)
        for resident, role in ((0, Role.SECRETARY), (0, Role.MEMBER), (3, Role.MODERATOR), (4, Role.MEMBER)):
            await now.people.grant(people[resident].id, Grant(town.municipality_id, role), NOON)
        await now.people.grant(people[1].id, Grant(town.village_ids[0], Role.MEMBER), NOON)
        await choose(now, people[4], Reminders.NONE)
        to = recipients(town, NoticeKind.DIGEST)
        assert await now.notices.reach(to) == Reach(2)
        told = await told_of(now, await begin(now, town, NoticeKind.DIGEST), to, batch=1)
    assert told == [people[0].id, people[3].id]


async def test_rooms_of_the_municipality_are_told_where_the_bot_still_is(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 2)
        here = {"municipality_id": town.municipality_id}
        rooms = [await now.rooms.add(room(-number, **here)) for number in (1, 2)]
        await now.rooms.add(room(-3, **here, left_at=NOON))
        await now.rooms.add(room(-4))
        await now.rooms.add(room(-5, municipality_id=town.village_ids[0]))
        assert await now.notices.reach(recipients(town)) == Reach(2, 2)
        broadcast = await enqueue(now, town)
        claimed = await claim(now, broadcast)
        assert [notice.room_id for notice in claimed] == [rooms[0].id, rooms[1].id, None, None]
        nobody = recipients(town, NoticeKind.POST)
        assert (nobody.audience, await now.notices.reach(nobody)) == (Audience.NOBODY, Reach(0, 2))
        posted = await enqueue(now, town, NoticeKind.POST)
        assert (await now.broadcasts.get(posted)).fanned_out
        assert {notice.recipient_id for notice in await claim(now, posted)} == {None}
        assert await now.notices.reach(recipients(town, NoticeKind.CLOSING)) == Reach(0)


async def test_whoever_follows_after_the_announcement_is_not_told_of_it(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 3)
        broadcast = await enqueue(now, town)
        await move_in(now, town, 1, first=5000)
        assert await fan_out(now, broadcast, recipients(town)) == 0
        assert len(await claim(now, broadcast)) == 3


async def test_whose_answers_were_put_aside_and_whose_support_was_for_other_words_are_told(store: Store) -> None:
    from tests.storage.town import write

    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 4)
        await cast(now, town, [vote(town, people[number], no, {1: 1}) for number in (0, 1) for no in (1, 2)])
        await now.votes.put_aside(town.hearing.id, [1, 2], version=1)
        to = recipients(town, NoticeKind.ASKED_AGAIN, version=1)
        assert await told_of(now, await begin(now, town, NoticeKind.ASKED_AGAIN), to) == [people[0].id, people[1].id]
        comment = await write(now, town, people[0], "Жол")
        for person in people[1:3]:
            await now.comments.set_support(comment.id, person.id, on=True, at=NOON)
        to = recipients(town, NoticeKind.COMMENT_CHANGED, comment=comment.id)
        assert (await now.notices.reach(to)).people == 0
        await now.comments.save(comment.amended("Башка", None, NOON))
        assert (await now.notices.reach(to)).people == 2
        told = await told_of(now, await begin(now, town, NoticeKind.COMMENT_CHANGED), to)
        assert told == [people[1].id, people[2].id]
