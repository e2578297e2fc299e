"""The council's resolutions on hearings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from bot.domain.resolutions import Resolution
from storage.desk_tables import resolutions
from storage.dialects import upsert
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from storage.database import Transaction

_OF_HEARING = PreparedQuery(select(resolutions).where(resolutions.c.hearing_id == bindparam("hearing")))
_FIELDS = ("hearing_id", "number", "day", "adopted", "stored_at")


class ResolutionRepository:
    """At most one resolution of each hearing."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, hearing_id: int) -> Resolution | None:
        """The resolution on a hearing."""
        row = await self._transaction.first(_OF_HEARING, {"hearing": hearing_id})
        return None if row is None else Resolution(*(getattr(row, name) for name in _FIELDS))

    async def put(self, resolution: Resolution) -> None:
        """Store it in the place of an earlier one."""
        row = {name: getattr(resolution, name) for name in _FIELDS}
        await self._transaction.run(upsert(self._transaction.dialect, resolutions), row)
