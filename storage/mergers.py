"""Mergers of places: followers, roles, invitations and groups go to the successor, each kind by one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, cast, false, literal, select, text, update

from bot.domain.notices import NoticeStatus
from bot.domain.owed_replies import ReplyKind
from storage import tables
from storage.dialects import insert
from storage.outbox_tables import notices, rooms

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from storage.database import Transaction

_r, _g, _i = tables.residents, tables.grants, tables.invitations


class MergerRepository:
    """Moves people, roles and groups from one place to another, many at once."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def move(self, former_id: int, successor_id: int, *, at: datetime, due_at: datetime) -> int:
        """Make the followers of a municipality those of another, and owe each a message, due then.

        Roles are given there too, open invitations and linked groups go there. Returns how many people are told.
        """
        told = await self._tell(former_id, successor_id, due_at)
        to = {"municipality_id": successor_id}
        await self._transaction.run(update(_r).where(_r.c.municipality_id == former_id).values(to))
        await self._grant(former_id, successor_id)
        opened = (_i.c.municipality_id == former_id, _i.c.used_at.is_(None), _i.c.expires_at > at)
        await self._transaction.run(update(_i).where(*opened).values(to))
        await self._transaction.run(update(rooms).where(rooms.c.municipality_id == former_id).values(to))
        return told

    async def move_village(self, former_id: int, successor_id: int) -> None:
        """Make the people of a village those of another."""
        await self._transaction.run(update(_r).where(_r.c.village_id == former_id).values(village_id=successor_id))

    async def _tell(self, former_id: int, successor_id: int, due_at: datetime) -> int:
        """Owe a message to each follower who may be written to."""
        facts = {"former": former_id, "municipality": successor_id}
        given: dict[str, Any] = {"due_at": due_at, "state": NoticeStatus.WAITING, "reply": ReplyKind.PLACE_MERGED}
        given |= {"facts": facts, "rank": 0, "attempts": 0, "claims": 0, "reason": ""}
        values: dict[str, ColumnElement[Any]] = {
            "recipient_id": _r.c.id,
            "doubtful": false(),
            "update_key": literal(f"merged {former_id} into {successor_id}: ") + cast(_r.c.id, Text),
            **{name: literal(value, notices.c[name].type) for name, value in given.items()},
        }
        follows = (_r.c.municipality_id == former_id, text(tables.REACHABLE_RESIDENTS))
        rows = select(*values.values()).where(*follows)
        statement = insert(self._transaction.dialect, notices).from_select(list(values), rows)
        return await self._transaction.run(statement.on_conflict_do_nothing())

    async def _grant(self, former_id: int, successor_id: int) -> None:
        """Give everybody with a role in the former municipality the same one in its successor."""
        rows = select(_g.c.resident_id, literal(successor_id), _g.c.role, _g.c.granted_at)
        names = ["resident_id", "municipality_id", "role", "granted_at"]
        statement = insert(self._transaction.dialect, _g).from_select(
            names, rows.where(_g.c.municipality_id == former_id)
        )
        await self._transaction.run(statement.on_conflict_do_nothing())
