"""Decisions: 1,000 comments decided in one file, and how long others wait meanwhile.

The reference is the same bot with as many presses at the same rate, before anybody sends the file.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook

from benchmarks import runs, town
from benchmarks.downloads import appoint
from benchmarks.report import Measure, show
from benchmarks.runs import Order
from bot.i18n import Catalogues
from bot.reports import decision_table
from handlers.presses import ApplyDecisionTable
from handlers.presses.wire import pack
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.town import Town

LANGUAGE: Final = "ky"
DECISION: Final = 9
"""The number of its column."""
WARM: Final = 50
RATE: Final = 50
"""Presses a second."""
SECONDS: Final = 20
LONGEST: Final = 15.0
"""Seconds from the file to the last decision, the sender's own press aside."""


async def filled(place: Town) -> bytes:
    """The table of the hearing, with a decision in every row."""
    t = Catalogues.load()[LANGUAGE]
    store = await open_store(place.url)
    try:
        now = datetime.now(UTC)
        made = await decision_table.write(store, place.hearing_id, t=t, now=now, timezone="Asia/Bishkek")
    finally:
        await store.close()
    book = load_workbook(io.BytesIO(made.content))
    sheet: Any = book.worksheets[0]
    for number in range(2, sheet.max_row + 1):
        sheet.cell(number, DECISION).value = t("Accepted")
        sheet.cell(number, DECISION + 1).value = f"{number}. {town.WORDS[number % len(town.WORDS)]}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def measured(place: Town, path: Path, presses: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the server saw of the answers to two steady rows of presses: before the file, and meanwhile."""
    first = WARM + 2
    with runs.ours(place.path) as line:
        runs.warm(line, Order(WARM, 1, place.press))
        quiet = line.send(Order(presses, first, place.press, rate=RATE, patience=30.0))
        return quiet, line.send(
            Order(
                *(presses, first + presses, place.press),
                rate=RATE,
                patience=30.0,
                file=str(path),
                sender=WARM + 1,
                then=pack(ApplyDecisionTable(1), LANGUAGE),
            )
        )


def stored(place: Town) -> int:
    """How many comments have a decision."""
    with closing(sqlite3.connect(place.path)) as file:
        return int(file.execute("SELECT count(*) FROM comments WHERE outcome IS NOT NULL").fetchone()[0])


def main(scale: float = 1.0, rounds: int = 3) -> None:
    """Make the file, measure, print the line."""
    presses = max(20, round(RATE * SECONDS * scale))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = town.make(folder / "town.db", residents=max(1_000, WARM + 10 + 2 * presses))
        town.add_comments(place, max(20, round(1_010 * scale)))
        appoint(place, WARM + 1)
        table = folder / "decisions.xlsx"
        table.write_bytes(asyncio.run(filled(place)))
        copies = [town.copy(place, folder / f"{number}.db") for number in range(rounds)]
        rows = [measured(copied, table, presses) for copied in copies]
        counted = [stored(copied) for copied in copies]
    show("decisions", _seconds(rows, counted), *(_compared(rows, part) for part in (95, 99)))


def _seconds(rows: Sequence[tuple[dict[str, Any], dict[str, Any]]], counted: Sequence[int]) -> Measure:
    took = [(row["seen_s"] or LONGEST) + (row["done_s"] or LONGEST) for _, row in rows]
    details = {
        "read s": [row["seen_s"] for _, row in rows],
        "stored s": [row["done_s"] for _, row in rows],
        "decisions": list(counted),
    }
    return Measure("a file of decisions", median(took), None, median(took), "s", at_most=LONGEST, details=details)


def _compared(rows: Sequence[tuple[dict[str, Any], dict[str, Any]]], part: int) -> Measure:
    """The wait that so many percent of the presses do not exceed, in the median of the rounds."""
    quiet, busy = (median(row[f"p{part}_ms"] for row in side) for side in zip(*rows, strict=True))
    details = {
        "each round ms": [[row[f"p{part}_ms"] for row in sides] for sides in rows],
        "answered": [row["answered"] for _, row in rows],
        "longest ms": [row["p100_ms"] for _, row in rows],
    }
    return Measure(f"p{part} while a file is read", busy, quiet, busy / quiet, "ms", at_most=1.5, details=details)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real size; smaller to try it out")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    main(given.scale, given.rounds)
