"""What tests of faults share: the app begun anew, a second one beside it, the whole database to compare."""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING, Any

import asyncpg

import storage
from storage.addresses import file_of, is_sqlite, parse_address
from tests.living import Town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.runtime import App
    from bot.simulator.people import Person

    Json = dict[str, Any]
    Rows = Mapping[str, list[str]]

PASSING = frozenset(
    {"settings", "pending_inputs", "bundles", "readings", "inbox", "inbox_owners", "heard_messages"}
    | {"heartbeat", "outages", "files", "dead_letters", "alembic_version"}
)
"""Tables of the house's own small memory, which no act of a person is counted in."""


class Stage(Town):
    """A running bot that can be doubled, and whose whole database can be compared."""

    @asynccontextmanager
    async def replica(self) -> AsyncIterator[App]:
        """A bot on the same database that gets its updates from the test's own hand, not from Telegram."""
        store = await storage.open_store(self.url)
        app = self.another_app(store)
        await app.start(listen=False, ticking=False)
        app.poller.stop()
        await app.ended()
        try:
            yield app
        finally:
            await app.stop()
            await store.close()

    @asynccontextmanager
    async def listening(self, port: int, secret: str) -> AsyncIterator[App]:
        """A bot on the same database to which Telegram posts its updates."""
        store = await storage.open_store(self.url)
        address = f"127.0.0.1:{port}"
        app = self.another_app(store, webhook_url=f"http://{address}/hook", webhook_secret=secret, listen=address)
        await app.start(ticking=False)
        try:
            yield app
        finally:
            await app.stop()
            await store.close()

    def collect(self) -> list[Json]:
        """What people have done and nobody has fetched: taken out of Telegram's queue."""
        waiting = [queued.update for queued in self.telegram.world.updates.waiting()]
        self.telegram.world.updates.drop()
        return waiting

    async def dump(self, *, passing: bool = False) -> Rows:
        """Every row of every table that acts of people are counted in (with ``passing`` of all others too)."""
        rows = await dump(self.url)
        return {table: found for table, found in rows.items() if passing or table not in PASSING}

    async def ensure_sound(self) -> None:
        """Rollup = recount in every hearing, and receipt numbers run from one without a gap."""
        async with self.store.reading() as repositories:
            for hearing_id in await self._hearings():
                assert await repositories.votes.rollup(hearing_id) == await repositories.votes.recount(hearing_id)
                comments = await repositories.comments.page(hearing_id, after=0, limit=100_000)
                assert sorted(comment.number for comment in comments) == list(range(1, len(comments) + 1))

    async def _hearings(self) -> list[int]:
        return [int(row.split("|")[0]) for row in (await dump(self.url))["hearings"]]


async def dump(url: str) -> dict[str, list[str]]:
    """Every row of every table as text, sorted, whatever the kind of database."""
    address = parse_address(url)
    if is_sqlite(address):
        with closing(sqlite3.connect(file_of(address))) as file:
            names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: sorted(map(_line, file.execute(f'SELECT * FROM "{name}"'))) for name in names}
    connection = await asyncpg.connect(url)
    try:
        names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name: sorted(map(_line, await connection.fetch(f'SELECT * FROM "{name}"'))) for (name,) in names}
    finally:
        await connection.close()


def _line(row: Any) -> str:
    return "|".join(map(str, row))


def said(person: Person) -> str:
    """All words the bot has in a person's chat now."""
    return "\n".join(message.words for message in person.messages)


def multiply_comments(url: str, count: int) -> None:
    """Make ``count`` comments of the only one there is, in a SQLite file."""
    with closing(sqlite3.connect(file_of(parse_address(url)))) as file, file:
        names = [name for _, name, *_ in file.execute("PRAGMA table_info(comments)")]
        values = [{"id": "n", "number": "n", "source": "NULL"}.get(name, name) for name in names]
        numbers = f"WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"
        file.execute(f"{numbers} INSERT INTO comments SELECT {', '.join(values)} FROM comments, numbers WHERE id = 1")
