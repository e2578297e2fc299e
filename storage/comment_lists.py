"""Comments as staff look through them: narrowed, and searched by their folded words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, func, select, text

from bot.domain.comment_lists import SEARCHED_AT_ONCE, Standing
from storage import tables
from storage.comment_rows import COMMENT_COLUMNS, comments_from
from storage.counted_comments import VISIBILITIES, count_narrowed, counts_narrowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement

    from bot.domain.comment_lists import CommentFilter
    from bot.domain.comments import Comment
    from storage.database import Transaction

_t = tables.comments
_c = _t.c
_HERE = (_c.hearing_id == bindparam("hearing")) & _c.withdrawn_at.is_(None)
_first = select(func.min(_c.language).label("language")).where(_HERE).cte("spoken", recursive=True)
_next = select(func.min(_c.language)).where(_HERE, _c.language > _first.c.language).scalar_subquery()
_SPOKEN = _first.union_all(select(_next).where(_first.c.language.is_not(None)))
_LAST_NUMBER = select(func.coalesce(func.max(_c.number), 0)).where(_c.hearing_id == bindparam("hearing"))
_LANGUAGES = select(_SPOKEN.c.language)
"""Each language with the next one after it: the index is asked once for each, however many comments there are."""


class CommentListRepository:
    """Lists of comments that are not withdrawn. A search reads the words of a part of one hearing's comments."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def list_narrowed(
        self, hearing_id: int, narrowed: CommentFilter, *, offset: int, limit: int
    ) -> tuple[Comment, ...]:
        """What waits by the order of the queue, all others the newest first.

        Words are looked for among ``SEARCHED_AT_ONCE`` receipt numbers; ``offset`` counts so many for each part before.
        """
        waiting = narrowed.state is Standing.WAITING
        newest = _c.number if narrowed.words else _c.id  # both have one order: by numbers a part is found
        order: tuple[ColumnElement[Any], ...] = (_c.in_turn, _c.id) if waiting else (newest.desc(),)
        found = select(*COMMENT_COLUMNS).where(*_conditions(hearing_id, narrowed)).order_by(*order)
        if narrowed.words:
            part, offset = divmod(offset, SEARCHED_AT_ONCE)
            upto = await self.last_number(hearing_id) - part * SEARCHED_AT_ONCE
            found = found.where(_c.number > upto - SEARCHED_AT_ONCE, _c.number <= upto)
        rows = await self._transaction.rows(found.offset(offset).limit(limit), {})
        return await comments_from(rows, self._transaction)

    async def count_narrowed(self, hearing_id: int, narrowed: CommentFilter) -> int:
        """How many comments ``list_narrowed`` has."""
        if counts_narrowed(narrowed):
            return await count_narrowed(self._transaction, hearing_id, narrowed)
        counted = select(func.count()).select_from(_t).where(*_conditions(hearing_id, narrowed))
        return int(await self._transaction.value(counted, {}))

    async def last_number(self, hearing_id: int) -> int:
        """The last receipt number of the hearing; 0 where there is none."""
        return int(await self._transaction.value(_LAST_NUMBER, {"hearing": hearing_id}))

    async def languages(self, hearing_id: int) -> tuple[str, ...]:
        """The languages in which comments were written, in the order of their codes."""
        rows = await self._transaction.rows(_LANGUAGES, {"hearing": hearing_id})
        return tuple(sorted(row[0] for row in rows if row[0]))


def _conditions(hearing_id: int, narrowed: CommentFilter) -> Iterator[ColumnElement[bool]]:
    yield _c.hearing_id == hearing_id
    yield _c.withdrawn_at.is_(None)
    if (visibility := VISIBILITIES.get(narrowed.state)) is not None:
        yield _c.visibility == visibility
    if narrowed.state is Standing.UNDECIDED:
        yield and_(text(tables.UNDECIDED_COMMENTS))
    if narrowed.kind is not None:
        yield _c.kind == narrowed.kind
    if narrowed.about is not None:
        yield _c.about_kind == narrowed.about.kind
        yield _c.about_no == narrowed.about.no
    if narrowed.village_id:
        yield _c.village_id == narrowed.village_id
    if narrowed.language:
        yield _c.language == narrowed.language
    if narrowed.channel is not None:
        yield _c.channel == narrowed.channel
    for word in narrowed.words:
        yield _c.folded.contains(word, autoescape=True)
