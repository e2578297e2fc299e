"""The pace of answers: how many screens a second leave the real process where Telegram takes so many in all.

The reference is what the simulator takes, enforced as Telegram does: 30, 60, 100 or 300 a second, or any number (0);
``ANSWERS_PER_SECOND`` is 200, and 400 where it takes 300. People press at 1.3 times the smaller of both until the pace
is found, and on; counted are the screens of the last seconds, and what was refused then.

The part ``crowd`` is the bot as it is shipped against a fast server: 27,000 people press at once, each has to have the
toast while Telegram keeps the press, 150 seconds; the part ``memory`` is what 20,000 take that wait.

The figures are printed on stderr as a table too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks import runs, town
from benchmarks.report import Measure, show
from benchmarks.runs import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PARTS: Final = ("limits", "crowd", "memory")
LIMITS: Final = (30, 60, 100, 300, 0)
"""Messages a second over all chats; 0: any number."""
ANSWERS: Final = {300: 400}
ANSWERS_ELSE: Final = 200
"""``ANSWERS_PER_SECOND``, by the limit."""
SETTLED: Final = 20.0
MEASURED: Final = 15.0
"""Seconds."""
WARM: Final = 5
CROWD: Final = 27_000
WAITING: Final = 20_000
PRESS_LASTS: Final = 150.0
"""Seconds for which Telegram keeps a press."""
LONGEST: Final = 400.0
"""Seconds until everybody has a screen, at most."""


class Pace:
    """Runs in a temporary folder; ``scale`` 1 is the real length, ``latency`` in seconds a call."""

    def __init__(self, folder: Path, scale: float, latency: float) -> None:
        self._folder = folder
        self._scale = scale
        self._latency = latency

    def limits(self, limits: Sequence[int]) -> list[Measure]:
        """What leaves under each limit."""
        return [measure for limit in limits for measure in self._under(limit)]

    def _under(self, limit: int) -> Sequence[Measure]:
        """Screens a second, refusals and the slowest toasts, where Telegram takes ``limit`` in all."""
        most = ANSWERS.get(limit, ANSWERS_ELSE)
        taken = min(limit or most, most)
        rate = 1.3 * taken
        settle, measured = (max(3, round(rate * seconds * self._scale)) for seconds in (SETTLED, MEASURED))
        people = WARM + settle + measured
        place = town.make(self._folder / f"{limit}.db", residents=people + 1)
        with runs.ours_limited(place.path, people=people, latency=self._latency, overall=limit, answers=most) as line:
            line.send(Order(WARM, 0, place.press, 5.0, 30.0))
            line.send(Order(settle, WARM, place.press, rate, 0.1))
            line.seen(forget=True)
            last = line.send(Order(measured, WARM + settle, place.press, rate, 0.1))
            seen = line.seen()
        return self._compared(f"{limit or 'any number'}", taken, measured / rate, seen, last)

    def _compared(
        self, limit: str, taken: int, seconds: float, seen: dict[str, Any], last: dict[str, Any]
    ) -> Sequence[Measure]:
        rate = (seen["calls"] - seen["refused"]) / seconds
        facts = {
            "presses a second": round(1.3 * taken),
            "latency_ms": self._latency * 1000,
            "toasts": last["toast"],
        }
        refused = seen["refused"] / max(1, seen["calls"])
        return (
            Measure(f"screens, taken {limit}", rate, taken, rate / taken, "/s", at_least=0.9, details=facts),
            Measure(f"refused, taken {limit}", refused, None, refused, "of all", at_most=0.01),
        )

    def crowd(self) -> list[Measure]:
        """The share of a crowd without a toast in time, where all press at once."""
        presses = max(5, round(CROWD * self._scale))
        result, _ = self._shipped(presses)
        missed = presses - result["answered"] if (result["p100_ms"] or 0) <= PRESS_LASTS * 1000 else presses
        facts = {name: result[name] for name in ("presses", "answered", "edited", "p50_ms", "p99_ms", "p100_ms")}
        return [
            Measure(
                f"{presses:,} press at once: without a toast within 150 s",
                missed,
                None,
                missed,
                "presses",
                at_most=0,
                details=facts,
            )
        ]

    def memory(self) -> list[Measure]:
        """The most memory of the bot as it is shipped with 20,000 waiting, to what it has before."""
        presses = max(5, round(WAITING * self._scale))
        result, (idle, peak) = self._shipped(presses)
        facts = {"answered": result["answered"], "edited": result["edited"], "to idle": round(peak / idle, 2)}
        return [Measure(f"memory with {presses:,} waiting", peak, idle, peak, "MB", at_most=200.0, details=facts)]

    def _shipped(self, presses: int) -> tuple[dict[str, Any], tuple[float, float]]:
        """What the server saw, and the bot's memory at its peak before and after."""
        place = town.make(self._folder / f"shipped-{presses}.db", residents=presses + WARM + 1)
        with runs.shipped(place.path) as line:
            runs.warm(line, Order(WARM, 1, place.press))
            before = line.peak()
            result = line.send(Order(presses, 1 + WARM, place.press, patience=LONGEST))
            return result, (before, line.peak())


def told(measures: Sequence[Measure]) -> None:
    """Print the table on stderr."""
    out = sys.stderr
    print("\n| measure | ours | reference | ratio | kept |\n|---|---|---|---|---|", file=out)
    for measure in measures:
        reference = "" if measure.reference is None else f"{measure.reference:.4g}"
        kept = "yes" if measure.passed else "**no**"
        ours = f"{measure.ours:.4g} {measure.unit}"
        print(f"| {measure.name} | {ours} | {reference} | {measure.ratio:.3g} | {kept} |", file=out)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table and the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="seconds and people, 1 is the real size")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds that a call takes on its way")
    parser.add_argument("--limits", type=int, nargs="+", default=LIMITS, help="messages a second, 0: any number")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        pace = Pace(Path(folder), given.scale, given.latency)
        parts: dict[str, Callable[[], list[Measure]]] = {
            "limits": lambda: pace.limits(given.limits),
            "crowd": pace.crowd,
            "memory": pace.memory,
        }
        measures = [measure for part in given.parts for measure in parts[part]()]
        told(measures)
        show("pace", *measures)


if __name__ == "__main__":
    main()
