"""Comments as staff look through them: narrowed, and searched by their folded words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from bot.domain.comment_lists import Standing
from bot.domain.comments import Visibility
from storage import tables
from storage.comment_rows import COMMENT_COLUMNS, comments_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement

    from bot.domain.comment_lists import CommentFilter
    from bot.domain.comments import Comment
    from storage.database import Transaction

_t = tables.comments
_c = _t.c
_VISIBILITIES = {
    Standing.WAITING: Visibility.WAITING,
    Standing.PUBLISHED: Visibility.PUBLISHED,
    Standing.HIDDEN: Visibility.HIDDEN,
}


class CommentListRepository:
    """Lists of comments that are not withdrawn. A search reads the words of one hearing until a page is full."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def list_narrowed(
        self, hearing_id: int, narrowed: CommentFilter, *, offset: int, limit: int
    ) -> tuple[Comment, ...]:
        """What waits by the order of the queue, all others the newest first."""
        waiting = narrowed.state is Standing.WAITING
        order: tuple[ColumnElement[Any], ...] = (_c.in_turn, _c.id) if waiting else (_c.id.desc(),)
        found = select(*COMMENT_COLUMNS).where(*_conditions(hearing_id, narrowed)).order_by(*order)
        rows = await self._transaction.rows(found.offset(offset).limit(limit), {})
        return await comments_from(rows, self._transaction)

    async def count_narrowed(self, hearing_id: int, narrowed: CommentFilter) -> int:
        """How many comments ``list_narrowed`` has."""
        counted = select(func.count()).select_from(_t).where(*_conditions(hearing_id, narrowed))
        return int(await self._transaction.value(counted, {}))

    async def languages(self, hearing_id: int) -> tuple[str, ...]:
        """The languages in which comments were written, in the order of their codes."""
        found = select(_c.language).where(_c.hearing_id == hearing_id, _c.withdrawn_at.is_(None)).distinct()
        return tuple(sorted(row[0] for row in await self._transaction.rows(found, {}) if row[0]))


def _conditions(hearing_id: int, narrowed: CommentFilter) -> Iterator[ColumnElement[bool]]:
    yield _c.hearing_id == hearing_id
    yield _c.withdrawn_at.is_(None)
    if (visibility := _VISIBILITIES.get(narrowed.state)) is not None:
        yield _c.visibility == visibility
    if narrowed.state is Standing.UNDECIDED:
        yield _c.outcome.is_(None)
        yield _c.merged_into.is_(None)
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
