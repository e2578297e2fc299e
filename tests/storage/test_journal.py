from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain.journal import (
    Act,
    JournalEntry,
    about_comment,
    about_hearing,
    about_municipality,
    about_resident,
)
from storage.addresses import parse_address
from storage.engines import writing_engine
from tests.storage.town import NOON, move_in, settle, write

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


async def test_a_municipality_reads_its_lines_a_page_at_a_time_newest_first(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        comment = await write(now, town, author, "Жол")
        entries = [
            about_comment(comment.id + 1, Act.COMMENT_HIDDEN, at=NOON),  # there is none: it belongs nowhere
            about_municipality(town.municipality_id, Act.INVITED, at=NOON),
            about_hearing(town.hearing.id, Act.OPENED, at=NOON),
            about_comment(comment.id, Act.COMMENT_PUBLISHED, at=NOON, by=author.id),
            about_municipality(town.municipality_id + 1, Act.INVITED, at=NOON),
            about_resident(author.id, Act.FORGOTTEN, at=NOON),
        ]
        await now.journal.add_each(entries)
        assert await now.journal.count(town.municipality_id) == 3
        newest, *older = await now.journal.page(town.municipality_id, offset=0, limit=9)
        assert (newest.entry.act, newest.hearing_id, newest.comment_number) == (
            *(Act.COMMENT_PUBLISHED, town.hearing.id, comment.number),
        )
        assert [(each.entry.act, each.hearing_id) for each in older] == [
            (Act.OPENED, town.hearing.id),
            (Act.INVITED, 0),
        ]
        assert await now.journal.page(town.municipality_id, offset=2, limit=1) == (older[1],)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET act = 'closed'",
        "UPDATE journal SET actor_id = NULL WHERE id = 1",
        "DELETE FROM journal",
        "INSERT INTO journal_dropped_years VALUES (2025, 0); DELETE FROM journal",
        "TRUNCATE journal",
    ],
)
async def test_no_line_is_changed_or_removed(store: Store, database_url: str, statement: str) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await now.journal.add(about_hearing(town.hearing.id, Act.OPENED, at=NOON))
    engine = writing_engine(parse_address(database_url))

    async def change() -> None:
        async with engine.begin() as connection:
            for each in statement.split(";"):
                await connection.execute(text(each))

    with pytest.raises(DBAPIError):
        await change()
    await engine.dispose()
    async with store.reading() as now:
        assert [each.act for each in await now.journal.list_about(f"hearing:{town.hearing.id}")] == [Act.OPENED]


async def test_only_whole_years_that_are_over_are_dropped(store: Store) -> None:
    town = await settle(store)
    ends = datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)
    moments = (ends - timedelta(days=364), ends, ends + timedelta(seconds=1))
    async with store.writing() as now:
        assert await now.journal.first_year() is None
        for at in moments:
            await now.journal.add(about_hearing(town.hearing.id, Act.OPENED, at=at))
    async with store.writing() as now:
        assert await now.journal.first_year() == 2025
        assert await now.journal.drop_year(2025, NOON, limit=1) == 1
        assert await now.journal.drop_year(2025, NOON, limit=9) == 1
        assert await now.journal.drop_year(2025, NOON, limit=9) == 0
    async with store.reading() as now:
        assert [each.at for each in await now.journal.list_about(f"hearing:{town.hearing.id}")] == [moments[2]]
        assert await now.journal.first_year() == 2026
