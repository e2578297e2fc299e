"""A flood: how long others wait for their toasts while one person sends a thousand texts at once.

The reference are the same presses of other people without the flood, in the same run and in turn with it. Telegram's
limits are kept, as in ``broadcast``. Afterwards nothing may wait, in Telegram's queue or in the inbox.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks import runs, town
from benchmarks.report import Measure, show
from benchmarks.runs import Order
from bot.domain.unsent import UNSENT_KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.runs import Watched
    from benchmarks.town import Town

TEXTS: Final = 1_000
RATE: Final = 20.0
"""Presses a second of the others: with their screens below Telegram's limit."""
WARM: Final = 20
PATIENCE: Final = 120.0
DEMANDED_MS: Final = 300.0
"""The 99th percentile of the others."""


class Flood:
    """Rounds in a temporary folder; ``scale`` 1 is the real size, ``latency`` in seconds a call."""

    def __init__(self, folder: Path, scale: float, latency: float) -> None:
        self._folder = folder
        self._latency = latency
        self._texts = max(5, round(TEXTS * scale))
        self._presses = max(5, round(200 * scale))
        self.calm: list[dict[str, Any]] = []
        self.flooded: list[dict[str, Any]] = []
        self.answers: list[int] = []
        self.seconds: list[float] = []

    def round(self, number: int) -> None:
        """The presses alone, then the same with the flood, over one new file."""
        people = WARM + 2 * self._presses
        place = town.make(self._folder / f"{number}.db", residents=people + 1)
        with runs.ours_limited(place.path, people=people, latency=self._latency) as line:
            warmed = line.send(Order(WARM, 0, place.press, 10.0, 30.0))["screen"]["seen"]
            if warmed < WARM:
                raise RuntimeError(f"the bot did not start: {warmed} of {WARM} screens")
            self.calm.append(line.send(Order(self._presses, WARM, place.press, RATE, PATIENCE)))
            begun = time.perf_counter()
            order = Order(self._presses, WARM + self._presses, place.press, RATE, PATIENCE)
            self.flooded.append(line.flood(order, self._texts))
            self._ended(place, line, begun)

    def _ended(self, place: Town, line: Watched, begun: float) -> None:
        deadline = time.perf_counter() + PATIENCE
        while waiting := _waiting(place):
            if time.perf_counter() > deadline:
                raise RuntimeError(f"{waiting} updates still wait in the inbox")
            time.sleep(0.05)
        self.seconds.append(round(time.perf_counter() - begun, 1))
        told = line.flooded(PATIENCE)
        if told["unconfirmed"]:
            raise RuntimeError(f"{told['unconfirmed']} updates were never confirmed")
        self.answers.append(told["answers"])

    def measures(self) -> list[Measure]:
        """Medians of the rounds; the answers to the flooder are the most in one."""
        facts = {"texts": self._texts, "presses": self._presses, "latency_ms": self._latency * 1000}
        half = self._compared("p50 of others' toasts", 50, facts)
        slowest = self._waits(self.flooded, 99)
        seen = {"without the flood": self._waits(self.calm, 99), "flooded": self.flooded, "calm": self.calm}
        name, told_of = "p99 of others' toasts", {**facts, **seen}
        limit = Measure(name, slowest, None, slowest, "ms", at_most=DEMANDED_MS, details=told_of)
        most = max(self.answers)
        told = {"answers": self.answers, "seconds until all were handled": self.seconds}
        return [
            half,
            limit,
            Measure("answers to the flood", most, None, most, "messages", at_most=2 + UNSENT_KEPT, details=told),
        ]

    def _compared(self, name: str, part: int, facts: dict[str, Any]) -> Measure:
        ours, reference = self._waits(self.flooded, part), self._waits(self.calm, part)
        return Measure(name, ours, reference, ours / reference, "ms", at_most=3.0, details=facts)

    def _waits(self, results: list[dict[str, Any]], part: int) -> float:
        whole = (each["toast"]["seen"] == self._presses for each in results)
        return median(each["toast"][f"p{part}_ms"] for each in results) if all(whole) else float("inf")


def _waiting(place: Town) -> int:
    with closing(sqlite3.connect(place.path)) as file:
        return int(file.execute("SELECT count(*) FROM inbox").fetchone()[0])


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="texts and presses, 1 is the real size")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that a call takes on its way")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        flood = Flood(Path(folder), given.scale, given.latency)
        for number in range(given.rounds):
            flood.round(number)
        show("flood", *flood.measures())


if __name__ == "__main__":
    main()
