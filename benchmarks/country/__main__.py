"""A year in a country on one bot, in virtual time: 450 municipalities, 1,000 hearings, 300,000 followers.

Two million votes, 200,000 comments, each published and decided on, and all that is told of it, over the whole
application and the shipped simulator with its limits, on SQLite and on PostgreSQL, each in a process of its own.
Figures of each month are printed on stderr as they come. A run that was stopped goes on where its last month ended:
the same command in the same ``--folder``; what is finished there is not run again.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks import postgresql
from benchmarks.report import Measure, show

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASES: Final = ("sqlite", "postgresql")
GROWTH: Final = 1.1
"""The most that memory may be in the last month, to what it was after the first busy one."""
LATE: Final = 0.01
"""The part of all notices that may come more than five minutes late."""
FIRST_BUSY: Final = 3
"""The month from which on memory is compared: caches are full."""


@contextmanager
def _address(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'hearings.db'}"
        return
    with postgresql.server(None, data=folder / "data") as url:
        yield url


def lived(database: str, folder: Path, given: argparse.Namespace) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The figures of all months, and of the year; what is kept of an earlier run is not run again."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # the server has a user of its own
    result = folder / "year.json"
    if not result.exists():
        with _address(database, folder) as url:
            command = [sys.executable, "-P", "-m", "benchmarks.country.year", url, str(folder)]
            command += ["--scale", str(given.scale), "--each", str(given.each), "--days", str(given.days)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                try:
                    _follow(process, database, result)
                except BaseException:
                    process.terminate()
                    raise
            if process.returncode:
                raise SystemExit(f"{database}: the year was not lived to its end")
    months = json.loads((folder / "progress.json").read_text())["told"]
    return months, json.loads(result.read_text())["year"]


def _follow(process: subprocess.Popen[str], database: str, result: Path) -> None:
    """Print what it says; the year goes into the file ``result``."""
    assert process.stdout is not None
    for line in process.stdout:
        print(f"{database}: {line}", end="", file=sys.stderr, flush=True)
        if "year" in json.loads(line):
            result.write_text(line)


def measures(database: str, months: list[dict[str, Any]], year: dict[str, Any]) -> list[Measure]:
    """Three of each database; what nobody demands anything of stands in the details of the first."""
    delivered = sum(month["delivered"] for month in months)
    late = sum(month["late"] for month in months)
    first = months[min(FIRST_BUSY, len(months) - 1)]["rss_mb"]
    last = months[-1]["rss_mb"]
    told = {name: year[name] for name in ("hearings", "votes", "comments", "presses", "toasts", "busiest_hour")}
    told |= {name: months[-1][name] for name in ("size_mb", "copy_s", "copy_cpu_s", "copy_mb", "peak_mb")}
    told |= {name: sum(month[name] for month in months) for name in ("delivered", "seconds", "cpu_s", "refused")}
    missed = year["presses"] - year["toasts"]
    wrong = len(year["wrong"]) + abs(missed)
    return [
        Measure(f"{database}: sums that are wrong", wrong, None, wrong, "sums", at_most=0, details={**told, **year}),
        Measure(
            f"{database}: notices late by more than five minutes",
            late,
            delivered,
            late / max(1, delivered),
            "notices",
            at_most=LATE,
            details={"latest_s": max(month["latest_s"] for month in months)},
        ),
        Measure(
            f"{database}: memory at the end to that of an earlier month",
            last,
            first,
            last / first,
            "MB",
            at_most=GROWTH,
            details={"months": [month["rss_mb"] for month in months]},
        ),
    ]


def main() -> None:
    """Live the years that are wanted, print the line."""
    parser = argparse.ArgumentParser(prog="benchmarks.country", description=__doc__)
    parser.add_argument("--scale", type=float, default=0.1, help="1: the whole country")
    parser.add_argument(
        "--each", type=float, default=1.0, help="1: all people of a municipality; smaller to try it out"
    )
    parser.add_argument("--days", type=int, default=365, help="all hearings are held in so many days, 34 at least")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--folder", type=Path, help="where everything is kept, so that a run can go on")
    given = parser.parse_args()
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what it has begun ends with it
    try:
        show("country", *compared(given))
    finally:
        signal.signal(signal.SIGTERM, before)


def compared(given: argparse.Namespace) -> list[Measure]:
    """The measures of all databases."""
    with tempfile.TemporaryDirectory(prefix="country-") as passing:
        folder = (given.folder or Path(passing)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        return [
            measure
            for database in given.databases
            for measure in measures(database, *lived(database, folder / f"{database}-{given.scale}", given))
        ]


if __name__ == "__main__":
    main()
