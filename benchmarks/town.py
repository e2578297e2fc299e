"""A municipality with as many residents as a measurement needs, in a file made in bulk before the clock starts."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.telegram import FIRST_PERSON
from bot.app import SystemClock, services
from bot.cli import COMMAND_LINE
from bot.config import Settings
from bot.domain.hearings import Dossier, HearingKind, Results, Sitting
from bot.domain.languages import Text
from bot.domain.places import Place, PlaceKind
from bot.domain.programme import Service
from bot.domain.questions import About, AboutKind, Question, QuestionKind
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
    return Settings(_env_file=None, bot_token="", database_url=url)  # type: ignore[call-arg]


async def _found(path: Path, content: Dossier) -> Town:
    url = f"sqlite:///{path}"
    store = await open_store(url)
    try:
        wired = services(settings(url), store, SystemClock())
        await wired.atlas.load(_places())
        places = (await wired.atlas.map()).places
        municipality = next(place.id for place in places if place.kind is PlaceKind.MUNICIPALITY)
        hearing = await wired.hearings.load(COMMAND_LINE, municipality, content, publish=True)
        await wired.timetable.tick()
    finally:
        await store.close()
    villages = tuple(place.id for place in places if place.kind is PlaceKind.VILLAGE)
    return Town(path, hearing.id, municipality, villages)


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
        file.commit()
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return town


def copy(town: Town, path: Path) -> Town:
    """The same file once more, so that each round starts from the same state."""
    with closing(sqlite3.connect(town.path)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
    return replace(town, path=path)


async def opened(town: Town) -> Store:
    """The store over the file."""
    return await open_store(town.url)
