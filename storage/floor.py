"""Requests for the floor, numbered within their sitting."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, update

from bot.domain.floor import FloorRequest
from storage.dialects import upsert
from storage.hall_tables import floor_requests
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Row, Transaction

_f = floor_requests.c
_HERE = (_f.hearing_id == bindparam("hearing"), _f.sitting == bindparam("no"))
_LIST = select(floor_requests).where(*_HERE).order_by(_f.number)
_LAST = select(func.max(_f.number)).where(*_HERE)
_OF_PERSON = PreparedQuery(select(floor_requests).where(_f.resident_id == bindparam("person")).order_by(*_f[:3]))


class FloorRepository:
    """Requests by hearing, sitting and number."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, request: FloorRequest) -> FloorRequest:
        """A new request with the sitting's next number, whatever number it had."""
        last = await self._transaction.value(_LAST, {"hearing": request.hearing_id, "no": request.sitting})
        added = replace(request, number=(last or 0) + 1)
        await self.put(added)
        return added

    async def put(self, request: FloorRequest) -> None:
        """Store a request in place of the one with its number."""
        await self._transaction.run(upsert(self._transaction.dialect, floor_requests), dataclasses.asdict(request))

    async def list_of(self, hearing_id: int, sitting: int) -> tuple[FloorRequest, ...]:
        """Every request of a sitting, by number."""
        return tuple(map(_request, await self._transaction.rows(_LIST, {"hearing": hearing_id, "no": sitting})))

    async def of_person(self, resident_id: int) -> tuple[FloorRequest, ...]:
        """Every request of a person."""
        return tuple(map(_request, await self._transaction.rows(_OF_PERSON, {"person": resident_id})))

    async def part_from(self, resident_id: int, at: datetime) -> None:
        """Let no request name a person any more; those that wait are withdrawn."""
        mine = _f.resident_id == resident_id
        waiting = update(floor_requests).where(mine, _f.called_at.is_(None), _f.withdrawn_at.is_(None))
        await self._transaction.run(waiting.values(withdrawn_at=at))
        await self._transaction.run(update(floor_requests).where(mine).values(resident_id=None))

    async def part_from_old(self, before: datetime) -> None:
        """Let no request of before then name a person any more."""
        named = (_f.asked_at < before, _f.resident_id.is_not(None))
        await self._transaction.run(update(floor_requests).where(*named).values(resident_id=None))


def _request(row: Row) -> FloorRequest:
    return FloorRequest(
        *(row.hearing_id, row.sitting, row.number, row.asked_at, row.resident_id, row.in_hall),
        called_at=row.called_at,
        ended_at=row.ended_at,
        withdrawn_at=row.withdrawn_at,
    )
