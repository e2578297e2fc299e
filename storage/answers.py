"""The commission's answers, as everybody reads them, and what they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, exists, func, select, text, update

from bot.domain.comments import PROMISING, Channel, Comment, Outcome, Visibility
from bot.domain.errors import NotFound
from bot.domain.promises import AnswerFilter, PromiseCounts
from storage import tables
from storage.comment_rows import COMMENT_COLUMNS, comments_from
from storage.dialects import among
from storage.entry_tables import entries

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from bot.domain.promises import DoneWork
    from storage.database import Transaction

_t = tables.comments
_c = _t.c
_ALL = select(*COMMENT_COLUMNS)
_HERE = _c.hearing_id == bindparam("hearing")
_PUBLIC = and_(_HERE, text(tables.PUBLISHED_COMMENTS), _c.outcome.is_not(None))
_head = _t.alias("head")
_SHOWN_WITH_ITS_HEAD = exists().where(
    _head.c.id == _c.merged_into, _head.c.visibility == Visibility.PUBLISHED, _head.c.withdrawn_at.is_(None)
)
_LISTED = and_(_PUBLIC, ~_SHOWN_WITH_ITS_HEAD)
"""Joined comments have one answer: it is listed once, with their numbers, where everybody may read the head."""
_PROMISING = _c.outcome.in_(sorted(PROMISING))
_PROMISED = and_(_HERE, _c.withdrawn_at.is_(None), _c.merged_into.is_(None), _PROMISING)
_DONE = and_(_PROMISING, _c.done_at.is_not(None))
_OVERDUE = and_(_PROMISING, _c.done_at.is_(None), _c.due < bindparam("today", type_=_c.due.type))
_OF_COMMENT = (_c.id == bindparam("comment")) | (_c.merged_into == bindparam("comment"))
_SUPPORTED = select(tables.supports.c.comment_id).where(tables.supports.c.resident_id == bindparam("resident"))
_THEIRS = (_c.author_id == bindparam("resident")) | _c.id.in_(_SUPPORTED)
_BEHIND = _ALL.where(_OF_COMMENT, _THEIRS, _c.withdrawn_at.is_(None)).order_by(_c.id)
_BY_OUTCOME = select(_c.outcome, func.count()).where(_LISTED).group_by(_c.outcome)
_FILTERS: Final[dict[AnswerFilter, tuple[ColumnElement[bool], ...]]] = {
    AnswerFilter.ALL: (),
    **{AnswerFilter(outcome.value): (_c.outcome == outcome,) for outcome in Outcome},
    AnswerFilter.DONE: (_DONE,),
    AnswerFilter.OVERDUE: (_OVERDUE,),
}


def _promises(within: ColumnElement[bool]) -> Select[Any]:
    counted: list[Any] = [func.count().filter(which) for which in (_PROMISING, _DONE, _OVERDUE)]
    return select(*counted).select_from(_t).where(within)


class AnswerRepository:
    """Comments with a decision. Those that everybody may read are published and not withdrawn."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def list_public(
        self, hearing_id: int, which: AnswerFilter, *, today: date, offset: int, limit: int
    ) -> tuple[Comment, ...]:
        """Those of the filter that everybody may read, by receipt number; of joined ones the head."""
        found = _ALL.where(_LISTED, *_FILTERS[which]).order_by(_c.id).offset(offset).limit(limit)
        return await self._list(found, hearing_id, today=today)

    async def find_public(self, hearing_id: int, number: int) -> Comment | None:
        """The one with that receipt number, if everybody may read it."""
        found = await self._list(_ALL.where(_PUBLIC, _c.number == number), hearing_id)
        return next(iter(found), None)

    async def counts_public(self, hearing_id: int) -> Mapping[Outcome, int]:
        """How many ``list_public`` has, by outcome."""
        rows = await self._transaction.rows(_BY_OUTCOME, {"hearing": hearing_id})
        return {row[0]: int(row[1]) for row in rows}

    async def promises_public(self, hearing_id: int, today: date) -> PromiseCounts:
        """What those promise."""
        return await self._count(_promises(_LISTED), hearing_id, today)

    async def list_promised(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Comment, ...]:
        """Whose decision promises something, hidden ones too: what is not done first, the earliest day first."""
        order = (_c.done_at.is_not(None), _c.due.is_(None), _c.due, _c.id)
        return await self._list(_ALL.where(_PROMISED).order_by(*order).offset(offset).limit(limit), hearing_id)

    async def promises(self, hearing_id: int, today: date) -> PromiseCounts:
        """What ``list_promised`` has."""
        return await self._count(_promises(_PROMISED), hearing_id, today)

    async def list_changing(self, hearing_id: int) -> tuple[Comment, ...]:
        """Whose decision promises to change something in the drafts, hidden ones too, by receipt number."""
        return await self._list(_ALL.where(_PROMISED, _c.changes.is_not(None)).order_by(_c.id), hearing_id)

    async def set_done(self, comment_id: int, done: DoneWork | None) -> None:
        """Store that it is done, also of the comments joined with it; None that it is not. Raises NotFound."""
        photo = done.photo if done else None
        values = {
            "done_at": done.noted_at if done else None,
            "done_on": done.day if done else None,
            "done_file_id": photo.file_id if photo else None,
            "done_unique_id": photo.unique_id if photo else None,
        }
        if not await self._transaction.run(update(_t).where(_OF_COMMENT).values(values), {"comment": comment_id}):
            raise NotFound("comment", comment_id)

    async def list_behind(self, comment_id: int, resident_id: int) -> tuple[Comment, ...]:
        """The comment and those joined with it, as far as the person wrote or supports them, by receipt number.

        None that was taken back.
        """
        rows = await self._transaction.rows(_BEHIND, {"comment": comment_id, "resident": resident_id})
        return await comments_from(rows, self._transaction)

    async def voices(self, comment_ids: Collection[int]) -> Mapping[int, Mapping[Channel, int]]:
        """By comment how many people stand behind it, by the channel through which they came."""
        entered = func.coalesce(entries.c.voices, 0)
        counted = select(_c.id, _c.channel, _c.support, entered).outerjoin_from(
            _t, entries, entries.c.comment_id == _c.id
        )
        rows = await self._transaction.rows(counted.where(among(_c.id, "ids")), {"ids": comment_ids})
        return {comment: _voices(channel, support, by_hand) for comment, channel, support, by_hand in rows}

    async def _list(self, statement: Select[Any], hearing_id: int, **given: Any) -> tuple[Comment, ...]:
        rows = await self._transaction.rows(statement, {"hearing": hearing_id, **given})
        return await comments_from(rows, self._transaction)

    async def _count(self, statement: Select[Any], hearing_id: int, today: date) -> PromiseCounts:
        (row,) = await self._transaction.rows(statement, {"hearing": hearing_id, "today": today})
        return PromiseCounts(*map(int, row))


def _voices(channel: Channel, support: int, by_hand: int) -> Mapping[Channel, int]:
    if channel is Channel.TELEGRAM:
        return {channel: support}
    return {Channel.TELEGRAM: support - by_hand, channel: by_hand}
