"""Votes: how many presses a second, how long a press waits, and how much memory a backlog takes.

The reference is python-telegram-bot as it comes, which stores nothing: it answers and edits. Ours is ``hearing-bot
run`` on a real file, each vote synced to the disk before its answer; neither keeps to Telegram's thirty messages a
second, but for the part ``shipped``. That every vote was counted is checked afterwards.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks import runs, town
from benchmarks.report import Measure, show
from benchmarks.runs import Order
from benchmarks.telegram import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.runs import Line
    from benchmarks.town import Town

LATENCY: Final = 0.05
RATES: Final = ((50, 6), (100, 3), (200, 3), (400, 2))
"""Presses a second, and for how many seconds."""
WARM: Final = 100


class Lost(Exception):
    """A press was answered and not counted."""


class Votes:
    """One run of everything in a temporary folder; ``scale`` 1 is the real size."""

    def __init__(self, folder: Path, scale: float) -> None:
        self._folder = folder
        self._scale = scale
        self._presses = self._size(3_000)
        self._backlog = self._size(20_000)
        self._warm = self._size(WARM)
        self._town = town.make(folder / "town.db", residents=self._warm + max(self._presses, self._backlog))
        self._copies = 0

    def _size(self, presses: int) -> int:
        return max(5, round(presses * self._scale))

    def _fresh(self) -> Town:
        self._copies += 1
        return town.copy(self._town, self._folder / f"copy-{self._copies}.db")

    def _warmed(self, line: Line) -> Line:
        runs.warm(line, Order(self._warm, 1, self._town.press))
        return line

    def _order(self, presses: int, *, first: int = 0, rate: float | None = None, patience: float = 40.0) -> Order:
        return Order(presses, self._warm + 1 + first, self._town.press, rate, patience)

    def _ours(
        self, presses: int, *, latency: float = 0.0, patience: float = 40.0, capped: bool = False
    ) -> tuple[dict[str, Any], float]:
        """The result and the bot's peak memory; raises Lost."""
        fresh = self._fresh()
        with (runs.shipped if capped else runs.ours)(fresh.path, latency=latency) as line:
            result = self._warmed(line).send(self._order(presses, patience=patience))
            peak = line.peak()
        if (counted := _counted(fresh)) < result["answered"] + self._warm:
            raise Lost(f"{counted} votes for {result['answered'] + self._warm} answers")
        return result, peak

    def _theirs(self, presses: int, *, latency: float = 0.0, concurrent: int = 0, patience: float = 40.0) -> float:
        with runs.theirs(latency=latency, concurrent=concurrent) as line:
            return runs.rate(self._warmed(line).send(self._order(presses, patience=patience)))

    @property
    def folder(self) -> Path:
        """Where everything lies."""
        return self._folder

    @property
    def press(self) -> str:
        """What everybody presses."""
        return self._town.press

    def rate(self, latency: float) -> float:
        """Ours, presses a second, all at once."""
        return runs.rate(self._ours(self._presses, latency=latency)[0])

    def rate_of(self, line: Line) -> float:
        """The same of another bot."""
        return runs.rate(self._warmed(line).send(self._order(self._presses)))

    def throughput(self, rounds: int) -> Measure:
        """All presses at once, no network."""
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(runs.rate(self._ours(self._presses)[0]))
            theirs.append(self._theirs(self._presses))
        mine, reference = median(ours), median(theirs)
        details = {"reference": "python-telegram-bot, defaults", "ours": _rounded(ours), "theirs": _rounded(theirs)}
        return Measure("throughput", mine, reference, mine / reference, "presses/s", at_least=2.0, details=details)

    def network(self, rounds: int) -> Measure:
        """All presses at once, each call 50 ms."""
        ours, theirs = [], []
        for _ in range(max(1, rounds - 1)):
            ours.append(runs.rate(self._ours(self._presses, latency=LATENCY)[0]))
            theirs.append(self._theirs(self._presses, latency=LATENCY, concurrent=64, patience=10.0))
        mine, reference = median(ours), median(theirs)
        details = {"reference": "concurrent_updates=64", "ours": _rounded(ours), "theirs": _rounded(theirs)}
        return Measure(
            "50 ms of network", mine, reference, mine / reference, "presses/s", at_least=6.0, details=details
        )

    def arrivals(self, rounds: int) -> Measure:
        """Presses at a steady rate: how long each waits for its answer, in the median of the rounds."""
        waits: dict[str, dict[int, list[float]]] = {
            name: {rate: [] for rate, _ in RATES} for name in ("ours", "theirs")
        }
        for _ in range(rounds):
            with ExitStack() as stack:
                lines = {
                    "ours": self._warmed(stack.enter_context(runs.ours(self._fresh().path))),
                    "theirs": self._warmed(stack.enter_context(runs.theirs())),
                }
                self._arrive(lines, waits)
        p99 = {name: {rate: median(each) for rate, each in rates.items()} for name, rates in waits.items()}
        slow, fast = p99["ours"][50], p99["ours"][200]
        details = {
            f"{name} p99 ms": {str(rate): str(round(wait, 1)) for rate, wait in rates.items()}
            for name, rates in p99.items()
        }
        return Measure("p99 at 200/s to p99 at 50/s", fast, slow, fast / slow, "ms", at_most=5.0, details=details)

    def _arrive(self, lines: dict[str, Line], waits: dict[str, dict[int, list[float]]]) -> None:
        first = 0
        for rate, seconds in RATES:
            presses = self._size(rate * seconds)
            for name, line in lines.items():
                result = line.send(self._order(presses, first=first, rate=rate, patience=5.0))
                waits[name][rate].append(result["p99_ms"] if result["answered"] == presses else float("inf"))
            first += presses

    def backlog(self, _rounds: int) -> Measure:
        """Memory at its peak with 20,000 presses waiting, once."""
        result, peak = self._ours(self._backlog, patience=120.0)
        details = {"answered": result["answered"], "edited": result["edited"], "rate": round(runs.rate(result))}
        return Measure("memory with a backlog", peak, None, peak, "MB", at_most=200.0, details=details)

    def shipped(self, _rounds: int) -> Measure:
        """The same of the bot as it is shipped, whose screens wait their turn: after a night without network."""
        result, peak = self._ours(self._backlog, patience=240.0, capped=True)
        details = {"answered": result["answered"], "edited": result["edited"], "rate": round(runs.rate(result))}
        return Measure("memory with a backlog, as shipped", peak, None, peak, "MB", at_most=200.0, details=details)


