"""The journal: acts and who did them. The database itself refuses to change or remove a line (``v0012_journal``)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, select

from bot.domain.journal import JournalEntry, JournalLine
from storage import journal_tables, tables
from storage.columns import compact_json, microseconds
from storage.dialects import among, insert, json_records

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import ColumnElement, FromClause, Insert

    from storage.database import Row, Transaction

_c = journal_tables.journal.c
_ENTRY = (_c.at, _c.act, _c.subject, _c.actor_id, _c.data)
_ABOUT = select(*_ENTRY).where(_c.subject == bindparam("subject")).order_by(_c.id.desc()).limit(bindparam("limit"))
_HERE = _c.municipality_id == bindparam("municipality")
_PAGE = (
    select(_c.id, *_ENTRY, _c.hearing_id)
    .where(_HERE)
    .order_by(_c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT = select(func.count()).select_from(journal_tables.journal).where(_HERE)
_NUMBERS = select(tables.comments.c.id, tables.comments.c.number).where(among(tables.comments.c.id, "ids"))


class JournalRepository:
    """Entries are added; none is ever changed or removed, but for whole years that are over."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, entry: JournalEntry) -> None:
        """Append an entry; which municipality and hearing it belongs to follows from its subject."""
        await self.add_each([entry])

    async def add_each(self, entries: Sequence[JournalEntry]) -> None:
        """Append entries in their order, those in a row about things of one kind in one statement."""
        for noun, some in groupby(entries, key=lambda entry: entry.subject.partition(":")[0]):
            await self._transaction.run(_adding(noun), {"entries": compact_json([_record(each) for each in some])})

    async def list_about(self, subject: str, *, limit: int = 100) -> tuple[JournalEntry, ...]:
        """The entries about a subject, newest first."""
        rows = await self._transaction.rows(_ABOUT, {"subject": subject, "limit": limit})
        return tuple(JournalEntry(*row) for row in rows)

    async def page(self, municipality_id: int, *, offset: int, limit: int) -> tuple[JournalLine, ...]:
        """The lines of a municipality, newest first."""
        given = {"municipality": municipality_id, "offset": offset, "limit": limit}
        rows = await self._transaction.rows(_PAGE, given)
        about = {int(row.subject.partition(":")[2]) for row in rows if row.subject.startswith("comment:")}
        numbers = await self._numbers(about)
        return tuple(_line(row, numbers) for row in rows)

    async def count(self, municipality_id: int) -> int:
        """How many lines a municipality has."""
        return int(await self._transaction.value(_COUNT, {"municipality": municipality_id}))

    async def first_year(self) -> int | None:
        """The year (UTC) of the oldest line; None of an empty journal."""
        oldest: datetime | None = await self._transaction.value(select(func.min(_c.at)))
        return oldest.astimezone(UTC).year if oldest else None

    async def drop_year(self, year: int, at: datetime, *, limit: int) -> int:
        """Remove at most so many lines of a year (UTC) that is over: the only removal that the database allows.

        Returns how many were removed.
        """
        dropped = journal_tables.journal_dropped_years
        row = {"year": year, "dropped_at": at}
        await self._transaction.run(insert(self._transaction.dialect, dropped).on_conflict_do_nothing(), row)
        begins, ends = (datetime(which, 1, 1, tzinfo=UTC) for which in (year, year + 1))
        some = select(_c.id).where(_c.at >= begins, _c.at < ends).order_by(_c.at).limit(limit)
        return await self._transaction.run(delete(journal_tables.journal).where(_c.id.in_(some)))

    async def _numbers(self, comment_ids: Collection[int]) -> Mapping[int, int]:
        if not comment_ids:
            return {}
        return {row.id: row.number for row in await self._transaction.rows(_NUMBERS, {"ids": comment_ids})}


@cache
def _adding(noun: str) -> Insert:
    """Append the ``entries`` about things of one kind, in their order."""
    given, (*said, number) = json_records("entries", int, str, str, int, str, int)
    belonging = _belonging(noun, number, given)
    names = [column.key for column in _ENTRY]
    chosen = select(*said, *belonging.values()).select_from(given)
    return journal_tables.journal.insert().from_select([*names, *belonging], chosen)


def _belonging(noun: str, number: ColumnElement[int], given: FromClause) -> dict[str, ColumnElement[int]]:
    """The municipality and the hearing of a subject; none of a resident."""
    hearings, comments = tables.hearings.c, tables.comments.c

    def found(column: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return select(column).where(*conditions).correlate(given).scalar_subquery()

    match noun:
        case "municipality":
            return {"municipality_id": number}
        case "hearing":
            return {"municipality_id": found(hearings.municipality_id, hearings.id == number), "hearing_id": number}
        case "comment":
            own = comments.id == number
            there = found(hearings.municipality_id, hearings.id == comments.hearing_id, own)
            return {"municipality_id": there, "hearing_id": found(comments.hearing_id, own)}
    return {}


def _line(row: Row, numbers: Mapping[int, int]) -> JournalLine:
    noun, _, number = row.subject.partition(":")
    comment = numbers.get(int(number), 0) if noun == "comment" else 0
    return JournalLine(row.id, JournalEntry(*row[1:6]), row.hearing_id or 0, comment)


def _record(entry: JournalEntry) -> tuple[Any, ...]:
    """The values of ``_ENTRY`` and the number of the subject, as ``json_records`` reads them."""
    said = microseconds(entry.at), entry.act.value, entry.subject, entry.actor_id, compact_json(entry.data)
    return *said, int(entry.subject.partition(":")[2])
