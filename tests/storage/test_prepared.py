"""Questions that go to the driver alone say what SQLAlchemy would say."""

from __future__ import annotations

import importlib
import pkgutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, select, update
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import IntegrityError

import storage
from storage import Store, tables
from storage.prepared import PreparedChange, PreparedQuery
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


def test_a_value_that_python_makes_up_is_refused() -> None:
    table = Table("made_up", MetaData(), Column("at", Integer), Column("made", Integer, default=lambda: 1))
    change = PreparedChange(table.insert())
    assert change.compiled(SQLiteDialect_pysqlite(), {"at": 1, "made": 2}).values({"at": 1, "made": 2}) == [1, 2]
    with pytest.raises(TypeError, match="Python makes up"):
        change.compiled(SQLiteDialect_pysqlite(), {"at": 1})


async def test_what_is_changed_is_what_sqlalchemy_changes(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 3)
    database: Database = store._database
    renamed = update(tables.residents).values(language=bindparam("new")).where(_s.id == bindparam("person"))
    prepared_one = PreparedChange(renamed)
    given = [{"person": each.id, "new": "ru"} for each in people[:2]]
    async with database.writing() as transaction:
        assert await transaction.run(prepared_one, given[0]) == 1
        await transaction.run_each(prepared_one, given)
        await transaction.run_each(prepared_one, [])
        assert await transaction.run(prepared_one, {"person": 0, "new": "ru"}) == 0
    async with database.reading() as transaction:
        rows = await transaction.rows(select(_s.language).order_by(_s.id))
        assert [row[0] for row in rows] == ["ru", "ru", "ky"]


async def test_a_change_that_fails_ends_the_transaction(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (person,) = await move_in(now, town, 1)
    change = PreparedChange(tables.questions.insert())

    async def fail_and_go_on() -> None:
        async with store._database.writing() as transaction:
            await transaction.run(tables.residents.update().values(language="ru"))
            with suppress(IntegrityError):
                await transaction.run(change, {"hearing_id": 999_999, "no": 1})

    with pytest.raises(IntegrityError):
        await fail_and_go_on()
    async with store.reading() as now:
        found = await now.people.find(1000)
        assert found is not None
        assert found.language == person.language


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
