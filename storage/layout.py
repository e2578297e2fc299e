"""How tables are written down: names of constraints, and words for columns and indexes that come again and again."""

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


def required(name: str, kind: Any, *rest: Any, **options: Any) -> Column[Any]:
    """A column that is never empty."""
    return Column(name, kind, *rest, nullable=False, **options)


def key(name: str, kind: Any, *rest: Any) -> Column[Any]:
    """A part of a primary key that is given, not numbered."""
    return Column(name, kind, *rest, primary_key=True, autoincrement=False)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that meet a condition; a query must say it in the same words."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
