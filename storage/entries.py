"""Comments that staff entered for somebody: what is known of them beside the comment, and the names for the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, func, select, update

from bot.domain.entries import HandEntry
from bot.domain.errors import NotFound
from storage import entry_tables, tables
from storage.dialects import upsert
from storage.new_entries import add_entries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.entries import NewEntry, NumberedEntry
    from storage.database import Row, Transaction

_e = entry_tables.entries.c
_c = tables.comments.c
_n = entry_tables.entry_names.c
_BY_COMMENT = select(entry_tables.entries).where(_e.comment_id == bindparam("comment_id"))
_STANDING = (
    select(entry_tables.entries)
    .join_from(entry_tables.entries, tables.comments, _c.id == _e.comment_id)
    .where(_e.hearing_id == bindparam("hearing_id"), _c.withdrawn_at.is_(None))
)
_PAGE = _STANDING.order_by(_e.comment_id.desc()).offset(bindparam("offset")).limit(bindparam("limit"))
_SAME = _STANDING.where(_e.words == bindparam("words"), _e.comment_id != bindparam("other")).order_by(_e.comment_id)
_PAPERS = (
    select(entry_tables.entries, _c.number)
    .join_from(entry_tables.entries, tables.comments, _c.id == _e.comment_id)
    .where(_e.paper.is_not(None), _e.hearing_id == bindparam("hearing_id"))
)
_WORDS = (
    select(_e.words, _c.number)
    .join_from(entry_tables.entries, tables.comments, _c.id == _e.comment_id)
    .where(_e.hearing_id == bindparam("hearing_id"), _c.withdrawn_at.is_(None), _e.words != "")
    .order_by(_e.comment_id.desc())
)
_NAME = select(_n.name).where(_n.comment_id == bindparam("comment_id"))
_NAMES = (
    select(_n.comment_id, _n.name)
    .join(tables.comments, _c.id == _n.comment_id)
    .where(_c.hearing_id == bindparam("hearing_id"), _c.withdrawn_at.is_(None))
)
_HEARD = (
    select(_e.comment_id)
    .join(tables.comments, _c.id == _e.comment_id)
    .where(_e.hearing_id == bindparam("hearing_id"), _e.sitting == bindparam("number"), _c.withdrawn_at.is_(None))
)
_OLD = select(_c.id).where(_c.created_at < bindparam("before", type_=_c.created_at.type))


class EntryRepository:
    """Entries by their comments."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def get(self, comment_id: int) -> HandEntry:
        """The entry behind a comment. Raises NotFound where its author wrote it."""
        row = await self._transaction.first(_BY_COMMENT, {"comment_id": comment_id})
        if row is None:
            raise NotFound("entry", comment_id)
        return _entry(row)

    async def put(self, entry: HandEntry) -> None:
        """Store an entry in place of what was known of the same comment."""
        row = {
            "comment_id": entry.comment_id,
            "hearing_id": entry.hearing_id,
            "given_on": entry.given_on,
            "sitting": entry.sitting,
            "voices": entry.voices,
            "words": entry.words,
            "paper": entry.paper or None,
            "entered_by": entry.entered_by,
        }
        await self._transaction.run(upsert(self._transaction.dialect, entry_tables.entries), row)

    async def add_each(self, new: Sequence[NewEntry], *, at: datetime) -> tuple[NumberedEntry, ...]:
        """Store new entries of one hearing with their comments and names, in their order; each has the next receipt.

        In a few statements, however many there are: others wait for the transaction that writes. Raises NotFound for
        an unknown hearing.
        """
        return await add_entries(self._transaction, new, at=at)

    async def rewrite(self, comment: Comment, *, voices: int) -> None:
        """Store of what an entry's comment is, about what and by which channel, and so many ``voices`` more (or less).

        The rest of the comment is the comments' own to store.
        """
        values = {
            "kind": comment.kind,
            "channel": comment.channel,
            "about_kind": comment.about.kind,
            "about_no": comment.about.no,
            "support": _c.support + voices,
        }
        await self._transaction.run(update(tables.comments).where(_c.id == comment.id).values(values))

    async def page(self, hearing_id: int, *, offset: int, limit: int) -> tuple[HandEntry, ...]:
        """Entries that are not removed, the newest first."""
        given = {"hearing_id": hearing_id, "offset": offset, "limit": limit}
        return tuple(map(_entry, await self._transaction.rows(_PAGE, given)))

    async def count(self, hearing_id: int) -> int:
        """How many entries ``page`` has."""
        standing = and_(_c.id == _e.comment_id, _c.withdrawn_at.is_(None))
        counted = select(func.count()).join_from(entry_tables.entries, tables.comments, standing)
        return int(
            await self._transaction.value(
                counted.where(_e.hearing_id == bindparam("hearing_id")), {"hearing_id": hearing_id}
            )
        )

    async def find_same(self, entry: HandEntry) -> HandEntry | None:
        """The first other entry of the hearing, not removed, that says the same."""
        given = {"hearing_id": entry.hearing_id, "words": entry.words, "other": entry.comment_id}
        row = await self._transaction.first(_SAME.limit(1), given)
        return None if row is None else _entry(row)

    async def papers(self, hearing_id: int) -> dict[int, HandEntry]:
        """Entries, removed ones too, that came in an entry sheet, by the receipts of their comments."""
        rows = await self._transaction.rows(_PAPERS, {"hearing_id": hearing_id})
        return {row.number: _entry(row) for row in rows}

    async def words(self, hearing_id: int) -> dict[str, int]:
        """The receipt of the first entry, not removed, that says it, by the digest of its words."""
        return {row.words: row.number for row in await self._transaction.rows(_WORDS, {"hearing_id": hearing_id})}

    async def name_of(self, comment_id: int) -> str:
        """Whose words they are, for the minutes; empty where nobody said."""
        return str(await self._transaction.value(_NAME, {"comment_id": comment_id}) or "")

    async def names_of(self, hearing_id: int) -> dict[int, str]:
        """Whose words the comments of a hearing are, for the minutes, by comment."""
        return {row.comment_id: row.name for row in await self._transaction.rows(_NAMES, {"hearing_id": hearing_id})}

    async def heard_at(self, hearing_id: int, sitting: int) -> frozenset[int]:
        """The comments, not removed, that were given at that sitting: their ids."""
        rows = await self._transaction.rows(_HEARD, {"hearing_id": hearing_id, "number": sitting})
        return frozenset(row.comment_id for row in rows)

    async def keep_name(self, comment_id: int, name: str) -> None:
        """Store whose words they are; an empty name removes it."""
        await self._transaction.run(delete(entry_tables.entry_names).where(_n.comment_id == comment_id))
        if name:
            row = {"comment_id": comment_id, "name": name}
            await self._transaction.run(entry_tables.entry_names.insert(), row)

    async def drop_names(self, before: datetime) -> None:
        """Remove the names of what was entered before then."""
        await self._transaction.run(delete(entry_tables.entry_names).where(_n.comment_id.in_(_OLD)), {"before": before})


def _entry(row: Row) -> HandEntry:
    known = (row.comment_id, row.hearing_id, row.given_on, row.sitting, row.voices, row.words)
    return HandEntry(*known, row.paper or "", row.entered_by)
