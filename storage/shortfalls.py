"""What became of the notices of groups and channels, and which notices did not arrive, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, text

from bot.domain.given_up import GivenUp
from bot.domain.notices import NoticeStatus, Progress, Shortfall
from storage.outbox_tables import TO_ROOMS, UNREACHED, broadcasts, notices, rooms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.database import Transaction

_c, _b = notices.c, broadcasts.c
_HERE = _c.broadcast_id == bindparam("broadcast")
_POSTS = (
    select(_c.broadcast_id, _c.state, _c.doubtful)
    .join_from(broadcasts, notices, _c.broadcast_id == _b.id)
    .where(_b.hearing_id == bindparam("hearing_id"), text(TO_ROOMS))
)
_PEOPLE = (
    select(_c.reason, func.count().label("n")).where(_HERE, text(UNREACHED), _c.room_id.is_(None)).group_by(_c.reason)
)
_ROOMS = (
    select(rooms.c.id, rooms.c.title, _c.reason)
    .join_from(notices, rooms, rooms.c.id == _c.room_id)
    .where(_HERE, text(TO_ROOMS), _c.state.in_((NoticeStatus.UNDELIVERABLE, NoticeStatus.DELIVERED)), _c.reason != "")
)
_GIVEN_UP = (
    select(_b.kind, _c.reply, _c.reason, func.count().label("n"))
    .join_from(notices, broadcasts, _c.broadcast_id == _b.id, isouter=True)
    .where(text(UNREACHED), _c.settled_at >= bindparam("since", type_=_c.due_at.type))
    .group_by(_b.kind, _c.reply, _c.reason)
)


async def given_up(transaction: Transaction, since: datetime) -> tuple[GivenUp, ...]:
    """What was given up since then, the most first."""
    rows = await transaction.rows(_GIVEN_UP, {"since": since})
    found = [GivenUp((row.kind or row.reply).value, row.reason, row.n) for row in rows]
    return tuple(sorted(found, key=lambda each: (-each.count, each.what, each.reason)))


async def room_progress(transaction: Transaction, hearing_id: int) -> Mapping[int, Progress]:
    """The notices of groups and channels alone, counted by status, by broadcast id."""
    counted: dict[int, Counter[str]] = {}
    for broadcast_id, state, doubtful in await transaction.rows(_POSTS, {"hearing_id": hearing_id}):
        of = counted.setdefault(broadcast_id, Counter())
        of[state.value] += 1
        of["doubtful"] += doubtful and state is NoticeStatus.DELIVERED
    return {broadcast_id: Progress(**of) for broadcast_id, of in counted.items()}


async def shortfalls(transaction: Transaction, broadcast_id: int) -> tuple[Shortfall, ...]:
    """Who did not get the broadcast: people by the reason, the most first, then each room."""
    here = {"broadcast": broadcast_id}
    people = [Shortfall(row.reason, people=row.n) for row in await transaction.rows(_PEOPLE, here)]
    posts = sorted(await transaction.rows(_ROOMS, here), key=lambda row: row.id)
    by_size = sorted(people, key=lambda each: (-each.people, each.reason))
    return (*by_size, *(Shortfall(row.reason, room=row.title) for row in posts))
