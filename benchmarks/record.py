"""The record: a workbook of 200,000 comments, in time and in memory.

The reference is XlsxWriter in constant memory writing the same cells, which lie ready for it: it reads no database and
turns nothing into words. Both run in processes of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import xlsxwriter

from benchmarks import town
from benchmarks.report import Measure, show
from bot.app import SystemClock
from bot.i18n import Catalogues
from bot.reports import records
from bot.reports.comments import CommentRow, CommentTable, headings
from bot.reports.report import ReportFormat, write
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

TIMEZONE: Final = "Asia/Bishkek"
LANGUAGE: Final = "ky"


def memory() -> tuple[float, float]:
    """What this process takes now, and what it took at most, in megabytes (10**6 bytes)."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    now, peak = (int(lines[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
    return now, peak


async def ours(url: str, hearing_id: int, path: Path) -> dict[str, float]:
    """The record as the desk sends it."""
    t = Catalogues.load()[LANGUAGE]
    store = await open_store(url)
    try:
        async with store.reading() as repositories:
            await repositories.hearings.get(hearing_id)
        before, _ = memory()
        begun = time.perf_counter()
        now = SystemClock().now()
        await write(store, hearing_id, form=ReportFormat.XLSX, t=t, now=now, timezone=TIMEZONE, path=path)
        seconds = time.perf_counter() - begun
    finally:
        await store.close()
    return {"seconds": seconds, "growth": memory()[1] - before}


async def theirs(url: str, hearing_id: int, path: Path) -> dict[str, float]:
    """The same cells, bare."""
    rows = await _cells(url, hearing_id)
    begun = time.perf_counter()
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
    return {"seconds": time.perf_counter() - begun, "growth": 0.0}


async def _cells(url: str, hearing_id: int) -> Sequence[Sequence[Any]]:
    """Every row of the sheet of comments, with its headings; an empty text is no cell."""
    t = Catalogues.load()[LANGUAGE]
    store = await open_store(url)
    try:
        async with store.reading() as repositories:
            now = datetime.now(ZoneInfo("UTC"))
            table = CommentTable(await records.gather(repositories, hearing_id, now=now, timezone=TIMEZONE), t)
            listed: list[CommentRow | tuple[str, ...]] = [headings(t)]
            async for page in records.comments(repositories, hearing_id):
                listed += [table.row(comment) for comment in page]
    finally:
        await store.close()
    return [tuple(cell or None for cell in row) for row in listed]


def _run(side: str, url: str, hearing_id: int, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.record", "--side", side, "--url", url, "--hearing", str(hearing_id)]
    done = subprocess.run([*command, "--path", str(path)], check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    path.unlink()
    return result


def main(scale: float = 1.0, rounds: int = 2) -> None:
    """Make the file, measure, print the line."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = town.make(folder / "town.db", residents=1_000)
        town.add_comments(place, max(100, round(200_000 * scale)))
        mine, reference = [], []
        for _ in range(rounds):
            mine.append(_run("ours", place.url, place.hearing_id, folder / "ours.xlsx"))
            reference.append(_run("theirs", place.url, place.hearing_id, folder / "theirs.xlsx"))
    seconds = median(run["seconds"] for run in mine)
    bare = median(run["seconds"] for run in reference)
    growth = max(run["growth"] for run in mine)
    show(
        "record",
        Measure("time of the workbook", seconds, bare, seconds / bare, "s", at_most=1.3),
        Measure("growth of memory", growth, None, growth, "MB", at_most=60.0),
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real size; smaller to try it out")
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--side", choices=("ours", "theirs"), help=argparse.SUPPRESS)
    arguments.add_argument("--url", help=argparse.SUPPRESS)
    arguments.add_argument("--hearing", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.side:
        side = ours if given.side == "ours" else theirs
        print(json.dumps(asyncio.run(side(given.url, given.hearing, given.path))))
    else:
        main(given.scale, given.rounds)
