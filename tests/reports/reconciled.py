"""A hearing with answers of all kinds, people of known groups and comments; what SQL counts of it in the database."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import storage
from bot.cli import COMMAND_LINE
from bot.domain.comments import Channel
from bot.domain.counted_votes import BallotBox
from bot.domain.people import AgeBand, Caller, Gender
from bot.domain.questions import Choose, Give, Mark, Rank
from bot.i18n import Catalogues
from bot.reports.report import ReportFormat, write
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.services.entering import counted, entered, typed
from tests.services.writing import published

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.people import Actor
    from bot.domain.questions import Change

PEOPLE: Final = 23
FIRST_GROUP: Final = 12
"""So many are women of one village and one age; the others men of another village and age."""
RANKED, SHARED = 6, 7
"""The questions of which points and coins are told."""
PLACES: Final = 3
Counts = dict[tuple[int, str, int], int]
"""People, or points, by question, channel and option; option 0 is everybody who answered."""


async def held(url: str, folder: Path) -> None:
    """A hearing with answers of all kinds by Telegram and in the hall, comments of three channels; its files."""
    store, clock = await storage.open_store(url), VirtualClock()
    try:
        municipality = await Municipality.over(store, clock)
        services, hearing = municipality.services, await municipality.hearing()
        people = [await _resident(municipality, person) for person in range(1, PEOPLE + 1)]
        for person in range(1, PEOPLE + 1):
            given: tuple[tuple[int, Change], ...] = (
                *((no, Choose(1 + (person * no) % 3)) for no in (1, 2, 4) if (person + no) % 4),
                *((5, Mark(option, on=True)) for option in (1, 2) if person % (option + 1)),
                *((RANKED, Rank(option, place)) for place, option in ((1, 3), (2, 1)) if person % 5),
                *((SHARED, Give(option, 10 * (1 + person % 3))) for option in (1, 2) if person % 2),
            )
            for order, (number, change) in enumerate(given, start=person * 100):
                await services.voting.cast(Caller(person, "ky"), hearing.id, number, change, order=order)
            if person % 3 == 0:
                comment = await published(municipality, people[person - 1], hearing, f"Сунуш {person}")
                for supporter in people[: person // 3]:
                    if supporter is not people[person - 1]:
                        await services.comments.support(supporter, comment.id, on=True)
        staff = await municipality.staff(99)
        clock.forward(days=4)
        await counted(municipality, staff, hearing, BallotBox(Channel.HALL), 1, "40 9 6")
        await counted(municipality, staff, hearing, BallotBox(Channel.HALL), 4, "31 12 8")
        await counted(municipality, staff, hearing, BallotBox(Channel.HALL), SHARED, "20 15 300 9 200 0 0")
        for words in ("Жайыт", "Көпүрө"):
            await entered(municipality, staff, hearing, words, channel=Channel.HALL)
        draft = (await services.hand_counts.begin_people(staff, hearing.id, 1)).draft
        await services.hand_counts.receive(staff, draft, typed(municipality, "34 21"))
        await services.hand_counts.save(staff, hearing.id)
        await services.entry_desk.close(COMMAND_LINE, hearing.id)
        for form in ReportFormat:
            t = Catalogues.load()["en"]
            path = folder / form.value
            await write(store, hearing.id, form=form, t=t, now=clock.now(), timezone="Asia/Bishkek", path=path)
    finally:
        await store.close()


async def _resident(municipality: Municipality, person: int) -> Actor:
    """Somebody of one of the two groups."""
    actor, first = await municipality.resident(person), person <= FIRST_GROUP
    assert actor.resident is not None
    told = replace(
        actor.resident,
        village_id=municipality.places["bagysh-1" if first else "bagysh-2"],
        gender=Gender.FEMALE if first else Gender.MALE,
        age_band=AgeBand.TO_28 if first else AgeBand.TO_44,
    )
    async with municipality.services.store.writing() as repositories:
        await repositories.people.save(told)
    return await municipality.services.people.identify(Caller(person, "ky"))


def asked(file: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of the database."""
    with closing(sqlite3.connect(file)) as database:
        return list(database.execute(sql))


def people_by_sql(file: Path) -> Counts:
    """People by question, channel and option, from the rows as they were stored."""
    found: Counts = Counter()
    for number, channel, answer in asked(file, "SELECT question_no, channel, answer FROM votes"):
        if chosen := json.loads(answer):
            found[number, channel, 0] += 1
            for option in chosen:
                found[number, channel, int(option)] += 1
    for number, channel, voters, counts in asked(file, _COUNTED):
        found[number, channel, 0] += voters
        for option, (people, _points) in json.loads(counts).items():
            found[number, channel, int(option)] += people
    return {key: people for key, people in found.items() if people}


def points_by_sql(file: Path) -> Counts:
    """Points of the ranking, of which the first of n places is n, and coins."""
    found: Counts = Counter()
    for number, channel, answer in asked(file, "SELECT question_no, channel, answer FROM votes"):
        if number in (RANKED, SHARED):
            for option, value in json.loads(answer).items():
                found[number, channel, int(option)] += PLACES + 1 - value if number == RANKED else value
    for number, channel, _voters, counts in asked(file, _COUNTED):
        if number in (RANKED, SHARED):
            for option, (_people, given) in json.loads(counts).items():
                found[number, channel, int(option)] += given
    return {key: points for key, points in found.items() if points}


_COUNTED: Final = "SELECT question_no, channel, voters, counts FROM counted_votes WHERE version = 0"
