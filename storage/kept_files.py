"""Files of which the bot keeps the bytes: the queue of those to be fetched, and what Telegram knows each by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, delete, exists, func, literal, null, select, union_all, update

from bot.domain.kept_files import KeptCounts, KeptFile, KeptUses, Trouble
from storage.columns import MomentColumn
from storage.desk_tables import attachments
from storage.dialects import insert
from storage.housekeeping_tables import kept_files
from storage.tables import comments, parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement

    from storage.database import Row, Transaction

_c = kept_files.c
_MOMENT = MomentColumn()
USES: Final[tuple[tuple[Column[Any], Column[Any], ColumnElement[int], ColumnElement[bool]], ...]] = (
    (attachments.c.unique_id, attachments.c.file_id, attachments.c.size, attachments.c.unique_id != ""),
    (comments.c.media_unique_id, comments.c.media_file_id, literal(0), comments.c.media_unique_id.is_not(None)),
    (comments.c.done_unique_id, comments.c.done_file_id, literal(0), comments.c.done_unique_id.is_not(None)),
    (
        parts.c.media_unique_id,
        parts.c.media_file_id,
        literal(0),
        and_(parts.c.media_unique_id.is_not(None), parts.c.comment_id.is_not(None)),
    ),
)
"""Where files are used: the columns of the unique id, of the file id and of the size, and which rows count.

