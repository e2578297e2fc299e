"""A connection to PostgreSQL by which processes of the bot know of each other: LISTEN, a lock, two small tables.

The lock belongs to the connection, so that the server itself says who is gone. A pooler between would give the
connection to others: it is a direct one.
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.domain.errors import StoreUnavailable
from bot.domain.notices import MAKING, Claim
from bot.domain.replicas import Replica
from bot.ports.replicas import PeopleClaimed
from storage.failures import translated_errors
from storage.outbox_tables import notices
from storage.replica_tables import answered_groups, person_owners, replicas

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from asyncpg import Connection
    from sqlalchemy import URL

    from bot.ports.replicas import Renewal

CHANNEL: Final = "hearing_bot"
LIVING: Final = 4_850_123
"""The first number of the advisory locks of processes that live; the second is a process's own."""
MEETING: Final = 4_850_122_674
"""The advisory lock of the one that renews."""
LONGEST_STATEMENT: Final = 3.0
"""Seconds: well below those after which others take this process for gone."""

TABLES: Final = (replicas, person_owners, answered_groups, notices)
"""What the statements below are about; the driver runs them as they stand, at each press of somebody new."""
_SERVER: Final = {
    "application_name": "hearing-bot replica",
    "lock_timeout": "2500ms",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
_LIVE: Final = "SELECT pg_advisory_lock($1::int, $2::int)"
_ALL: Final = """
SELECT r.name, r.renewals, r.parts, r.says, l.objid IS NOT NULL AS connected
FROM replicas r LEFT JOIN pg_locks l ON l.locktype = 'advisory' AND l.classid = $1::bigint::oid
  AND l.objid = r.lock_key::oid AND l.objsubid = 2 AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY r.name
"""
_RENEW: Final = """
INSERT INTO replicas (name, lock_key, renewals, parts, says) VALUES ($1, $2, 0, $3, $4)
ON CONFLICT (name) DO UPDATE SET renewals = replicas.renewals + 1, parts = $3, says = $4
"""
_FORGET: Final = "DELETE FROM replicas WHERE name = $1 AND renewals = $2"
_CLAIMS: Final = """
SELECT id, claimed_by, claims FROM notices WHERE claimed_by > '' AND claimed_by = ANY($1::text[])
"""
_END_LEASE: Final = "DELETE FROM inbox_owners WHERE owner = $1"
_CLAIM: Final = """
WITH taken AS (
  INSERT INTO person_owners (telegram_id, owner) SELECT person, $2 FROM unnest($1::bigint[]) AS given (person)
  ON CONFLICT DO NOTHING RETURNING telegram_id
)
SELECT telegram_id, EXISTS (SELECT FROM inbox WHERE inbox.telegram_id = taken.telegram_id) FROM taken
"""
"""Telegram brings a person's next update when the one before was confirmed: what waits of them is committed by then."""
_OWNERS: Final = "SELECT telegram_id, owner FROM person_owners WHERE telegram_id = ANY($1::bigint[])"
_ANSWER: Final = """
WITH this AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS moment)
INSERT INTO answered_groups AS known (chat, topic, at) SELECT $1, $2, moment FROM this
ON CONFLICT (chat, topic) DO UPDATE SET at = excluded.at WHERE abs(excluded.at - known.at) >= $3 RETURNING chat
"""
_RELEASE: Final = "DELETE FROM person_owners WHERE telegram_id = ANY($1::bigint[]) AND owner = $2"
_LEAVE: Final = "DELETE FROM person_owners WHERE owner = $1"


def _ignore(*_: object) -> None:
    pass


class PostgresqlLink:
    """A ``ReplicaLink`` of the process ``name``, over one connection: one statement after another."""

    def __init__(self, url: URL, name: str) -> None:
        self.name = name
        self.on_news: Callable[[str], None] = _ignore
        self.on_cut: Callable[[], None] = _ignore
        self._url = url
        self._lock_key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") >> 1
        self._connection: Connection[Any] | None = None
        self._in_turn = asyncio.Lock()

    async def open(self) -> None:
        """Connect, again where it was cut; others see that this process lives from now on."""
        async with self._in_turn:
            if self._connection is None or self._connection.is_closed():
                with translated_errors():
                    self._connection = await self._connected()

    async def _connected(self) -> Connection[Any]:
        import asyncpg  # noqa: PLC0415 - a file does without
        from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg  # noqa: PLC0415

        _, given = PGDialect_asyncpg().create_connect_args(self._url)  # type: ignore[no-untyped-call]
        options = {"timeout": 10, "command_timeout": LONGEST_STATEMENT, "server_settings": _SERVER}
        connection: Connection[Any] = await asyncpg.connect(**given, **options)
        try:
            await connection.execute(_LIVE, LIVING, self._lock_key)
            await connection.add_listener(CHANNEL, self._hear)
        except BaseException:
            connection.terminate()
            raise
        connection.add_termination_listener(self._cut)
        return connection

    async def close(self) -> None:
        """Leave: what was this process's is nobody's."""
        async with self._in_turn:
            connection, self._connection = self._connection, None
            if connection is None or connection.is_closed():
                return
            connection.remove_termination_listener(self._cut)
            try:
                with translated_errors():
                    await connection.execute(_LEAVE, self.name)
                    await connection.close(timeout=LONGEST_STATEMENT)
            finally:
                connection.terminate()

    async def meet(self, renew: Callable[[Sequence[Replica]], Renewal]) -> Sequence[Claim]:
        """Store what ``renew`` makes of all processes that are stored; meanwhile no other does the same.

        Returns the notices that those had claimed until now which ``renew`` has found to be gone, and whose connection
        is: what one of them claims after it has met the others again is none of them. Nothing is locked for it, as one
        that was cut off alone may have them locked.
        """
        async with self._in_turn:
            with translated_errors():
                connection = self._usable()
                async with connection.transaction():
                    await connection.execute(f"SELECT pg_advisory_xact_lock({MEETING})")
                    found = [Replica(*row) for row in await connection.fetch(_ALL, LIVING)]
                    renewal = renew(found)
                    for each in renewal.gone:
                        await connection.execute(_FORGET, each.name, each.renewals)
                        await connection.execute(_END_LEASE, each.name)
                    await connection.execute(_RENEW, self.name, self._lock_key, renewal.parts, renewal.says)
                    dead = [each.name for each in renewal.gone if not each.connected]
                    names = [*dead, *(name + MAKING for name in dead)]
                    return [Claim(*row) for row in await connection.fetch(_CLAIMS, names)] if names else ()

    async def claim(self, people: Collection[int]) -> PeopleClaimed:
        """Make people (by Telegram id) this process's who are nobody's."""
        wanted = sorted(people)
        own: dict[int, bool] = {}
        others: dict[int, str] = {}
        async with self._in_turn:
            with translated_errors():
                connection = self._usable()
                while left := [person for person in wanted if person not in own and person not in others]:
                    own |= await self._claimed(connection, left)
                    if missed := [person for person in left if person not in own]:
                        owners = {row[0]: row[1] for row in await connection.fetch(_OWNERS, missed)}
                        own |= {person: True for person, owner in owners.items() if owner == self.name}
                        others |= {person: owner for person, owner in owners.items() if owner != self.name}
        return PeopleClaimed(frozenset(own), others, frozenset(person for person, waits in own.items() if waits))

    async def _claimed(self, connection: Connection[Any], people: list[int]) -> dict[int, bool]:
        """Those who are this process's now, and whether updates of theirs wait."""
        from asyncpg import ForeignKeyViolationError  # noqa: PLC0415

        try:
            return {row[0]: row[1] for row in await connection.fetch(_CLAIM, people, self.name)}
        except ForeignKeyViolationError:
            raise StoreUnavailable("other processes have taken this one for gone") from None

    async def release(self, people: Collection[int]) -> None:
        """Let people be nobody's who are this process's."""
        async with self._in_turn:
            with translated_errors():
                await self._usable().execute(_RELEASE, list(people), self.name)

    async def may_answer(self, chat: int, topic: int, *, within: timedelta) -> bool:
        """False where any process has answered a group ``within`` that time; else it counts as answered now."""
        async with self._in_turn:
            with translated_errors():
                given = chat, topic, within // timedelta(microseconds=1)
                return bool(await self._usable().fetch(_ANSWER, *given))

    async def tell(self, words: str) -> None:
        """Tell all processes, this one too; what is told while one is not connected, it never learns."""
        async with self._in_turn:
            with translated_errors():
                await self._usable().execute("SELECT pg_notify($1, $2)", CHANNEL, words)

    def _usable(self) -> Connection[Any]:
        if self._connection is None or self._connection.is_closed():
            raise StoreUnavailable("the connection was lost")
        return self._connection

    def _hear(self, _connection: object, _pid: int, _channel: str, words: object) -> None:
        self.on_news(str(words))

    def _cut(self, _connection: object) -> None:
        self.on_cut()
