"""Tables of decisions that were read and wait for their senders to apply them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import ReturnedDecision, RowKey, WaitingTable
from bot.domain.programme import DraftPoint
from storage.columns import compact_json
from storage.desk_tables import waiting_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.database import Transaction

_t = waiting_tables
_c = _t.c


class WaitingTableRepository:
    """Waiting tables, one of each sender and hearing."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, table: WaitingTable) -> int:
        """Store it in place of the sender's earlier one of that hearing; returns its id, which no other has had."""
        former = (_c.sender_id == table.sender_id) & (_c.hearing_id == table.hearing_id)
        await self._transaction.run(delete(_t).where(former))
        row = {
            "sender_id": table.sender_id,
            "hearing_id": table.hearing_id,
            "content": compact_json([_written(each) for each in table.rows]),
            "expires_at": table.expires_at,
        }
        return int(await self._transaction.value(_t.insert().returning(_c.id), row))

    async def find(self, table_id: int, sender_id: int, at: datetime) -> WaitingTable | None:
        """The sender's table, if it has not expired at that moment."""
        row = await self._transaction.first(
            select(_t).where(_c.id == table_id, _c.sender_id == sender_id, _c.expires_at > at)
        )
        if row is None:
            return None
        rows = tuple(map(_read, json.loads(row.content)))
        return WaitingTable(row.id, row.sender_id, row.hearing_id, rows, row.expires_at)

    async def remove(self, table_id: int) -> bool:
        """Remove a table; False where it is gone already."""
        return await self._transaction.run(delete(_t).where(_c.id == table_id)) > 0

    async def drop(self, sender_id: int) -> None:
        """Remove every table of a sender."""
        await self._transaction.run(delete(_t).where(_c.sender_id == sender_id))

    async def drop_expired(self, at: datetime) -> int:
        """Remove those that have expired at that moment; returns how many."""
        return await self._transaction.run(delete(_t).where(_c.expires_at <= at))


def _written(row: ReturnedDecision) -> list[str]:
    given = row.decision
    due = given.due.isoformat() if given.due else ""
    changes = str(given.changes) if given.changes else ""
    return [str(row.key), given.outcome.value, given.reason, given.responsible, due, changes]


def _read(written: Sequence[Any]) -> ReturnedDecision:
    key, outcome, reason, responsible, due, *rest = written
    known = RowKey.parse(key)
    assert known is not None, "it was written by a key"
    changes = DraftPoint.parse(rest[0]) if rest else None  # a table from before decisions named what they change
    day = date.fromisoformat(due) if due else None
    return ReturnedDecision(known, Decision(Outcome(outcome), reason, responsible, day, changes=changes))
