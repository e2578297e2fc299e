"""The documents of hearings: where Telegram keeps them, and their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, select

from bot.domain.attachments import Attachment
from bot.domain.errors import NotFound
from storage.desk_tables import attachments
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from storage.database import Row, Transaction

_t = attachments
_c = _t.c
_HERE = _c.hearing_id == bindparam("hearing")
_OF_HEARING = PreparedQuery(select(_t).where(_HERE).order_by(_c.id))
_COUNT = PreparedQuery(select(func.count()).select_from(_t).where(_HERE))
_FIELDS = ("hearing_id", "title", "name", "file_id", "unique_id", "photo", "size", "added_at")


class AttachmentRepository:
    """Documents, by the hearing they belong to."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, attachment: Attachment) -> Attachment:
        """Store a new one; returns it with its id, which no other has had."""
        row = {name: getattr(attachment, name) for name in _FIELDS}
        return await self.get(int(await self._transaction.value(_t.insert().returning(_c.id), row)))

    async def get(self, attachment_id: int) -> Attachment:
        """The document. Raises NotFound."""
        row = await self._transaction.first(select(_t).where(_c.id == attachment_id))
        if row is None:
            raise NotFound("document", attachment_id)
        return _attachment(row)

    async def list_of(self, hearing_id: int) -> tuple[Attachment, ...]:
        """The documents of a hearing, in the order they came."""
        return tuple(_attachment(row) for row in await self._transaction.rows(_OF_HEARING, {"hearing": hearing_id}))

    async def count(self, hearing_id: int) -> int:
        """How many documents a hearing has."""
        return int(await self._transaction.value(_COUNT, {"hearing": hearing_id}))

    async def remove(self, attachment_id: int) -> None:
        """Remove a document."""
        await self._transaction.run(delete(_t).where(_c.id == attachment_id))


def _attachment(row: Row) -> Attachment:
    return Attachment(row.id, *(getattr(row, name) for name in _FIELDS))
