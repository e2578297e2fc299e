"""One database through the year, month by month: ``python -m benchmarks.country.year URL FOLDER``.

After each month a copy is made of the database, which is timed; a run that was stopped goes on from the last copy.
Each month, and the year in the end, is one JSON line on stdout; each day one line on stderr.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import heapq
import json
import logging
import os
import resource
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.country.virtual_time import SameThread, VirtualLoop, YearClock

# isort: split
import structlog

import storage
from benchmarks import town
from benchmarks.country import copies, figures, founding
from benchmarks.country.living import Living
from benchmarks.country.plan import BEGINS, DAYS, ZONE, Sizes, month_ends, planned
from bot.app import wire
from bot.cli.running import spare_the_collector

if TYPE_CHECKING:
    from benchmarks.country.plan import Act, PlannedHearing

PAGE: Final = os.sysconf("SC_PAGE_SIZE")
ACTS_AT_ONCE: Final = 200
"""People who press at the same time."""


@dataclass
class Progress:
    """Where the run stands after a month."""

    months: int = 0
    hearings: dict[int, int] = field(default_factory=dict)
    answered: int = 0
    written: int = 0
    presses: int = 0
    toasts: int = 0
    hours: dict[str, int] = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, file: Path) -> Progress:
        """What was kept; the beginning where there is nothing."""
        if not file.exists():
            return cls()
        kept = json.loads(file.read_text())
        kept["hearings"] = {int(number): found for number, found in kept["hearings"].items()}
        return cls(**kept)


class Year:
    """The run of one database."""

    def __init__(self, url: str, folder: Path, sizes: Sizes, days: int) -> None:
        self._url = url
        self._file = folder / "progress.json"
        self._copy = folder / "copy"
        self._sizes = sizes
        self._ends = BEGINS.astimezone(UTC) + timedelta(days=days)
        self._hearings = planned(sizes, days)
        self.progress = Progress.of(self._file)

    async def run(self) -> None:
        """All months that are left, and the recount."""
        loop = _loop()
        starts = [BEGINS.astimezone(UTC), *month_ends()]
        clock = YearClock(starts[self.progress.months])
        if self.progress.months:
            with loop.busy.working():
                await copies.bring_back(self._url, self._copy)
        with loop.busy.working():
            store = await storage.open_store(self._url, runner=SameThread)
            services = wire(town.settings(self._url), store, clock)
            country = await founding.found(services, store, self._sizes, clock)
        living = Living(self._url, store, clock, loop.busy, country)
        living.resume(self.progress)
        spare_the_collector()
        await living.start()
        for since, until in pairwise(starts):
            if starts.index(since) >= self.progress.months and since < self._ends:
                await self._month(living, store, since, min(until, self._ends))
        await living.stop()
        with loop.busy.working():
            wrong = await figures.recounted(store, votes=living.answered, comments=living.written)
            await store.close()
        print(json.dumps({"year": self._year(wrong)}), flush=True)

    def _year(self, wrong: list[str]) -> dict[str, Any]:
        hours = Counter(self.progress.hours).most_common(1)
        return {
            "hearings": len(self._hearings),
            "votes": self.progress.answered,
            "comments": self.progress.written,
            "presses": self.progress.presses,
            "toasts": self.progress.toasts,
            "busiest_hour": hours[0] if hours else None,
            "wrong": wrong,
        }

    async def _month(self, living: Living, store: storage.Store, since: datetime, until: datetime) -> None:
        begun, worked = time.perf_counter(), time.process_time()
        acts = heapq.merge(*(sorted(each.acts(self._sizes)) for each in self._hearings if _meets(each, since, until)))
        chosen = [act for act in acts if since.timestamp() <= act.at < until.timestamp()]
        day = since
        while day < until:
            morning = min(day + timedelta(days=1), until)
            today = [act for act in chosen if day.timestamp() <= act.at < morning.timestamp()]
            await self._day(living, today)
            await living.clock.until(morning)
            await living.night()
            print(f"{day.astimezone(ZONE):%Y-%m-%d} {len(today)} acts, {_megabytes():.0f} MB", file=sys.stderr)
            day = morning
        with _loop().busy.working():
            told = await figures.of_month(store, since, until)
            told |= await self._copied()
        told |= {"acts": len(chosen), "seconds": round(time.perf_counter() - begun)}
        told |= {"cpu_s": round(time.process_time() - worked), "refused": living.phones.telegram.statuses[429]}
        self._keep(living, f"{since.astimezone(ZONE):%Y-%m}", told)

    async def _day(self, living: Living, acts: list[Act]) -> None:
        room = asyncio.Semaphore(ACTS_AT_ONCE)

        async def do(act: Act) -> None:
            try:
                await living.act(act, self._hearings[act.hearing])
            finally:
                room.release()

        async with asyncio.TaskGroup() as doing:
            for act in acts:
                await living.clock.until(living.clock.at(act.at))
                await room.acquire()
                doing.create_task(do(act))
        await living.quiet()

    async def _copied(self) -> dict[str, Any]:
        begun, worked = time.perf_counter(), time.process_time()
        await storage.backup(self._url, self._copy)
        seconds, busy = time.perf_counter() - begun, time.process_time() - worked
        size = self._copy.stat().st_size / 1e6
        return {"copy_s": round(seconds, 2), "copy_cpu_s": round(busy, 2), "copy_mb": round(size, 1)}

    def _keep(self, living: Living, month: str, told: dict[str, Any]) -> None:
        gc.collect()
        told = {"month": month, **told, "rss_mb": round(_megabytes(), 1)}
        told["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6, 1)
        living.keep(self.progress)
        self.progress.months += 1
        self.progress.told.append(told)
        partial = self._file.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(self.progress)))
        partial.replace(self._file)
        print(json.dumps(told), flush=True)


def _loop() -> VirtualLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    return loop


def _meets(hearing: PlannedHearing, since: datetime, until: datetime) -> bool:
    return hearing.announced_at < until and hearing.closes_at + timedelta(days=14) > since


def _megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def main() -> None:
    """Run what is left of the year."""
    arguments = argparse.ArgumentParser(prog="benchmarks.country.year", description=__doc__)
    arguments.add_argument("url", help="an empty database, or the one of a run that was stopped")
    arguments.add_argument("folder", type=Path, help="where the copy and the progress are kept")
    arguments.add_argument("--scale", type=float, default=0.1)
    arguments.add_argument("--each", type=float, default=1.0)
    arguments.add_argument("--days", type=int, default=DAYS)
    given = arguments.parse_args()
    logging.disable()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(Year(given.url, given.folder, Sizes(given.scale, given.each), given.days).run())


if __name__ == "__main__":
    main()
