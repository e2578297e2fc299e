"""Questions that are asked at each press, and what a press changes: compiled once, and run on SQLite's driver.

SQLAlchemy makes a key of a statement, looks it up, and builds a context, a cursor and a result around each execution,
which takes twenty times as long as SQLite needs for a row. What is asked with parameters alone needs none of it. It is
done by what the library documents; PostgreSQL is asked in the ordinary way.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError

from storage.dialects import upsert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import ClauseElement, Delete, Insert, Select, Table, Update
    from sqlalchemy.engine import Dialect


class PreparedQuery:
    """A SELECT of which every value that differs is a ``bindparam``; none of them may be expanded into a list.

    Its rows are named tuples. All of them are fetched, also where the first is wanted.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self.statement = statement
        self._compiled: _CompiledQuery | None = None

    def compiled(self, dialect: Dialect) -> _CompiledQuery:
        """How the dialect, which is SQLite's, runs it."""
        if self._compiled is None:
            self._compiled = _CompiledQuery(self.statement, dialect)
        return self._compiled


class PreparedChange:
    """An INSERT with the values of its parameters, or an UPDATE or DELETE of which every value is a ``bindparam``.

    A column of which Python makes up the value cannot be left out.
    """

    def __init__(self, statement: Insert | Update | Delete) -> None:
        self.statement = statement
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    def compiled(self, dialect: Dialect, parameters: Mapping[str, Any]) -> _Compiled:
        """How SQLite runs it with parameters of these names."""
        names = tuple(parameters)
        if (found := self._compiled.get(names)) is None:
            found = self._compiled[names] = _Compiled(self.statement, dialect, names)
        return found


@cache
def prepared_upsert(dialect: str, table: Table) -> PreparedChange:
    """``upsert`` of a table, prepared."""
    return PreparedChange(upsert(dialect, table))


class _Compiled:
    """The SQL of a statement, and what its values go through."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, names: Sequence[str] | None = None) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=names)
        binds = [compiled.binds[name] for name in compiled.positiontup]
        if any(each.expanding or each.literal_execute for each in binds):
            raise TypeError("a list that is expanded cannot be prepared")
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError("a value that Python makes up cannot be prepared")
        self.sql = str(compiled)
        self._binds = [(each.key, each.value, each.required, _bind_processor(each.type, dialect)) for each in binds]

    def values(self, parameters: Mapping[str, Any]) -> list[Any]:
        """The parameters as the driver takes them. Raises KeyError where one is missing."""
        values = []
        for key, default, required, process in self._binds:
            value = parameters[key] if required or key in parameters else default
            values.append(value if process is None else process(value))
        return values

    def run(self, driver: sqlite3.Connection, rows: Sequence[Sequence[Any]]) -> int:
        """Run it with each of these values, and return how many rows changed. Raises as SQLAlchemy does."""
        try:
            cursor = driver.execute(self.sql, rows[0]) if len(rows) == 1 else driver.executemany(self.sql, rows)
        except sqlite3.IntegrityError as error:
            raise IntegrityError(self.sql, None, error) from error
        changed = cursor.rowcount
        cursor.close()
        return changed


class _CompiledQuery(_Compiled):
    """The same of a question, and what its rows go through."""

    def __init__(self, statement: Select[*tuple[Any, ...]], dialect: Dialect) -> None:
        super().__init__(statement, dialect)
        columns = tuple(statement.selected_columns)
        self._make = _row_maker([each.key or "" for each in columns])
        self._processors = [_result_processor(each.type, dialect) for each in columns]
        self._plain = not any(self._processors)

    def rows(self, driver: sqlite3.Connection, values: Sequence[Any]) -> list[Any]:
        """Run it, and return every row."""
        cursor = driver.execute(self.sql, values)
        try:
            found = cursor.fetchall()
        finally:
            cursor.close()
        make = self._make
        if self._plain:
            return [make(row) for row in found]
        processors = self._processors
        return [
            make([value if process is None else process(value) for process, value in zip(processors, row, strict=True)])
            for row in found
        ]


def _row_maker(names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    kind = namedtuple("Row", names, rename=True)  # type: ignore[misc] # noqa: PYI024 names are known when it is compiled
    return kind._make


def _bind_processor(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


def _result_processor(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return found
