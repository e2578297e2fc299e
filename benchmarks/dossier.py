"""The dossier: every file of a hearing of 1,200 people and 400 comments, in two languages, and tables of a huge one.

The reference writes the same content with the bare library (``benchmarks.bare``). Of both only the writing is measured:
the record and its comments are gathered before; how long that took, and how large the files are, stands among the
details. What counts is the processor's time of this process and its children, which other work on the machine changes
little; the clock's stands beside it.

The huge hearing has 100,000 people, 1,000,000 votes and 100,000 comments: by how much memory grows while its workbook
and its tables are written, each in a process of its own, and how long presses wait meanwhile (``benchmarks.exports``).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks import exports
from benchmarks.bare import bare
from benchmarks.gathered import TIMEZONE, filled, gathered, ours
from benchmarks.record import memory
from benchmarks.report import Measure, show
from bot.app import SystemClock
from bot.i18n import Catalogues
from bot.reports.report import ReportFormat, write
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.gathered import Gathered
    from benchmarks.town import Town

LANGUAGES: Final = ("ky", "ru")
PEOPLE, COMMENTS = 1_200, 400
HUGE_PEOPLE, HUGE_COMMENTS = 100_000, 100_000
HUGE_FORMS: Final = (ReportFormat.XLSX, ReportFormat.CSV, ReportFormat.CSV_BUNDLE)
PARTS: Final = ("files", "memory", "presses")


def spent() -> float:
    """Seconds of the processor that this process and its children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@dataclass
class Runs:
    """What the runs of one side took: seconds of the processor, and of the clock."""

    processor: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)

    def run(self, step: Callable[[], object]) -> None:
        """Run it once more."""
        used, begun = spent(), time.perf_counter()
        step()
        self.processor.append(spent() - used)
        self.clock.append(time.perf_counter() - begun)


def compared(found: Gathered, folder: Path, rounds: int) -> Iterator[Measure]:
    """Each form in each language: ours beside the library."""
    catalogues = Catalogues.load()
    for form in ReportFormat:
        mine, reference, sizes = Runs(), Runs(), {}
        for language in LANGUAGES:
            path, t, other = folder / f"{language}.{form}", catalogues[language], folder / "bare"
            ours(found, form, t, path)
            written = bare(found, form, t, path)
            written(other)
            if form is ReportFormat.CSV and path.read_bytes() != other.read_bytes():
                raise RuntimeError("the reference writes something else")
            sizes[language] = round(path.stat().st_size / 1e6, 3)
            for _ in range(rounds):
                reference.run(partial(written, other))
                mine.run(partial(ours, found, form, t, path))
        yield _measure(form, mine, reference, sizes)


def _measure(form: ReportFormat, mine: Runs, reference: Runs, sizes: dict[str, float]) -> Measure:
    seconds, theirs = median(mine.processor), median(reference.processor)
    by_clock = median(mine.clock) / median(reference.clock)
    details = {"MB": sizes, "ratio by the clock": round(by_clock, 2), "seconds": round(median(mine.clock), 4)}
    return Measure(form.value, seconds, theirs, seconds / theirs, "s of the processor", at_most=1.5, details=details)


async def grown(url: str, hearing_id: int, form: ReportFormat, path: Path) -> dict[str, float]:
    """A file of the huge hearing as the desk sends it: seconds, and by how many megabytes this process grew."""
    t, store = Catalogues.load()[LANGUAGES[0]], await open_store(url)
    try:
        async with store.reading() as repositories:
            await repositories.hearings.get(hearing_id)
        before, _ = memory()
        begun, now = time.perf_counter(), SystemClock().now()
        await write(store, hearing_id, form=form, t=t, now=now, timezone=TIMEZONE, path=path)
        return {"seconds": time.perf_counter() - begun, "growth": memory()[1] - before}
    finally:
        await store.close()


def huge(place: Town, folder: Path) -> Iterator[Measure]:
    """The growth of memory, each form in a process of its own."""
    for form in HUGE_FORMS:
        path = folder / f"huge.{form}"
        side = ["--form", form.value, "--url", place.url, "--hearing", str(place.hearing_id), "--path", str(path)]
        command = [sys.executable, "-m", "benchmarks.dossier", *side]
        result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        details = {"seconds": round(result["seconds"], 1), "MB": round(path.stat().st_size / 1e6, 1)}
        yield Measure(
            f"growth of memory, {form}", result["growth"], None, result["growth"], "MB", at_most=100.0, details=details
        )


def main(scale: float = 1.0, rounds: int = 5, parts: tuple[str, ...] = PARTS) -> None:
    """Make the hearings, measure, print the line."""
    measures: list[Measure] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "files" in parts:
            place = filled(folder / "town.db", max(100, round(PEOPLE * scale)), max(20, round(COMMENTS * scale)))
            found, seconds = asyncio.run(gathered(place))
            measures.append(Measure("gathering what all are made of", seconds, None, seconds, "s", at_most=5.0))
            measures += compared(found, folder, rounds)
        if {"memory", "presses"} & set(parts):
            people, comments = (max(1_000, round(count * scale)) for count in (HUGE_PEOPLE, HUGE_COMMENTS))
            place = filled(folder / "huge.db", people, comments)
            measures += huge(place, folder) if "memory" in parts else ()
            measures += exports.delays(place, folder, people=people, rounds=rounds) if "presses" in parts else ()
    show("dossier", *measures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real size; smaller to try it out")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    arguments.add_argument("--form", help=argparse.SUPPRESS)
    arguments.add_argument("--url", help=argparse.SUPPRESS)
    arguments.add_argument("--hearing", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.form:
        print(json.dumps(asyncio.run(grown(given.url, given.hearing, ReportFormat(given.form), given.path))))
    else:
        main(given.scale, given.rounds, tuple(given.parts))
