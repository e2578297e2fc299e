"""Comments that say the same: which are joined with which, who stands behind them, and candidates to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, bindparam, func, literal, select, text, union, update

from bot.domain.duplicates import Bond, JoinedComments, groups
from storage import tables
from storage.comment_rows import OF_PRESENT_EDITION
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.comments import Comment
    from storage.database import Transaction

LETTERS_COMPARED = 1_000
"""Folded letters of a text that are compared."""

_t, _c, _s = tables.comments, tables.comments.c, tables.supports.c
_JOINED = text(tables.JOINED_COMMENTS)
_MEMBERS = PreparedQuery(select(_c.id, _c.number, _c.merged_into).where(_c.hearing_id == bindparam("hearing"), _JOINED))
_HEAD_IDS = select(_c.merged_into).where(_c.hearing_id == bindparam("hearing"), _JOINED)
_HEADS = select(_c.id, _c.number, literal(None, BigInteger)).where(_c.id.in_(_HEAD_IDS))
_group = func.coalesce(_c.merged_into, _c.id)
_JOINED_IDS = select(_c.id).where(_c.hearing_id == bindparam("hearing"), _JOINED)
_IN_GROUPS = _c.id.in_(union(_JOINED_IDS, _HEAD_IDS))
_AUTHORS = select(_group.label("head"), _c.author_id.label("person")).where(_IN_GROUPS, _c.author_id.is_not(None))
_SUPPORTERS = (
    select(_group.label("head"), _s.resident_id.label("person"))
    .select_from(_t.join(tables.supports, _s.comment_id == _c.id))
    .where(_IN_GROUPS, OF_PRESENT_EDITION)
)
_people = union(_AUTHORS, _SUPPORTERS).subquery()
_KNOWN = select(_people.c.head, func.count()).group_by(_people.c.head)
_GIVEN = select(func.count()).where(_s.comment_id == _c.id, OF_PRESENT_EDITION).correlate(_t).scalar_subquery()
_UNKNOWN = (
    select(_group, func.sum(_c.support - _GIVEN) + func.count().filter(_c.author_id.is_(None)))
    .where(_IN_GROUPS)
    .group_by(_group)
)

_LIKE = (
    select(_c.id, func.substr(_c.folded, 1, LETTERS_COMPARED), _c.letters)
    .where(_c.hearing_id == bindparam("hearing"), _c.id != bindparam("id"), text(tables.STANDING_ALONE))
    .limit(bindparam("most"))
)
_LONGER = _LIKE.where(_c.letters.between(bindparam("size"), bindparam("end"))).order_by(_c.letters, _c.id)
_SHORTER = _LIKE.where(_c.letters < bindparam("size"), _c.letters >= bindparam("end")).order_by(
    _c.letters.desc(), _c.id.desc()
)


class DuplicateRepository:
    """Comments joined with others of their hearing."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def candidates(self, comment: Comment, *, limit: int) -> tuple[str, Mapping[int, str]]:
        """The folded words of the comment, and of others of its hearing by id, those of the nearest length first.

        Left out are those that were taken back, those joined with others, and those much longer or shorter.
        """
        folded = str(await self._transaction.value(select(_c.folded).where(_c.id == comment.id)))
        given = {"hearing": comment.hearing_id, "id": comment.id, "size": len(folded), "most": limit}
        least, most = len(folded) * 2 // 3, len(folded) * 3 // 2 + 1
        found = [*await self._transaction.rows(_LONGER, given | {"end": most})]
        found += await self._transaction.rows(_SHORTER, given | {"end": least})
        found.sort(key=lambda row: (abs(row[2] - len(folded)), row[0]))
        return folded[:LETTERS_COMPARED], {row[0]: row[1] for row in found[:limit]}

    async def join(self, comment_id: int, head_id: int) -> None:
        """Join a comment, and those joined with it, with a head."""
        mine = (_c.id == comment_id) | (_c.merged_into == comment_id)
        await self._transaction.run(update(_t).where(mine).values(merged_into=head_id))

    async def part(self, comment_id: int) -> None:
        """Part a comment from others; the oldest of those joined with it becomes the head of the rest."""
        await self._transaction.run(update(_t).where(_c.id == comment_id).values(merged_into=None))
        heir = await self._transaction.value(select(func.min(_c.id)).where(_c.merged_into == comment_id), {})
        if heir is not None:
            await self._transaction.run(update(_t).where(_c.merged_into == comment_id).values(merged_into=heir))
            await self._transaction.run(update(_t).where(_c.id == heir).values(merged_into=None))

    async def of_hearing(self, hearing_id: int) -> Mapping[int, JoinedComments]:
        """The joined comments of a hearing: the group by the id of each comment in it."""
        given = {"hearing": hearing_id}
        bonds = [Bond(*row) for row in await self._transaction.rows(_MEMBERS, given)]
        if not bonds:
            return {}
        bonds += [Bond(*row) for row in await self._transaction.rows(_HEADS, given)]
        people: dict[int, int] = {}
        for counted in (_KNOWN, _UNKNOWN):
            for head_id, count in await self._transaction.rows(counted, given):
                people[head_id] = people.get(head_id, 0) + int(count)
        return groups(bonds, people)
