"""How tables are defined: the names of constraints, and short forms of columns and indexes that many tables have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, Index, MetaData, Table, event, text

if TYPE_CHECKING:
    from sqlalchemy import Connection, TextClause

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

KEPT_BY_TRIGGERS: Final = "kept by triggers"
"""In ``Table.info``: the rows follow from those of other tables."""


def required(name: str, kind: Any, *rest: Any, **options: Any) -> Column[Any]:
    """A column that is NOT NULL."""
    return Column(name, kind, *rest, nullable=False, **options)


def key(name: str, kind: Any, *rest: Any) -> Column[Any]:
    """A part of a primary key that the program gives; the database numbers nothing."""
    return Column(name, kind, *rest, primary_key=True, autoincrement=False)


def partial(name: str, *columns: str | TextClause, where: str, unique: bool = False) -> Index:
    """An index of the rows that meet a condition; a query must say it in the same words."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where))


@event.listens_for(Table, "before_create")
def _give_conditions(table: Table, connection: Connection, **_: Any) -> None:
    """Give PostgreSQL the conditions when a table is made: a file does without SQLAlchemy's half for PostgreSQL."""
    if connection.dialect.name == "postgresql":
        for index in table.indexes:
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
