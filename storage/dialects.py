"""SQL in which the two databases differ: upserts, and a long list given as one parameter."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Date, Text, bindparam, literal_column, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from storage.columns import NumbersParameter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Insert, Table, TableValuedAlias
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.sql.compiler import SQLCompiler

    DialectInsert = sqlite.Insert | postgresql.Insert


def insert(dialect: str, table: Table) -> DialectInsert:
    """The dialect's own INSERT, which has ``on_conflict_do_update`` and ``on_conflict_do_nothing``."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - a file does without: three megabytes

    return postgresql.insert(table)


@cache
def upsert(dialect: str, table: Table) -> DialectInsert:
    """INSERT that replaces the row with the same primary key; made once, as that takes as long as to run it."""
    statement = insert(dialect, table)
    key = [column.name for column in table.primary_key]
    rest = {column.name: statement.excluded[column.name] for column in table.c if column.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=rest)


def among(column: Column[Any], parameter: str) -> ColumnElement[bool]:
    """``column`` is one of the numbers given as ``parameter`` (a collection of any length)."""
    return _Among(column, bindparam(parameter, type_=NumbersParameter()))


def json_records(parameter: str, *kinds: type[int | str | date]) -> tuple[TableValuedAlias, list[ColumnElement[Any]]]:
    """A table to join with, and its columns: rows of numbers, words and ISO days, given as JSON in ``parameter``."""
    given = _Elements(bindparam(parameter, type_=Text())).table_valued(Column("value", Text), name="given")
    parts: dict[type[int | str | date], type[FunctionElement[Any]]] = {int: _Whole, str: _Words, date: _Day}
    return given, [parts[kind](given.c.value, literal_column(str(place))) for place, kind in enumerate(kinds)]


def insert_records(table: Table, parameter: str, kinds: Mapping[str, type[int | str | date]]) -> Insert:
    """INSERT of all rows in ``parameter``, as ``json_records`` reads them, into these columns."""
    given, values = json_records(parameter, *kinds.values())
    return table.insert().from_select(list(kinds), select(*values).select_from(given))


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002
        """Itself: SQLAlchemy would say ``= 1`` after it, and SQLite would no longer see that an index fits."""
        return self


class _Elements(FunctionElement[Any]):
    inherit_cache = True


class _Whole(FunctionElement[int]):
    type = BigInteger()
    inherit_cache = True


class _Words(FunctionElement[str]):
    type = Text()
    inherit_cache = True


class _Day(FunctionElement[date]):
    type = Date()
    inherit_cache = True


def _clauses(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> Iterable[str]:
    return (compiler.process(clause, **options) for clause in element.clauses)


@compiles(_Among, "sqlite")
def _among_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, numbers = _clauses(element, compiler, **options)
    return f"({column} IN (SELECT value FROM json_each({numbers})))"  # noqa: S608 - both were compiled by SQLAlchemy


@compiles(_Among, "postgresql")
def _among_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, numbers = _clauses(element, compiler, **options)
    return f"({column} = ANY ({numbers}))"


@compiles(_Elements, "sqlite")
def _elements_sqlite(element: _Elements, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({', '.join(_clauses(element, compiler, **options))})"


@compiles(_Elements, "postgresql")
def _elements_postgresql(element: _Elements, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements(CAST({', '.join(_clauses(element, compiler, **options))} AS JSON))"


@compiles(_Whole, "sqlite")
@compiles(_Whole, "postgresql")
def _whole(element: _Whole, compiler: SQLCompiler, **options: Any) -> str:
    value, place = _clauses(element, compiler, **options)
    return f"CAST({value} ->> {place} AS BIGINT)"


@compiles(_Words, "sqlite")
@compiles(_Words, "postgresql")
def _words(element: _Words, compiler: SQLCompiler, **options: Any) -> str:
    value, place = _clauses(element, compiler, **options)
    return f"({value} ->> {place})"


@compiles(_Day, "sqlite")
def _day_sqlite(element: _Day, compiler: SQLCompiler, **options: Any) -> str:
    value, place = _clauses(element, compiler, **options)
    return f"({value} ->> {place})"


@compiles(_Day, "postgresql")
def _day_postgresql(element: _Day, compiler: SQLCompiler, **options: Any) -> str:
    value, place = _clauses(element, compiler, **options)
    return f"CAST({value} ->> {place} AS DATE)"
