from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from storage import Store


async def test_an_edit_is_told_by_what_the_message_said_before(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        aigul, bek = [resident.id for resident in await move_in(now, town, 2)]
        await now.heard.note("comment", aigul, "one", commented=True, at=NOON)
        await now.heard.note("comment", aigul, "again", commented=False, at=NOON)
        await now.heard.note("refused", bek, "one", commented=False, at=NOON)
        edits = [("comment", "one"), ("comment", "two"), ("comment", "two"), ("comment", "one"), ("refused", "two")]
        assert [await now.heard.note_edit(*edit) for edit in edits] == [None, True, None, True, False]
        assert await now.heard.note_edit("another", "one") is None


async def test_what_was_heard_goes_with_its_time_and_with_its_person(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        aigul, bek = [resident.id for resident in await move_in(now, town, 2)]
        for number, person in enumerate((aigul, aigul, bek)):
            await now.heard.note(f"{number}", person, "one", commented=True, at=NOON + timedelta(hours=number))
        assert await now.heard.expire(NOON + timedelta(hours=1)) == 1
        await now.heard.drop(aigul)
        assert [await now.heard.note_edit(f"{number}", "two") for number in range(3)] == [None, None, True]
