"""Appeals against the hiding of comments: one for each hiding, and those that wait for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, exists, func, select, text, update

from bot.domain.appeals import Appeal, AppealCounts
from bot.domain.errors import NotFound
from storage import tables
from storage.moderation_tables import UNJUDGED_APPEALS, appeals
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import Comment
    from storage.database import Row, Transaction

_t, _c, _o = appeals, appeals.c, tables.comments.c
_FIELDS = ("comment_id", "hidden_at", "words", "made_at", "judged_at", "judged_by", "lifted")
_ABOUT_COMMENTS = _t.join(tables.comments, _o.id == _c.comment_id)
_WAITS = and_(text(UNJUDGED_APPEALS), _c.hidden_at == _o.hidden_at, _o.withdrawn_at.is_(None), _c.words != "")
_h = tables.hearings.c
_HERE = _o.hearing_id.in_(select(_h.id).where(_h.municipality_id == bindparam("municipality")))
_WAITING = and_(text(UNJUDGED_APPEALS), exists().where(_o.id == _c.comment_id, _WAITS, _HERE).correlate(_t))
"""The few appeals that wait are looked through, not the comments of all hearings."""
_OF_AUTHOR = select(_o.id).where(_o.author_id == bindparam("author"))
_BY_AUTHOR = PreparedQuery(select(_t).where(_c.comment_id.in_(_OF_AUTHOR)).order_by(_c.id))


class AppealRepository:
    """Appeals, by the comment they are about."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, appeal: Appeal) -> Appeal:
        """Store a new one; returns it with its id, which no other has had."""
        row = {name: getattr(appeal, name) for name in _FIELDS}
        return await self.get(int(await self._transaction.value(_t.insert().returning(_c.id), row)))

    async def get(self, appeal_id: int) -> Appeal:
        """The appeal. Raises NotFound."""
        row = await self._transaction.first(select(_t).where(_c.id == appeal_id))
        if row is None:
            raise NotFound("appeal", appeal_id)
        return _appeal(row)

    async def find(self, comment: Comment) -> Appeal | None:
        """The appeal against the hiding of the comment as it is hidden now."""
        if comment.hidden_at is None:
            return None
        same = _c.comment_id == comment.id, _c.hidden_at == comment.hidden_at
        row = await self._transaction.first(select(_t).where(*same))
        return None if row is None else _appeal(row)

    async def judge(self, appeal_id: int, *, lifted: bool, by: int | None, at: datetime) -> None:
        """Note what was decided about it, and by whom."""
        values = {"judged_at": at, "judged_by": by, "lifted": lifted}
        await self._transaction.run(update(_t).where(_c.id == appeal_id).values(values))

    async def list_waiting(self, municipality_id: int, *, limit: int) -> tuple[Appeal, ...]:
        """The appeals that wait in a municipality, the longest first."""
        found = select(_t).where(_WAITING).order_by(_c.id).limit(limit)
        return tuple(_appeal(row) for row in await self._transaction.rows(found, {"municipality": municipality_id}))

    async def count_waiting(self, municipality_id: int) -> int:
        """How many appeals wait in a municipality."""
        found = select(func.count()).select_from(_t).where(_WAITING)
        return int(await self._transaction.value(found, {"municipality": municipality_id}))

    async def counts(self, hearing_id: int) -> AppealCounts:
        """The appeals of a hearing, counted."""
        judged = _c.judged_at.is_not(None)
        counted = (
            select(
                func.count(),
                func.count().filter(judged, _c.lifted),
                func.count().filter(judged, ~_c.lifted),
                func.count().filter(_WAITS),
            )
            .select_from(_ABOUT_COMMENTS)
            .where(_o.hearing_id == hearing_id)
        )
        row = await self._transaction.first(counted)
        assert row is not None
        return AppealCounts(*map(int, row))

    async def list_of(self, author_id: int) -> tuple[Appeal, ...]:
        """The appeals of a person, the oldest first."""
        return tuple(_appeal(row) for row in await self._transaction.rows(_BY_AUTHOR, {"author": author_id}))

    async def forget(self, author_id: int) -> None:
        """Take a person's words from what was decided, and what waits for good: they are being forgotten."""
        theirs = _c.comment_id.in_(_OF_AUTHOR)
        given = {"author": author_id}
        await self._transaction.run(delete(_t).where(theirs, text(UNJUDGED_APPEALS)), given)
        await self._transaction.run(update(_t).where(theirs).values(words=""), given)


def _appeal(row: Row) -> Appeal:
    return Appeal(row.id, *(getattr(row, name) for name in _FIELDS))
