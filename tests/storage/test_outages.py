from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest
from sqlalchemy import text

from bot.domain.errors import StoreUnavailable
from storage import Store, open_store
from storage.failures import translated_errors
from storage.locks import WRITER_LOCK
from tests.storage import children
from tests.storage.town import cast, move_in, settle, vote

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.databases import Cluster


def test_a_connection_that_ends_as_something_begins_on_it_is_an_outage() -> None:
    with pytest.raises(StoreUnavailable, match="the connection was lost"), translated_errors():
        raise asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")


async def note(store: Store, key: str, value: str) -> None:
    async with store.writing() as now:
        await now.housekeeping.keep_setting(key, value)


async def noted(store: Store, key: str) -> str | None:
    async with store.reading() as now:
        return await now.housekeeping.find_setting(key)


@pytest.fixture
async def postgresql_store(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Store]:
    """A PostgreSQL store that waits for others for a tenth of a second."""
    monkeypatch.setattr("storage.engines.LOCK_TIMEOUT", 0.1)
    store = await open_store(postgresql_url)
    yield store
    await store.close()


async def test_a_file_locked_by_another_program_is_waited_for_then_reported(
    sqlite_store: Store, tmp_path: Path
) -> None:
    await note(sqlite_store, "price", "old")
    with closing(sqlite3.connect(tmp_path / "hearings.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="another program holds the database"):
            await note(sqlite_store, "price", "new")
        assert "another program" in str(await sqlite_store.health())
        assert await noted(sqlite_store, "price") == "old"
        other.execute("ROLLBACK")
    await note(sqlite_store, "price", "new")
    assert await sqlite_store.health() is None
    assert await noted(sqlite_store, "price") == "new"


async def test_a_server_locked_by_another_program_is_waited_for_then_reported(
    postgresql_store: Store, postgresql_url: str
) -> None:
    other = await asyncpg.connect(postgresql_url)
    await other.execute(f"SELECT pg_advisory_lock({WRITER_LOCK})")
    with pytest.raises(StoreUnavailable, match="another program holds the database"):
        await note(postgresql_store, "price", "new")
    assert await noted(postgresql_store, "price") is None
    await other.close()
    await note(postgresql_store, "price", "new")
    assert await postgresql_store.health() is None


async def test_a_full_disk_is_said_and_nothing_is_half_written(sqlite_store: Store) -> None:
    town = await settle(sqlite_store)
    async with sqlite_store.writing() as now:
        people = await move_in(now, town, 3)
        await cast(now, town, [vote(town, people[0], 1, {1: 1})])

    async def vote_and_write() -> None:
        async with sqlite_store.writing() as now:
            await cast(now, town, [vote(town, people[1], 1, {2: 1})])
            await now.housekeeping.keep_setting("long", "x" * 10_000_000)

    await limit_pages(sqlite_store, 200)
    with pytest.raises(StoreUnavailable, match="the disk is full"):
        await vote_and_write()
    async with sqlite_store.reading() as now:
        assert (await now.votes.tallies(town.hearing.id))[1].voters == 1
        assert await now.votes.recount(town.hearing.id) == await now.votes.rollup(town.hearing.id)
        assert await now.housekeeping.find_setting("long") is None
    await limit_pages(sqlite_store, 1_000_000)
    await vote_and_write()
    async with sqlite_store.reading() as now:
        assert (await now.votes.tallies(town.hearing.id))[1].voters == 2
    assert await sqlite_store.health() is None


async def limit_pages(store: Store, pages: int) -> None:
    async with store._database.writing() as now:
        await now.rows(text(f"PRAGMA max_page_count={pages}"))


FULL_DISK = """
import resource
def room(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

async def main():
    store = await storage.open_store(url)
    path = Path(url.removeprefix("sqlite:///"))
    room(path.stat().st_size + 200_000)
    confirmed, refused = 0, ""
    while not refused:
        try:
            async with store.writing() as now:
                await now.housekeeping.keep_setting("counter", str(confirmed + 1))
                await now.housekeeping.keep_setting(f"filler {confirmed}", "x" * 20_000)
            confirmed += 1
        except StoreUnavailable as error:
            refused = error.reason
    room(0)
    unwell = await store.health()
    async with store.reading() as now:
        counter = await now.housekeeping.find_setting("counter")
        half = await now.housekeeping.find_setting(f"filler {confirmed}")
    room(resource.RLIM_INFINITY)
    print(confirmed > 3, int(counter) == confirmed, half, bool(unwell), await store.health())
    print(refused)
    await store.close()
asyncio.run(main())
"""


def test_a_disk_that_takes_no_more_bytes_is_survived(sqlite_url: str) -> None:
    """The file system itself refuses, in the middle of a write."""
    child = children.run(FULL_DISK, sqlite_url)
    assert child.stderr == ""
    result, reason = child.stdout.splitlines()
    assert result == "True True None True None"
    assert "disk" in reason


async def test_a_database_that_became_read_only_is_said_and_comes_back(sqlite_store: Store) -> None:
    await only_read(sqlite_store, on=True)
    with pytest.raises(StoreUnavailable, match="may only be read"):
        await note(sqlite_store, "price", "new")
    assert "may only be read" in str(await sqlite_store.health())
    await only_read(sqlite_store, on=False)
    await note(sqlite_store, "price", "new")


async def only_read(store: Store, *, on: bool) -> None:
    """What a disk remounted read-only does, for the connection that writes."""
    async with store._database._writer.connect() as connection:
        await connection.exec_driver_sql(f"PRAGMA query_only={int(on)}")


async def test_a_server_that_became_read_only_is_said(postgresql_url: str, postgresql_store: Store) -> None:
    other = await asyncpg.connect(postgresql_url)
    name = await other.fetchval("SELECT current_database()")
    await other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    await other.close()
    with pytest.raises(StoreUnavailable, match="may only be read"):
        await note(postgresql_store, "price", "new")


READ_ONLY_FILE = """
import ctypes

def obey_file_modes():
    # as root, without CAP_DAC_OVERRIDE: a file of mode 0444 is not written, a private checkout is read
    header, sets, kernel = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(), ctypes.CDLL(None)
    assert kernel.capget(header, sets) == 0
    sets[0] &= ~(1 << 1)
    assert kernel.capset(header, sets) == 0

async def main():
    await (await storage.open_store("sqlite:///" + sys.argv[2])).close()
    if os.geteuid() == 0:
        obey_file_modes()
    try:
        store = await storage.open_store(url)
    except StoreUnavailable as error:
        print(error.reason)
        return
    try:
        async with store.writing() as now:
            await now.housekeeping.keep_setting("price", "new")
    except StoreUnavailable as error:
        print(error.reason)
    await store.close()
asyncio.run(main())
"""


def test_a_file_nobody_may_write_is_said(sqlite_template: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o777)
        file = Path(folder) / "hearings.db"
        file.write_bytes(sqlite_template.read_bytes())
        file.chmod(0o444)
        child = children.run(READ_ONLY_FILE, f"sqlite:///{file}", Path(folder) / "warm.db")
    assert child.stderr == ""
    assert "may only be read" in child.stdout


async def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "poem.db").write_text("Ала-Тоо " * 1000, encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="no database"):
        await open_store(f"sqlite:///{tmp_path / 'poem.db'}")


async def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        await open_store(f"sqlite:///{tmp_path / 'no' / 'hearings.db'}")


async def test_a_server_that_does_not_answer_is_said() -> None:
    with pytest.raises(StoreUnavailable, match="does not answer"):
        await open_store("postgresql://secretary:secret@127.0.0.1:1/hearings")


async def test_a_server_without_the_database_is_said(cluster: Cluster) -> None:
    with pytest.raises(StoreUnavailable, match="no such database"):
        await open_store(cluster.address("nowhere"))


async def test_a_lost_connection_costs_one_transaction_and_comes_back(
    postgresql_store: Store, postgresql_url: str
) -> None:
    async def lose_it_half_way() -> None:
        async with postgresql_store.writing() as now:
            await now.housekeeping.keep_setting("price", "half")
            other = await asyncpg.connect(postgresql_url)
            await other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            await other.close()
            await now.housekeeping.keep_setting("price", "new")

    await note(postgresql_store, "price", "old")
    assert await noted(postgresql_store, "price") == "old"
    with pytest.raises(StoreUnavailable):
        await lose_it_half_way()
    with pytest.raises(StoreUnavailable):
        await noted(postgresql_store, "price")
    assert await noted(postgresql_store, "price") == "old"
    await note(postgresql_store, "price", "new")


CLOSE_AND_END = """
async def main():
    store = await storage.open_store(url)
    async with store.writing() as now:
        await now.housekeeping.keep_setting("price", "new")
    async with store.reading() as now:
        print(await now.housekeeping.find_setting("price"))
    await store.close()
asyncio.run(main())
"""


def test_a_closed_store_lets_the_process_end(database_url: str) -> None:
    """With an engine left open the process would hang, or complain, at its end."""
    child = children.run_afresh(CLOSE_AND_END, database_url)
    assert (child.returncode, child.stdout, child.stderr) == (0, "new\n", "")
