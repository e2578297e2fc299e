"""Databases for tests: a file of SQLite, and a PostgreSQL of our own, each fresh and at the newest schema.

PostgreSQL comes from ``TEST_DATABASE_URL`` (a server on which databases may be made) or is started from the machine's
own ``initdb`` and ``postgres``; where neither exists, its half of the storage suite is skipped.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
from sqlalchemy import make_url

import storage
from tests.memory import roomy_memory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

_numbers = itertools.count(1)


class Cluster:
    """A PostgreSQL server on which tests make databases, each a copy of one that is migrated already."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        self._template = f"hearing_bot_template_{os.getpid()}"
        self._strategy = ""

    def address(self, name: str) -> str:
        """DATABASE_URL of a database on this server."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    async def prepare(self) -> None:
        """Make the migrated template."""
        await self.execute(f'CREATE DATABASE "{self._template}"')
        connection = await asyncpg.connect(self.address(self._template))
        if connection.get_server_version().major >= 15:  # else every block goes through the log: twice the work
            self._strategy = "STRATEGY FILE_COPY"
        await connection.close()
        await storage.migrate(self.address(self._template))

    async def create(self, *, empty: bool = False) -> str:
        """The address of a new database: migrated, or ``empty``."""
        name = f"hearing_bot_test_{os.getpid()}_{next(_numbers)}"
        await self.execute(
            f'CREATE DATABASE "{name}" TEMPLATE "{"template0" if empty else self._template}" {self._strategy}'
        )
        return self.address(name)

    async def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        await self.execute(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    async def execute(self, statement: str) -> None:
        """Run a statement on the server's own database."""
        connection = await asyncpg.connect(self._url.render_as_string(hide_password=False))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def finish(self) -> None:
        """Leave nothing behind."""
        await self.drop(self.address(self._template))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostgreSQL server of this run."""
    with _server() as url:
        cluster = Cluster(url)
        asyncio.run(cluster.prepare())
        yield cluster
        asyncio.run(cluster.finish())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to be copied."""
    path = tmp_path_factory.mktemp("template") / "hearings.db"
    asyncio.run(storage.migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """The address of a fresh SQLite database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'hearings.db')}"


@pytest.fixture
async def postgresql_url(cluster: Cluster) -> AsyncIterator[str]:
    """The address of a fresh PostgreSQL database."""
    url = await cluster.create()
    yield url
    await cluster.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database: the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[storage.Store]:
    """A fresh database, open: the test runs once on each kind."""
    opened = await storage.open_store(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[storage.Store]:
    """A fresh SQLite database, open, that waits for other programs for a tenth of a second."""
    opened = await storage.open_store(f"{sqlite_url}?timeout=0.1")
    yield opened
    await opened.close()


@contextmanager
def _server() -> Iterator[str]:
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL: set TEST_DATABASE_URL, or install Debian's postgresql")
    # the server's user must be able to enter, and a socket's path must be short: not pytest's own folder
    folder = Path(tempfile.mkdtemp(prefix="hearing-bot-pg-", dir=roomy_memory() or "/tmp"))
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    folder.chmod(0o755)
    try:
        with _running(programs, folder, owner):
            yield f"postgresql://tester@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """The folder with initdb and postgres."""
    places = [Path(found).resolve().parent] if (found := shutil.which("postgres")) else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: whom to run it as then."""
    if os.geteuid():
        return None
    known = {account.pw_name for account in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@contextmanager
def _running(programs: Path, folder: Path, owner: str | None) -> Iterator[None]:
    data = folder / "data"
    rights: dict[str, Any] = {"user": owner, "extra_groups": []} if owner else {}
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        **rights,
        cwd=folder,
        check=True,
        capture_output=True,
    )
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "32MB",
        "autovacuum": "off",
        "max_wal_size": "128MB",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *options], **rights, cwd=folder, stdout=log, stderr=log
        )
    try:
        _await_socket(server, folder)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)


def _await_socket(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 30
    while "ready to accept connections" not in (folder / "log").read_text(errors="replace"):
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail((folder / "log").read_text(errors="replace"))
        time.sleep(0.05)
