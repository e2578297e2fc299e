"""Broadcasts: one message to many, written with the change that caused it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, or_, select, text, update

from bot.domain.errors import NotFound
from bot.domain.notice_rules import NOTICE_RULES
from bot.domain.notices import Broadcast, BroadcastStatus, NoticeStatus, Planned
from storage.dialects import insert
from storage.outbox_tables import OPEN_BROADCASTS, VILLAGE_BROADCASTS, broadcasts, notices
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.notices import NoticeKind
    from storage.database import Row, Transaction

_c = broadcasts.c
ENDED_STATUSES = (BroadcastStatus.CANCELLED, BroadcastStatus.DROPPED)
"""With these no more notices are written."""
_ALL = select(
    *(_c.id, _c.hearing_id, _c.kind, _c.step, _c.edition, _c.due_at, _c.facts),
    *(_c.course, _c.made_at, _c.spread, _c.settled, _c.reason),
)
_BY_ID = _ALL.where(_c.id == bindparam("id"))
_OPEN = PreparedQuery(_ALL.where(text(OPEN_BROADCASTS)).order_by(_c.urgency, _c.due_at, _c.id))
_HERE = _c.hearing_id == bindparam("hearing_id")
_OF_HEARING = _ALL.where(_HERE).order_by(_c.id.desc())
_EDITIONS = select(_c.kind, _c.step, _c.edition).where(_HERE)
_OF_VILLAGE = PreparedQuery(
    select(_c.id).where(
        text(VILLAGE_BROADCASTS), _c.step == bindparam("village_id"), _c.edition == bindparam("edition")
    )
)
_HAS_WAITING = exists().where(notices.c.broadcast_id == _c.id, notices.c.state == NoticeStatus.WAITING)
_COMPLETE = (
    update(broadcasts)
    .where(_c.id == bindparam("broadcast"), or_(_c.spread, _c.course.in_(ENDED_STATUSES)), ~_HAS_WAITING)
    .values(settled=True)
)


class BroadcastRepository:
    """Broadcasts, each edition of each kind and step once a hearing."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def begin(self, planned: Planned, *, at: datetime, status: BroadcastStatus, reason: str = "") -> int | None:
        """Store it and return its id; None where this edition is stored already.

        One that begins as cancelled or dropped is completed at once: it records that, and why, it was not sent.
        """
        row = {
            "hearing_id": planned.hearing_id,
            "kind": planned.kind,
            "step": planned.step,
            "edition": planned.edition,
            "due_at": planned.due_at,
            "made_at": at,
            "course": status,
            "reason": reason,
            "facts": planned.facts,
            "urgency": int(NOTICE_RULES[planned.kind].urgency),
            "spread_to": 0,
            "spread": False,
            "settled": status in ENDED_STATUSES,
        }
        statement = insert(self._transaction.dialect, broadcasts).on_conflict_do_nothing(
            index_elements=["hearing_id", "kind", "step", "edition"]
        )
        begun = await self._transaction.value(statement.returning(_c.id), row)
        return None if begun is None else int(begun)

    async def get(self, broadcast_id: int) -> Broadcast:
        """The broadcast; raises NotFound."""
        row = await self._transaction.first(_BY_ID, {"id": broadcast_id})
        if row is None:
            raise NotFound("broadcast", broadcast_id)
        return _broadcast(row)

    async def list_open(self) -> tuple[Broadcast, ...]:
        """Those that are not completed, whatever their status: the most urgent first, then the longest due."""
        return tuple(map(_broadcast, await self._transaction.rows(_OPEN)))

    async def list_of(self, hearing_id: int) -> tuple[Broadcast, ...]:
        """The broadcasts of a hearing, newest first."""
        return tuple(map(_broadcast, await self._transaction.rows(_OF_HEARING, {"hearing_id": hearing_id})))

    async def editions(self, hearing_id: int) -> frozenset[tuple[NoticeKind, int, int]]:
        """The keys (kind, step, edition) of the hearing's broadcasts."""
        rows = await self._transaction.rows(_EDITIONS, {"hearing_id": hearing_id})
        return frozenset((kind, step, edition) for kind, step, edition in rows)

    async def has_reminded(self, village_id: int, edition: int) -> bool:
        """True where a reminder to the village alone has that edition, of whichever hearing."""
        return bool(await self._transaction.rows(_OF_VILLAGE, {"village_id": village_id, "edition": edition}))

    async def set_status(self, broadcast_id: int, status: BroadcastStatus, *, reason: str = "") -> None:
        """Let it go, pause it or end it. Raises NotFound."""
        await self._change(broadcast_id, {"course": status, "reason": reason})

    async def put_off(self, broadcast_id: int, due_at: datetime) -> None:
        """Move the moment it is due; notices that are written keep theirs. Raises NotFound."""
        await self._change(broadcast_id, {"due_at": due_at})

    async def complete(self, broadcast_id: int) -> bool:
        """Complete it if no notice waits and none is to be written any more; returns whether it is completed."""
        return bool(await self._transaction.run(_COMPLETE, {"broadcast": broadcast_id}))

    async def _change(self, broadcast_id: int, values: dict[str, Any]) -> None:
        if not await self._transaction.run(update(broadcasts).where(_c.id == broadcast_id).values(values)):
            raise NotFound("broadcast", broadcast_id)


def _broadcast(row: Row) -> Broadcast:
    planned = Planned(row.hearing_id, row.kind, row.edition, row.due_at, row.step, row.facts)
    return Broadcast(row.id, planned, row.course, row.made_at, row.spread, row.settled, row.reason)
