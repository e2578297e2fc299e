from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.journal import Act, JournalEntry
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from storage import Store


async def test_the_journal_tells_about_one_subject_newest_first(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (actor,) = await move_in(now, town, 1)
        opened = JournalEntry(NOON, Act.OPENED, "hearing:1")
        hidden = JournalEntry(
            NOON - timedelta(days=1), Act.COMMENT_HIDDEN, "hearing:1", actor.id, {"comment": 7, "why": "ө"}
        )
        for entry in (opened, JournalEntry(NOON, Act.CLOSED, "hearing:2"), hidden):
            await now.journal.add(entry)
    async with store.reading() as now:
        assert await now.journal.list_about("hearing:1") == (hidden, opened)
        assert await now.journal.list_about("hearing:1", limit=1) == (hidden,)
        assert await now.journal.list_about("hearing:3") == ()
