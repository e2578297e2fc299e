"""What the record of a hearing asks of several tables at once: when it last changed, and counts of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import BigInteger, bindparam, func, select, union_all

from bot.domain.comments import Visibility
from storage import tables
from storage.desk_tables import attachments, resolutions
from storage.entry_tables import counted_votes, presence, transcripts
from storage.moderation_tables import appeals
from storage.outbox_tables import arrivals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, FromClause, Select

    from bot.domain.comments import HidingRule
    from storage.database import Transaction

_c = tables.comments.c
_HEARING: Final = bindparam("hearing_id", type_=BigInteger)


def _newest(*columns: Column[datetime]) -> list[Select[datetime]]:
    """The newest moment of each column of one table, in that hearing."""
    return [select(func.max(column)).where(_of_hearing(column.table)) for column in columns]


def _of_hearing(table: FromClause) -> ColumnElement[bool]:
    if "hearing_id" in table.c:
        return table.c.hearing_id == _HEARING
    return table.c.comment_id.in_(select(_c.id).where(_c.hearing_id == _HEARING))


_NEWEST = union_all(
    *_newest(tables.votes.c.cast_at, tables.former_votes.c.cast_at, tables.participants.c.first_at),
    *_newest(_c.created_at, _c.amended_at, _c.withdrawn_at, _c.hidden_at, _c.decided_at, _c.done_at),
    *_newest(tables.supports.c.given_at, transcripts.c.written_at, tables.parts.c.at),
    *_newest(appeals.c.made_at, appeals.c.judged_at),
    *_newest(counted_votes.c.entered_at, presence.c.entered_at, arrivals.c.at),
    *_newest(attachments.c.added_at, resolutions.c.stored_at),
)
_HIDDEN = (
    select(_c.hiding_rule, func.count())
    .where(_c.hearing_id == _HEARING, _c.visibility == Visibility.HIDDEN, _c.withdrawn_at.is_(None))
    .group_by(_c.hiding_rule)
)


_CHANGED = (
    select(tables.votes.c.question_no, func.count())
    .where(tables.votes.c.hearing_id == _HEARING, tables.votes.c.changed, tables.votes.c.answer != {})
    .group_by(tables.votes.c.question_no)
)


class RecordRepository:
    """Questions about a whole hearing that no single table answers."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def last_change(self, hearing_id: int) -> datetime | None:
        """The newest moment of what stands in a hearing's record; None where nothing has come yet."""
        rows = await self._transaction.rows(_NEWEST, {"hearing_id": hearing_id})
        return max((row[0] for row in rows if row[0] is not None), default=None)

    async def hidden_by_rule(self, hearing_id: int) -> Mapping[HidingRule, int]:
        """Comments that are hidden from other residents, by the rule."""
        rows = await self._transaction.rows(_HIDDEN, {"hearing_id": hearing_id})
        return {rule: int(count) for rule, count in rows if rule is not None}

    async def changed_minds(self, hearing_id: int) -> Mapping[int, int]:
        """By question number, how many people have an answer through the bot and answered otherwise before."""
        rows = await self._transaction.rows(_CHANGED, {"hearing_id": hearing_id})
        return {number: int(people) for number, people in rows}
