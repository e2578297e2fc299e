"""The shelf of notices: the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, literal, select, text, update

from bot.domain.errors import NotFound
from bot.domain.notices import Delivery, Notice
from storage import tables
from storage.columns import compact
from storage.dialects import insert, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.notices import NoticeKind
    from storage.database import Transaction

_t = tables.notices
_c = _t.c
_DUE = (
    select(_c.id, _c.recipient_id, _c.kind, _c.hearing_id, _c.due_at, _c.attempts)
    .where(text(tables.OWED), _c.due_at <= bindparam("at", type_=_c.due_at.type))
    .order_by(_c.due_at, _c.id)
    .limit(bindparam("limit"))
)
_PROGRESS = select(_c.state, func.count()).where(_c.hearing_id == bindparam("hearing_id")).group_by(_c.state)


class NoticesShelf:
    """Messages owed to somebody, once each."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def enqueue(
        self, kind: NoticeKind, hearing: Hearing, recipients: Collection[int], *, due_at: datetime
    ) -> int:
        """Owe the notice to each of them from ``due_at`` on; one per (kind, hearing, version, recipient).

        Returns how many are new. One statement, however many there are.
        """
        given, recipient = listed("recipients")
        facts = {
            "kind": kind,
            "hearing_id": hearing.id,
            "version": hearing.version,
            "due_at": due_at,
            "attempts": 0,
            "state": Delivery.WAITING,
            "reason": "",
        }
        names = ["recipient_id", *facts]
        values = [recipient, *(literal(value, _c[name].type) for name, value in facts.items())]
        # "WHERE true": without it SQLite takes ON CONFLICT for a join's ON
        rows = select(*values).select_from(given).where(text("true"))
        statement = insert(self._transaction.dialect, _t).from_select(names, rows)
        return await self._transaction.run(
            statement.on_conflict_do_nothing(), {"recipients": compact(sorted(set(recipients)))}
        )

    async def list_due(self, at: datetime, *, limit: int) -> tuple[Notice, ...]:
        """Waiting and due by ``at``, the longest due first."""
        rows = await self._transaction.rows(_DUE, {"at": at, "limit": limit})
        return tuple(Notice(*row) for row in rows)

    async def settle(self, notice_id: int, delivery: Delivery, *, at: datetime, reason: str = "") -> None:
        """What became of it, for good. Raises NotFound."""
        await self._change(notice_id, {"state": delivery, "settled_at": at, "reason": reason})

    async def put_off(self, notice_id: int, due_at: datetime) -> None:
        """Try again from ``due_at`` on, one attempt the wiser. Raises NotFound."""
        await self._change(notice_id, {"due_at": due_at, "attempts": _c.attempts + 1})

    async def progress(self, hearing_id: int) -> Mapping[Delivery, int]:
        """The hearing's notices by what became of them."""
        rows = await self._transaction.rows(_PROGRESS, {"hearing_id": hearing_id})
        return {state: int(count) for state, count in rows}

    async def _change(self, notice_id: int, values: dict[str, Any]) -> None:
        if not await self._transaction.run(update(_t).where(_c.id == notice_id).values(values)):
            raise NotFound("notice", notice_id)
