"""A PostgreSQL server for a benchmark, that writes to the disk as an operator's does, and databases in it."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def server(given: str | None, *, data: Path | None = None) -> Iterator[str]:
    """The address of the server that was ``given``, or of one of our own; what it holds stays in ``data``, if given."""
    if given is not None:
        yield given
        return
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    owner = (
        None if os.geteuid() else next(n for n in ("postgres", "nobody") if n in {u.pw_name for u in pwd.getpwall()})
    )
    rights: dict[str, Any] = {"user": owner, "extra_groups": []} if owner else {}

    def run(program: str, *arguments: str | Path) -> None:
        command = [programs / program, "-D", holding, *arguments]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, **rights)

    folder = Path(tempfile.mkdtemp(prefix="hearing-bot-pg-"))
    holding = data or folder / "data"
    try:
        if owner:
            shutil.chown(folder, owner)
        if not holding.exists():
            if data is not None:
                data.mkdir()
                shutil.chown(data, owner or os.geteuid())
            run("initdb", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C")
        if (holding / "postmaster.pid").exists():  # whoever began it was killed
            run("pg_ctl", "stop", "-m", "fast")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=200"
        run("pg_ctl", "start", "-w", "-l", folder / "log", "-o", options)
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "-m", "fast")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create(url: str, name: str, *, of: str = "template0") -> str:
    """A new database of the server, a copy ``of`` another; its address."""
    asyncio.run(_ask(url, f'CREATE DATABASE "{name}" TEMPLATE "{of}"'))
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def drop(url: str, name: str) -> None:
    """Remove a database, whoever is connected."""
    asyncio.run(_ask(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def value(url: str, question: str) -> int:
    """The answer to a question that is a number."""
    return int(asyncio.run(_ask(url, question)))


async def _ask(url: str, statement: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement) or 0
    finally:
        await connection.close()
