"""Questions that go to the driver alone say what SQLAlchemy would say."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

import storage
from storage import Store, tables
from storage.prepared import PreparedQuery
from tests.storage.town import move_in, settle

if TYPE_CHECKING:
    from storage.database import Database

_s = tables.residents.c
BY_LANGUAGE = select(tables.residents).where(_s.language == bindparam("language", "ky"), _s.id > bindparam("least"))


def prepared() -> list[tuple[str, PreparedQuery]]:
    modules = [importlib.import_module(f"storage.{each.name}") for each in pkgutil.iter_modules(storage.__path__)]
    named = [(module.__name__, name, value) for module in modules for name, value in vars(module).items()]
    return [(f"{module}.{name}", value) for module, name, value in named if isinstance(value, PreparedQuery)]


def test_every_prepared_question_can_be_compiled() -> None:
    found = prepared()
    assert len(found) > 20
    for name, each in found:
        assert each.compiled(SQLiteDialect_pysqlite()).sql.startswith("SELECT"), name


def test_a_list_that_is_expanded_is_refused() -> None:
    listed = PreparedQuery(select(_s.id).where(_s.language.in_(["ky", "ru"])))
    with pytest.raises(TypeError, match="expanded"):
        listed.compiled(SQLiteDialect_pysqlite())


async def test_rows_are_those_of_sqlalchemy_value_by_value(sqlite_store: Store) -> None:
    town = await settle(sqlite_store)
    async with sqlite_store.writing() as now:
        await move_in(now, town, 3)
    asked = PreparedQuery(BY_LANGUAGE)
    database: Database = sqlite_store._database
    async with database.reading() as transaction:
        for given in ({"least": 0}, {"least": 2, "language": "ky"}, {"least": 0, "language": "ru"}):
            theirs: list[Any] = list(await transaction.rows(BY_LANGUAGE, given))
            ours: list[Any] = list(await transaction.rows(asked, given))
            assert [tuple(row) for row in ours] == [tuple(row) for row in theirs]
            assert [row.added_at for row in ours] == [row.added_at for row in theirs]
            first = await transaction.first(asked, given)
            assert (first is None) == (not theirs)
            assert await transaction.value(asked, given) == (theirs[0][0] if theirs else None)
        with pytest.raises(KeyError):
            await transaction.rows(asked, {})
