"""Tallies: the desk's numbers of a hearing with a million votes, and whether presses are answered meanwhile.

The reference is raw SQL on the same file for the same numbers, through the same covering indexes and the rollup: the
best that can be written by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks import town
from benchmarks.report import Measure, show
from benchmarks.telegram import FIRST_PERSON
from bot.app import SystemClock, wire
from bot.cli import COMMAND_LINE
from bot.domain.people import Caller
from bot.domain.questions import Choose
from bot.services.voting import Voting
from bot.tasks import Tasks
from storage import open_store

if TYPE_CHECKING:
    from benchmarks.town import Town
    from bot.services.desk import Desk, HearingOverview

QUESTIONS: Final = 200
EACH: Final = 10
PRESSES: Final = 200
BETWEEN: Final = 0.02
"""Seconds from one press to the next."""

RAW: Final = {
    "hearing": "SELECT id, code, municipality_id, phase, version, announced_at FROM hearings WHERE id = :hearing",
    "people": """
        SELECT village_id, gender, age_band, count(*) FROM participants WHERE hearing_id = :hearing
        GROUP BY village_id, gender, age_band""",
    "tallies": """
        SELECT question_no, option_no, sum(voters), sum(points) FROM rollup WHERE hearing_id = :hearing
        GROUP BY question_no, option_no""",
    "comments": """
        SELECT kind, channel, visibility, count(*) FILTER (WHERE withdrawn_at IS NULL),
               count(*) FILTER (WHERE withdrawn_at IS NULL AND outcome IS NULL),
               count(*) FILTER (WHERE withdrawn_at IS NOT NULL)
        FROM comments WHERE hearing_id = :hearing GROUP BY kind, channel, visibility""",
    "followers": """
        SELECT count(*) FROM residents WHERE municipality_id = :municipality
        AND telegram_id IS NOT NULL AND blocked_at IS NULL AND reminders <> 'none'""",
    "notices": "SELECT state, count(*) FROM notices WHERE hearing_id = :hearing GROUP BY state",
}


def raw(file: sqlite3.Connection, place: Town) -> dict[str, list[Any]]:
    """Every number of the desk, straight from SQLite."""
    given = {"hearing": place.hearing_id, "municipality": place.municipality_id}
    return {name: file.execute(statement, given).fetchall() for name, statement in RAW.items()}


def ensure_same(sheet: HearingOverview, rows: dict[str, list[Any]]) -> None:
    """Raise AssertionError where the desk and the raw numbers differ."""
    numbers = sheet.numbers
    assert numbers.participation.people == sum(row[3] for row in rows["people"])
    voters = {question: count for question, option, count, _ in rows["tallies"] if option == 0}
    assert {question: tally.voters for question, tally in numbers.tallies.items()} == voters
    assert numbers.comments.total == sum(row[3] for row in rows["comments"])
    assert numbers.followers == rows["followers"][0][0]


async def presses(voting: Voting, place: Town, first: int, count: int) -> list[float]:
    """Milliseconds from a press to its stored answer, one press every 20 ms whatever becomes of those before."""
    waits: list[float] = []

    async def press(person: int) -> None:
        begun = time.perf_counter()
        await voting.cast(Caller(FIRST_PERSON + person, "ky"), place.hearing_id, 1, Choose(1), order=2)
        waits.append((time.perf_counter() - begun) * 1000)

    async with asyncio.TaskGroup() as group:
        for person in range(first, first + count):
            group.create_task(press(person))
            await asyncio.sleep(BETWEEN)
    return sorted(waits)


async def _meanwhile(desk: Desk, voting: Voting, place: Town, count: int) -> dict[str, float]:
    """The 99th of a hundred waits, alone and while the desk is looked at again and again."""
    await presses(voting, place, 1, count // 4)
    alone = await presses(voting, place, 1 + count, count)
    tasks = Tasks()
    looking = tasks.start(_look(desk, place), name="looking")
    beside = await presses(voting, place, 1 + 2 * count, count)
    looking.cancel()
    await asyncio.wait([looking])
    last = count * 99 // 100
    return {"press_p99_ms_alone": round(alone[last], 1), "press_p99_ms_meanwhile": round(beside[last], 1)}


async def _look(desk: Desk, place: Town) -> None:
    while True:
        await desk.overview(COMMAND_LINE, place.hearing_id)


async def measure(place: Town, rounds: int, count: int) -> Measure:
    """Ours and the reference in turn, after one of each that is not counted."""
    ours, theirs = [], []
    store = await open_store(place.url)
    tasks = Tasks()
    try:
        desk = wire(town.settings(place.url), store, SystemClock()).desk
        with closing(sqlite3.connect(place.path)) as file:
            ensure_same(await desk.overview(COMMAND_LINE, place.hearing_id), raw(file, place))
            for _ in range(rounds):
                begun = time.perf_counter()
                await desk.overview(COMMAND_LINE, place.hearing_id)
                between = time.perf_counter()
                raw(file, place)
                ours.append((between - begun) * 1000)
                theirs.append((time.perf_counter() - between) * 1000)
        waits = await _meanwhile(desk, Voting(store, SystemClock(), tasks), place, count)
    finally:
        await tasks.close()
        await store.close()
    mine, reference = median(ours), median(theirs)
    return Measure("the desk's numbers", mine, reference, mine / reference, "ms", at_most=1.5, details=waits)


def main(scale: float = 1.0, rounds: int = 15) -> None:
    """Make the file, measure, print the line."""
    residents = max(100, round(100_000 * scale))
    count = PRESSES if scale == 1.0 else 20
    with tempfile.TemporaryDirectory() as folder:
        place = town.make(Path(folder, "town.db"), residents=residents, content=town.dossier(questions=QUESTIONS))
        town.add_votes(place, questions=QUESTIONS, each=EACH)
        town.add_comments(place, max(100, round(200_000 * scale)))
        show("tallies", asyncio.run(measure(place, rounds, count)))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real size; smaller to try it out")
    arguments.add_argument("--rounds", type=int, default=15)
    given = arguments.parse_args()
    main(given.scale, given.rounds)
