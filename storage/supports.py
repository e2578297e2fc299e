"""Who supports a comment: given to its present words, put aside with others, counted in the comment's own row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, bindparam, delete, distinct, func, literal, select, text, update

from bot.domain.errors import NotFound
from storage import tables
from storage.comment_rows import COMMENT_COLUMNS, EDITION, OF_PRESENT_EDITION, comments_from
from storage.dialects import among, insert
from storage.parts import PartRows
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Select

    from bot.domain.comments import Comment
    from storage.database import Row, Transaction

_t = tables.comments
_c = _t.c
_s = tables.supports.c
_FORMER: Final = (_s.comment_id == bindparam("comment")) & ~OF_PRESENT_EDITION

_HEAD: Final = func.coalesce(_c.merged_into, _c.id)
"""Comments that are joined count as one: the head of them."""
_PUBLISHED: Final = (_c.hearing_id == bindparam("hearing"), text(tables.PUBLISHED_COMMENTS))
_MOST_SUPPORTED: Final = (
    select(_c.id).where(*_PUBLISHED).order_by(_c.support.desc(), _c.id).limit(bindparam("comments"))
)
_ACTIVE: Final = (
    select(_s.resident_id)
    .join(_t, _c.id == _s.comment_id)
    .where(*_PUBLISHED, OF_PRESENT_EDITION)
    .group_by(_s.resident_id)
    .having(func.count(distinct(_HEAD)) >= bindparam("least"))
    .order_by(_s.resident_id)
    .limit(bindparam("people"))
)
_OPINIONS: Final = (
    select(_s.resident_id, _HEAD)
    .join(_t, _c.id == _s.comment_id)
    .where(_c.id.in_(_MOST_SUPPORTED), _s.resident_id.in_(_ACTIVE), OF_PRESENT_EDITION)
    .order_by(_s.resident_id, _HEAD)
)
_OF_SUPPORTER: Final = select(_s.comment_id).where(_s.resident_id == bindparam("resident"), OF_PRESENT_EDITION)
_SUPPORTED_OF: Final = PreparedQuery(_OF_SUPPORTER.where(among(_s.comment_id, "ids")))
_SUPPORTED: Final = PreparedQuery(select(*COMMENT_COLUMNS).where(_c.id.in_(_OF_SUPPORTER)).order_by(_c.id.desc()))


class CommentSupports:
    """The part of the repository of comments that knows who supports them."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._parts = PartRows(transaction, "comment_id")

    async def set_support(self, comment_id: int, resident_id: int, *, on: bool, at: datetime) -> bool:
        """Give support to the comment's present words or take it back; True if that changed anything."""
        if on:
            given = [literal(resident_id, BigInteger), _c.id, literal(at, _s.given_at.type), EDITION]
            names = ["resident_id", "comment_id", "given_at", "edition"]
            added = insert(self._transaction.dialect, tables.supports).from_select(
                names, select(*given).where(_c.id == comment_id)
            )
            new = {name: added.excluded[name] for name in ("given_at", "edition")}
            other = _s.edition != added.excluded.edition
            changed = await self._transaction.run(
                added.on_conflict_do_update(index_elements=names[:2], set_=new, where=other)
            )
        else:
            mine = (_s.resident_id == resident_id) & (_s.comment_id == comment_id)
            changed = await self._transaction.run(delete(tables.supports).where(mine, OF_PRESENT_EDITION))
            await self._transaction.run(delete(tables.supports).where(mine))
        if changed:
            await self._change(comment_id, {"support": _c.support + (1 if on else -1)})
        return bool(changed)

    async def reset_support(self, comment_id: int) -> None:
        """Count no support any more for a comment that has other words; who gave it is kept until they are told."""
        await self._change(comment_id, {"support": 0})

    async def count_former_supporters(self, comment_id: int) -> int:
        """How many people supported other words of the comment than it has now."""
        counted = select(func.count()).select_from(tables.supports).where(_FORMER)
        return int(await self._transaction.value(counted, {"comment": comment_id}))

    async def drop_former_support(self, comment_id: int) -> None:
        """Remove the support that was given to other words of the comment."""
        await self._transaction.run(delete(tables.supports).where(_FORMER), {"comment": comment_id})

    async def supported(self, resident_id: int, comment_ids: Collection[int]) -> frozenset[int]:
        """Those of the comments whose present words the person supports."""
        given = {"resident": resident_id, "ids": comment_ids}
        return frozenset(row[0] for row in await self._transaction.rows(_SUPPORTED_OF, given))

    async def list_supported(self, resident_id: int) -> tuple[Comment, ...]:
        """Every comment whose present words the person supports, newest first."""
        return await self._list(_SUPPORTED, {"resident": resident_id})

    async def opinions(
        self, hearing_id: int, *, least: int, most_people: int, most_comments: int
    ) -> tuple[tuple[int, ...], ...]:
        """The published comments (ids) that each person supports who supports at least so many; joined ones are one.

        Of more than ``most_people`` those who came first count, of more than ``most_comments`` the most supported ones.
        """
        bounds = {"hearing": hearing_id, "least": least, "people": most_people, "comments": most_comments}
        found: dict[int, set[int]] = {}
        for person, comment in await self._transaction.rows(_OPINIONS, bounds):
            found.setdefault(person, set()).add(comment)
        return tuple(tuple(sorted(each)) for each in found.values())

    async def drop_support(self, resident_id: int) -> None:
        """Take back all support the person gave."""
        counted = select(_s.comment_id).where(_s.resident_id == resident_id, OF_PRESENT_EDITION).correlate(None)
        await self._transaction.run(update(_t).where(_c.id.in_(counted)).values(support=_c.support - 1))
        await self._transaction.run(delete(tables.supports).where(_s.resident_id == resident_id))

    async def _list(self, statement: Select[Any] | PreparedQuery, given: dict[str, Any]) -> tuple[Comment, ...]:
        return await self._with_parts(await self._transaction.rows(statement, given))

    async def _with_parts(self, rows: Sequence[Row]) -> tuple[Comment, ...]:
        return await comments_from(rows, self._transaction)

    async def _change(self, comment_id: int, values: dict[str, Any]) -> None:
        if not await self._transaction.run(update(_t).where(_c.id == comment_id).values(values)):
            raise NotFound("comment", comment_id)
