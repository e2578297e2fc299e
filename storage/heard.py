"""What messages said that were answered, as digests: for as long as Telegram lets people edit them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Table, Text, bindparam, delete, select, update

from storage.columns import MomentColumn
from storage.dialects import insert
from storage.layout import key, metadata, required

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Transaction

heard_messages: Final = Table(
    "heard_messages",
    metadata,
    # a digest of the message's name, as ``said`` is one of what it says
    key("source", Text),
    required("resident_id", BigInteger, ForeignKey("residents.id")),
    required("said", Text),
    # whether it became a comment, or changed one
    required("commented", Boolean),
    required("at", MomentColumn),
    Index("ix_heard_messages_at", "at"),
    Index("ix_heard_messages_resident_id", "resident_id"),
    sqlite_with_rowid=False,
)

_c = heard_messages.c
_CHANGED = select(_c.commented).where(_c.source == bindparam("source"), _c.said != bindparam("said"))
_EDIT = update(heard_messages).where(_c.source == bindparam("name"))
_EXPIRE = delete(heard_messages).where(_c.at < bindparam("before", type_=_c.at.type))
_DROP = delete(heard_messages).where(_c.resident_id == bindparam("resident"))


class HeardRepository:
    """Digests of messages and of what they said."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def note(self, source: str, resident_id: int, said: str, *, commented: bool, at: datetime) -> None:
        """Store what a message says; of one that is noted already, nothing."""
        row = {"source": source, "resident_id": resident_id, "said": said, "commented": commented, "at": at}
        await self._transaction.run(insert(self._transaction.dialect, heard_messages).on_conflict_do_nothing(), row)

    async def note_edit(self, source: str, said: str) -> bool | None:
        """Store what a message says by now; None where that is the same, or where the message is not noted.

        Else True where it became a comment, or changed one, False where it did neither.
        """
        row = await self._transaction.first(_CHANGED, {"source": source, "said": said})
        if row is None:
            return None
        await self._transaction.run(_EDIT.values(said=said), {"name": source})
        return bool(row.commented)

    async def expire(self, before: datetime) -> int:
        """Delete what was noted before; returns how many."""
        return await self._transaction.run(_EXPIRE, {"before": before})

    async def drop(self, resident_id: int) -> None:
        """Delete what a person said, who is being forgotten."""
        await self._transaction.run(_DROP, {"resident": resident_id})
