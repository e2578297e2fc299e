"""Files in which one thing grows: hearings, comments, residents or municipalities; the rest is a small place."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from benchmarks import town
from benchmarks.telegram import FIRST_PERSON
from bot.app import SystemClock, wire
from bot.cli import COMMAND_LINE
from bot.domain.attachments import Attachment
from bot.domain.hearings import AgendaItem, Dossier
from bot.domain.people import Caller, Role
from bot.domain.places import Place, PlaceKind
from bot.domain.programme import Budget, BudgetLine, Side
from bot.domain.questions import About, Question, QuestionKind
from bot.domain.rooms import Room, RoomKind
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from benchmarks.town import Town
    from bot.services import Services
    from storage import Store

HEARINGS: Final = 10
COMMENTS: Final = 1_000
RESIDENTS: Final = 1_000
VILLAGES_EACH: Final = 5
QUESTIONS: Final = 11
WAITING_COMMENTS: Final = 20
AXES: Final[Mapping[str, tuple[int, ...]]] = {
    "hearings": (10, 100, 300, 1_000),
    "comments": (1_000, 10_000, 100_000),
    "residents": (1_000, 100_000, 1_000_000),
    "municipalities": (1, 100, 450, 900),
}
"""What grows, and how far."""
SMALLEST: Final[Mapping[str, int]] = {"hearings": 3, "comments": 100, "residents": 20, "municipalities": 1}
"""What there has to be for each press to have something it is about."""
RESIDENT: Final = FIRST_PERSON + 7
SECRETARY: Final = FIRST_PERSON + 8


@dataclass(frozen=True)
class Grown:
    """A town, and the names of what there is, as fields of presses have them."""

    town: Town
    names: Mapping[str, Any]


def everything(no: int) -> Dossier:
    """A hearing with something on every screen; each has a title of its own."""
    content = town.dossier()
    kinds = (QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.RANK, QuestionKind.COINS)
    options = tuple(town.text(words) for words in ("Жолдор", "Мектеп", "Таза суу"))
    more = (Question(8 + place, About(), kind, town.text("Эмне керек?"), options) for place, kind in enumerate(kinds))
    lines = tuple(
        BudgetLine(number, side, "Топ", town.text(f"Сап {number}"), 1_000_000 * number, last_year=900_000 * number)
        for number, side in enumerate((*Side, *Side, *Side, *Side), start=1)
    )
    return replace(
        content,
        title=town.text(f"2027-жылдын бюджети, {no}-угуу"),
        sittings=tuple(replace(each, latitude=40.93, longitude=72.99) for each in content.sittings),
        agenda=(AgendaItem(1, town.text("Ачылышы"), "10:00", town.text("Төрага")),),
        budget=Budget(lines),
        questions=(*content.questions, *more),
    )


def _municipalities(count: int) -> list[tuple[Place, str]]:
    """Municipalities beside the first, fifty in each district."""
    listed = []
    for number in range(count):
        if number % 50 == 0:
            district = f"d{number}"
            listed.append((Place(0, district, PlaceKind.DISTRICT, None, town.text(f"Район {number}")), "region"))
        code = f"m{number}"
        listed.append((Place(0, code, PlaceKind.MUNICIPALITY, None, town.text(f"Айыл аймагы {number}")), district))
        listed += [
            (Place(0, f"{code}-{no}", PlaceKind.VILLAGE, None, town.text(f"Айыл {number}-{no}")), code)
            for no in range(VILLAGES_EACH)
        ]
    return listed


async def _populate(place: Town, *, hearings: int, municipalities: int) -> Grown:
    store = await open_store(place.url)
    try:
        wired = wire(town.settings(place.url), store, SystemClock())
        if municipalities > 1:
            await wired.directory.load(_municipalities(municipalities - 1))
        others = [found.id for found in (await wired.directory.tree()).places if found.code.startswith("m")]
        others = [found for found in others if found != place.municipality_id][:: VILLAGES_EACH + 1]
        homes = [place.municipality_id] * (hearings - 2) + others
        for number, home in enumerate(homes):
            await wired.hearings.load(COMMAND_LINE, home, everything(number), publish=True)
        await wired.timetable.tick()
        return Grown(place, await _names(store, wired, place))
    finally:
        await store.close()


async def _names(store: Store, wired: Services, place: Town) -> Mapping[str, Any]:
    token = await wired.people.invite(COMMAND_LINE, place.municipality_id, Role.SECRETARY)
    await wired.people.join(Caller(SECRETARY, "ky"), token)
    await wired.people.invite(COMMAND_LINE, place.municipality_id, Role.MEMBER)
    now = datetime.now(UTC)
    async with store.writing() as repositories:
        room = await repositories.rooms.add(
            Room(0, -100_123, RoomKind.SUPERGROUP, "Айылдаштар", municipality_id=place.municipality_id)
        )
        document = await repositories.attachments.add(
            Attachment(0, place.hearing_id, "План", "p.pdf", "file", "unique", photo=False, size=1, added_at=now)
        )
        invitation = (await repositories.people.list_invitations(place.municipality_id))[-1]
        broadcasts = await repositories.broadcasts.list_of(place.hearing_id)
        (secretary,) = (await repositories.people.find_many([SECRETARY])).values()
    return {
        "hearing": place.hearing_id,
        "question": 1,
        "option": 1,
        "no": 1,
        "offset": 0,
        "resident": secretary.id,
        "place": place.municipality_id,
        "municipality": place.municipality_id,
        "village": place.villages[0],
        "room": room.id,
        "document": document.id,
        "invitation": invitation.name,
        "token": token,
        "broadcast": broadcasts[0].id if broadcasts else 0,
        "edition": 0,
        "then": "",
        "day": (now + timedelta(days=4)).date().toordinal(),
        "minute": 840,
        "minutes": 60,
        "amount": 10,
    }


def _finish(file: sqlite3.Connection) -> dict[str, int]:
    """Half of the comments are decided on, some of those done, some wait; nothing is owed. Names of some of them."""
    file.execute(
        "UPDATE comments SET outcome = 'accepted', reason = 'Кошулду', responsible = 'Айыл өкмөтү', decided_at ="
        " created_at, due = '2027-03-01', done_at = CASE WHEN number % 8 = 0 THEN created_at END, done_on = CASE WHEN"
        " number % 8 = 0 THEN '2026-11-01' END, changes = CASE WHEN number % 100 = 0 THEN 'S1' END"
        " WHERE number % 2 = 0 AND withdrawn_at IS NULL"
    )
    file.execute(
        "UPDATE comments SET visibility = 'waiting', hiding_rule = NULL, outcome = NULL, decided_at = NULL, done_at ="
        " NULL, done_on = NULL, changes = NULL, due = NULL WHERE number % 10 = 1 AND number < ? * 10",
        (WAITING_COMMENTS,),
    )
    file.create_function("folded", 1, str.casefold)
    file.execute("UPDATE comments SET folded = folded(text), letters = length(text)")
    file.execute("UPDATE broadcasts SET spread = 1, settled = 1")
    (appealed,) = file.execute("SELECT id FROM comments WHERE visibility = 'hidden' ORDER BY id LIMIT 1").fetchone()
    (own, other) = (
        row[0]
        for row in file.execute(
            "SELECT id FROM comments WHERE visibility = 'published' AND outcome IS NULL ORDER BY id LIMIT 2"
        )
    )
    file.commit()
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {"comment": own, "other": other, "hidden": appealed}


def grown(path: Path, axis: str, size: int) -> Grown:
    """A new file of that size, where the axis is one of ``AXES``."""
    sizes = {"hearings": HEARINGS, "comments": COMMENTS, "residents": RESIDENTS, "municipalities": 1} | {axis: size}
    place = town.make(path, residents=sizes["residents"], content=everything(0))
    town.add_votes(place, questions=7, each=1)
    town.add_comments(place, sizes["comments"])
    found = asyncio.run(_populate(place, hearings=sizes["hearings"], municipalities=sizes["municipalities"]))
    with closing(sqlite3.connect(path)) as file:
        named = _finish(file)
    return replace(found, names={**found.names, **named})
