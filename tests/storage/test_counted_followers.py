"""Whoever follows, moves, blocks the bot or is forgotten: the counts that triggers keep are those of a recount."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from bot.domain.notices import NoticeKind
from bot.domain.people import Reminders
from bot.domain.places import PlaceKind
from storage import tables
from storage.audiences import audience, audience_parameters
from storage.count_tables import follower_counts
from tests.storage.outbox import recipients
from tests.storage.town import NOON, move_in, place, settle

if TYPE_CHECKING:
    from bot.domain.notices import Recipients
    from bot.ports import Repositories
    from storage import Store
    from storage.database import Transaction

_GROUP = (tables.residents.c.municipality_id, tables.residents.c.village_id, tables.residents.c.reminders)


async def ensure_counted(now: Repositories) -> int:
    """Every count is that of the residents, and none is of nobody; returns how many follow any municipality."""
    transaction: Transaction = now._transaction  # type: ignore[attr-defined]
    follows = tables.residents.c.municipality_id.is_not(None), text(tables.REACHABLE_RESIDENTS)
    rows = await transaction.rows(select(*_GROUP).where(*follows))
    stored = await transaction.rows(select(follower_counts))
    assert {tuple(row[:-1]): row.people for row in stored} == Counter((row[0], row[1] or 0, row[2]) for row in rows)
    return len(rows)


async def ensure_reached(now: Repositories, to: Recipients) -> int:
    """As many are said to be reached as the broadcast would go to."""
    transaction: Transaction = now._transaction  # type: ignore[attr-defined]
    people = audience(to)
    assert people is not None
    found = await transaction.value(select(func.count()).select_from(people.subquery()), audience_parameters(to))
    assert (await now.notices.reach(to)).people == found
    return int(found)


async def test_counts_follow_everything_that_becomes_of_followers(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 6)
        assert await ensure_counted(now) == 6
        await now.people.save(replace(people[0], village_id=town.village_ids[1]))
        await now.people.save(replace(people[1], reminders=Reminders.DAYS, village_id=None))
        await now.people.save(replace(people[2], reminders=Reminders.NONE))
        assert await ensure_counted(now) == 5
        await now.people.mark_blocked(people[3].telegram_id or 0, NOON)
        await now.people.mark_blocked(people[3].telegram_id or 0, NOON)
        assert await ensure_counted(now) == 4
        for to in (
            recipients(town),
            recipients(town, NoticeKind.REMINDER),
            recipients(town, wanted=frozenset({Reminders.DAYS})),
            recipients(town, only=town.village_ids[1:]),
            recipients(town, only=town.village_ids[1:], anywhere=False),
        ):
            assert await ensure_reached(now, to)
        await now.people.mark_blocked(people[3].telegram_id or 0, None)
        assert await now.people.count_followers(town.municipality_id) == await ensure_counted(now) == 5
        await now.places.save([(place("N", PlaceKind.MUNICIPALITY), "D")])
        other = next(each.id for each in await now.places.list_all() if each.code == "N")
        await now.mergers.move(town.municipality_id, other, at=NOON, due_at=NOON)
        await now.mergers.move_village(town.village_ids[0], town.village_ids[1])
        assert await now.people.count_followers(other) == await ensure_counted(now) == 5
        assert await now.people.count_followers(town.municipality_id) == 0
        for each in people:
            await now.people.forget(each.id)
        assert await ensure_counted(now) == 0
