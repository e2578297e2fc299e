"""A PostgreSQL server of our own, durable as an operator's, made of the machine's ``initdb`` and ``pg_ctl``."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def server(data: Path) -> Iterator[str]:
    """Run one over the folder ``data``, which is made where there is none; the address of its database."""
    programs, owner = _programs(), _owner()
    if not data.exists():
        data.mkdir(parents=True)
        if owner:
            shutil.chown(data, owner)
        _as(owner, programs / "initdb", "-D", data, "-U", "bot", "-A", "trust", "-E", "UTF8", "--locale=C")
    with tempfile.TemporaryDirectory(prefix="pg-") as sockets:  # a socket's path must be short
        Path(sockets).chmod(0o777)
        options = f"-c listen_addresses='' -c unix_socket_directories={sockets} -c shared_buffers=128MB"
        _as(owner, programs / "pg_ctl", "start", "-w", "-t", "300", "-D", data, "-l", data / "log", "-o", options)
        try:
            yield f"postgresql://bot@/postgres?host={sockets}"
        finally:
            _as(owner, programs / "pg_ctl", "stop", "-w", "-m", "fast", "-D", data)


def _programs() -> Path:
    places = [Path(found).resolve().parent] if (found := shutil.which("pg_ctl")) else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists():
            return place
    raise SystemExit("no PostgreSQL: install Debian's postgresql")


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: whom to run it as then."""
    if os.geteuid():
        return None
    known = {account.pw_name for account in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _as(owner: str | None, *command: str | Path) -> None:
    rights: dict[str, Any] = {"user": owner, "extra_groups": []} if owner else {}
    subprocess.run(command, **rights, cwd="/", check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
