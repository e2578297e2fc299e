"""Rows of the table ``parts``: the messages of comments after the first, and of what came unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, select, update

from bot.domain.parts import Part
from storage import tables
from storage.dialects import among
from storage.media import media_of, media_values
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from storage.database import Row, Transaction

_t = tables.parts
_c = _t.c
_OWNERS = {"comment_id": _c.comment_id, "unsent_id": _c.unsent_id}
_COLUMNS = (
    _c.position,
    _c.text,
    _c.media_kind,
    _c.media_file_id,
    _c.media_unique_id,
    _c.media_seconds,
    _c.source,
    _c.at,
)
_OF = {
    name: PreparedQuery(
        select(owner, *_COLUMNS).where(owner.is_not(None), among(owner, "owners")).order_by(owner, _c.position)
    )
    for name, owner in _OWNERS.items()
}
_DROP = {name: delete(_t).where(owner.is_not(None), owner == bindparam("owner")) for name, owner in _OWNERS.items()}
_DROP_SOURCES = (
    update(_t).where(_c.source.is_not(None), _c.at < bindparam("before", type_=_c.at.type)).values(source=None)
)
_COMMENT_OF = PreparedQuery(
    select(_c.comment_id).where(_c.source.is_not(None), _c.source == bindparam("of_source"), _c.comment_id.is_not(None))
)
_KNOWN = PreparedQuery(select(exists().where(_c.source.is_not(None), _c.source == bindparam("of_source"))))


class PartRows:
    """The parts of one kind of owner: ``comment_id`` or ``unsent_id``."""

    def __init__(self, transaction: Transaction, owner: str) -> None:
        self._transaction = transaction
        self._owner = owner

    async def of(self, owners: Collection[int]) -> Mapping[int, tuple[Part, ...]]:
        """The parts of each owner that has any, in their order."""
        found: dict[int, list[Part]] = {}
        for row in await self._transaction.rows(_OF[self._owner], {"owners": owners}):
            found.setdefault(row[0], []).append(part_from(row))
        return {owner: tuple(parts) for owner, parts in found.items()}

    async def add(self, owner: int, parts: Iterable[Part]) -> None:
        """Store parts beside those that are there."""
        for part in parts:
            await self._transaction.run(_t.insert(), {self._owner: owner, **_values(part)})

    async def drop(self, owner: int) -> None:
        """Remove the owner's parts."""
        await self._transaction.run(_DROP[self._owner], {"owner": owner})

    async def drop_sources(self, before: datetime) -> None:
        """Remove the digests of messages that came before then."""
        await self._transaction.run(_DROP_SOURCES, {"before": before})

    async def comment_of(self, source: str) -> int | None:
        """The comment with the part that came in that message."""
        found = await self._transaction.value(_COMMENT_OF, {"of_source": source})
        return None if found is None else int(found)

    async def knows(self, source: str) -> bool:
        """True where a part came in that message."""
        return bool(source and await self._transaction.value(_KNOWN, {"of_source": source}))


def part_from(row: Row) -> Part:
    """The part in a row of the table."""
    return Part(row.text, media_of(row), row.position, row.source or "", row.at)


def _values(part: Part) -> dict[str, Any]:
    return {
        "position": part.position,
        "text": part.text,
        "source": part.source or None,
        "at": part.at,
        **media_values(part.media),
    }
