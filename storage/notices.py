"""Notices: a row for each recipient of a broadcast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, func, literal, or_, select, text, update

from bot.domain.errors import NotFound
from bot.domain.notices import MAKING, BroadcastStatus, Claim, Notice, NoticeStatus, Progress, Reach
from storage.audiences import LAST_RESIDENT_ID, audience, audience_parameters, audience_parts, counted_audience
from storage.broadcasts import ENDED_STATUSES
from storage.columns import compact_json, microseconds, storable
from storage.dialects import among, insert, json_records
from storage.outbox_tables import FREE_NOTICES, OPEN_BROADCASTS, broadcasts, notices, rooms
from storage.prepared import PreparedQuery
from storage.shortfalls import given_up, room_progress, shortfalls
from storage.tables import residents

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select, Update

    from bot.domain.given_up import GivenUp
    from bot.domain.notices import Completion, Recipients, Shortfall
    from storage.database import Transaction

_c, _b = notices.c, broadcasts.c
_HERE = _c.broadcast_id == bindparam("broadcast")
_FAN_OUT_STATE = (
    select(_b.spread_to, _b.spread, _b.settled, _b.course)
    .where(_b.id == bindparam("id"))
    .with_for_update(key_share=True)
)
_ROOMS = rooms.c.municipality_id == bindparam("municipality"), rooms.c.left_at.is_(None)
_FREE = select(_c.id).where(_HERE, text(FREE_NOTICES)).limit(bindparam("limit")).with_for_update(skip_locked=True)
_NEXT = _FREE.where(_c.due_at <= bindparam("at", type_=_c.due_at.type)).order_by(_c.rank, _c.due_at, _c.id).cte("next")


def claiming(condition: ColumnElement[bool]) -> Update:
    """The claim, for the process ``by``, of the notices that meet a condition."""
    return update(notices).where(condition).values(claimed_by=bindparam("by"), claims=_c.claims + 1)


_CLAIM = claiming(_c.id.in_(select(_NEXT.c.id))).returning(
    *(_c.rank, _c.due_at, _c.id, _c.broadcast_id, _c.recipient_id, _c.room_id),
    *(_c.attempts, _c.claims, _c.doubtful),
)
# rows are counted as they come back: Python's sqlite3 counts nothing in a statement that begins with WITH
_EXPIRED = _FREE.cte("expired")
_EXPIRE = update(notices).where(_c.id.in_(select(_EXPIRED.c.id))).returning(_c.id)
_CLAIMS = PreparedQuery(select(_c.id, _c.claimed_by, _c.claims).where(_c.claimed_by > ""))
_WAITING = select(func.count()).where(_c.broadcast_id == _b.id, _c.state == NoticeStatus.WAITING).scalar_subquery()
_AHEAD = PreparedQuery(
    select(func.coalesce(func.sum(_WAITING), 0)).where(text(OPEN_BROADCASTS), _b.course == BroadcastStatus.GOING)
)


_OURS = or_(_c.claimed_by == bindparam("by"), _c.claimed_by == bindparam("making"))


def _completing() -> Any:
    _given, (notice, state, settled_at, reason, due_at, tried, doubtful) = json_records(
        "completions", int, str, int, str, int, int, int
    )
    return (
        update(notices)
        .where(_c.id == notice, _OURS)
        .values(
            state=state,
            settled_at=settled_at,
            reason=reason,
            due_at=func.coalesce(due_at, _c.due_at),
            attempts=_c.attempts + tried,
            doubtful=_c.doubtful | (doubtful == 1),
            claimed_by=None,
        )
        .returning(_c.id)
    )


def _releasing() -> Any:
    stale, (notice, by, claims) = json_records("stale", int, str, int)
    same = and_(_c.id == notice, _c.claimed_by == by, _c.claims == claims)
    found = select(_c.id).select_from(stale.join(notices, same)).with_for_update(skip_locked=True, of=notices)
    # nothing can have left of what was still being made
    doubtful = _c.doubtful | _c.claimed_by.not_like(f"%{MAKING}")
    freed = update(notices).where(_c.id.in_(select(found.cte("found").c.id)))
    return freed.values(claimed_by=None, doubtful=doubtful).returning(_c.id)


def _renewing(given: str) -> Any:
    """Count the claims of ``by`` on the notices ``given`` once more: others see that their owner lives."""
    _given, (notice,) = json_records(given, int)
    return update(notices).where(_c.id == notice, _OURS).values(claims=_c.claims + 1).returning(_c.id)


def _counting() -> Select[Any]:
    def count(*conditions: Any) -> Any:
        return select(func.count()).where(_c.broadcast_id == _b.id, *conditions).scalar_subquery()

    states = (NoticeStatus.DELIVERED, NoticeStatus.UNDELIVERABLE, NoticeStatus.DROPPED, NoticeStatus.WAITING)
    doubtful = count(_c.state == NoticeStatus.DELIVERED, _c.doubtful)
    counts = (*(count(_c.state == state) for state in states), doubtful)
    return select(_b.id, *counts).where(_b.hearing_id == bindparam("hearing_id"))


_COMPLETE, _RELEASE, _PROGRESS, _RENEW = _completing(), _releasing(), _counting(), _renewing("renewed")
_BEGIN_SENDING = _RENEW.values(claimed_by=bindparam("by"))


class NoticeRepository:
    """Notices, one a recipient. A claim has an owner and a number, and no time: it ends when it is released."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def reach(self, recipients: Recipients) -> Reach:
        """How many people and rooms a broadcast would go to now."""
        counted = counted_audience(recipients)
        count = 0 if counted is None else await self._transaction.value(counted, audience_parameters(recipients))
        here = {"municipality": recipients.municipality_id}
        posted = await self._transaction.value(select(func.count()).where(*_ROOMS), here) if recipients.rooms else 0
        return Reach(int(count), int(posted))

    async def fan_out(self, broadcast_id: int, recipients: Recipients, *, due_at: datetime, limit: int) -> int:
        """Write the notices of the next ``limit`` people, with the first batch those of rooms; returns how many.

        After the last batch the broadcast is ``fanned_out``. One that already is, or was cancelled or dropped, gets no
        more notices. Raises NotFound.
        """
        state = await self._transaction.first(_FAN_OUT_STATE, {"id": broadcast_id})
        if state is None:
            raise NotFound("broadcast", broadcast_id)
        if state.spread or state.settled or state.course in ENDED_STATUSES:
            return 0
        row = {"broadcast_id": broadcast_id, "hearing_id": recipients.hearing_id, "due_at": due_at}
        added = 0
        if recipients.rooms and state.spread_to == 0:
            here = {"municipality": recipients.municipality_id}
            added += await self._add("room_id", select(rooms.c.id).where(*_ROOMS), literal(0), row, here)
        upto, more = await self._next(recipients, state.spread_to, limit)
        bounds = audience_parameters(recipients, after=state.spread_to, upto=upto) | {"first": recipients.first}
        rank = case((among(residents.c.village_id, "first"), 1), else_=2)
        for part in audience_parts(recipients):
            added += await self._add("recipient_id", part, rank, row, bounds)
        advanced = update(broadcasts).where(_b.id == broadcast_id).values(spread_to=upto, spread=not more)
        await self._transaction.run(advanced)
        return added

    async def claim(self, broadcast_id: int, *, by: str, at: datetime, limit: int) -> tuple[Notice, ...]:
        """Claim up to ``limit`` notices that wait, are due and are not claimed.

        Rooms come first, then people of the villages in ``Recipients.first``, then the longest due. A notice that
        another process is about to claim is passed over, not waited for.
        """
        rows = await self._transaction.rows(_CLAIM, {"broadcast": broadcast_id, "by": by, "at": at, "limit": limit})
        return tuple(Notice(*row[2:]) for row in sorted(rows, key=lambda row: row[:3]))

    async def complete(self, completions: Collection[Completion], *, by: str, at: datetime) -> Collection[int]:
        """Record what became of notices claimed by ``by``, and end their claims, in one statement.

        Returns the ids that ``by`` still claimed; the others were taken over meanwhile and are left as they are.
        """
        if not completions:
            return ()
        records = compact_json([_record(each, at) for each in completions])
        ours = {"completions": records, "by": by, "making": by + MAKING}
        return frozenset(row.id for row in await self._transaction.rows(_COMPLETE, ours))

    async def renew(self, notice_ids: Collection[int], *, by: str, sending: bool = False) -> Collection[int]:
        """Count the claims of ``by`` once more, so that no other process takes them for abandoned.

        ``sending``: the file of these notices is made, and they leave now. Returns the ids that ``by`` still claimed.
        """
        ours = {"renewed": compact_json([[each] for each in notice_ids]), "by": by, "making": by + MAKING}
        rows = await self._transaction.rows(_BEGIN_SENDING if sending else _RENEW, ours)
        return frozenset(row.id for row in rows)

    async def list_claims(self) -> tuple[Claim, ...]:
        """Every notice that is claimed now, by any process."""
        return tuple(Claim(*row) for row in await self._transaction.rows(_CLAIMS))

    async def release(self, claims: Collection[Claim]) -> int:
        """End the claims that have not changed: their notices wait again, doubtful. Returns how many."""
        if not claims:
            return 0
        stale = compact_json([[claim.notice_id, claim.by, claim.claims] for claim in claims])
        return len(await self._transaction.rows(_RELEASE, {"stale": stale}))

    async def expire(self, broadcast_id: int, *, reason: str, at: datetime, limit: int) -> int:
        """Drop up to ``limit`` notices that wait and are not claimed, due or not; returns how many."""
        dropped = _EXPIRE.values(state=NoticeStatus.DROPPED, reason=reason, settled_at=at)
        return len(await self._transaction.rows(dropped, {"broadcast": broadcast_id, "limit": limit}))

    async def progress(self, hearing_id: int) -> Mapping[int, Progress]:
        """The notices of a hearing's broadcasts, counted by status, by broadcast id. A claimed one still waits."""
        rows = await self._transaction.rows(_PROGRESS, {"hearing_id": hearing_id})
        return {broadcast: Progress(*map(int, counts)) for broadcast, *counts in rows}

    async def room_progress(self, hearing_id: int) -> Mapping[int, Progress]:
        """The same of groups and channels alone; a broadcast that goes to none is left out."""
        return await room_progress(self._transaction, hearing_id)

    async def shortfalls(self, broadcast_id: int) -> tuple[Shortfall, ...]:
        """Who did not get a broadcast: people by the reason, the most first, then each room."""
        return await shortfalls(self._transaction, broadcast_id)

    async def given_up(self, since: datetime) -> tuple[GivenUp, ...]:
        """What was not delivered since then and never will be, replies too, the most first."""
        return await given_up(self._transaction, since)

    async def ahead(self) -> int:
        """How many notices wait in all broadcasts that are going."""
        return int(await self._transaction.value(_AHEAD))

    async def _next(self, recipients: Recipients, after: int, limit: int) -> tuple[int, bool]:
        """The id of the last of the next ``limit`` people, and whether there are more after it."""
        people = audience(recipients)
        if people is None:
            return after, False
        ends = people.order_by("person").limit(bindparam("two", 2)).offset(bindparam("passed", limit - 1))
        rows = await self._transaction.rows(ends, audience_parameters(recipients, after=after))
        return (rows[0].person, len(rows) == 2) if rows else (LAST_RESIDENT_ID, False)

    async def _add(
        self, column: str, people: Select[Any], rank: Any, row: dict[str, Any], bounds: Mapping[str, Any]
    ) -> int:
        same = row | {"attempts": 0, "claims": 0, "doubtful": False, "state": NoticeStatus.WAITING, "reason": ""}
        values = [literal(value, _c[name].type) for name, value in same.items()]
        chosen = people.add_columns(rank, *values)
        statement = insert(self._transaction.dialect, notices).from_select([column, "rank", *same], chosen)
        return await self._transaction.run(statement.on_conflict_do_nothing(), bounds)


def _record(completion: Completion, at: datetime) -> list[int | str | None]:
    waits = completion.status is NoticeStatus.WAITING
    return [
        completion.notice_id,
        completion.status.value,
        None if waits else microseconds(at),
        "" if waits else storable(completion.reason),
        microseconds(completion.due_at) if waits else None,
        int(waits and completion.tried),
        int(completion.doubtful),
    ]
