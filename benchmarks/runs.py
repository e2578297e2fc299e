"""Processes under measurement: the fast Bot API server, our bot, and the reference bot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import psutil

from bot.begin import IN_SMALL_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TOKEN = "42:benchmark-benchmark-benchmark"
PIPES: Final[dict[str, Any]] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
BEGUN: Final = dict([IN_SMALL_PAGES])
"""What the program's first step settles: a bot that is begun otherwise has it from here."""
LIMITED_ALONE: Final = ("more", "each")
START = 20.0
"""Seconds a bot has to begin polling and answer its first presses."""


@dataclass(frozen=True)
class Order:
    """Presses for a server to make; see ``benchmarks.telegram``."""

    presses: int
    first: int
    data: str
    rate: float | None = None
    patience: float = 60.0
    file: str | None = None
    """Somebody else, ``sender``, sends it meanwhile, and presses ``then`` under what comes for it."""
    sender: int = 0
    then: str = ""
    more: tuple[str, ...] = ()
    """Further buttons, pressed in turn with that of ``data``; the limited server alone knows them."""
    each: bool = False
    """Tell every wait for a toast, in milliseconds; the limited server alone does."""


class Line:
    """A running server and the bot that polls it."""

    def __init__(self, server: subprocess.Popen[str], bot: psutil.Process) -> None:
        self._server = server
        self._bot = bot

    @property
    def process(self) -> psutil.Process:
        """The bot's own process."""
        return self._bot

    def send(self, order: Order) -> dict[str, Any]:
        """Make the presses; what the server saw of the answers."""
        told = asdict(order)
        return ask(self._server, {name: told[name] for name in told if told[name] or name not in LIMITED_ALONE})

    def seen(self, *, forget: bool = False) -> dict[str, Any]:
        """What the limited server has counted since it was told to ``forget``."""
        return ask(self._server, {"forget": forget})

    def hall(self, order: dict[str, Any]) -> dict[str, Any]:
        """What the phones in a hall saw; see ``benchmarks.hall_phones``."""
        return ask(self._server, order)

    def peak(self) -> float:
        """The most memory the bot has had so far, in megabytes (10**6 bytes)."""
        status = Path(f"/proc/{self._bot.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024 / 1e6

    def seconds(self) -> float:
        """Processor time the bot has used so far."""
        times = self._bot.cpu_times()
        return times.user + times.system

    def seconds_of_children(self) -> float:
        """Processor time that the processes have used so far which the bot has begun and which run now."""
        used = 0.0
        for child in self._bot.children():
            with suppress(psutil.NoSuchProcess):
                times = child.cpu_times()
                used += times.user + times.system
        return used


class Watched(Line):
    """A line to the limited server, whose bot tells how it fared."""

    def __init__(self, server: subprocess.Popen[str], bot: subprocess.Popen[str]) -> None:
        super().__init__(server, psutil.Process(bot.pid))
        self._watched = bot

    def flood(self, order: Order, texts: int) -> dict[str, Any]:
        """The same presses as ``send``, while somebody else sends so many texts at once."""
        return ask(self._server, {**asdict(order), "texts": texts})

    def flooded(self, patience: float) -> dict[str, Any]:
        """What that person was sent."""
        return ask(self._server, {"flooder": True, "patience": patience})

    def fared(self) -> dict[str, Any]:
        """Since this was asked last: see ``benchmarks.watched``."""
        return ask(self._watched, {})


def ask(process: subprocess.Popen[str], order: dict[str, Any]) -> dict[str, Any]:
    """One line in, one line out."""
    tell(process, order)
    return said(process)


def tell(process: subprocess.Popen[str], order: dict[str, Any]) -> None:
    """One line in; ``said`` has what comes out."""
    assert process.stdin is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()


def said(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The next line that comes out."""
    assert process.stdout is not None
    result: dict[str, Any] = json.loads(process.stdout.readline())
    return result


@contextmanager
def ours(database: Path, *, latency: float = 0.0, more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Line]:
    """``hearing-bot run`` without the cap of thirty messages a second, on a database that has its residents.

    ``more`` are settings.
    """
    command = [sys.executable, "-m", "benchmarks.unpaced"]
    with _line(command, {**settings(database), **BEGUN, **more}, latency=latency, api="TELEGRAM_API_URL") as line:
        yield line


@contextmanager
def shipped(database: Path, *, latency: float = 0.0) -> Iterator[Line]:
    """``hearing-bot run`` as it is, with its caps: its screens wait for their turn."""
    command = [sys.executable, "-m", "bot", "run"]
    with _line(command, settings(database), latency=latency, api="TELEGRAM_API_URL") as line:
        yield line


@contextmanager
def ours_limited(
    database: Path, *, people: int, latency: float, overall: int = 30, answers: int = 200
) -> Iterator[Watched]:
    """The same, watched, against the simulator with Telegram's limits; it is noon where the people live.

    ``overall`` messages a second are taken over all chats, 0: any number. ``answers`` is ``ANSWERS_PER_SECOND``.
    """
    noon_there = {**settings(database), **BEGUN, "TIMEZONE": noon(), "ANSWERS_PER_SECOND": str(answers)}
    with _limited(people, latency, overall) as (server, address):
        environment = {**os.environ, **noon_there, "TELEGRAM_API_URL": address}
        with started([sys.executable, "-m", "benchmarks.watched"], **PIPES, env=environment) as bot:
            yield Watched(server, bot)


@contextmanager
def limiter(*, people: int, latency: float) -> Iterator[Line]:
    """The reference bot with AIORateLimiter, against the same simulator."""
    with _limited(people, latency) as (server, address):
        command = [sys.executable, "-m", "benchmarks.reference", address, "--people", str(people)]
        with started(command) as bot:
            yield Line(server, psutil.Process(bot.pid))


@contextmanager
def _limited(people: int, latency: float, overall: int = 30) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "benchmarks.limited", "--people", str(people), "--latency", str(latency)]
    command += ["--overall", str(overall)]
    with started(command, **PIPES) as server:
        assert server.stdout is not None
        yield server, f"http://127.0.0.1:{server.stdout.readline().strip()}"


def noon() -> str:
    """A time zone in which it is about noon now, so that no notice waits for the morning."""
    hours = datetime.now(UTC).hour - 12
    return f"Etc/GMT{hours:+d}" if hours else "Etc/GMT"


def settings(database: Path) -> dict[str, str]:
    """What a bot over that file is told."""
    return {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": f"sqlite:///{database}",
        "LISTEN": "127.0.0.1:0",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def theirs(*, latency: float = 0.0, concurrent: int = 0) -> Iterator[Line]:
    """The reference bot."""
    command = [sys.executable, "-m", "benchmarks.reference", "--concurrent", str(concurrent)]
    with _line(command, {}, latency=latency, api=None) as line:
        yield line


@contextmanager
def bare(command: Sequence[str], folder: Path, *, latency: float) -> Iterator[Line]:
    """A bot of another library, run in that folder; its address comes behind the command."""
    with _line(command, {}, latency=latency, api=None, cwd=folder) as line:
        yield line


@contextmanager
def _line(
    command: Sequence[str], told: dict[str, str], *, latency: float, api: str | None, cwd: Path | None = None
) -> Iterator[Line]:
    with ExitStack() as stack:
        server = stack.enter_context(
            started([sys.executable, "-m", "benchmarks.telegram", "--latency", str(latency)], **PIPES)
        )
        assert server.stdout is not None
        address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        where = {api: address} if api else {}
        full = [*command] if api else [*command, address]
        bot = stack.enter_context(started(full, env={**os.environ, **told, **where}, cwd=cwd))
        yield Line(server, psutil.Process(bot.pid))


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process meanwhile: ended, and killed where it does not end within ten seconds."""
    begun = subprocess.Popen(command, **options)
    try:
        yield begun
    finally:
        begun.terminate()
        try:
            begun.wait(10)
        except subprocess.TimeoutExpired:
            begun.kill()
            begun.wait()
        for pipe in (begun.stdin, begun.stdout):
            if pipe is not None:
                pipe.close()


def rate(result: dict[str, Any]) -> float:
    """People answered and shown their screen, per second."""
    done = min(result["answered"], result["edited"])
    return done / result["seconds"] if done else 0.0


def warm(line: Line, order: Order) -> None:
    """A few presses first, so that nobody is measured while still starting; RuntimeError if they are not answered."""
    begun = time.monotonic()
    result = line.send(order)
    if result["edited"] < order.presses:
        raise RuntimeError(f"the bot did not start within {time.monotonic() - begun:.0f} s: {result}")
