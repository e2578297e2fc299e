"""Downloads: how long others wait while the record of 60,000 comments is asked for four times, in four languages.

The reference is the same bot with as many presses at the same rate, before anybody downloads anything.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks import runs, town
from benchmarks.report import Measure, show
from benchmarks.runs import Order
from benchmarks.telegram import FIRST_PERSON
from handlers.presses import DownloadFormat, DownloadRecord
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.town import Town

LANGUAGES: Final = ("ky", "ru", "uz_Cyrl", "en")
"""Of the four members of the commission: a record of its own for each."""
WARM: Final = 50
RATE: Final = 50
"""Presses a second."""
SECONDS: Final = 20


def appoint(place: Town, first: int) -> None:
    """Make members of the commission of residents, from the ``first`` on."""
    with closing(sqlite3.connect(place.path)) as file, file:
        for number, language in enumerate(LANGUAGES, start=first):
            person = FIRST_PERSON + number
            file.execute("UPDATE residents SET language = ? WHERE telegram_id = ?", (language, person))
            file.execute(
                "INSERT INTO grants (resident_id, municipality_id, role, granted_at)"
                " SELECT id, ?, 'member', added_at FROM residents WHERE telegram_id = ?",
                (place.municipality_id, person),
            )


def measured(place: Town, presses: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the server saw of the answers to two steady rows of presses: before any download, and meanwhile."""
    wanted = pack(DownloadRecord(place.hearing_id, DownloadFormat.XLSX), "ky")
    with runs.ours(place.path) as line:
        runs.warm(line, Order(WARM, 1, place.press))
        quiet = line.send(Order(presses, WARM + 1, place.press, rate=RATE, patience=30.0))
        line.send(Order(len(LANGUAGES), WARM + presses + 1, wanted, patience=1.0))  # a file comes, and no new screen
        return quiet, line.send(
            Order(presses, WARM + presses + len(LANGUAGES) + 1, place.press, rate=RATE, patience=30.0)
        )


def main(scale: float = 1.0, rounds: int = 3) -> None:
    """Make the file, measure, print the line."""
    presses = max(10, round(RATE * SECONDS * scale))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = town.make(folder / "town.db", residents=max(1_000, WARM + len(LANGUAGES) + 2 * presses))
        town.add_comments(place, max(100, round(60_000 * scale)))
        appoint(place, WARM + presses + 1)
        copies = [town.copy(place, folder / f"{number}.db") for number in range(rounds)]
        rows = [measured(copied, presses) for copied in copies]
    show("downloads", *(_compared(rows, part) for part in (95, 99)))


def _compared(rows: Sequence[tuple[dict[str, Any], dict[str, Any]]], part: int) -> Measure:
    """The wait that so many percent of the presses do not exceed, in the median of the rounds."""
    quiet, busy = (median(row[f"p{part}_ms"] for row in side) for side in zip(*rows, strict=True))
    details = {
        "each round ms": [[row[f"p{part}_ms"] for row in sides] for sides in rows],
        "answered": [row["answered"] for _, row in rows],
        "longest ms": [row["p100_ms"] for _, row in rows],
        "files sent meanwhile": [row["files"] for _, row in rows],
    }
    return Measure(f"p{part} while records are made", busy, quiet, busy / quiet, "ms", at_most=1.5, details=details)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real size; smaller to try it out")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    main(given.scale, given.rounds)
