"""Small things the program stores about itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, or_, select

from storage import housekeeping_tables as tables
from storage.dialects import insert, upsert
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Table

    from storage.database import Transaction
    from storage.dialects import DialectInsert

END_OF_TIME: Final = datetime(9999, 1, 1, tzinfo=UTC)
_f, _d, _o, _s = tables.files.c, tables.dead_letters.c, tables.outages.c, tables.settings.c
_FILE = PreparedQuery(select(_f.file_id).where(_f.key == bindparam("key")))
_BEAT = PreparedQuery(select(tables.heartbeat.c.at))
_OUTAGE = PreparedQuery(
    select(_o.began, _o.ended)
    .where(_o.ended >= bindparam("since", type_=_o.ended.type), _o.began < bindparam("before", type_=_o.began.type))
    .order_by(_o.ended.desc())
    .limit(1)
)
_SETTING = PreparedQuery(select(_s.value).where(_s.key == bindparam("key")))


class HousekeepingRepository:
    """Files at Telegram, dead letters, the heartbeat, outages, settings."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find_file(self, key: str) -> str | None:
        """Telegram's id of the file stored under ``key``."""
        found = await self._transaction.value(_FILE, {"key": key})
        return None if found is None else str(found)

    async def keep_file(self, key: str, file_id: str) -> None:
        """Store Telegram's id of a file, in place of an earlier one."""
        await self._transaction.run(self._replacing(tables.files), {"key": key, "file_id": file_id})

    async def drop_files(self, beginning: str) -> None:
        """Remove the ids of all files whose keys begin so."""
        await self._transaction.run(delete(tables.files).where(_f.key.startswith(beginning, autoescape=True)))

    async def drop_file(self, key: str) -> None:
        """Remove an id that Telegram no longer knows."""
        await self._transaction.run(delete(tables.files).where(_f.key == key))

    async def add_dead_letter(self, update_id: int, raw: str, reason: str, at: datetime) -> None:
        """Store an update that could not be read, as it came; the first one stays if it comes again."""
        row = {"update_id": update_id, "raw": raw, "reason": reason, "at": at}
        statement = insert(self._transaction.dialect, tables.dead_letters)
        await self._transaction.run(statement.on_conflict_do_nothing(index_elements=["update_id"]), row)

    async def drop_dead_letters(self, before: datetime) -> int:
        """Remove dead letters from before then, since they may name a person; returns how many."""
        return await self._transaction.run(delete(tables.dead_letters).where(_d.at < before))

    async def beat(self, at: datetime) -> datetime | None:
        """Store that the program runs at this moment; returns the beat before this one."""
        before: datetime | None = await self._transaction.value(_BEAT)
        await self._transaction.run(self._replacing(tables.heartbeat), {"id": 1, "at": at})
        return before

    async def note_outage(self, began: datetime, ended: datetime) -> None:
        """Store that the program did not run from ``began`` to ``ended``."""
        await self._transaction.run(tables.outages.insert(), {"began": began, "ended": ended})

    async def find_outage(self, since: datetime, *, before: datetime | None = None) -> tuple[datetime, datetime] | None:
        """The newest outage that ended at ``since`` or later; with ``before`` the newest that began before then."""
        row = await self._transaction.first(_OUTAGE, {"since": since, "before": before or END_OF_TIME})
        return None if row is None else (row.began, row.ended)

    async def find_setting(self, key: str) -> str | None:
        """The value stored under ``key``."""
        found = await self._transaction.value(_SETTING, {"key": key})
        return None if found is None else str(found)

    async def keep_setting(self, key: str, value: str) -> None:
        """Store a value, in place of an earlier one."""
        await self._transaction.run(self._replacing(tables.settings), {"key": key, "value": value})

    async def claim_daily(self, key: str, day: date) -> bool:
        """Claim daily work: True for the first process that asks for that ``day`` or a later one.

        A stored claim of more than a day ahead came from a clock that was wrong, and is replaced.
        """
        claim = insert(self._transaction.dialect, tables.settings).values(key=key, value=day.isoformat())
        tomorrow = (day + timedelta(days=1)).isoformat()
        taken = claim.on_conflict_do_update(
            index_elements=["key"],
            set_={"value": claim.excluded.value},
            where=or_(_s.value < claim.excluded.value, _s.value > tomorrow),
        )
        return await self._transaction.run(taken) == 1

    async def release_daily(self, key: str, day: date) -> None:
        """Remove the claim of that ``day``: its work was not done and may be claimed again."""
        await self._transaction.run(delete(tables.settings).where(_s.key == key, _s.value == day.isoformat()))

    def _replacing(self, table: Table) -> DialectInsert:
        return upsert(self._transaction.dialect, table)
