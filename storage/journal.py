"""The journal: acts and who did them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from bot.domain.journal import JournalEntry
from storage import tables

if TYPE_CHECKING:
    from storage.database import Transaction

_c = tables.journal.c
_ABOUT = (
    select(_c.at, _c.act, _c.subject, _c.actor_id, _c.data)
    .where(_c.subject == bindparam("subject"))
    .order_by(_c.id.desc())
    .limit(bindparam("limit"))
)


class JournalRepository:
    """Entries are added; none is ever changed or removed."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, entry: JournalEntry) -> None:
        """Append an entry."""
        row = {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}
        await self._transaction.run(tables.journal.insert(), row)

    async def list_about(self, subject: str, *, limit: int = 100) -> tuple[JournalEntry, ...]:
        """The entries about a subject, newest first."""
        rows = await self._transaction.rows(_ABOUT, {"subject": subject, "limit": limit})
        return tuple(JournalEntry(*row) for row in rows)
