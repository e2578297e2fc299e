from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.domain.errors import StoreNewer, StoreUnavailable
from storage import SchemaStatus, migrate, open_store, schema, schema_state
from storage.addresses import parse_address
from storage.database import transaction
from storage.engines import writing_engine
from storage.layout import metadata
from tests.storage import children

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy import Connection

    from storage.engines import AnyConnection
    from tests.databases import Cluster

NEWEST = ScriptDirectory.from_config(schema.configuration()).get_current_head()

TOMORROW = f"""
import os, signal
import sqlalchemy as sa
from alembic import op

revision = "tomorrow"
down_revision = "{NEWEST}"

def upgrade():
    op.create_table("weather", sa.Column("day", sa.Text, primary_key=True))
    op.execute("INSERT INTO weather VALUES ('sunny')")
    op.add_column("settings", sa.Column("mood", sa.Text))
    op.execute("UPDATE settings SET value = 'changed'")
    if os.environ.get("KILL_HALF_WAY"):
        os.kill(os.getpid(), signal.SIGKILL)
"""

MIGRATE = """
from storage import schema
from storage.addresses import parse_address
os.environ["KILL_HALF_WAY"] = sys.argv[3]
asyncio.run(schema.upgrade(parse_address(url), versions=(schema.VERSIONS, Path(sys.argv[2]))))
"""


@pytest.fixture
def tomorrow(tmp_path: Path) -> Path:
    """A folder with the migration of a later program."""
    folder = tmp_path / "tomorrow"
    folder.mkdir()
    (folder / "tomorrow.py").write_text(TOMORROW, encoding="utf-8")
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    url = await cluster.create(empty=True)
    yield url
    await cluster.drop(url)


@asynccontextmanager
async def writing(url: str) -> AsyncIterator[AnyConnection]:
    engine = writing_engine(parse_address(url))
    try:
        async with transaction(engine) as connection:
            yield connection
    finally:
        await engine.dispose()


async def execute(url: str, statement: str) -> None:
    async with writing(url) as connection:
        await connection.execute(text(statement))


async def answers(url: str, question: str) -> list[tuple[object, ...]]:
    async with writing(url) as connection:
        return [tuple(row) for row in await connection.execute(text(question))]


async def test_tables_and_migrations_say_the_same(database_url: str) -> None:
    def differences(connection: Connection) -> object:
        options = {"include_object": _is_read_back}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    async with writing(database_url) as connection:
        assert await connection.run_sync(differences) == []


def _is_read_back(element: object, *_: object) -> bool:
    """Whether Alembic can compare it: SQLAlchemy reads no direction of an index back from a file."""
    return getattr(element, "name", "") != "ix_comments_questions"


SHAPES = {
    "sqlite": """
        SELECT name, sql FROM sqlite_master
        WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version' AND type <> 'trigger'
    """,
    "postgresql": """
        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        UNION ALL SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
        UNION ALL SELECT table_name || '.' || column_name, data_type || is_nullable || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
    """,
}


async def test_even_what_alembic_does_not_compare_is_the_same(database_url: str) -> None:
    """Conditions of indexes, tables without row numbers, names of constraints. Triggers stand in migrations alone."""

    def build_anew(connection: Connection) -> None:
        metadata.drop_all(connection)
        metadata.create_all(connection)

    async def shape() -> dict[object, list[str]]:
        rows = await answers(database_url, SHAPES[parse_address(database_url).get_backend_name()])
        return {name: sorted(re.findall(r"[^\s,()]+|[()]", str(sql))) for name, sql in rows}

    migrated = await shape()
    async with writing(database_url) as connection:
        await connection.run_sync(build_anew)
    assert await shape() == migrated


async def test_an_empty_database_is_filled_and_opened_again(empty_url: str) -> None:
    assert (await schema_state(empty_url)).status is SchemaStatus.EMPTY
    assert (await migrate(empty_url)).status is SchemaStatus.EMPTY
    assert (await migrate(empty_url)).status is SchemaStatus.CURRENT
    state = await schema_state(empty_url)
    assert state.revision == state.newest
    store = await open_store(empty_url)
    assert await store.health() is None
    await store.close()


