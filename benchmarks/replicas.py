"""Several processes on PostgreSQL behind a webhook: votes a second, and how long a press waits, beside one process.

The reference is one process on the same database and behind the same webhook. Every answered press is counted
afterwards. On two cores the server that presses, PostgreSQL and the processes share both: more processes can at best
do as much as one.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import psutil

import storage
from benchmarks import postgresql, runs, town
from benchmarks.hooked import SECRET
from benchmarks.report import Measure, show
from benchmarks.runs import Line, Order
from bot.app import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.town import Town

WARM: Final = 50
PRESSES: Final = 3_000
RATES: Final = ((50, 8), (100, 4))
"""Presses a second, and for how many seconds."""
CONNECTED: Final = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'hearing-bot%'"


class Lost(Exception):
    """A press was answered and not counted."""


class Replicas:
    """Runs on one server; ``scale`` 1 is the real size."""

    def __init__(self, server: str, folder: Path, scale: float) -> None:
        self._server = server
        self._presses = max(20, round(PRESSES * scale))
        self._rates = [(rate, max(20, round(rate * seconds * scale))) for rate, seconds in RATES]
        people = WARM + self._presses + sum(presses for _, presses in self._rates)
        self._town: Town = town.make(folder / "town.db", residents=people)
        self._made = 0
        self._whole = postgresql.create(server, "hearings_whole")
        now = SystemClock().now()
        asyncio.run(storage.move(self._town.url, self._whole, now=now, progress=lambda *_: None))

    def close(self) -> None:
        """Remove the databases."""
        postgresql.drop(self._server, "hearings_whole")

    def measured(self, processes: int) -> dict[str, Any]:
        """Votes a second, waits by rate in milliseconds, connections; raises Lost."""
        self._made += 1
        name = f"hearings_{self._made}"
        url = postgresql.create(self._server, name, of="hearings_whole")
        try:
            with several(url, processes) as line:
                runs.warm(line, Order(WARM, 1, self._town.press))
                first = WARM + 1
                found: dict[str, Any] = {}
                for rate, presses in self._rates:
                    seen = line.send(Order(presses, first, self._town.press, rate, 40.0))
                    found |= {f"p{part} at {rate}/s": seen[f"p{part}_ms"] for part in (50, 99)}
                    first += presses
                used = line.seconds()
                whole = line.send(Order(self._presses, first, self._town.press, None, 60.0))
                found |= {"votes/s": runs.rate(whole), "cpu ms a vote": (line.seconds() - used) / self._presses * 1e3}
                found["connections"] = postgresql.value(url, CONNECTED)
            asked = first + self._presses - 1
            if (counted := postgresql.value(url, "SELECT count(*) FROM votes")) != asked:
                raise Lost(f"{counted} votes for {asked} presses")
        finally:
            postgresql.drop(self._server, name)
        return found


class Processes(Line):
    """The line to a server and all processes that it posts to."""

    def __init__(self, server: Any, bots: Sequence[psutil.Process]) -> None:
        super().__init__(server, bots[0])
        self._bots = bots

    def seconds(self) -> float:
        """Processor time that all of them have used so far."""
        return sum(times.user + times.system for times in (bot.cpu_times() for bot in self._bots))


@contextmanager
def several(url: str, processes: int) -> Iterator[Processes]:
    """So many processes behind one webhook, each ready; the fast server posts to them in turn."""
    ports = _free_ports(processes)
    with ExitStack() as stack:
        command = [sys.executable, "-m", "benchmarks.hooked", *map(str, ports)]
        server = stack.enter_context(runs.started(command, **runs.PIPES))
        assert server.stdout is not None
        settings = {
            "BOT_TOKEN": runs.TOKEN,
            "DATABASE_URL": url,
            "LOG_LEVEL": "ERROR",
            "TELEGRAM_API_URL": f"http://127.0.0.1:{server.stdout.readline().strip()}",
            "WEBHOOK_URL": "http://127.0.0.1:9/hook",
            "WEBHOOK_SECRET": SECRET,
        }
        bots = []
        for port in ports:
            environment = {**os.environ, **settings, "LISTEN": f"127.0.0.1:{port}"}
            bot = stack.enter_context(runs.started([sys.executable, "-m", "benchmarks.unpaced"], env=environment))
            bots.append(psutil.Process(bot.pid))
            _wait_for(port)
        yield Processes(server, bots)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait_for(port: int) -> None:
    """Return when a process listens."""
    until = time.monotonic() + runs.START
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


def _compared(found: dict[int, list[dict[str, Any]]], processes: int) -> list[Measure]:
    def middle(of: int, name: str) -> float:
        return float(median(each[name] for each in found[of]))

    facts = {str(of): {name: round(middle(of, name), 2) for name in found[of][0]} for of in found}
    votes, alone = middle(processes, "votes/s"), middle(1, "votes/s")
    name = f"p50 at {RATES[0][0]}/s"
    wait, reference = middle(processes, name), middle(1, name)
    return [
        Measure(
            f"votes of {processes} processes", votes, alone, votes / alone, "votes/s", at_least=0.85, details=facts
        ),
        Measure(f"press to toast, {processes} processes", wait, reference, wait / reference, "ms", at_most=2.0),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="presses, 1 is the real size")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--server", help="a PostgreSQL server on which databases may be made; else one of our own")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, postgresql.server(given.server) as server:
        replicas = Replicas(server, Path(folder), given.scale)
        found: dict[int, list[dict[str, Any]]] = {1: [], given.processes: []}
        try:
            for _ in range(given.rounds):
                for processes, results in found.items():
                    results.append(replicas.measured(processes))
        finally:
            replicas.close()
        show("replicas", *_compared(found, given.processes))


if __name__ == "__main__":
    main()
