"""A broadcast: how near it comes to Telegram's limit without passing it, and what presses notice of it.

The simulator sets Telegram's limits and counts, in a process of its own and 50 ms away. The same broadcast is sent with
python-telegram-bot's AIORateLimiter as it comes. Then 100,000 people are written to, as far as the rows go.
Exits with 1 when a limit is missed at the real size.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks import runs, town
from benchmarks.report import Measure, show
from benchmarks.runs import Order
from bot.app import SystemClock, wire
from bot.cli import COMMAND_LINE
from handlers.outgoing.answer_pace import BULK_A_SECOND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.runs import Line, Watched
    from benchmarks.town import Town

LATENCY: Final = 0.05
CAP: Final = BULK_A_SECOND
PATIENCE: Final = 10.0
SHARE: Final = 0.97
BLOCKED_MS: Final = 50.0
GROWTH_MB: Final = 50.0


class Broadcast:
    """Everything in a temporary folder; ``scale`` 1 is the real size, ``latency`` in seconds a call."""

    def __init__(self, folder: Path, scale: float, latency: float) -> None:
        self._folder = folder
        self._scale = scale
        self._latency = latency
        self._warm = self._size(20)

    def _size(self, real: int) -> int:
        return max(5, round(real * self._scale))

    def _warmed(self, line: Line, data: str) -> None:
        order = Order(self._warm, 0, data, 10.0, 30.0)
        if (shown := line.send(order)["screen"]["seen"]) < self._warm:
            raise RuntimeError(f"the bot did not start: {shown} of {self._warm} screens")

    def paced(self) -> list[Measure]:
        """3,000 notices while people press, beside the same presses before it."""
        people, quiet, busy = self._size(3_000), self._size(200), self._size(360)
        place = town.make(self._folder / "paced.db", residents=people)
        with runs.ours_limited(place.path, people=people, latency=self._latency) as line:
            self._warmed(line, place.press)
            before = line.send(Order(quiet, self._warm, place.press, 4.0, PATIENCE))
            line.seen(forget=True)
            publish(place)
            during = line.send(Order(busy, self._warm + quiet, place.press, 4.0, PATIENCE))
            until(lambda: settled(place), within=60 + people / 20)
            seen = line.seen()
        told = delivered(place)
        facts = {**seen, "delivered": told, "people": people, "latency_ms": self._latency * 1000}
        return [
            Measure("mean rate to the cap", seen["rate"], CAP, seen["rate"] / CAP, "calls/s", SHARE, details=facts),
            _most("most in a sliding second", seen["most_in_a_second"], CAP),
            _most("refusals earned", seen["refused"], 0),
            _most("people without their notice", people - told, 0),
            _presses("toast", before, during),
            _presses("screen", before, during),
        ]

    def limiter(self) -> list[Measure]:
        """AIORateLimiter with all messages started at once: nothing is demanded of it."""
        return [self._reference("AIORateLimiter, all at once", "all", self._size(3_000), self._size(320))]

    def loop(self) -> list[Measure]:
        """AIORateLimiter with one message after another."""
        return [self._reference("AIORateLimiter, one after another", "each", self._size(600), self._size(100))]

    def _reference(self, name: str, how: str, people: int, presses: int) -> Measure:
        with runs.limiter(people=people, latency=self._latency) as line:
            self._warmed(line, "press")
            before = line.send(Order(self._size(40), self._warm, "press", 4.0, PATIENCE))
            line.seen(forget=True)
            line.send(Order(1, self._warm + self._size(40), how, 1.0, 0.0))
            during = line.send(Order(presses, self._warm + self._size(40) + 1, "press", 4.0, PATIENCE))
            until(lambda: line.seen()["tried"] >= people, within=60 + people / 5)
            seen = line.seen()
        lost = people - seen["new"]
        facts = {**seen, "people": people, "never written to": lost, "before": before, "during": during}
        return Measure(name, seen["rate"], CAP, seen["rate"] / CAP, "calls/s", at_least=0.0, details=facts)

    def spread(self) -> list[Measure]:
        """100,000 people: the secretary's transaction, the rows, the loop, the memory, and presses meanwhile."""
        people, presses = self._size(100_000), self._size(150)
        place = town.make(self._folder / "spread.db", residents=people)
        with runs.ours_limited(place.path, people=people, latency=self._latency) as line:
            self._warmed(line, place.press)
            line.fared()
            before = line.send(Order(presses, self._warm, place.press, 10.0, PATIENCE))
            calm = line.fared()
            published, spread, during = self._spread(place, line, presses)
            fared = line.fared()
        facts = {
            "people": people,
            "published_s": round(published, 4),
            "spread_s": round(spread, 1),
            **{name: {"before": before[name], "during": during[name]} for name in ("toast", "screen")},
        }
        return [
            Measure("growth of memory", fared["grown_mb"], None, fared["grown_mb"], "MB", None, GROWTH_MB, facts),
            Measure(
                "longest block of the loop",
                fared["most_late_ms"],
                calm["most_late_ms"],
                fared["most_late_ms"],
                "ms",
                at_most=BLOCKED_MS,
                details={"before": calm, "during": fared},
            ),
        ]

    def _spread(self, place: Town, line: Watched, presses: int) -> tuple[float, float, dict[str, Any]]:
        """Seconds to publish and until every row is written, and what pressers saw."""
        order = Order(presses, self._warm + presses, place.press, 10.0, PATIENCE)
        with ThreadPoolExecutor(1) as aside:
            begun = time.perf_counter()
            publish(place)
            published = time.perf_counter() - begun
            pressing = aside.submit(line.send, order)
            until(lambda: bool(value(place, "SELECT spread FROM broadcasts WHERE hearing_id = ?")), within=300)
            spread = time.perf_counter() - begun
            return published, spread, pressing.result()


