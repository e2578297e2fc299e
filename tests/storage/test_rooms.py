from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.domain.notices import Completion, NoticeKind, NoticeStatus, Progress
from bot.domain.rooms import GroupPost, RoomKind
from tests.storage.outbox import claim, enqueue, room
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from storage import Store

GROUP, SUPERGROUP = -5_000_000_001, -1_005_000_000_001


async def test_a_room_comes_back_as_it_was_kept(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (staff,) = await move_in(now, town, 1)
        added = await now.rooms.add(room(SUPERGROUP, title="Айыл 🏔\0", introduced_by=staff.id))
        assert (added.title, added.languages, added.municipality_id) == ("Айыл 🏔\ufffd", ("ky", "ru"), None)
        linked = replace(
            added, municipality_id=town.municipality_id, languages=("uz_Cyrl",), topic_id=2**40, left_at=NOON
        )
        await now.rooms.save(linked)
    async with store.reading() as now:
        assert await now.rooms.get(added.id) == linked
        assert await now.rooms.find(SUPERGROUP) == linked
        assert await now.rooms.find(GROUP) is None


async def test_a_room_that_is_met_again_keeps_what_staff_chose(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        first, second = await move_in(now, town, 2)
        added = await now.rooms.add(room(topic_id=7, introduced_by=first.id))
        chosen = replace(added, municipality_id=town.municipality_id, languages=("ky",), left_at=NOON)
        await now.rooms.save(chosen)
        again = await now.rooms.add(room(title="Жаңы", kind=RoomKind.CHANNEL))
        assert again == replace(chosen, title="Жаңы", kind=RoomKind.CHANNEL, left_at=None)
        assert await now.rooms.add(room(title="Жаңы", topic_id=9, introduced_by=second.id)) == replace(
            again, kind=RoomKind.SUPERGROUP, topic_id=9, introduced_by=second.id
        )


async def test_rooms_are_listed_where_they_are_linked_and_offered_to_who_brought_the_bot(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        staff, other = await move_in(now, town, 2)
        mine = {"introduced_by": staff.id}
        free = await now.rooms.add(room(-1, **mine))
        linked = await now.rooms.add(room(-2, **mine, municipality_id=town.municipality_id))
        left = await now.rooms.add(room(-3, municipality_id=town.municipality_id, left_at=NOON))
        await now.rooms.add(room(-4, **mine, left_at=NOON))
        await now.rooms.add(room(-5))
        assert await now.rooms.list_linked(town.municipality_id) == (linked, left)
        assert await now.rooms.list_linked(town.village_ids[0]) == ()
        assert await now.rooms.list_offered(staff.id) == (free,)
        assert await now.rooms.list_offered(other.id) == ()


async def test_a_post_is_kept_once_a_room_and_hearing(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        here = await now.rooms.add(room())
        assert await now.rooms.find_post(here.id, town.hearing.id) is None
        await now.rooms.keep_post(GroupPost(here.id, town.hearing.id, 5))
        await now.rooms.keep_post(GroupPost(here.id, town.hearing.id, 6))
        assert await now.rooms.find_post(here.id, town.hearing.id) == GroupPost(here.id, town.hearing.id, 6)
        assert await now.rooms.find_post(here.id, town.hearing.id + 1) is None


async def test_a_group_that_becomes_a_supergroup_stays_the_same_room(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        group = await now.rooms.add(room(GROUP, kind=RoomKind.GROUP, municipality_id=town.municipality_id))
        await now.rooms.keep_post(GroupPost(group.id, town.hearing.id, 5))
        for _ in range(2):
            await now.rooms.move(GROUP, SUPERGROUP)
        assert await now.rooms.get(group.id) == replace(group, telegram_id=SUPERGROUP, kind=RoomKind.SUPERGROUP)
        assert await now.rooms.find_post(group.id, town.hearing.id) is None, "messages are numbered anew there"
        assert await now.rooms.find(GROUP) is None


async def test_a_supergroup_met_before_its_group_has_moved_is_the_same_room(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        group = await now.rooms.add(room(GROUP, kind=RoomKind.GROUP))
        double = await now.rooms.add(room(SUPERGROUP, municipality_id=town.municipality_id))
        only_there = await enqueue(now, town)
        await now.rooms.save(replace(group, municipality_id=town.municipality_id))
        both = await enqueue(now, town, NoticeKind.CANCELLED)
        await now.rooms.save(replace(group, municipality_id=None))
        await now.rooms.keep_post(GroupPost(group.id, town.hearing.id, 5))
        await now.rooms.keep_post(GroupPost(double.id, town.hearing.id, 6))
        await now.rooms.move(GROUP, SUPERGROUP)
        assert await now.rooms.list_linked(town.municipality_id) == (replace(double, id=group.id),)
        assert await now.rooms.find_post(group.id, town.hearing.id) == GroupPost(group.id, town.hearing.id, 6)
        with pytest.raises(NotFound):
            await now.rooms.get(double.id)
        for broadcast in (only_there, both):
            (notice,) = await claim(now, broadcast)
            assert notice.room_id == group.id
            await now.notices.complete([Completion(notice.id, NoticeStatus.DELIVERED)], by="us", at=NOON)
        assert set((await now.notices.progress(town.hearing.id)).values()) == {Progress(delivered=1)}


async def test_a_room_nobody_knows_is_not_found(store: Store) -> None:
    async with store.writing() as now:
        with pytest.raises(NotFound):
            await now.rooms.get(1)
        with pytest.raises(NotFound):
            await now.rooms.save(room())
        await now.rooms.move(GROUP, SUPERGROUP)
        assert await now.rooms.find(SUPERGROUP) is None
