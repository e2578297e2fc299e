"""How tables are defined: the names of constraints, and short forms of columns and indexes that many tables have."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Index, MetaData, text

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


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that meet a condition; a query must say it in the same words."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
