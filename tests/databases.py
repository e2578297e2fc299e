"""Databases for tests: a file of SQLite, and a PostgreSQL of our own, each fresh and at the newest schema.

PostgreSQL comes from ``TEST_DATABASE_URL`` (a server on which databases may be made) or is started from the machine's
own ``initdb`` and ``postgres``; where neither exists, its half of the storage suite is skipped.
"""

from __future__ import annotations

import asyncio
import fcntl
import itertools
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import asyncpg
import pytest
from sqlalchemy import make_url

import storage
from tests.memory import roomy_memory
from tests.servers import server_file, shared_folder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

Outcome = TypeVar("Outcome")

_numbers = itertools.count(1)


def _finished(work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Run it in a loop and a thread of its own: the first to ask for a fixture may be a test whose loop runs."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


def made_once(path: Path, make: Callable[[Path], object]) -> Path:
    """A file that the first of a run's processes to ask for it makes; the others wait, and take it."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            unfinished = path.with_suffix(".unfinished")
            make(unfinished)
            unfinished.rename(path)
    return path


class Cluster:
    """A PostgreSQL server on which tests make databases, each a copy of a ``template`` that is migrated already."""

    def __init__(self, url: str, template: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        self.template = template
        self._strategy = ""

    def address(self, name: str) -> str:
        """DATABASE_URL of a database on this server."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    async def prepare(self) -> None:
        """Make the migrated template."""
        await self.execute(f'CREATE DATABASE "{self.template}"')
        await storage.migrate(self.address(self.template))

    async def look(self) -> None:
        """Find out how a database is copied."""
        connection = await asyncpg.connect(self._url.render_as_string(hide_password=False))
        if connection.get_server_version().major >= 15:  # else every block goes through the log: twice the work
            self._strategy = "STRATEGY FILE_COPY"
        await connection.close()

    async def create(self, *, empty: bool = False, of: str = "") -> str:
        """The address of a new database: migrated, ``empty``, or a copy ``of`` the one at that address."""
        name = f"hearing_bot_test_{os.getpid()}_{next(_numbers)}"
        template = "template0" if empty else make_url(of).database if of else self.template
        await self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {self._strategy}')
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


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    """The PostgreSQL server of this run: begun by the first of its processes that asks for it."""
    known = server_file(tmp_path_factory)
    server = json.loads(made_once(known, lambda path: path.write_text(json.dumps(_begun()))).read_text())
    cluster = Cluster(server["url"], server["template"])
    _finished(cluster.look())
    return cluster


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to be copied."""
    path = shared_folder(tmp_path_factory) / "migrated.db"
    return made_once(path, lambda path: _finished(storage.migrate(f"sqlite:///{path}")))


@pytest.fixture(scope="session")
def postgresql_template(cluster: Cluster) -> str:
    """The address of a migrated PostgreSQL database to be copied."""
    return cluster.address(cluster.template)


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """The address of a fresh SQLite database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'hearings.db')}"


@pytest.fixture
async def postgresql_url(cluster: Cluster, postgresql_template: str) -> AsyncIterator[str]:
    """The address of a fresh PostgreSQL database."""
    url = await cluster.create(of=postgresql_template)
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


def _begun() -> dict[str, Any]:
    """A server with its template: its address, and where its programs and its folder are if it is our own."""
    template = f"hearing_bot_template_{os.getpid()}"
    if url := os.environ.get("TEST_DATABASE_URL"):
        _finished(Cluster(url, template).prepare())
        return {"url": url, "template": template}
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL: set TEST_DATABASE_URL, or install Debian's postgresql")
    # the server's user must be able to enter, and a socket's path must be short: not pytest's own folder
    folder = Path(tempfile.mkdtemp(prefix="hearing-bot-pg-", dir=roomy_memory() or "/tmp"))
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    folder.chmod(0o755)
    _run(programs, folder, owner)
    url = f"postgresql://tester@/postgres?host={folder}"
    _finished(Cluster(url, template).prepare())
    return {"url": url, "template": template, "programs": str(programs), "folder": str(folder)}


def end(server: dict[str, Any]) -> None:
    """End a server of our own; on another one, drop the template."""
    if (folder := server.get("folder")) is None:
        _finished(_drop_template(Cluster(server["url"], server["template"]), server["template"]))
        return
    _as_owner(_owner(), Path(server["programs"], "pg_ctl"), "stop", "-m", "fast", "-D", Path(folder, "data"))
    shutil.rmtree(folder, ignore_errors=True)


async def _drop_template(cluster: Cluster, template: str) -> None:
    await cluster.drop(cluster.address(template))


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


def _run(programs: Path, folder: Path, owner: str | None) -> None:
    """Begin a server that outlives the process which begins it."""
    data = folder / "data"
    _as_owner(
        owner, programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
    )
    settings = {
        "listen_addresses": "''",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "32MB",
        "autovacuum": "off",
        "max_wal_size": "128MB",
        "max_connections": "300",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    _as_owner(owner, programs / "pg_ctl", "start", "-w", "-D", data, "-l", data / "log", "-o", options)


def _as_owner(owner: str | None, *command: str | Path) -> None:
    rights: dict[str, Any] = {"user": owner, "extra_groups": []} if owner else {}
    subprocess.run(command, **rights, cwd="/", check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