Whatever has a line here is fetched, sent again from the folder, and removed from it when its row is gone.
"""
_UNNEEDED = and_(*(~exists(select(unique).where(unique == _c.unique_id, rows)) for unique, _, _, rows in USES))
_OF_DOCUMENT = attachments.c.unique_id == _c.unique_id
_OF_COMMENT = and_(comments.c.media_unique_id.is_not(None), comments.c.media_unique_id == _c.unique_id)
_OF_DONE = and_(comments.c.done_unique_id.is_not(None), comments.c.done_unique_id == _c.unique_id)
_OF_PART = and_(parts.c.media_unique_id.is_not(None), parts.c.media_unique_id == _c.unique_id)
_KEPT = and_(_c.digest.is_not(None), _c.due.is_(None))
_COUNTS = select(
    func.count(_c.digest.distinct()).filter(_KEPT),
    func.count().filter(_c.due.is_not(None)),
    func.count().filter(_c.digest.is_(None), _c.due.is_(None), _c.trouble == Trouble.TOO_LARGE.value),
    func.count().filter(_c.digest.is_(None), _c.due.is_(None), _c.trouble == Trouble.LOST.value),
)


class KeptFileRepository:
    """Files by Telegram's unique id."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def list_unknown(self, *, limit: int) -> tuple[KeptFile, ...]:
        """Files in use that are not known yet."""
        found: dict[str, KeptFile] = {}
        for unique, file, size, rows in USES:
            known = exists(select(_c.unique_id).where(_c.unique_id == unique))
            new = select(unique, func.min(file), func.max(size)).where(rows, ~known).group_by(unique).limit(limit)
            found |= {row[0]: KeptFile(*row) for row in await self._transaction.rows(new)}
        return tuple(found.values())[:limit]

    async def add(self, files: Iterable[KeptFile], at: datetime) -> None:
        """Let files be fetched that are not known yet."""
        adding = insert(self._transaction.dialect, kept_files).on_conflict_do_nothing()
        named = [{"unique_id": each.unique_id, "file_id": each.file_id, "size": each.size} for each in files]
        await self._transaction.run_each(adding, [{**each, "attempts": 0, "due": at, "trouble": ""} for each in named])

    async def claim(self, at: datetime, until: datetime) -> KeptFile | None:
        """The file that is due longest, with one attempt more."""
        due = and_(_c.due.is_not(None), _c.due <= bindparam("at", type_=_MOMENT))
        row = await self._transaction.first(select(kept_files).where(due).order_by(_c.due).limit(1), {"at": at})
        if row is None:
            return None
        await self._change(row.unique_id, {"attempts": _c.attempts + 1, "due": until})
        return await self.find(row.unique_id)

    async def find(self, unique_id: str) -> KeptFile | None:
        """What is known of a file."""
        row = await self._transaction.first(select(kept_files).where(_c.unique_id == unique_id))
        return None if row is None else _file(row)

    async def name(self, unique_id: str, digest: str, size: int) -> bool:
        """Store the digest and size of a file's bytes; False where nobody needs it any more."""
        return bool(await self._change(unique_id, {"digest": digest, "size": size}))

    async def settle(self, unique_id: str) -> None:
        """Store that the file is kept."""
        await self._change(unique_id, {"due": null(), "attempts": 0, "trouble": ""})

    async def postpone(self, unique_id: str, due: datetime | None, trouble: Trouble) -> None:
        """Store why it is not kept, and when it is tried again."""
        await self._change(unique_id, {"due": due, "trouble": trouble.value})

    async def demand(self, unique_ids: Collection[str], at: datetime) -> None:
        """Let files be fetched anew whose bytes are gone."""
        await self._transaction.run(
            update(kept_files).where(_c.unique_id.in_(unique_ids), _c.due.is_(None)).values(due=at, attempts=0)
        )

    async def rename(self, unique_id: str, file_id: str) -> None:
        """Store under what Telegram sends a file from now on, wherever it is used."""
        for unique, file, _, _ in USES:
            await self._transaction.run(update(unique.table).where(unique == unique_id).values({file.name: file_id}))
        await self._change(unique_id, {"file_id": file_id})

    async def list_unneeded(self, *, limit: int) -> tuple[KeptFile, ...]:
        """Files that nothing has any more."""
        rows = await self._transaction.rows(select(kept_files).where(_UNNEEDED).order_by(_c.unique_id).limit(limit), {})
        return tuple(map(_file, rows))

    async def drop(self, unique_ids: Collection[str]) -> None:
        """Remove what is known of files."""
        await self._transaction.run(delete(kept_files).where(_c.unique_id.in_(unique_ids)))

    async def needed(self, digests: Collection[str], but: Collection[str]) -> frozenset[str]:
        """Those of the digests that another file has."""
        others = select(_c.digest).where(_c.digest.in_(digests), _c.unique_id.not_in(but))
        return frozenset(row[0] for row in await self._transaction.rows(others, {}))

    async def page(self, after: str, *, limit: int) -> tuple[KeptFile, ...]:
        """Files that are kept, by unique id."""
        kept = select(kept_files).where(_c.unique_id > after, _KEPT).order_by(_c.unique_id).limit(limit)
        return tuple(map(_file, await self._transaction.rows(kept, {})))

    async def digests_of(self, hearing_id: int) -> Mapping[str, str]:
        """The digests of what is kept of a hearing, by unique id."""
        kept = select(_c.unique_id, _c.digest).where(_c.digest.is_not(None))
        found: dict[str, str] = {}
        in_parts = comments.c.id == parts.c.comment_id
        for statement in (
            kept.join(attachments, _OF_DOCUMENT).where(attachments.c.hearing_id == hearing_id),
            kept.join(comments, _OF_COMMENT).where(comments.c.hearing_id == hearing_id),
            kept.join(comments, _OF_DONE).where(comments.c.hearing_id == hearing_id),
            kept.join(parts, _OF_PART).join(comments, in_parts).where(comments.c.hearing_id == hearing_id),
        ):
            found.update({row[0]: row[1] for row in await self._transaction.rows(statement)})
        return found

    async def uses_of(self, digest: str) -> KeptUses:
        """Where the file of that digest is used, whoever may see it."""
        of_digest = _c.digest == digest
        statements = (
            select(_c.unique_id).where(of_digest),
            select(attachments.c.hearing_id).join(kept_files, _OF_DOCUMENT).where(of_digest),
            union_all(
                select(comments.c.id).join(kept_files, _OF_COMMENT).where(of_digest),
                select(comments.c.id).join(kept_files, _OF_DONE).where(of_digest),
                select(parts.c.comment_id).join(kept_files, _OF_PART).where(of_digest, parts.c.comment_id.is_not(None)),
            ),
        )
        found = [frozenset(row[0] for row in await self._transaction.rows(each)) for each in statements]
        return KeptUses(*found)

    async def counts(self) -> KeptCounts:
        """How many files are kept and how many are not."""
        row = await self._transaction.first(_COUNTS)
        return KeptCounts(*(row or ()))

    async def _change(self, unique_id: str, values: dict[str, Any]) -> int:
        return await self._transaction.run(update(kept_files).where(_c.unique_id == unique_id).values(values))


def _file(row: Row) -> KeptFile:
    return KeptFile(row.unique_id, row.file_id, row.size, row.digest or "", row.attempts, row.due, row.trouble)
