"""How long presses wait while files of a huge hearing are made, against as many presses at the same rate before.

Both rows of presses go to the same bot, one after the other in each round: the file is asked for by a member of the
commission right before the second row. What counts is the median of the rounds.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import psutil

from benchmarks import runs, town
from benchmarks.downloads import appoint
from benchmarks.report import Measure
from benchmarks.runs import Order
from handlers.presses import DownloadFormat, DownloadRecord
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.runs import Line
    from benchmarks.town import Town

    Answers = dict[str, Any]

FORMS: Final = (DownloadFormat.XLSX, DownloadFormat.CSV)
WARM: Final = 50
RATE: Final = 20
"""Presses a second."""
PRESSES: Final = 300
MEMBERS: Final = 4
AT_REST: Final = 0.2
"""Seconds of the processor: who uses fewer in a second makes no file."""
LONGEST_FILE: Final = 300
"""Seconds after which the next round begins anyway."""


def delays(place: Town, folder: Path, *, people: int, rounds: int) -> Iterator[Measure]:
    """One measure for each form."""
    for form in FORMS:
        copied = town.copy(place, folder / f"{form}.db")
        with closing(sqlite3.connect(copied.path)) as file, file:
            file.execute("UPDATE hearings SET phase = 'open' WHERE id = ?", (copied.hearing_id,))
        first_member = people - MEMBERS
        appoint(copied, first_member)
        presses = min(PRESSES, (first_member - WARM - 1) // (2 * rounds))
        rows = list(_rows(copied, form, first_member, presses=presses, rounds=rounds))
        yield _measured(form, rows)


def _rows(
    place: Town, form: DownloadFormat, member: int, *, presses: int, rounds: int
) -> Iterator[tuple[Answers, Answers]]:
    wanted, first = pack(DownloadRecord(place.hearing_id, form), "ky"), WARM + 1
    with runs.ours(place.path) as line:
        runs.warm(line, Order(WARM, 1, place.press))
        for number in range(rounds):
            quiet = line.send(Order(presses, first, place.press, rate=RATE, patience=30.0))
            line.send(Order(1, member + number % MEMBERS, wanted, patience=1.0))  # a file comes, and no new screen
            busy = line.send(Order(presses, first + presses, place.press, rate=RATE, patience=30.0))
            yield quiet, busy
            first += 2 * presses
            _await_rest(line)


def _await_rest(line: Line) -> None:
    """Wait until no process of the bot makes a file."""
    for _ in range(LONGEST_FILE):
        before = line.seconds_of_children()
        time.sleep(1)
        if line.seconds_of_children() - before < AT_REST:
            return


def _measured(form: DownloadFormat, rows: list[tuple[Answers, Answers]]) -> Measure:
    quiet, busy = (median(row[side]["p99_ms"] for row in rows) for side in (0, 1))
    details = {
        "each round ms": [[side["p99_ms"] for side in row] for row in rows],
        "answered": [side["answered"] for _, side in rows],
        "load": round(psutil.getloadavg()[0], 1),
    }
    return Measure(f"p99 while {form} is made", busy, quiet, busy / quiet, "ms", at_most=1.5, details=details)
