"""The rows of every table as the database has them, without our types: to be copied to another one, and compared."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, MetaData, Table, TypeDecorator, func, literal, select, tuple_

from bot.domain.values import dataclass
from storage.columns import storable
from storage.layout import KEPT_BY_TRIGGERS, metadata

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from storage.engines import AnyConnection


ROWS_AT_ONCE: Final = 2_000
_DIGEST_BYTES: Final = 8
_MODULUS: Final = 1 << 8 * _DIGEST_BYTES


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has, and the sum of their digests: the same for the same rows in any order."""

    rows: int
    digest: int


def raw_tables() -> tuple[Table, ...]:
    """All tables but those whose rows follow from others, each after those that it refers to."""
    plain = MetaData()
    return tuple(
        Table(
            table.name, plain, *(Column(each.name, _raw(each.type), primary_key=each.primary_key) for each in table.c)
        )
        for table in metadata.sorted_tables
        if KEPT_BY_TRIGGERS not in table.info
    )


def _raw(kind: Any) -> Any:
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def own_references(table: Table) -> tuple[str, ...]:
    """The columns of a table that refer to other rows of it."""
    ours = metadata.tables[table.name]
    return tuple(each.name for each in ours.c if any(key.column.table is ours for key in each.foreign_keys))


def numbered(table: Table) -> Column[Any] | None:
    """The column that the database numbers; None where it numbers nothing."""
    return metadata.tables[table.name].autoincrement_column


def never_again(table: Table) -> bool:
    """True where a number that was given once is never given again, in SQLite too."""
    return bool(metadata.tables[table.name].dialect_options["sqlite"]["autoincrement"])


async def count(connection: AnyConnection, table: Table) -> int:
    """How many rows there are."""
    return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def rows_of(connection: AnyConnection, table: Table) -> AsyncIterator[Sequence[tuple[Any, ...]]]:
    """All rows in the order of their keys, some at a time, with texts as every database takes them."""
    key = tuple_(*table.primary_key)
    places = [list(table.c).index(each) for each in table.primary_key]
    page = select(table).order_by(*table.primary_key).limit(ROWS_AT_ONCE)
    found = (await connection.execute(page)).all()
    while found:
        yield [tuple(storable(each) if isinstance(each, str) else each for each in row) for row in found]
        if len(found) < ROWS_AT_ONCE:
            return
        last = tuple_(*(literal(found[-1][place], table.c[place].type) for place in places))
        found = (await connection.execute(page.where(key > last))).all()


async def sum_of(connection: AnyConnection, table: Table) -> Sum:
    """The sum of a table."""
    rows = digest = 0
    async for some in rows_of(connection, table):
        rows += len(some)
        digest += sum(int.from_bytes(blake2b(repr(row).encode(), digest_size=_DIGEST_BYTES).digest()) for row in some)
    return Sum(rows, digest % _MODULUS)
