"""The shelf of open drafts: what we wait for a person to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select

from bot.domain.comments import Media
from bot.domain.pending_input import PendingInput
from bot.domain.questions import About
from storage import tables
from storage.dialects import replacing

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Row, Transaction

_t = tables.pending_inputs
_c = _t.c
_OPEN = select(_t).where(
    _c.resident_id == bindparam("resident_id"), _c.expires_at > bindparam("at", type_=_c.expires_at.type)
)


class PendingInputRepository:
    """Open drafts, one a person."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, resident_id: int, at: datetime) -> PendingInput | None:
        """The person's draft, if one is open at that moment."""
        row = await self._transaction.first(_OPEN, {"resident_id": resident_id, "at": at})
        return None if row is None else _draft(row)

    async def put(self, draft: PendingInput) -> None:
        """Open it, in place of the person's earlier one."""
        await self._transaction.run(replacing(self._transaction.dialect, _t), _columns(draft))

    async def drop(self, resident_id: int) -> None:
        """Wait for nothing any more."""
        await self._transaction.run(delete(_t).where(_c.resident_id == resident_id))

    async def drop_expired(self, at: datetime) -> int:
        """Remove what nobody waits for any more; returns how many."""
        return await self._transaction.run(delete(_t).where(_c.expires_at <= at))


def _columns(draft: PendingInput) -> dict[str, Any]:
    media = {f"media_{name}": getattr(draft.media, name, None) for name in ("kind", "file_id", "unique_id", "seconds")}
    return {
        "resident_id": draft.resident_id,
        "kind": draft.kind,
        "expires_at": draft.expires_at,
        "hearing_id": draft.hearing_id,
        "comment_kind": draft.comment_kind,
        "comment_id": draft.comment_id,
        "about_kind": draft.about.kind,
        "about_no": draft.about.no,
        "text": draft.text,
        "source": draft.source,
        **media,
    }


def _draft(row: Row) -> PendingInput:
    media = Media(row.media_kind, row.media_file_id, row.media_unique_id, row.media_seconds) if row.media_kind else None
    return PendingInput(
        resident_id=row.resident_id,
        kind=row.kind,
        expires_at=row.expires_at,
        hearing_id=row.hearing_id,
        comment_kind=row.comment_kind,
        about=About(row.about_kind, row.about_no),
        comment_id=row.comment_id,
        text=row.text,
        media=media,
        source=row.source,
    )
