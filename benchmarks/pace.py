"""The pace of answers: how many screens a second leave the real process where Telegram takes so many in all.

The reference is what the simulator takes, enforced as Telegram does. People press at 1.3 times that rate until the
pace is found, and on; counted are the screens of the last seconds, and what was refused then. Presses of which no
toast has come are a failure of their own.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks import runs, town
from benchmarks.report import Measure, show
from benchmarks.runs import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMITS: Final = (30, 60, 100)
"""Messages a second over all chats."""
SETTLED: Final = 20.0
MEASURED: Final = 15.0
"""Seconds."""
WARM: Final = 5


class Pace:
    """Runs in a temporary folder; ``scale`` 1 is the real length, ``latency`` in seconds a call."""

    def __init__(self, folder: Path, scale: float, latency: float) -> None:
        self._folder = folder
        self._scale = scale
        self._latency = latency

    def measures(self, limit: int) -> list[Measure]:
        """Screens a second, refusals and the slowest toasts, where Telegram takes ``limit`` in all."""
        settle, measured = (max(3, round(1.3 * limit * seconds * self._scale)) for seconds in (SETTLED, MEASURED))
        people = WARM + settle + measured
        place = town.make(self._folder / f"{limit}.db", residents=people + 1)
        with runs.ours_limited(place.path, people=people, latency=self._latency, overall=limit) as line:
            line.send(Order(WARM, 0, place.press, 5.0, 30.0))
            first = line.send(Order(settle, WARM, place.press, 1.3 * limit, 0.1))
            line.seen(forget=True)
            last = line.send(Order(measured, WARM + settle, place.press, 1.3 * limit, 0.1))
            seen = line.seen()
        return list(self._compared(limit, measured / (1.3 * limit), seen, (first, last)))

    def _compared(
        self, limit: int, seconds: float, seen: dict[str, Any], waits: tuple[dict[str, Any], ...]
    ) -> Sequence[Measure]:
        rate = (seen["calls"] - seen["refused"]) / seconds
        facts = {
            "presses a second": round(1.3 * limit),
            "latency_ms": self._latency * 1000,
            "toasts": waits[-1]["toast"],
        }
        refused = seen["refused"] / max(1, seen["calls"])
        return (
            Measure(f"screens of {limit} a second", rate, limit, rate / limit, "/s", at_least=0.9, details=facts),
            Measure(f"refused of {limit} a second", refused, None, refused, "of all", at_most=0.01),
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="seconds, 1 is the real length")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds that a call takes on its way")
    parser.add_argument("--limits", type=int, nargs="+", default=LIMITS)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        pace = Pace(Path(folder), given.scale, given.latency)
        show("pace", *(measure for limit in given.limits for measure in pace.measures(limit)))


if __name__ == "__main__":
    main()
