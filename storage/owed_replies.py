"""Owed replies: the notices that belong to one person and one update, without a broadcast."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, text, update

from bot.domain.inbox import ANSWERS_HELD, MERGED_FROM
from bot.domain.notices import MAKING, Notice, NoticeStatus
from bot.domain.owed_replies import MERGEABLE, OwedReply, ReplyKind, merged
from storage import tables
from storage.dialects import insert
from storage.housekeeping_tables import inbox
from storage.notices import claiming
from storage.outbox_tables import FREE_NOTICES, OWED_NOTICES, notices
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from storage.database import Row, Transaction

_c = notices.c
_r = tables.residents.c
_MORE_WAITS = exists().where(_r.id == _c.recipient_id, inbox.c.telegram_id == _r.telegram_id)
_DUE = _c.due_at <= bindparam("at", type_=_c.due_at.type)
_MAY_LEAVE = or_(_c.due_at <= bindparam("held_until", type_=_c.due_at.type), ~_MORE_WAITS)
"""While further messages of the recipient wait in the inbox, one reply is to answer them all."""
_FREE = select(_c.id).where(text(OWED_NOTICES), text(FREE_NOTICES), _DUE, _MAY_LEAVE, _c.reply != ReplyKind.FILE)
_ANY = PreparedQuery(select(_FREE.exists()))
_NEXT = _FREE.order_by(_c.due_at, _c.id).limit(bindparam("limit")).with_for_update(skip_locked=True).cte("next")
_CLAIMED = (
    *(_c.due_at, _c.id, _c.broadcast_id, _c.recipient_id, _c.room_id),
    *(_c.attempts, _c.claims, _c.doubtful, _c.reply, _c.facts),
)
_CLAIM = claiming(_c.id.in_(select(_NEXT.c.id))).returning(*_CLAIMED)
_FREE_FILES = text(OWED_NOTICES), text(FREE_NOTICES), _c.reply == ReplyKind.FILE
_DUE_FILES = PreparedQuery(
    select(_c.facts).where(*_FREE_FILES, _DUE).group_by(_c.facts).order_by(func.min(_c.due_at), func.min(_c.id))
)
_SAME_FILES = (
    select(_c.id)
    .where(*_FREE_FILES, _DUE, _c.facts == bindparam("wanted", type_=_c.facts.type))
    .order_by(_c.due_at, _c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
    .cte("same")
)
_CLAIM_FILES = claiming(_c.id.in_(select(_SAME_FILES.c.id))).returning(*_CLAIMED)
_FILES_WAITING = select(_c.recipient_id).where(*_FREE_FILES).order_by(_c.due_at)
_ANSWERED = PreparedQuery(select(exists().where(text("update_key IS NOT NULL"), _c.update_key == bindparam("key"))))
_UNBEGUN = (
    select(_c.id, _c.facts)
    .where(text("update_key IS NOT NULL"), _c.update_key == bindparam("key"), text(FREE_NOTICES), _c.claims == 0)
    .with_for_update()
)
_TAKE_BACK = delete(notices).where(
    text("update_key IS NOT NULL"), _c.update_key == bindparam("key"), text(FREE_NOTICES), _c.claims == 0
)
_HASTEN = (
    update(notices)
    .where(text(OWED_NOTICES), text(FREE_NOTICES), _c.claims == 0, _c.reply != ReplyKind.PLACE_MERGED)
    .where(_c.due_at > bindparam("now", type_=_c.due_at.type))
    .values(due_at=bindparam("now", type_=_c.due_at.type))
)
_AHEAD = PreparedQuery(select(func.count()).where(text(OWED_NOTICES), _c.settled_at.is_(None)))
_OLD = and_(
    text(OWED_NOTICES),
    or_(
        _c.settled_at < bindparam("before", type_=_c.due_at.type), _c.due_at < bindparam("before", type_=_c.due_at.type)
    ),
)
_EXPIRE = delete(notices).where(_OLD, _c.claimed_by.is_(None))
_DROP = delete(notices).where(text(OWED_NOTICES), _c.recipient_id == bindparam("recipient"))
_SAME = PreparedQuery(
    select(
        exists().where(
            text(OWED_NOTICES),
            _c.settled_at.is_(None),
            or_(_c.claimed_by.is_(None), _c.reply == ReplyKind.FILE),
            _c.recipient_id == bindparam("recipient"),
            _c.reply == bindparam("reply", type_=_c.reply.type),
            _c.facts == bindparam("facts", type_=_c.facts.type),
        )
    )
)
_WAITING = PreparedQuery(
    select(func.count()).where(_r.id == bindparam("recipient"), inbox.c.telegram_id == _r.telegram_id)
)
_UNSENT = (
    select(_c.id, _c.reply, _c.update_key, _c.facts, _c.due_at)
    .where(
        text(OWED_NOTICES), text(FREE_NOTICES), _c.recipient_id == bindparam("recipient"), _c.reply.in_(list(MERGEABLE))
    )
    .order_by(_c.id)
)
_REPLACE = (
    update(notices)
    .where(_c.id == bindparam("notice"), text(FREE_NOTICES))
    .values(state=NoticeStatus.DROPPED, settled_at=bindparam("at", type_=_c.due_at.type), reason="a later one answers")
)


class OwedReplyRepository:
    """Owed replies, one an update. They are completed and released as all notices are."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, reply: OwedReply, *, at: datetime, due_at: datetime | None = None) -> bool:
        """Store it, due at once or then; False where its update has a reply, or one that says the same waits already.

        Of the latter, where both are due at once, it is recorded that the update needs no other answer. While many
        messages of the recipient wait in the inbox, it takes the place of those that have not left. A file that is
        being made or sent counts as waiting.
        """
        if reply.kind in MERGEABLE and (waiting := await self._waiting(reply.recipient_id)):
            earlier = await self._earlier(reply.recipient_id)
            if waiting >= MERGED_FROM or any(each.answers > 1 for _, _, each in earlier):
                return await self._merge(reply, earlier, at)
        same = {"recipient": reply.recipient_id, "reply": reply.kind, "facts": reply.facts}
        waits = due_at is None and bool(await self._transaction.value(_SAME, same))
        return await self._insert(reply, due_at=due_at or at, settled_at=at if waits else None) and not waits

    async def _waiting(self, recipient_id: int) -> int:
        """How many updates of the recipient are in the inbox, this one too."""
        return int(await self._transaction.value(_WAITING, {"recipient": recipient_id}))

    async def _earlier(self, recipient_id: int) -> list[tuple[int, datetime, OwedReply]]:
        """The recipient's replies that have not left and are not on their way."""
        rows = await self._transaction.rows(_UNSENT, {"recipient": recipient_id})
        return [(number, due, OwedReply(recipient_id, kind, key, facts)) for number, kind, key, facts, due in rows]

    async def _merge(self, reply: OwedReply, earlier: list[tuple[int, datetime, OwedReply]], at: datetime) -> bool:
        if await self.answered(reply.update_key):
            return False
        due_at = at
        for number, due, other in earlier:
            if await self._transaction.run(_REPLACE, {"notice": number, "at": at}):
                reply = merged(other, reply)
                due_at = min(due_at, due)
        return await self._insert(reply, due_at=due_at)

    async def _insert(self, reply: OwedReply, *, due_at: datetime, settled_at: datetime | None = None) -> bool:
        row = {
            "recipient_id": reply.recipient_id,
            "rank": 0,
            "due_at": due_at,
            "attempts": 0,
            "claims": 0,
            "doubtful": False,
            "state": NoticeStatus.WAITING if settled_at is None else NoticeStatus.DROPPED,
            "settled_at": settled_at,
            "reason": "" if settled_at is None else "another says the same",
            "reply": reply.kind,
            "update_key": reply.update_key,
            "facts": reply.facts,
        }
        statement = insert(self._transaction.dialect, notices).on_conflict_do_nothing()
        return bool(await self._transaction.run(statement, row))

    async def put_off(self, update_key: str, due_at: datetime, **facts: int) -> bool:
        """Let that reply wait until then, and change some of its facts; False where its delivery has begun."""
        row = await self._transaction.first(_UNBEGUN, {"key": update_key})
        if row is None:
            return False
        values = {"due_at": due_at, "facts": {**row.facts, **facts}}
        return bool(await self._transaction.run(update(notices).where(_c.id == row.id).values(values)))

    async def take_back(self, update_key: str) -> bool:
        """Delete that reply; False where its delivery has begun, or where there is none."""
        return bool(await self._transaction.run(_TAKE_BACK, {"key": update_key}))

    async def hasten(self, at: datetime) -> None:
        """Let those that wait, and of which none was tried yet, be due now; news for the morning still waits."""
        await self._transaction.run(_HASTEN, {"now": at})

    async def answered(self, update_key: str) -> bool:
        """True where the update has a reply, sent or not."""
        return bool(await self._transaction.value(_ANSWERED, {"key": update_key}))

    async def due(self, at: datetime) -> bool:
        """True where one other than a file waits unclaimed that is due by ``at``, and may leave."""
        return bool(await self._transaction.value(_ANY, {"at": at, "held_until": at - ANSWERS_HELD}))

    async def claim(self, *, by: str, at: datetime, limit: int) -> tuple[Notice, ...]:
        """Claim up to ``limit`` that are no files, wait, are due and are not claimed, the longest due first."""
        given = {"by": by, "at": at, "held_until": at - ANSWERS_HELD, "limit": limit}
        return _notices(await self._transaction.rows(_CLAIM, given))

    async def list_due_files(self, at: datetime) -> tuple[Mapping[str, str | int], ...]:
        """The facts of the files that wait unclaimed and are due by ``at``, each once, the longest due first."""
        return tuple(row.facts for row in await self._transaction.rows(_DUE_FILES, {"at": at}))

    async def claim_files(
        self, facts: Mapping[str, str | int], *, by: str, at: datetime, limit: int
    ) -> tuple[Notice, ...]:
        """Claim up to ``limit`` of those who wait for this file, for a process that makes it."""
        given = {"wanted": facts, "by": by + MAKING, "at": at, "limit": limit}
        return _notices(await self._transaction.rows(_CLAIM_FILES, given))

    async def files_waiting(self) -> Mapping[int, int]:
        """How many files wait unclaimed, by the id of the resident."""
        return Counter(row.recipient_id for row in await self._transaction.rows(_FILES_WAITING))

    async def ahead(self) -> int:
        """How many wait."""
        return int(await self._transaction.value(_AHEAD))

    async def expire(self, before: datetime) -> int:
        """Delete those that were completed, or have been waiting, since ``before``; returns how many."""
        return await self._transaction.run(_EXPIRE, {"before": before})

    async def drop(self, resident_id: int) -> None:
        """Delete those of a resident, who is being forgotten."""
        await self._transaction.run(_DROP, {"recipient": resident_id})


def _notices(rows: Sequence[Row]) -> tuple[Notice, ...]:
    return tuple(Notice(*row[1:]) for row in sorted(rows, key=lambda row: row[:2]))
