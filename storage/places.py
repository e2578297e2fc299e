"""Places, from regions to villages."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.domain.errors import NotFound
from bot.domain.places import Place, PlaceKind
from storage import tables
from storage.dialects import insert
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from storage.database import Row, Transaction
    from storage.dialects import DialectInsert

_ALL = PreparedQuery(select(tables.places).order_by(tables.places.c.id))


class PlaceRepository:
    """Places, each added or replaced by its code."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def list_all(self) -> tuple[Place, ...]:
        """Every place, in the order of loading."""
        return tuple(map(_place, await self._transaction.rows(_ALL)))

    async def save(self, places: Iterable[tuple[Place, str]]) -> int:
        """Add or replace by ``code``; the second of each pair is the parent's code, empty for a region.

        Ids given are ignored: a known code keeps its own. Returns how many places are new or differ from what was
        stored. Raises NotFound for a parent that is neither stored nor given.
        """
        given = list(places)
        known = {place.code: place for place in await self.list_all()}
        changed = 0
        for kind in PlaceKind:
            rows = [place for place in _resolved(given, known, kind) if known.get(place.code) != place]
            await self._transaction.run_each(_upsert(self._transaction.dialect), [_columns(place) for place in rows])
            changed += len(rows)
            if rows:
                known = {place.code: place for place in await self.list_all()}
        return changed


def _resolved(given: list[tuple[Place, str]], known: Mapping[str, Place], kind: PlaceKind) -> Iterable[Place]:
    for place, parent in given:
        if place.kind is kind:
            if parent and parent not in known:
                raise NotFound("place", parent)
            own = known.get(place.code)
            parent_id = known[parent].id if parent else None
            yield dataclasses.replace(place, id=own.id if own else 0, parent_id=parent_id)


def _upsert(dialect: str) -> DialectInsert:
    statement = insert(dialect, tables.places)
    columns = [column.name for column in tables.places.c if column.name not in ("id", "code")]
    return statement.on_conflict_do_update(
        index_elements=["code"], set_={name: statement.excluded[name] for name in columns}
    )


def _columns(place: Place) -> dict[str, Any]:
    return {field.name: getattr(place, field.name) for field in dataclasses.fields(place) if field.name != "id"}


def _place(row: Row) -> Place:
    return Place(*row)
