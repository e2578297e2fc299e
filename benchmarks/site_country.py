"""A country in a file: many municipalities with public hearings, each with comments and answers, made beforehand."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from benchmarks import town
from bot.app import SystemClock, wire
from bot.cli import COMMAND_LINE
from bot.domain.places import Place, PlaceKind
from storage import open_store

if TYPE_CHECKING:
    from pathlib import Path

MUNICIPALITIES: Final = 450
HEARINGS: Final = 1_000
COMMENTS: Final = 100_000
PEOPLE: Final = 85
"""Who answer at each hearing, and write the comments."""
ANSWERED: Final = 3
"""Questions that each of them answers."""


@dataclass(frozen=True)
class Country:
    """Where it lies, and the codes of its hearings."""

    path: Path
    codes: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"


def make(path: Path, *, scale: float) -> Country:
    """A new file; ``scale`` 1 is the size above. Every other hearing is answered, the others take answers."""
    municipalities, hearings = max(2, round(MUNICIPALITIES * scale)), max(3, round(HEARINGS * scale))
    codes = asyncio.run(_load(path, municipalities, hearings))
    begun = int(datetime.now(UTC).timestamp() * 1_000_000)
    with closing(sqlite3.connect(path)) as file, file:
        _add_people(file, begun)
        _add_answers(file)
        _add_comments(file, round(COMMENTS * scale), begun)
        file.execute("UPDATE hearings SET phase = 'answered' WHERE id % 2 = 0")
        file.execute("UPDATE broadcasts SET spread = 1, settled = 1")
    return Country(path, codes)


async def _load(path: Path, municipalities: int, hearings: int) -> tuple[str, ...]:
    store = await open_store(f"sqlite:///{path}")
    try:
        wired = wire(town.settings(f"sqlite:///{path}"), store, SystemClock())
        await wired.directory.load(_places(municipalities))
        ids = [place.id for place in (await wired.directory.tree()).municipalities]
        found = [
            await wired.hearings.load(COMMAND_LINE, ids[number % municipalities], town.dossier(), publish=True)
            for number in range(hearings)
        ]
        await wired.timetable.tick()
    finally:
        await store.close()
    return tuple(each.code for each in found)


def _places(municipalities: int) -> list[tuple[Place, str]]:
    districts = range(1 + municipalities // 10)
    places = [("region", PlaceKind.REGION, "")]
    places += [(f"district-{number}", PlaceKind.DISTRICT, "region") for number in districts]
    places += [
        (f"aimak-{number}", PlaceKind.MUNICIPALITY, f"district-{number % len(districts)}")
        for number in range(municipalities)
    ]
    return [(Place(0, code, kind, None, town.text(code)), parent) for code, kind, parent in places]


def _add_people(file: sqlite3.Connection, at: int) -> None:
    file.executemany(
        "INSERT INTO residents (telegram_id, language, municipality_id, gender, age_band, reminders, consented_at,"
        " asked_about_self, added_at) SELECT ?1, 'ky', min(id), 'f', '29-44', 'all', ?2, 1, ?2 FROM places"
        " WHERE kind = 'municipality'",
        ((number + 1_000, at) for number in range(PEOPLE)),
    )


def _add_answers(file: sqlite3.Connection) -> None:
    """Everybody answers the first questions of each hearing; rollup, participants and what is shown as the bot does."""
    numbers = {"questions": ANSWERED}
    file.execute(
        """
        INSERT INTO votes (hearing_id, resident_id, question_no, answer, village_id, gender, age_band, channel,
                           cast_at, press_order)
        WITH RECURSIVE turn (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM turn WHERE k < :questions)
        SELECT hearings.id, residents.id, k, '{"' || ((residents.id + k) % 3 + 1) || '":1}', 0, gender,
               age_band, 'telegram', added_at, 1
        FROM hearings CROSS JOIN residents CROSS JOIN turn ORDER BY 1, 2, 3
        """,
        numbers,
    )
    for option, points in (("0", "0"), ("json_each.key", "sum(json_each.value)")):
        file.execute(
            f"""
            INSERT INTO rollup (hearing_id, question_no, option_no, channel, village_id, gender, age_band, voters,
                                points)
            SELECT hearing_id, question_no, CAST({option} AS INTEGER) AS option_no, channel, 0, gender, age_band,
                   count(*), {points}
            FROM votes{", json_each(answer)" if option != "0" else ""} GROUP BY 1, 2, 3, 4, 5, 6, 7
            """
        )
    file.execute(
        "INSERT INTO participants (resident_id, hearing_id, village_id, gender, age_band, first_at)"
        " SELECT residents.id, hearings.id, 0, gender, age_band, added_at FROM residents CROSS JOIN hearings"
    )


def _add_comments(file: sqlite3.Connection, comments: int, at: int) -> None:
    ids = [row[0] for row in file.execute("SELECT id FROM hearings ORDER BY id")]
    file.executemany(
        "INSERT INTO comments (hearing_id, number, author_id, kind, about_kind, about_no, text, language, channel,"
        " visibility, created_at, support, village_id, gender, age_band)"
        " VALUES (?, ?, ?, 'proposal', 'service', 1, ?, 'ky', 'telegram', 'published', ?, ?, 0, 'f', '29-44')",
        (
            (
                *(ids[number % len(ids)], number // len(ids) + 1, number % PEOPLE + 1),
                *("".join(town.WORDS[(number + k) % 4] for k in range(number % 5 + 1)), at + number, number % 40),
            )
            for number in range(comments)
        ),
    )
