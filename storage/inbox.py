"""The inbox: updates that wait for their turn, and the leases of the processes that will handle them."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, exists, func, select, update

from bot.domain.inbox import WaitingUpdate
from storage import housekeeping_tables as tables
from storage.dialects import among, insert
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from storage.database import Transaction

_i, _o = tables.inbox.c, tables.inbox_owners.c
_OWNED = _o.owner == bindparam("by")
_RENEW = update(tables.inbox_owners).where(_OWNED).values(renewals=_o.renewals + 1)
_END = delete(tables.inbox_owners).where(_OWNED, _o.renewals == bindparam("seen"))
_TAKE = (
    update(tables.inbox)
    .where(_i.owner.not_in(select(_o.owner)))
    .values(owner=bindparam("by"))
    .returning(_i.update_id, _i.telegram_id, _i.content)
)
_REMOVE = delete(tables.inbox).where(among(_i.update_id, "ids"))
_OF_OWNER = PreparedQuery(
    select(_i.update_id, _i.telegram_id, _i.content).where(_i.owner == bindparam("by")).order_by(_i.update_id)
)
_TAKE_OF_PERSON = (
    update(tables.inbox)
    .where(_i.telegram_id == bindparam("person"))
    .values(owner=bindparam("by"))
    .returning(_i.update_id, _i.telegram_id, _i.content)
)
_RENEWALS = PreparedQuery(select(_o.owner, _o.renewals))
_UNOWNED = PreparedQuery(select(exists().where(_i.owner.not_in(select(_o.owner)))))
_IDS_OF_PERSON = PreparedQuery(select(_i.update_id).where(_i.telegram_id == bindparam("person")).order_by(_i.update_id))
_OF_PERSON = PreparedQuery(select(func.count()).where(_i.telegram_id == bindparam("person")))


class InboxRepository:
    """Updates that wait. What belongs to no lease belongs to nobody."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, updates: Collection[WaitingUpdate], *, owner: str, at: datetime) -> None:
        """Store updates for ``owner``; one that is stored already stays as it is."""
        statement = insert(self._transaction.dialect, tables.inbox).on_conflict_do_nothing()
        rows = [
            {
                "update_id": each.update_id,
                "telegram_id": each.telegram_id,
                "content": each.content,
                "arrived_at": at,
                "owner": owner,
            }
            for each in updates
        ]
        await self._transaction.run_each(statement, rows)

    async def hand_over(self, updates: Collection[WaitingUpdate], *, owner: str, by: str, at: datetime) -> None:
        """Store updates for ``owner``; those that are stored for ``by`` are the owner's from now on."""
        await self.add(updates, owner=owner, at=at)
        ours = update(tables.inbox).where(among(_i.update_id, "ids"), _i.owner == by).values(owner=owner)
        await self._transaction.run(ours, {"ids": [each.update_id for each in updates]})

    async def list_of(self, owner: str) -> tuple[WaitingUpdate, ...]:
        """What is stored for ``owner``, in order."""
        return tuple(WaitingUpdate(*row) for row in await self._transaction.rows(_OF_OWNER, {"by": owner}))

    async def ids_of(self, telegram_id: int) -> tuple[int, ...]:
        """What waits of a person, whoever has it: the numbers of the updates, in order."""
        return tuple(row[0] for row in await self._transaction.rows(_IDS_OF_PERSON, {"person": telegram_id}))

    async def take_of(self, telegram_id: int, *, by: str) -> tuple[WaitingUpdate, ...]:
        """Make ``by`` the owner of all that waits of a person; returns it in order."""
        rows = await self._transaction.rows(_TAKE_OF_PERSON, {"person": telegram_id, "by": by})
        return tuple(WaitingUpdate(*row) for row in sorted(rows, key=itemgetter(0)))

    async def renew(self, owner: str) -> bool:
        """Renew the owner's lease. True where it had one; one that had none (any more) gets it now."""
        if await self._transaction.run(_RENEW, {"by": owner}):
            return True
        statement = insert(self._transaction.dialect, tables.inbox_owners).on_conflict_do_nothing()
        await self._transaction.run(statement, {"owner": owner, "renewals": 0})
        return False

    async def renewals(self) -> Mapping[str, int]:
        """How often each owner has renewed its lease."""
        rows = await self._transaction.rows(_RENEWALS)
        return {str(owner): int(times) for owner, times in rows}

    async def has_unowned(self) -> bool:
        """True where an update waits that belongs to no lease."""
        return bool(await self._transaction.value(_UNOWNED))

    async def take_over(self, owners: Mapping[str, int], *, by: str) -> tuple[WaitingUpdate, ...]:
        """End the leases of ``owners`` that have not been renewed meanwhile, and take what belongs to no lease."""
        for owner, seen in owners.items():
            await self._transaction.run(_END, {"by": owner, "seen": seen})
        rows = await self._transaction.rows(_TAKE, {"by": by})
        return tuple(WaitingUpdate(*row) for row in sorted(rows, key=itemgetter(0)))

    async def remove(self, update_ids: Collection[int]) -> None:
        """Delete updates that were handled."""
        await self._transaction.run(_REMOVE, {"ids": update_ids})

    async def release(self, owner: str) -> None:
        """End the owner's lease: what it leaves may be taken at once."""
        await self._transaction.run(delete(tables.inbox_owners).where(_OWNED), {"by": owner})

    async def count(self) -> int:
        """How many updates wait, of everybody."""
        return int(await self._transaction.value(select(func.count()).select_from(tables.inbox)))

    async def waiting(self, telegram_id: int) -> int:
        """How many updates of a person wait."""
        return int(await self._transaction.value(_OF_PERSON, {"person": telegram_id}))

    async def drop(self, telegram_id: int) -> None:
        """Delete the updates of a person, who is being forgotten."""
        await self._transaction.run(delete(tables.inbox).where(_i.telegram_id == telegram_id))

    async def expire(self, before: datetime) -> int:
        """Delete what has been waiting since ``before``; returns how many."""
        return await self._transaction.run(delete(tables.inbox).where(_i.arrived_at < before))
