"""Arrivals: which village's poster brought a person to a hearing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, select

from storage.dialects import insert
from storage.outbox_tables import arrivals
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.database import Transaction

_c = arrivals.c
_BY_VILLAGE = (
    select(_c.village_id, func.count()).where(_c.hearing_id == bindparam("hearing_id")).group_by(_c.village_id)
)
_OF_PERSON = PreparedQuery(
    select(_c.hearing_id, _c.village_id, _c.at)
    .where(_c.resident_id == bindparam("resident_id"))
    .order_by(_c.hearing_id)
)


class ArrivalRepository:
    """Arrivals, the first of each person and hearing."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def note(self, resident_id: int, hearing_id: int, village_id: int, at: datetime) -> bool:
        """Store that the person came by that village's poster; False, and no change, if they have come before."""
        row = {"resident_id": resident_id, "hearing_id": hearing_id, "village_id": village_id, "at": at}
        return bool(
            await self._transaction.run(insert(self._transaction.dialect, arrivals).on_conflict_do_nothing(), row)
        )

    async def by_village(self, hearing_id: int) -> Mapping[int, int]:
        """People by the village whose poster brought them."""
        rows = await self._transaction.rows(_BY_VILLAGE, {"hearing_id": hearing_id})
        return {village: int(people) for village, people in rows}

    async def of_person(self, resident_id: int) -> tuple[tuple[int, int, datetime], ...]:
        """(hearing, village, moment) of each arrival, by hearing."""
        rows = await self._transaction.rows(_OF_PERSON, {"resident_id": resident_id})
        return tuple((hearing, village, at) for hearing, village, at in rows)

    async def drop(self, resident_id: int) -> None:
        """Remove the person's arrivals."""
        await self._transaction.run(delete(arrivals).where(_c.resident_id == resident_id))
