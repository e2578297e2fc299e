"""A soak: forty minutes of mixed traffic, fifty presses a second, with broadcasts and records, on the real process.

People vote, read the card, the comments of others and what is theirs, and write; every ten minutes a hearing is
announced to all of them, every five a member of the commission asks for the record. The simulator takes a hundred
messages a second. Compared are the last ten minutes with the first: how long presses wait for their toasts, and the
bot's memory, descriptors, threads and SQLite's log, looked at each minute. ``--minutes 120`` is the long one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks import runs, town
from benchmarks.downloads import LANGUAGES, appoint
from benchmarks.limited import STRIDE
from benchmarks.report import Measure, show
from benchmarks.runs import Order
from benchmarks.telegram import share
from bot.app import SystemClock, wire
from bot.cli import COMMAND_LINE
from handlers.presses import ChooseOption, DownloadFormat, DownloadRecord, GoHome, OpenHearing, OpenQuestion, SeeMine
from handlers.presses.comments import SeeWall
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.runs import Watched
    from benchmarks.town import Town
    from bot.domain.hearings import Dossier

MINUTES: Final = 40.0
RATE: Final = 50.0
"""Presses a second."""
TAKEN: Final = 100
"""Messages a second over all chats that the simulator takes: screens, and a broadcast beside them."""
PEOPLE: Final = 6_000
COMMENTS: Final = 2_000
WARM: Final = 50
COMPARED: Final = 10.0
"""Minutes at the beginning and at the end."""
BROADCAST_EACH: Final = 10
RECORD_EACH: Final = 5
"""Minutes."""
P99: Final = 1.2
FLAT: Final = 1.1
"""The most that the last minutes may have, to the first."""
MORE_DESCRIPTORS: Final = 5
MORE_THREADS: Final = 2
LOG_GROWTH: Final = 8.0
"""Megabytes: a log is as long as it had to become while somebody read, and is written from its beginning then."""


@dataclass(frozen=True)
class Minute:
    """What was seen in a minute, and how the bot was at its end."""

    waits: Sequence[float]
    missed: int
    rss_mb: float
    descriptors: int
    threads: int
    log_mb: float
    cpu_s: float


class Soak:
    """A run over the file of a town, of so many ``minutes`` of ``seconds`` each."""

    def __init__(self, place: Town, people: int, *, minutes: int, seconds: float) -> None:
        self._place = place
        self._people = people
        self._minutes = minutes
        self._seconds = seconds
        self._pressed = 0
        self.minutes: list[Minute] = []

    def run(self) -> None:
        """Everything; raises RuntimeError where the bot does not start."""
        with (
            runs.ours_limited(self._place.path, people=self._people, latency=0.0, overall=TAKEN) as line,
            ThreadPoolExecutor(1) as aside,
        ):
            if line.send(Order(WARM, 0, self._place.press, 10.0, 30.0))["toast"]["seen"] < WARM:
                raise RuntimeError("the bot did not start")
            self._pressed = WARM
            for number in range(self._minutes):
                announcing = aside.submit(announce, self._place, number) if number % BROADCAST_EACH == 1 else None
                if number % RECORD_EACH == RECORD_EACH - 1:
                    self._ask_for_record(line, number)
                self.minutes.append(self._minute(line))
                if announcing is not None:
                    announcing.result()
                told = {**asdict(self.minutes[-1]), "waits": share(sorted(self.minutes[-1].waits), 99)}
                print(f"minute {number + 1}: {json.dumps(told)}", file=sys.stderr, flush=True)

    def _minute(self, line: Watched) -> Minute:
        hearing, presses = self._place.hearing_id, round(RATE * self._seconds)
        kinds = (
            *(ChooseOption(hearing, question, self._pressed // presses % 3 + 1) for question in range(2, 6)),
            OpenHearing(hearing),
            GoHome(),
            OpenQuestion(hearing),
            SeeWall(hearing),
            SeeMine(),
        )
        more, before = tuple(pack(kind, "ky") for kind in kinds), line.seconds()
        order = Order(presses, self._pressed, self._place.press, RATE, 10.0, more=more, each=True)
        seen = line.flood(order, 1)  # and one person writes something
        self._pressed += presses
        line.seen(forget=True)
        bot = line.process
        log = Path(f"{self._place.path}-wal")
        return Minute(
            seen["waits"],
            presses - seen["toast"]["seen"],
            round(bot.memory_info().rss / 1e6, 1),
            bot.num_fds(),
            bot.num_threads(),
            round(log.stat().st_size / 1e6, 1) if log.exists() else 0.0,
            round(line.seconds() - before, 1),
        )

    def _ask_for_record(self, line: Watched, number: int) -> None:
        """Let a member press, one after the other: the first people of the town."""
        member = number // RECORD_EACH % len(LANGUAGES)
        first = member * pow(STRIDE, -1, self._people)
        wanted = pack(DownloadRecord(self._place.hearing_id, DownloadFormat.XLSX), LANGUAGES[member])
        line.send(Order(1, first, wanted, 1.0, 0.1))

    def measures(self) -> list[Measure]:
        """The last minutes to the first."""
        part = max(1, round(min(COMPARED * 60 / self._seconds, self._minutes / 3)))
        first, last = self.minutes[:part], self.minutes[-part:]
        slow, fast = (share(sorted(wait for each in some for wait in each.waits), 99) for some in (last, first))
        missed = sum(each.missed for each in self.minutes)
        facts: dict[str, Any] = {"minutes": len(self.minutes), "presses": self._pressed, "compared": part}
        facts |= {"cpu_s a minute": [each.cpu_s for each in self.minutes]}
        return [
            Measure("p99 of toasts, last to first", slow, fast, slow / fast, "ms", at_most=P99, details=facts),
            Measure("presses without a toast", missed, None, missed, "presses", at_most=0),
            self._flat("memory", first, last, lambda each: each.rss_mb, "MB"),
            self._more("descriptors", first, last, lambda each: each.descriptors, MORE_DESCRIPTORS),
            self._more("threads", first, last, lambda each: each.threads, MORE_THREADS),
            self._more("log of SQLite", first, last, lambda each: each.log_mb, LOG_GROWTH),
        ]

    def _flat(
        self, name: str, first: Sequence[Minute], last: Sequence[Minute], of: Callable[[Minute], float], unit: str
    ) -> Measure:
        before, after = median(map(of, first)), median(map(of, last))
        each = {"each minute": [of(minute) for minute in self.minutes]}
        return Measure(f"{name}, last to first", after, before, after / before, unit, at_most=FLAT, details=each)

    def _more(
        self, name: str, first: Sequence[Minute], last: Sequence[Minute], of: Callable[[Minute], float], most: float
    ) -> Measure:
        before, after = median(map(of, first)), median(map(of, last))
        each: dict[str, Any] = {"each minute": [of(minute) for minute in self.minutes], "first": before, "last": after}
        return Measure(
            f"{name}, more at the end", after, before, max(0.0, after - before), "", at_most=most, details=each
        )


def announce(place: Town, number: int) -> None:
    """A secretary publishes another hearing, as another process of the house does it."""
    asyncio.run(_announce(place, number))


async def _announce(place: Town, number: int) -> None:
    store = await town.opened(place)
    try:
        wired = wire(town.settings(place.url), store, SystemClock())
        await wired.hearings.load(COMMAND_LINE, place.municipality_id, _another(number), publish=True)
    finally:
        await store.close()


def _another(number: int) -> Dossier:
    content = town.dossier()
    later = datetime.now(UTC) + timedelta(days=20 + number)
    return replace(
        content,
        title=town.text(f"{number}-угуу"),
        sittings=tuple(replace(sitting, starts_at=later) for sitting in content.sittings),
        opens_at=later - timedelta(days=10),
        closes_at=later,
    )


def main() -> None:
    """Make the file, soak, print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="120: the long one")
    parser.add_argument("--people", type=int, default=PEOPLE, help="who live in the town; no multiple of 7,919")
    given = parser.parse_args()
    minutes = max(3, round(given.minutes))
    with tempfile.TemporaryDirectory() as folder:
        place = town.make(Path(folder) / "town.db", residents=given.people + 1)
        town.add_comments(place, min(COMMENTS, given.people))
        appoint(place, 1)
        soak = Soak(place, given.people, minutes=minutes, seconds=given.minutes * 60 / minutes)
        begun = time.perf_counter()
        soak.run()
        print(f"{time.perf_counter() - begun:.0f} s", file=sys.stderr)
        show("soak", *soak.measures())


if __name__ == "__main__":
    main()
