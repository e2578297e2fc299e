"""A municipality with as many residents as a measurement needs, in a file made in bulk before the clock starts."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.telegram import FIRST_PERSON
from bot.app import SystemClock, wire
from bot.cli import COMMAND_LINE
from bot.config import Settings
from bot.domain.hearings import Dossier, HearingKind, Results
from bot.domain.languages import Text
from bot.domain.places import Place, PlaceKind
from bot.domain.programme import Service
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.sittings import Sitting
from handlers.presses import ChooseOption
from handlers.presses.wire import pack
from storage import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from storage import Store

VILLAGES = 8
SERVICES = 7


@dataclass(frozen=True)
class Town:
    """Where it lies, and the numbers of what is in it."""

    path: Path
    hearing_id: int
    draft_id: int
    """Another hearing, that nobody has been told of."""
    municipality_id: int
    villages: tuple[int, ...]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    @property
    def press(self) -> str:
        """The data of the button "I support" under the first question."""
        return pack(ChooseOption(self.hearing_id, 1, 1), "ky")


def text(words: str) -> Text:
    """A text in one language."""
    return Text({"ky": words})


def dossier(*, questions: int = SERVICES) -> Dossier:
    """An open hearing; the first questions are about its services."""
    now = datetime.now(UTC)
    listed = [
        Question(no, About(AboutKind.SERVICE, no) if no <= SERVICES else About(), QuestionKind.STANCE)
        for no in range(1, questions + 1)
    ]
    return Dossier(
        title=text("2027-жылдын бюджети жана стратегия"),
        kind=HearingKind.BOTH,
        sittings=(Sitting(now + timedelta(days=2)),),
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=3),
        results=Results.AFTER_VOTING,
        services=tuple(Service(no, text(f"Айылдын {no}-жолун оңдоо")) for no in range(1, SERVICES + 1)),
        questions=tuple(listed),
    )


def _places() -> list[tuple[Place, str]]:
    def place(code: str, kind: PlaceKind, parent: str = "") -> tuple[Place, str]:
        return Place(0, code, kind, None, text(code)), parent

    return [
        place("region", PlaceKind.REGION),
        place("district", PlaceKind.DISTRICT, "region"),
        place("bagysh", PlaceKind.MUNICIPALITY, "district"),
        *(place(f"village-{number}", PlaceKind.VILLAGE, "bagysh") for number in range(VILLAGES)),
    ]


def settings(url: str) -> Settings:
    """Settings for services in this process."""
    return Settings(database_url=url)


async def _found(path: Path, content: Dossier) -> Town:
    url = f"sqlite:///{path}"
    store = await open_store(url)
    try:
        wired = wire(settings(url), store, SystemClock())
        await wired.directory.load(_places())
        places = (await wired.directory.tree()).places
        municipality = next(place.id for place in places if place.kind is PlaceKind.MUNICIPALITY)
        hearing = await wired.hearings.load(COMMAND_LINE, municipality, content, publish=True)
        await wired.timetable.tick()
        draft = await wired.hearings.load(COMMAND_LINE, municipality, content, publish=False)
    finally:
        await store.close()
    villages = tuple(place.id for place in places if place.kind is PlaceKind.VILLAGE)
    return Town(path, hearing.id, draft.id, municipality, villages)


def make(path: Path, *, residents: int, content: Dossier | None = None) -> Town:
    """A new file with an open hearing and residents who have agreed; ``residents`` of them, in every group."""
    town = asyncio.run(_found(path, content or dossier()))
    agreed = int(datetime.now(UTC).timestamp() * 1_000_000)
    with closing(sqlite3.connect(path)) as file:
        people = (
            (
                *(FIRST_PERSON + number, town.municipality_id, town.villages[number % VILLAGES]),
                *("fm-"[number % 3], ("18-28", "29-44", "45-59", "60+")[number % 4], agreed),
            )
            for number in range(1, residents + 1)
        )
        file.executemany(
            "INSERT INTO residents (telegram_id, language, municipality_id, village_id, gender, age_band, reminders,"
            " consented_at, asked_about_self, added_at) VALUES (?1, 'ky', ?2, ?3, ?4, ?5, 'all', ?6, 1, ?6)",
            people,
        )
        file.execute("UPDATE broadcasts SET spread = 1, settled = 1")  # they have come since: nothing is owed to them
        _finish(file)
    return town


def add_votes(town: Town, *, questions: int, each: int) -> None:
    """Every resident answers ``each`` of the hearing's ``questions``; rollup and participants as the bot keeps them."""
    with closing(sqlite3.connect(town.path)) as file:
        numbers = {"hearing": town.hearing_id, "questions": questions, "each": each, "step": questions // each}
        file.execute(
            """
            INSERT INTO votes (hearing_id, resident_id, question_no, answer, village_id, gender, age_band, channel,
                               cast_at, press_order)
            WITH RECURSIVE turn (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM turn WHERE k + 1 < :each)
            SELECT :hearing, id, (id * 7 + k * :step) % :questions + 1, '{"' || ((id + k) % 3 + 1) || '":1}',
                   village_id, gender, age_band, 'telegram', added_at, 1
            FROM residents CROSS JOIN turn ORDER BY 1, 2, 3
            """,
            numbers,
        )
        for option, points in (("0", "0"), ("json_each.key", "sum(json_each.value)")):
            file.execute(
                f"""
                INSERT INTO rollup (hearing_id, question_no, option_no, channel, village_id, gender, age_band, voters,
                                    points)
                SELECT hearing_id, question_no, CAST({option} AS INTEGER) AS option_no, channel, village_id, gender,
                       age_band, count(*), {points}
                FROM votes{", json_each(answer)" if option != "0" else ""} GROUP BY 1, 2, 3, 4, 5, 6, 7
                """
            )
        file.execute(
            """
            INSERT INTO participants (resident_id, hearing_id, village_id, gender, age_band, first_at)
            SELECT id, :hearing, village_id, gender, age_band, added_at FROM residents
            """,
            numbers,
        )
        _finish(file)


WORDS = (
    "Айылыбыздын көчөлөрү кечинде караңгы, мектептен кайткан балдар үчүн коркунучтуу. ",
    "Биринчи кезекте Ленин көчөсүн жарыктандыруу керек деп ойлойм. ",
    "Суу түтүктөрү эски, жайкысын үч күндө бир гана суу келет. ",
    "Жолдун акчасын кайсы булактан аласыздар? Так жооп бериңиздер. ",
)


def add_comments(town: Town, comments: int) -> None:
    """As many comments as are asked for, of 80 to 400 letters, some hidden, withdrawn or decided on."""
    begun = int(datetime.now(UTC).timestamp() * 1_000_000) - comments
    with closing(sqlite3.connect(town.path)) as file:
        rows = (
            (
                *(town.hearing_id, number, number % 1000 + 1, ("comment", "question", "proposal")[number % 3]),
                *("service", number % SERVICES + 1, "".join(WORDS[(number + k) % 4] for k in range(number % 5 + 1))),
                *("ky", "telegram", "hidden" if number % 50 == 0 else "published", begun + number, number % 40),
                *("personal data" if number % 50 == 0 else None, begun if number % 97 == 0 else None),
                *(town.villages[number % VILLAGES], "fm-"[number % 3], "29-44"),
            )
            for number in range(1, comments + 1)
        )
        file.executemany(
            "INSERT INTO comments (hearing_id, number, author_id, kind, about_kind, about_no, text, language, channel,"
            " visibility, created_at, support, hiding_rule, withdrawn_at, village_id, gender, age_band)"
            f" VALUES ({', '.join('?' * 17)})",
            rows,
        )
        file.execute("UPDATE hearings SET last_receipt = ? WHERE id = ?", (comments, town.hearing_id))
        _finish(file)


def _finish(file: sqlite3.Connection) -> None:
    file.commit()
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy(town: Town, path: Path) -> Town:
    """The same file once more, so that each round starts from the same state."""
    with closing(sqlite3.connect(town.path)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
    return replace(town, path=path)


async def opened(town: Town) -> Store:
    """The store over the file."""
    return await open_store(town.url)
