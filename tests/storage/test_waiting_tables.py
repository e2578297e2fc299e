"""Tables of decisions that wait, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import ReturnedDecision, RowKey, WaitingTable
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from storage import Store

ROWS = (
    ReturnedDecision(RowKey(1, 7, 0, "0a0b0c0d"), Decision(Outcome.PARTLY, "Жарымы\nүчүн", "АӨ", date(2027, 5, 1))),
    ReturnedDecision(RowKey(1, 8, 3, "0a0b0c0d", "0a0b0c0e"), Decision(Outcome.NOTED, "")),
)


async def test_a_table_waits_for_its_sender_until_it_is_replaced_removed_or_expired(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        one, two = await move_in(now, town, 2)
        table = WaitingTable(0, one.id, town.hearing.id, ROWS, NOON + timedelta(days=2))
        first = await now.waiting_tables.put(table)
        assert await now.waiting_tables.find(first, one.id, NOON) == replace(table, id=first)
        assert await now.waiting_tables.find(first, two.id, NOON) is None
        second = await now.waiting_tables.put(replace(table, rows=ROWS[:1]))
        assert await now.waiting_tables.find(first, one.id, NOON) is None
        await now.waiting_tables.remove(second)
        third = await now.waiting_tables.put(table)
        assert third > second > first
        assert await now.waiting_tables.find(third, one.id, table.expires_at) is None
        assert await now.waiting_tables.drop_expired(table.expires_at) == 1
        await now.waiting_tables.put(table)
        await now.waiting_tables.drop(one.id)
        assert await now.waiting_tables.drop_expired(table.expires_at) == 0
