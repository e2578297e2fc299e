"""A folder in which somebody types commands, in this process or in one of their own."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import socket
import sys
from asyncio.subprocess import PIPE
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from aiohttp import web
from click.testing import CliRunner

from bot.cli import main
from bot.config import Settings
from bot.simulator.server import application
from bot.simulator.telegram import Telegram
from tests.clocks import SystemClock

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Iterator

HOUSE = Path(__file__).parents[2]
TOKEN = "4242:AAE-this_stays_between_us"
PASSWORD = "hunter-2-and-3"
WEBHOOK_SECRET = "only_telegram_knows"
PLACES = """code,type,parent,name_ky,name_ru
region,region,,Жалал-Абад облусу,Джалал-Абадская область
suzak,district,region,Сузак району,Сузакский район
bagysh,municipality,suzak,Багыш айыл аймагы,Багышский аймак
bagysh-1,village,bagysh,Сафаровка,Сафаровка
"""


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code and its words."""

    code: int
    stdout: str
    stderr: str

    def __post_init__(self) -> None:
        everything = self.stdout + self.stderr
        assert "Traceback" not in everything, everything
        assert not [secret for secret in (TOKEN, PASSWORD, WEBHOOK_SECRET) if secret in everything], everything

    @property
    def complaint(self) -> str:
        """The only line on stderr."""
        (line,) = self.stderr.splitlines()
        return line


class Shell:
    """Commands typed in ``folder``; no outcome may hold a secret or a traceback."""

    def __init__(self, folder: Path, settled: Path) -> None:
        self.folder = folder
        self._settled = settled

    def __call__(self, *arguments: str, **environment: str) -> Outcome:
        """Run a command to its end in this process."""
        result = CliRunner().invoke(main, arguments, env=environment, prog_name="hearing-bot")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    async def beside(self, *arguments: str, **environment: str) -> Outcome:
        """The same while a bot or a Telegram lives in the test's own loop."""
        return await asyncio.to_thread(self, *arguments, **environment)

    async def start(self, *arguments: str, **environment: str) -> Process:
        """Begin a command in a process of its own."""
        around = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            env=around | {"PYTHONPATH": str(HOUSE), "TMPDIR": str(self.temporary)} | environment,
            cwd=self.folder,
            stdout=PIPE,
            stderr=PIPE,
            limit=2**20,
        )

    async def end(self, process: Process, *, read: str = "") -> Outcome:
        """Wait for the end; ``read`` was read from its stderr before."""
        stdout, stderr = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode is not None
        return Outcome(process.returncode, stdout.decode(), read + stderr.decode())

    async def process(self, *arguments: str, **environment: str) -> Outcome:
        """Run a command to its end in a process of its own."""
        return await self.end(await self.start(*arguments, **environment))

    @property
    def temporary(self) -> Path:
        """The folder for temporary files of processes."""
        place = self.folder / "temporary"
        place.mkdir(exist_ok=True)
        return place

    def settle(self) -> None:
        """Have the ``PLACES`` in the database: loaded by the command once in a test process, then copied."""
        database = self.folder / "hearings.db"
        if self._settled.exists():
            shutil.copy(self._settled, database)
            return
        loaded = self("places", "load", self.write("places.csv", PLACES))
        assert loaded.code == 0
        shutil.copy(database, self._settled)

    def write(self, name: str, content: str | bytes) -> str:
        """Put a file into the folder; its name."""
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)
        return name


SETTINGS = frozenset(each.name.upper() for each in fields(Settings))


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a database with the ``PLACES`` lies as soon as there is one."""
    return tmp_path_factory.mktemp("settled") / "hearings.db"


@pytest.fixture
def shell(tmp_path: Path, settled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """An empty folder, no settings in the environment; the log is afterwards what it was."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield Shell(tmp_path, settled)
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


@asynccontextmanager
async def telegram_at_hand() -> AsyncIterator[tuple[Telegram, str]]:
    """A Telegram over HTTP that knows ``TOKEN``, and its address."""
    telegram = Telegram(clock=SystemClock(), token=TOKEN)
    runner = web.AppRunner(application(telegram), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield telegram, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def silent_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
    return port
