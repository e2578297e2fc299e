"""What it costs to be there: memory and processor of a bot that nobody talks to, and how soon it asks for updates.

The reference is python-telegram-bot that polls and does nothing else, started in turn with ours, on the same server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import psutil

from benchmarks.report import Measure, show
from benchmarks.runs import settings
from benchmarks.telegram import Connection, Server

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE: Final = 60.0
"""Seconds that a bot has to ask for updates."""
OURS: Final = ("-m", "bot", "run")
REFERENCE: Final = ("-m", "benchmarks.reference")


@dataclass(frozen=True, slots=True)
class Being:
    """One process: seconds, also of the processor, to the first request for updates; then MB, and percent of a core."""

    asked_s: float
    asked_cpu_s: float
    rss_mb: float
    share_percent: float


class Listener(Server):
    """Answers every call, and knows when updates are asked for first."""

    def __init__(self) -> None:
        super().__init__(latency=0)
        self.asked = asyncio.Event()
        self.process: psutil.Process | None = None
        self.at = self.cpu = 0.0

    def expect(self, process: psutil.Process) -> None:
        """Wait for that process from now on."""
        self.asked.clear()
        self.process = process

    def serve(self, connection: Connection, method: bytes, body: bytes) -> None:
        """One call."""
        if method == b"getupdates" and self.process is not None and not self.asked.is_set():
            self.at, self.cpu = time.perf_counter(), used(self.process)
            self.asked.set()
        super().serve(connection, method, body)


def used(process: psutil.Process) -> float:
    """Seconds of the processor so far."""
    times = process.cpu_times()
    return times.user + times.system


async def be(listener: Listener, command: Sequence[str], environment: dict[str, str], idle: float) -> Being:
    """Start a bot, leave it alone for ``idle`` seconds, stop it."""
    begun = time.perf_counter()
    running = await asyncio.create_subprocess_exec(*command, env={**os.environ, **environment})
    process = psutil.Process(running.pid)
    listener.expect(process)
    try:
        async with asyncio.timeout(PATIENCE):
            await listener.asked.wait()
        await asyncio.sleep(min(idle, 1))  # what the start leaves behind
        before, since = used(process), time.perf_counter()
        await asyncio.sleep(max(0.0, idle - 1))
        share = (used(process) - before) / (time.perf_counter() - since) * 100
        rss = process.memory_info().rss / 1e6
    finally:
        running.terminate()
        await running.wait()
    return Being(listener.at - begun, listener.cpu, rss, share)


async def measured(given: argparse.Namespace, folder: Path) -> dict[str, list[Being]]:
    """Ours and the reference, in turn."""
    loop = asyncio.get_running_loop()
    listener = Listener()
    serving = await loop.create_server(lambda: Connection(listener), "127.0.0.1", 0)
    api = f"http://127.0.0.1:{serving.sockets[0].getsockname()[1]}"
    told = {**settings(given.database or folder / "hearings.db"), "TELEGRAM_API_URL": api}
    # as where it is installed: nothing is compiled at a start
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    ways = {
        "ours": ([given.python, *OURS], told | compiled),
        "reference": ([given.python, *REFERENCE, api], compiled),
    }
    figures: dict[str, list[Being]] = defaultdict(list)
    for command, environment in ways.values():
        await be(listener, command, environment, idle=0)  # makes the database, and compiles
    for _ in range(given.rounds):
        for name, (command, environment) in ways.items():
            figures[name].append(being := await be(listener, command, environment, given.idle))
            sys.stderr.write(f"{name} {json.dumps(rounded(being))}\n")
    serving.close()
    return figures


def rounded(being: Being) -> dict[str, float]:
    """The figures as they are printed."""
    return {name: round(getattr(being, name), 3) for name in Being.__slots__}


def main() -> None:
    """Measure and print the line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--idle", type=float, default=20.0, help="seconds that nobody talks to a bot")
    arguments.add_argument("--database", type=Path, help="a SQLite file of a bot; without it an empty one")
    arguments.add_argument("--python", default=sys.executable, help="of an environment that has the bot")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measured(given, Path(folder)))
    ours, reference = figures["ours"], figures["reference"]

    def least(name: str) -> tuple[float, float, float]:
        pair = [min(getattr(being, name) for being in beings) for beings in (ours, reference)]
        return pair[0], pair[1], pair[0] / pair[1]

    rss = [median(being.rss_mb for being in beings) for beings in (ours, reference)]
    share = median(being.share_percent for being in ours)
    waited = {"median_s": round(median(being.asked_s for being in ours), 2)}
    show(
        "startup",
        Measure("idle memory", rss[0], rss[1], rss[0] / rss[1], "MB", at_most=2.6),
        Measure("first request for updates", *least("asked_s"), "s", at_most=4.5, details=waited),
        Measure("the same, of the processor", *least("asked_cpu_s"), "s", at_most=5),
        Measure("share of a core while idle", share, None, share, "%", at_most=0.5),
    )


if __name__ == "__main__":
    main()
