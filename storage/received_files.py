"""Files that staff have sent, until something becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from bot.domain.received_files import ReceivedFile
from storage.desk_tables import received_files

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Row, Transaction

_c = received_files.c
_MOMENT = _c.expires_at.type
_OF_SOURCE = select(received_files).where(
    _c.resident_id == bindparam("resident_id"), _c.source == bindparam("message_source")
)
_OF_PERSON = (
    select(received_files)
    .where(_c.resident_id == bindparam("resident_id"), _c.expires_at > bindparam("moment", type_=_MOMENT))
    .order_by(_c.id.desc())
)


class ReceivedFileRepository:
    """Files of staff that wait for a choice, and those that are awaited."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, file: ReceivedFile, *, source: str | None = None) -> ReceivedFile:
        """Store it under a number; ``source`` names the message that it came in."""
        row = {**_columns(file), "resident_id": file.resident_id, "expires_at": file.expires_at, "source": source}
        inserted = received_files.insert().returning(*received_files.c)
        found = await self._transaction.first(inserted, row)
        assert found is not None
        return _file(found)

    async def find_source(self, resident_id: int, source: str) -> ReceivedFile | None:
        """The person's file that came in that message."""
        row = await self._transaction.first(_OF_SOURCE, {"resident_id": resident_id, "message_source": source})
        return None if row is None else _file(row)

    async def list_of(self, resident_id: int, at: datetime) -> tuple[ReceivedFile, ...]:
        """The person's files that have not expired at that moment, the newest first."""
        rows = await self._transaction.rows(_OF_PERSON, {"resident_id": resident_id, "moment": at})
        return tuple(map(_file, rows))

    async def save(self, file: ReceivedFile) -> None:
        """Store what it is for and what became of it."""
        await self._transaction.run(update(received_files).where(_c.id == file.id).values(_columns(file)))

    async def drop(self, file_id: int) -> None:
        """Remove it."""
        await self._transaction.run(delete(received_files).where(_c.id == file_id))

    async def drop_all(self, resident_id: int) -> None:
        """Remove the person's files."""
        await self._transaction.run(delete(received_files).where(_c.resident_id == resident_id))

    async def drop_expired(self, at: datetime) -> None:
        """Remove what has expired at that moment."""
        await self._transaction.run(delete(received_files).where(_c.expires_at <= at))


def _columns(file: ReceivedFile) -> dict[str, Any]:
    return {
        "file_id": file.file_id,
        "name": file.name,
        "municipality_id": file.municipality_id,
        "hearing_id": file.hearing_id,
        "loaded_id": file.loaded_id,
        "said": file.said,
    }


def _file(row: Row) -> ReceivedFile:
    return ReceivedFile(
        *(row.id, row.resident_id, row.expires_at, row.file_id, row.name),
        *(row.municipality_id, row.hearing_id, row.loaded_id, row.said),
    )
