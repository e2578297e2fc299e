from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import psutil
import pytest
from sqlalchemy import make_url

from bot.domain.errors import StoreUnavailable
from storage import backup, open_store
from tests.storage import children
from tests.storage.town import cast, move_in, settle, vote

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.people import Resident
    from storage import Store
    from tests.databases import Cluster
    from tests.storage.town import Town

VOTERS = 150


class Voting:
    """People voting one after another; ``confirmed`` are the votes that were committed."""

    def __init__(self, store: Store, town: Town, people: list[Resident]) -> None:
        self._store, self._town, self._people = store, town, people
        self.confirmed = 0
        self.under_way = asyncio.Event()

    async def run(self) -> None:
        for resident in self._people:
            async with self._store.writing() as now:
                await cast(now, self._town, [vote(self._town, resident, 1, {1: 1})])
            self.confirmed += 1
            if self.confirmed == VOTERS // 5:
                self.under_way.set()


async def begin(store: Store) -> tuple[Town, Voting]:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, VOTERS)
    return town, Voting(store, town, people)


async def ensure_whole(url: str, town: Town, confirmed: int) -> None:
    """A copy holds the confirmed votes, and its rollup is what they say."""
    copy = await open_store(url)
    async with copy.reading() as now:
        voters = (await now.votes.tallies(town.hearing.id))[1].voters
        assert await now.votes.recount(town.hearing.id) == await now.votes.rollup(town.hearing.id)
    await copy.close()
    assert confirmed <= voters < VOTERS


async def test_a_copy_made_while_votes_arrive_holds_every_vote_confirmed_before(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = await open_store(sqlite_url)
    town, voting = await begin(store)
    target = tmp_path / "copy.db"
    async with asyncio.TaskGroup() as group:
        group.create_task(voting.run())
        await voting.under_way.wait()
        confirmed = voting.confirmed
        await backup(sqlite_url, target)
    await store.close()
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    await ensure_whole(f"sqlite:///{target}", town, confirmed)


async def test_an_archive_of_a_server_holds_every_vote_confirmed_before(
    postgresql_url: str, cluster: Cluster, tmp_path: Path
) -> None:
    restore = shutil.which("pg_restore")
    if restore is None or shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump on PATH")
    store = await open_store(postgresql_url)
    town, voting = await begin(store)
    target = tmp_path / "copy.dump"
    async with asyncio.TaskGroup() as group:
        group.create_task(voting.run())
        await voting.under_way.wait()
        confirmed = voting.confirmed
        await backup(postgresql_url, target)
    await store.close()
    restored = await cluster.create(empty=True)
    where = make_url(restored)
    options = ["-h", str(where.query.get("host", where.host)), "-U", str(where.username), "-d", str(where.database)]
    subprocess.run([restore, *options, target], check=True, env={"PGPASSWORD": str(where.password or "")})
    copy = await open_store(restored)
    async with copy.reading() as now:
        assert (await now.votes.tallies(town.hearing.id))[1].voters >= confirmed
    await copy.close()
    await cluster.drop(restored)


async def test_a_copy_takes_the_place_of_the_older_one_and_leaves_nothing_beside(
    sqlite_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    for _ in range(2):
        await backup(sqlite_url, folder / "hearings.db")
    assert [file.name for file in folder.iterdir()] == ["hearings.db"]


async def test_the_database_is_not_copied_onto_itself(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="the database itself"):
        await backup(sqlite_url, tmp_path / "hearings.db")


async def test_a_database_that_is_not_there_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"there is no .*none\.db"):
        await backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


async def test_a_copy_into_a_folder_that_is_not_there_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no copy could be made"):
        await backup(sqlite_url, tmp_path / "no" / "copy.db")


async def test_a_server_without_pg_dump_says_what_is_missing(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreUnavailable, match="postgresql-client"):
        await backup(postgresql_url, tmp_path / "copy.dump")


async def test_a_dump_nobody_waits_for_any_more_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    os.mkfifo(told)
    program = tmp_path / "pg_dump"
    program.write_text(f"#!/bin/sh\necho $$ > {told}\nexec sleep 1000\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    copying = asyncio.get_running_loop().create_task(backup("postgresql://nobody@nowhere/x", tmp_path / "copy.dump"))
    pid = int(await asyncio.to_thread(told.read_text))
    copying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await copying
    assert not psutil.pid_exists(pid)


async def test_pg_dump_tells_why_it_could_not(cluster: Cluster, tmp_path: Path) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump on PATH")
    with pytest.raises(StoreUnavailable, match="nowhere"):
        await backup(cluster.address("nowhere"), tmp_path / "copy.dump")
    assert list(tmp_path.iterdir()) == []


FULL_DISK = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    asyncio.run(storage.backup(url, Path(sys.argv[2])))
except StoreUnavailable as error:
    print(error.reason)
"""


async def test_a_copy_that_does_not_fit_leaves_the_older_one(sqlite_url: str, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "hearings.db"
    target.parent.mkdir()
    await backup(sqlite_url, target)
    before = target.read_bytes()
    child = children.run(FULL_DISK, sqlite_url, target)
    assert child.stderr == ""
    assert "no copy could be made" in child.stdout
    assert target.read_bytes() == before
    assert [file.name for file in target.parent.iterdir()] == ["hearings.db"]