async def test_the_newest_revision_is_alembics_own(tmp_path: Path) -> None:
    """We read it from the files, Alembic imports them."""
    assert (await schema_state(f"sqlite:///{tmp_path / 'none.db'}")).newest == NEWEST


async def test_looking_makes_no_file(tmp_path: Path) -> None:
    await schema_state(f"sqlite:///{tmp_path / 'none.db'}")
    assert list(tmp_path.iterdir()) == []


async def test_two_processes_may_open_an_empty_database_at_once(empty_url: str) -> None:
    opening = [children.start("asyncio.run(storage.migrate(url))", empty_url) for _ in range(2)]
    assert [process.communicate(timeout=60)[1] for process in opening] == [""] * 2
    assert (await schema_state(empty_url)).status is SchemaStatus.CURRENT


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
async def test_a_new_file_in_which_another_process_writes_is_waited_for(tmp_path: Path, statement: str) -> None:
    """SQLite does not wait by itself where a file gets its log."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as other:
        other.execute(statement)
        opening = asyncio.get_running_loop().create_task(migrate(url))
        assert not (await asyncio.wait([opening], timeout=0.2))[0]
        other.execute("ROLLBACK")
    await opening
    assert (await schema_state(url)).status is SchemaStatus.CURRENT


async def test_a_new_file_in_which_another_process_writes_for_long_is_an_outage(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}?timeout=0.05"
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="another program holds the database"):
            await migrate(url)


async def test_a_database_of_a_newer_program_is_refused_and_left_alone(database_url: str) -> None:
    await execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    assert (await schema_state(database_url)).status is SchemaStatus.NEWER
    with pytest.raises(StoreNewer, match="9999"):
        await open_store(database_url)
    with pytest.raises(StoreNewer):
        await migrate(database_url)
    assert await answers(database_url, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_an_older_database_is_brought_up(database_url: str, tomorrow: Path) -> None:
    await execute(database_url, "INSERT INTO settings VALUES ('a', 'kept')")
    versions = (schema.VERSIONS, tomorrow)
    assert (await schema.state_of(parse_address(database_url), versions=versions)).status is SchemaStatus.OLDER
    assert (await schema.upgrade(parse_address(database_url), versions=versions)).revision == NEWEST
    assert await answers(database_url, "SELECT day FROM weather") == [("sunny",)]
    assert (await schema.state_of(parse_address(database_url), versions=versions)).status is SchemaStatus.CURRENT


async def test_an_older_file_is_copied_before_it_is_changed(sqlite_url: str, tomorrow: Path, tmp_path: Path) -> None:
    await execute(sqlite_url, "INSERT INTO settings VALUES ('a', 'kept')")
    await schema.upgrade(parse_address(sqlite_url), versions=(schema.VERSIONS, tomorrow))
    with sqlite3.connect(tmp_path / "hearings.db.before-tomorrow") as copy:
        assert copy.execute("SELECT value FROM settings WHERE key = 'a'").fetchall() == [("kept",)]
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEWEST,)]
    copy.close()


async def test_a_migration_killed_half_way_leaves_the_old_schema(database_url: str, tomorrow: Path) -> None:
    await execute(database_url, "INSERT INTO settings VALUES ('a', 'kept')")
    assert children.run(MIGRATE, database_url, tomorrow, "now").returncode == -9
    assert await answers(database_url, "SELECT * FROM settings WHERE key = 'a'") == [("a", "kept")]
    assert (await schema_state(database_url)).status is SchemaStatus.CURRENT
    store = await open_store(database_url)
    assert await store.health() is None
    await store.close()
    assert children.run(MIGRATE, database_url, tomorrow, "").stderr == ""
    assert await answers(database_url, "SELECT value, mood FROM settings WHERE key = 'a'") == [("changed", None)]
    assert await answers(database_url, "SELECT day FROM weather") == [("sunny",)]


async def test_a_first_start_killed_half_way_leaves_an_empty_database(empty_url: str, tomorrow: Path) -> None:
    assert children.run(MIGRATE, empty_url, tomorrow, "now").returncode == -9
    assert (await schema_state(empty_url)).status is SchemaStatus.EMPTY
    store = await open_store(empty_url)
    assert await store.health() is None
    await store.close()
