from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import aiosqlite
import pytest
import structlog

from bot.domain.errors import StoreUnavailable
from storage import cursors, open_store
from tests.storage.town import cast, move_in, settle, vote

if TYPE_CHECKING:
    from collections.abc import Iterator


class Renamed:
    """A connection of another aiosqlite: what it has in public is there, one private part is not."""

    def __init__(self, connection: aiosqlite.Connection, gone: str) -> None:
        self._real, self._gone = connection, gone

    def __getattr__(self, name: str) -> object:
        if name == self._gone:
            raise AttributeError(name)
        return getattr(self._real, name)


@pytest.fixture
def another_aiosqlite(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(cursors, "PRIVATE_ATTRIBUTES", ("_run_in_thread", "_conn"))
    cursors._warn_once.cache_clear()
    yield
    cursors._warn_once.cache_clear()


def cursor_of(connection: aiosqlite.Connection, gone: str = "") -> object:
    """What a statement would be run with."""
    driver = Renamed(connection, gone)
    cursors.shorten_trips(SimpleNamespace(driver_connection=driver))
    return driver.cursor()  # type: ignore[operator]


async def test_the_aiosqlite_that_is_installed_has_every_part_we_use() -> None:
    async with aiosqlite.connect(":memory:") as connection:
        assert isinstance(cursor_of(connection), cursors.Cursor)


@pytest.mark.parametrize("gone", cursors.PRIVATE_ATTRIBUTES)
async def test_without_one_of_them_the_librarys_own_cursor_is_used(gone: str) -> None:
    cursors._warn_once.cache_clear()
    async with aiosqlite.connect(":memory:") as connection:
        with structlog.testing.capture_logs() as logged:
            found = cursor_of(connection, gone)
            assert isinstance(found, aiosqlite.context.Result)
            async with found as cursor:
                await cursor.execute("SELECT 1")
                assert await cursor.fetchone() == (1,)
    assert [(entry["log_level"], entry["unknown"]) for entry in logged] == [("warning", [gone])]


@pytest.mark.usefixtures("another_aiosqlite")
async def test_votes_are_stored_and_counted_by_the_public_way_too(sqlite_url: str) -> None:
    with structlog.testing.capture_logs() as logged:
        store = await open_store(sqlite_url)
        town = await settle(store)
        async with store.writing() as now:
            people = await move_in(now, town, 3)
            await cast(now, town, [vote(town, person, 1, {1: 1}) for person in people])
        async with store.reading() as now:
            assert (await now.votes.tallies(town.hearing.id))[1].voters == 3
        with pytest.raises(StoreUnavailable):
            async with store.reading() as now:
                await now.housekeeping.keep_setting("a reader", "writes")
        await store.close()
    assert [entry["log_level"] for entry in logged] == ["warning"]