def _most(name: str, figure: float, most: float) -> Measure:
    return Measure(name, figure, None, figure, "messages", at_most=most)


def _presses(what: str, before: dict[str, Any], during: dict[str, Any]) -> Measure:
    """The p99 of presses in a broadcast to that of presses before it; a press in vain counts as endless."""
    waits = []
    for each in (before, during):
        missed = each[what]["seen"] < each["presses"]
        waits.append(sys.float_info.max if missed else each[what]["p99_ms"])
    quiet, busy = waits
    details = {"before": before[what], "during": during[what]}
    return Measure(f"press to {what}, p99", busy, quiet, busy / quiet, "ms", at_most=1.5, details=details)


def publish(place: Town) -> None:
    """The secretary's act, as another process of the house does it."""
    asyncio.run(_publish(place))


async def _publish(place: Town) -> None:
    store = await town.opened(place)
    try:
        wired = wire(town.settings(place.url), store, SystemClock())
        await wired.announcements.publish(COMMAND_LINE, place.draft_id)
    finally:
        await store.close()


def value(place: Town, statement: str) -> int:
    """One number about the hearing that was published."""
    with closing(sqlite3.connect(f"file:{place.path}?mode=ro", uri=True)) as file:
        row = file.execute(statement, (place.draft_id,)).fetchone()
        return int(row[0]) if row else 0


def settled(place: Town) -> bool:
    """Nothing waits any more."""
    return bool(value(place, "SELECT settled FROM broadcasts WHERE hearing_id = ? AND kind = 'announced'"))


def delivered(place: Town) -> int:
    """Notices that have arrived, as the database knows."""
    return value(place, "SELECT count(*) FROM notices WHERE hearing_id = ? AND state = 'delivered'")


def until(true: Callable[[], bool], *, within: float) -> None:
    """Look ten times a second; RuntimeError after so many seconds."""
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() > deadline:
            raise RuntimeError(f"still not so after {within:.0f} s")
        time.sleep(0.1)


PARTS: Final[dict[str, Callable[[Broadcast], list[Measure]]]] = {
    "paced": Broadcast.paced,
    "limiter": Broadcast.limiter,
    "loop": Broadcast.loop,
    "spread": Broadcast.spread,
}


def main(scale: float, latency: float, parts: Sequence[str]) -> bool:
    """Measure the parts and print the line; whether every limit was kept."""
    with tempfile.TemporaryDirectory() as folder:
        broadcast = Broadcast(Path(folder), scale, latency)
        measures = [measure for part in parts for measure in PARTS[part](broadcast)]
    show("broadcast", *measures)
    return all(measure.passed for measure in measures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="a size that proves nothing, to try it out")
    arguments.add_argument("--latency", type=float, default=LATENCY, help="seconds that a call takes on its way")
    arguments.add_argument("--parts", nargs="+", choices=PARTS, default=tuple(PARTS))
    given = arguments.parse_args()
    kept = main(0.02 if given.quick else 1.0, given.latency, given.parts)
    sys.exit(0 if kept or given.quick else 1)
