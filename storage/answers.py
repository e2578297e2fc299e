"""The commission's answers, as everybody reads them, and what they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, exists, func, select, text, update

from bot.domain.comments import PROMISING, Channel, Comment, Outcome, Visibility
from bot.domain.errors import NotFound
from bot.domain.programme import DraftPoint
from bot.domain.promises import AnswerFilter, PromiseCounts
from storage import tables
from storage.comment_rows import COMMENT_COLUMNS, comments_from
from storage.counted_comments import counted_by_outcome, promised_of
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
_HERE = _c.hearing_id == bindparam("hearing")


def _among_ids(condition: str) -> ColumnElement[bool]:
    """The few of the hearing that are in a partial index: SQLite, which counts nothing, would take a larger one."""
    return _c.id.in_(select(_c.id).where(_HERE, text(condition)))


_ALL = select(*COMMENT_COLUMNS)
_READABLE = and_(text(tables.PUBLISHED_COMMENTS), _c.outcome.is_not(None))
_PUBLIC = and_(_HERE, _READABLE)
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
_JOINED_BY_OUTCOME = (
    select(_c.outcome, func.count(), func.count().filter(_DONE))
    .where(_among_ids(tables.JOINED_COMMENTS), _READABLE, ~_SHOWN_WITH_ITS_HEAD)
    .group_by(_c.outcome)
)
"""Joined comments that are listed, as their head may not be read; the counts have those that are joined with none."""
_LATE = and_(text(tables.UNDONE_COMMENTS), _OVERDUE)
_CHANGING = and_(_among_ids(tables.CHANGING_COMMENTS), _c.withdrawn_at.is_(None), _c.merged_into.is_(None), _PROMISING)
_CHANGED = select(_c.changes, _c.number).where(_CHANGING).order_by(_c.id)
_FILTERS: Final[dict[AnswerFilter, tuple[ColumnElement[bool], ...]]] = {
    AnswerFilter.ALL: (),
    **{AnswerFilter(outcome.value): (_c.outcome == outcome,) for outcome in Outcome},
    AnswerFilter.DONE: (_DONE,),
    AnswerFilter.OVERDUE: (_OVERDUE,),
}


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
        return {outcome: number for outcome, (number, _) in (await self._by_outcome(hearing_id)).items()}

    async def promises_public(self, hearing_id: int, today: date) -> PromiseCounts:
        """What those promise."""
        promised, done = promised_of(await self._by_outcome(hearing_id))
        return PromiseCounts(promised, done, await self._count_late(_LISTED, hearing_id, today))

    async def list_promised(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Comment, ...]:
        """Whose decision promises something, hidden ones too: what is not done first, the earliest day first."""
        order = (_c.done_at.is_not(None), _c.due.is_(None), _c.due, _c.id)
        return await self._list(_ALL.where(_PROMISED).order_by(*order).offset(offset).limit(limit), hearing_id)

    async def promises(self, hearing_id: int, today: date) -> PromiseCounts:
        """What ``list_promised`` has."""
        promised, done = promised_of(await counted_by_outcome(self._transaction, hearing_id, published=False))
        return PromiseCounts(promised, done, await self._count_late(_PROMISED, hearing_id, today))

    async def has_changing(self, hearing_id: int) -> bool:
        """True where ``list_changing`` has a comment."""
        found = select(_c.id).where(_CHANGING).limit(1)
        return await self._transaction.value(found, {"hearing": hearing_id}) is not None

    async def list_changing(self, hearing_id: int) -> tuple[tuple[DraftPoint, int], ...]:
        """What decisions promise to change in the drafts, each with the receipt number of its comment, by number.

        Those on hidden comments too.
        """
        rows = await self._transaction.rows(_CHANGED, {"hearing": hearing_id})
        found = ((DraftPoint.parse(changes), number) for changes, number in rows)
        return tuple((point, number) for point, number in found if point is not None)

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

    async def _by_outcome(self, hearing_id: int) -> Mapping[Outcome, tuple[int, int]]:
        """Of each outcome that ``list_public`` has: how many, and of how many it is done."""
        found = dict(await counted_by_outcome(self._transaction, hearing_id, published=True))
        for outcome, more, done in await self._transaction.rows(_JOINED_BY_OUTCOME, {"hearing": hearing_id}):
            number, done_before = found.get(outcome, (0, 0))
            found[outcome] = number + int(more), done_before + int(done)
        return found

    async def _count_late(self, within: ColumnElement[bool], hearing_id: int, today: date) -> int:
        counted = select(func.count()).select_from(_t).where(within, _LATE)
        return int(await self._transaction.value(counted, {"hearing": hearing_id, "today": today}))


def _voices(channel: Channel, support: int, by_hand: int) -> Mapping[Channel, int]:
    if channel is Channel.TELEGRAM:
        return {channel: support}
    return {Channel.TELEGRAM: support - by_hand, channel: by_hand}
