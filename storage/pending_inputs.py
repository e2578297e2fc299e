"""Pending inputs: what the bot waits for a person to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select

from bot.domain.pending_input import PendingInput
from bot.domain.questions import About
from storage import unsent_tables as tables
from storage.prepared import PreparedChange, PreparedQuery, prepared_upsert

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Row, Transaction

_t = tables.pending_inputs
_c = _t.c
_OPEN = PreparedQuery(
    select(_t).where(
        _c.resident_id == bindparam("resident_id"), _c.expires_at > bindparam("at", type_=_c.expires_at.type)
    )
)
_DROP = PreparedChange(delete(_t).where(_c.resident_id == bindparam("resident")))


class PendingInputRepository:
    """Pending inputs, one a person."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, resident_id: int, at: datetime) -> PendingInput | None:
        """The person's pending input, if it has not expired at that moment."""
        row = await self._transaction.first(_OPEN, {"resident_id": resident_id, "at": at})
        return None if row is None else _pending(row)

    async def put(self, pending: PendingInput) -> None:
        """Store it, in place of the person's earlier one."""
        await self._transaction.run(prepared_upsert(self._transaction.dialect, _t), _columns(pending))

    async def drop(self, resident_id: int) -> None:
        """Remove the person's pending input."""
        await self._transaction.run(_DROP, {"resident": resident_id})

    async def drop_expired(self, at: datetime) -> int:
        """Remove those that have expired at that moment; returns how many."""
        return await self._transaction.run(delete(_t).where(_c.expires_at <= at))


def _columns(pending: PendingInput) -> dict[str, Any]:
    return {
        "resident_id": pending.resident_id,
        "kind": pending.kind,
        "expires_at": pending.expires_at,
        "hearing_id": pending.hearing_id,
        "comment_kind": pending.comment_kind,
        "comment_id": pending.comment_id,
        "about_kind": pending.about.kind,
        "about_no": pending.about.no,
        "text": pending.text,
        "moment": pending.moment,
    }


def _pending(row: Row) -> PendingInput:
    return PendingInput(
        resident_id=row.resident_id,
        kind=row.kind,
        expires_at=row.expires_at,
        hearing_id=row.hearing_id,
        comment_kind=row.comment_kind,
        about=About(row.about_kind, row.about_no),
        comment_id=row.comment_id,
        text=row.text,
        moment=row.moment,
    )
