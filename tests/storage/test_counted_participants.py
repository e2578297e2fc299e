"""Whoever takes part, moves, is forgotten or comes back: the counts that triggers keep are those of a recount."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.domain.people import AgeBand, Gender
from storage import tables
from storage.count_tables import participant_counts, participant_languages
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from bot.ports import Repositories
    from storage import Store
    from storage.database import Transaction

_GROUP = ("hearing_id", "village_id", "gender", "age_band", "municipality_id")


async def ensure_counted(now: Repositories) -> int:
    """Every count is that of the participants, and none is of nobody; returns how many take part."""
    transaction: Transaction = now._transaction  # type: ignore[attr-defined]
    rows = await transaction.rows(select(*(tables.participants.c[name] for name in _GROUP)))
    stored = await transaction.rows(select(participant_counts))
    assert {tuple(row[:-1]): row.people for row in stored} == Counter(tuple(row) for row in rows)
    _r, _p = tables.residents.c, tables.participants.c
    reading = select(_p.hearing_id, _r.language, _r.telegram_id).join_from(
        tables.participants, tables.residents, _r.id == _p.resident_id
    )
    read = await transaction.rows(reading)
    languages = await transaction.rows(select(participant_languages))
    told = {(row.hearing_id, row.language): row.people for row in languages}
    assert told == Counter((row.hearing_id, row.language if row.telegram_id else "") for row in read)
    return len(rows)


async def test_counts_follow_everything_that_becomes_of_participants(store: Store) -> None:
    town = await settle(store)
    here = town.hearing.id
    async with store.writing() as now:
        people = await move_in(now, town, 6)
        await now.participants.note([each.as_participant(here, NOON) for each in people])
        await now.participants.note([each.as_participant(here, NOON) for each in people[:3]])
        assert await ensure_counted(now) == 6
        moved = replace(people[0], gender=Gender.MALE, age_band=AgeBand.UNSAID, village_id=town.village_ids[1])
        await now.participants.note([moved.as_participant(here, NOON)])
        assert await ensure_counted(now) == 6
        await now.participants.part_from(here, people[1].id, digest="digest")
        await now.participants.drop(here, people[2].id)
        assert await ensure_counted(now) == 5
        await now.participants.come_back("digest", people[2].id)
        assert await ensure_counted(now) == 5
        participation = await now.participants.participation(here)
        assert (participation.people, sum(participation.municipalities.values())) == (5, 5)
        assert (await now.figures.of_hearings({here}))[here].people == 5
        for each in people:
            await now.participants.drop(here, each.id)
        assert await ensure_counted(now) == 0
        assert (await now.participants.participation(here)).people == 0


async def test_the_newest_are_left_out_of_what_is_said_of_languages(store: Store) -> None:
    town = await settle(store)
    here = town.hearing.id
    async with store.writing() as now:
        people = await move_in(now, town, 4)
        for each, language in zip(people, ("ky", "ky", "ru", "ru"), strict=True):
            await now.people.save(replace(each, language=language))
        later = (each.as_participant(here, NOON + timedelta(hours=no)) for no, each in enumerate(people))
        await now.participants.note(list(later))
        assert await now.participants.by_language(here) == {"ky": 2, "ru": 2}
        assert await ensure_counted(now) == 4
        assert await now.participants.by_language(here, newest=1) == {"ky": 2, "ru": 1}
        assert await now.participants.by_language(here, newest=3) == {"ky": 1}
        assert await now.participants.by_language(here, newest=9) == {}
        await now.people.save(replace(people[0], language="uz"))
        await now.people.forget(people[1].id)
        assert await now.participants.by_language(here) == {"": 1, "uz": 1, "ru": 2}
        assert await ensure_counted(now) == 4
