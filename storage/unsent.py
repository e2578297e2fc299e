"""What came unasked, what each person is sending now, and what they read."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from bot.domain.questions import About
from bot.domain.unsent import Bundle, CurrentReading, Unsent
from storage import unsent_tables as tables
from storage.parts import PartRows
from storage.prepared import PreparedChange, PreparedQuery, prepared_upsert

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Select

    from bot.domain.parts import Part
    from storage.database import Row, Transaction

_u = tables.unsent.c
_b = tables.bundles.c
_r = tables.readings.c
_MOMENT = _u.expires_at.type
_MINE = select(tables.unsent).where(
    _u.resident_id == bindparam("resident"), _u.expires_at > bindparam("moment", type_=_MOMENT)
)
_READING = PreparedQuery(
    select(tables.readings).where(
        _r.resident_id == bindparam("resident"), _r.expires_at > bindparam("moment", type_=_MOMENT)
    )
)
_DROP_BUNDLE = PreparedChange(delete(tables.bundles).where(_b.resident_id == bindparam("resident")))
_DROP_READING = PreparedChange(delete(tables.readings).where(_r.resident_id == bindparam("resident")))
_IDS = select(_u.id)
_OF_PERSON = PreparedQuery(_MINE.order_by(_u.id))
_IDS_OF_PERSON = PreparedQuery(_IDS.where(_u.resident_id == bindparam("resident")))
_BUNDLE = PreparedQuery(
    select(*(_b[field.name] for field in fields(Bundle)))
    .where(_b.resident_id == bindparam("resident"))
    .with_for_update()
)


class UnsentRepository:
    """What came unasked, with all its messages."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._parts = PartRows(transaction, "unsent_id")

    async def add(self, unsent: Unsent) -> int:
        """Store it with its parts; returns its id."""
        row = {
            "resident_id": unsent.resident_id,
            "kept_at": unsent.kept_at,
            "expires_at": unsent.expires_at,
            "hearing_id": unsent.hearing_id,
            "comment_kind": unsent.comment_kind,
            "about_kind": unsent.about.kind,
            "about_no": unsent.about.no,
        }
        number = int(await self._transaction.value(tables.unsent.insert().returning(_u.id), row))
        await self._parts.add(number, unsent.parts)
        return number

    async def add_part(self, unsent_id: int, part: Part) -> None:
        """Store one message more."""
        await self._parts.add(unsent_id, [part])

    async def list_of(self, resident_id: int, at: datetime) -> tuple[Unsent, ...]:
        """What the person sent unasked, the oldest first, if it has not expired at that moment."""
        rows = await self._transaction.rows(_OF_PERSON, {"resident": resident_id, "moment": at})
        parts = await self._parts.of([row.id for row in rows]) if rows else {}
        return tuple(_unsent(row, parts.get(row.id, ())) for row in rows)

    async def find(self, resident_id: int, unsent_id: int, at: datetime) -> Unsent | None:
        """That one, if it is the person's and has not expired at that moment."""
        return next((each for each in await self.list_of(resident_id, at) if each.id == unsent_id), None)

    async def knows(self, source: str) -> bool:
        """True where a part of it, or of a comment, came in that message."""
        return await self._parts.knows(source)

    async def clear(self, unsent_id: int) -> None:
        """Remove its messages."""
        await self._parts.drop(unsent_id)

    async def became(self, unsent_id: int, comment_id: int) -> None:
        """Store which comment was made of it."""
        await self._transaction.run(update(tables.unsent).where(_u.id == unsent_id).values(comment_id=comment_id))

    async def remove(self, unsent_id: int) -> None:
        """Remove it with its messages."""
        await self._parts.drop(unsent_id)
        await self._transaction.run(delete(tables.unsent).where(_u.id == unsent_id))

    async def drop(self, resident_id: int) -> None:
        """Remove all that the person sent unasked."""
        await self._drop(_IDS_OF_PERSON, {"resident": resident_id})

    async def drop_expired(self, at: datetime) -> None:
        """Remove what has expired at that moment."""
        await self._drop(_IDS.where(_u.expires_at <= bindparam("moment", type_=_MOMENT)), {"moment": at})

    async def _drop(self, which: Select[Any] | PreparedQuery, given: dict[str, Any]) -> None:
        for row in await self._transaction.rows(which, given):
            await self.remove(row[0])


class BundleRepository:
    """What each person is sending now, one a person."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, resident_id: int) -> Bundle | None:
        """The person's bundle, however old; nobody else adds to it until the transaction ends."""
        row = await self._transaction.first(_BUNDLE, {"resident": resident_id})
        return None if row is None else Bundle(*row)

    async def put(self, bundle: Bundle) -> None:
        """Store it, in place of the person's earlier one."""
        await self._transaction.run(prepared_upsert(self._transaction.dialect, tables.bundles), asdict(bundle))

    async def drop(self, resident_id: int) -> None:
        """Let nothing belong to it any more."""
        await self._transaction.run(_DROP_BUNDLE, {"resident": resident_id})

    async def drop_old(self, before: datetime) -> None:
        """Remove those that began before then."""
        old = _b.handled < bindparam("before", type_=_MOMENT)
        await self._transaction.run(delete(tables.bundles).where(old), {"before": before})


class ReadingRepository:
    """What the screen is about that each person was shown last."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, resident_id: int, at: datetime) -> CurrentReading | None:
        """What the person reads, if it has not expired at that moment."""
        row = await self._transaction.first(_READING, {"resident": resident_id, "moment": at})
        if row is None:
            return None
        return CurrentReading(row.resident_id, row.hearing_id, About(row.about_kind, row.about_no), row.expires_at)

    async def put_all(self, readings: Collection[CurrentReading]) -> None:
        """Store each in place of the person's earlier one."""
        rows = [
            {
                "resident_id": each.resident_id,
                "hearing_id": each.hearing_id,
                "about_kind": each.about.kind,
                "about_no": each.about.no,
                "expires_at": each.expires_at,
            }
            for each in readings
        ]
        await self._transaction.run_each(prepared_upsert(self._transaction.dialect, tables.readings), rows)

    async def drop(self, resident_id: int) -> None:
        """The person reads nothing that a comment could be about."""
        await self._transaction.run(_DROP_READING, {"resident": resident_id})

    async def drop_expired(self, at: datetime) -> None:
        """Remove those that have expired at that moment."""
        over = _r.expires_at <= bindparam("moment", type_=_MOMENT)
        await self._transaction.run(delete(tables.readings).where(over), {"moment": at})


def _unsent(row: Row, parts: tuple[Part, ...]) -> Unsent:
    return Unsent(
        row.id,
        row.resident_id,
        row.kept_at,
        row.expires_at,
        row.hearing_id,
        row.comment_kind,
        About(row.about_kind, row.about_no),
        parts,
        row.comment_id,
    )