class Peers:
    """Bots of other libraries, installed apart, which answer and edit as the reference does and keep nothing."""

    def __init__(self, votes: Votes, python: str, node: Path) -> None:
        self._votes = votes
        here = Path(__file__).parent
        screens = votes.folder / "screens.json"
        screens.write_text(json.dumps({votes.press: {"text": TEXT}}), "utf-8")
        self._commands = {
            "telebot": ([python, "-P", str(here / "bare_bots.py"), "telebot", str(screens)], here),
            "grammY": (["node", str(here / "bare_grammy.mjs"), str(screens)], node),
        }

    def measures(self, rounds: int) -> list[Measure]:
        """Presses a second without a network and with 50 ms of it, all in turn; ours with each vote on the disk."""
        found = []
        for latency in (0.0, LATENCY):
            rates: dict[str, list[float]] = {name: [] for name in ("ours", *self._commands)}
            for _ in range(rounds):
                rates["ours"].append(self._votes.rate(latency))
                for name, (command, folder) in self._commands.items():
                    with runs.bare(command, folder, latency=latency) as line:
                        rates[name].append(self._votes.rate_of(line))
            mine = median(rates["ours"])
            for name in self._commands:
                reference, details = median(rates[name]), {each: _rounded(all_) for each, all_ in rates.items()}
                what = f"{name}, {latency * 1000:.0f} ms of network"
                # grammY without a network is told and not demanded: its engine is another one
                least = 0.0 if name == "grammY" and not latency else 1.0
                found.append(
                    Measure(what, mine, reference, mine / reference, "presses/s", at_least=least, details=details)
                )
        return found


def _rounded(rates: list[float]) -> list[int]:
    return [round(rate) for rate in rates]


def _counted(place: Town) -> int:
    with closing(sqlite3.connect(place.path)) as file:
        (votes,) = file.execute("SELECT count(*) FROM votes").fetchone()
        (voters,) = file.execute("SELECT coalesce(sum(voters), 0) FROM rollup WHERE option_no = 0").fetchone()
    if votes != voters:
        raise Lost(f"{votes} votes, and {voters} in the rollup")
    return int(votes)


PARTS: Final[dict[str, Callable[[Votes, int], Measure]]] = {
    "throughput": Votes.throughput,
    "network": Votes.network,
    "arrivals": Votes.arrivals,
    "backlog": Votes.backlog,
    "shipped": Votes.shipped,
}


def main(
    scale: float = 1.0, rounds: int = 3, parts: Sequence[str] = tuple(PARTS), peers: tuple[str, Path] | None = None
) -> None:
    """Measure the parts and print the line; ``peers`` has a Python and a folder of node."""
    with tempfile.TemporaryDirectory() as folder:
        votes = Votes(Path(folder), scale)
        beside = Peers(votes, *peers).measures(rounds) if peers else []
        show("votes", *(PARTS[part](votes, rounds) for part in parts), *beside)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real size; smaller to try it out")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--parts", nargs="*", choices=PARTS, default=tuple(PARTS))
    arguments.add_argument("--peers", default="", help="a Python that has pyTelegramBotAPI, with --node")
    arguments.add_argument("--node", type=Path, help="a folder in which grammy and @grammyjs/runner are installed")
    given = arguments.parse_args()
    if bool(given.peers) != bool(given.node):
        arguments.error("--peers and --node go together")
    main(given.scale, given.rounds, given.parts, (given.peers, given.node.absolute()) if given.peers else None)
