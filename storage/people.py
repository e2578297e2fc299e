"""Residents and staff, their roles and the invitations to them; only here a person's Telegram id is known."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, func, or_, select, text, update

from bot.domain.errors import NotFound
from bot.domain.hearings import CURRENT_PHASES
from bot.domain.people import AgeBand, Gender, Grant, Invitation, OwedMenu, Reminders, Resident, StaffMember
from storage import tables
from storage.columns import EPOCH
from storage.count_tables import follower_counts
from storage.dialects import among, insert
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from storage.database import Transaction

_t = tables.residents
_FIELDS = tuple(field.name for field in dataclasses.fields(Resident))
_COLUMNS = [_t.c[name] for name in _FIELDS]
_BY_ID = PreparedQuery(select(*_COLUMNS).where(_t.c.id == bindparam("id")))
_BY_IDS = PreparedQuery(select(*_COLUMNS).where(among(_t.c.id, "ids")))
_BY_TELEGRAM = PreparedQuery(select(*_COLUMNS).where(_t.c.telegram_id == bindparam("telegram_id")))
_BY_TELEGRAMS = PreparedQuery(select(*_COLUMNS).where(among(_t.c.telegram_id, "telegram_ids")))
_g = tables.grants.c
_GRANTS = PreparedQuery(
    select(_g.municipality_id, _g.role)
    .where(_g.resident_id == bindparam("resident_id"))
    .order_by(_g.municipality_id, _g.role)
)
_WITH_GRANTS = PreparedQuery(
    select(*_COLUMNS, _g.municipality_id.label("granted_in"), _g.role)
    .outerjoin_from(_t, tables.grants, _g.resident_id == _t.c.id)
    .where(_t.c.telegram_id == bindparam("telegram_id"))
    .order_by(_g.municipality_id, _g.role)
)
_n = follower_counts.c
_FOLLOWERS = PreparedQuery(
    select(func.coalesce(func.sum(_n.people), 0)).where(_n.municipality_id == bindparam("municipality_id"))
)


class PersonRepository:
    """Residents, by Telegram id or by our own; their roles and the invitations to them."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, telegram_id: int) -> Resident | None:
        """The resident with that Telegram id."""
        row = await self._transaction.first(_BY_TELEGRAM, {"telegram_id": telegram_id})
        return None if row is None else _resident(row)

    async def find_with_grants(self, telegram_id: int) -> tuple[Resident | None, tuple[Grant, ...]]:
        """The resident with that Telegram id, with every role of theirs, in one query."""
        rows = await self._transaction.rows(_WITH_GRANTS, {"telegram_id": telegram_id})
        if not rows:
            return None, ()
        grants = (Grant(*row[-2:]) for row in rows if row.role is not None)
        return _resident(rows[0][:-2]), tuple(grants)

    async def find_many(self, telegram_ids: Collection[int]) -> Mapping[int, Resident]:
        """Those of them who are stored, by Telegram id, in one query."""
        if not telegram_ids:
            return {}
        rows = await self._transaction.rows(_BY_TELEGRAMS, {"telegram_ids": telegram_ids})
        return {row.telegram_id: _resident(row) for row in rows}

    async def get(self, resident_id: int) -> Resident:
        """The resident, also a forgotten one. Raises NotFound."""
        row = await self._transaction.first(_BY_ID, {"id": resident_id})
        if row is None:
            raise NotFound("resident", resident_id)
        return _resident(row)

    async def get_many(self, resident_ids: Collection[int]) -> Mapping[int, Resident]:
        """Those of them who are stored, by our id, in one query; also the forgotten ones."""
        if not resident_ids:
            return {}
        rows = await self._transaction.rows(_BY_IDS, {"ids": resident_ids})
        return {row.id: _resident(row) for row in rows}

    async def add(self, telegram_id: int, *, language: str, at: datetime) -> Resident:
        """A new resident; the stored one, unchanged, if the Telegram id is known."""
        row = {
            "telegram_id": telegram_id,
            "language": language,
            "added_at": at,
            "asked_about_self": False,
            "gender": Gender.UNSAID,
            "age_band": AgeBand.UNSAID,
            "reminders": Reminders.ALL,
        }
        statement = insert(self._transaction.dialect, _t).on_conflict_do_nothing(index_elements=["telegram_id"])
        await self._transaction.run(statement, row)
        found = await self.find(telegram_id)
        assert found is not None
        return found

    async def save(self, resident: Resident) -> None:
        """Store every field of the resident; ``telegram_id`` None parts the row from the person. Raises NotFound."""
        values = {name: getattr(resident, name) for name in _FIELDS if name != "id"}
        if not await self._transaction.run(update(_t).where(_t.c.id == resident.id), values):
            raise NotFound("resident", resident.id)

    async def forget(self, resident_id: int) -> None:
        """Take everything from the row but its number, and the person's roles. Raises NotFound."""
        await self.save((await self.get(resident_id)).forgotten())
        await self._transaction.run(update(_t).where(_t.c.id == resident_id), {"added_at": EPOCH, "menu_due": False})
        await self._transaction.run(delete(tables.grants).where(tables.grants.c.resident_id == resident_id))

    async def mark_blocked(self, telegram_id: int, at: datetime | None) -> None:
        """Store since when the person has blocked the bot, None if they no longer do; nothing for an unknown person."""
        await self._transaction.run(update(_t).where(_t.c.telegram_id == telegram_id), {"blocked_at": at})

    async def count_followers(self, municipality_id: int) -> int:
        """How many residents of the municipality may be written to: known, not blocking us, wanting reminders."""
        return int(await self._transaction.value(_FOLLOWERS, {"municipality_id": municipality_id}))

    async def list_grants(self, resident_id: int) -> tuple[Grant, ...]:
        """Every role of the person."""
        rows = await self._transaction.rows(_GRANTS, {"resident_id": resident_id})
        return tuple(Grant(row.municipality_id, row.role) for row in rows)

    async def grant(self, resident_id: int, grant: Grant, at: datetime) -> None:
        """Give the person a role; nothing changes if they have it."""
        row = {"resident_id": resident_id, "granted_at": at, **dataclasses.asdict(grant)}
        await self._transaction.run(insert(self._transaction.dialect, tables.grants).on_conflict_do_nothing(), row)
        await self.owe_menu(resident_id)

    async def revoke(self, resident_id: int, grant: Grant) -> bool:
        """Take a role from the person; True if they had it."""
        grants = tables.grants.c
        mine = (grants.resident_id == resident_id) & (grants.municipality_id == grant.municipality_id)
        statement = delete(tables.grants).where(mine, grants.role == grant.role)
        if not await self._transaction.run(statement):
            return False
        await self.owe_menu(resident_id)
        return True

    async def owe_menu(self, resident_id: int) -> None:
        """Note that the person's command menu has to change, with their role or their language."""
        await self._transaction.run(update(_t).where(_t.c.id == resident_id), {"menu_due": True})

    async def list_menus(self, *, limit: int) -> tuple[OwedMenu, ...]:
        """The menus that have to change, as they are to be."""
        staff = exists().where(tables.grants.c.resident_id == _t.c.id)
        known = select(_t.c.id, _t.c.telegram_id, _t.c.language, staff).where(text(tables.DUE_MENUS))
        rows = await self._transaction.rows(known.order_by(_t.c.id).limit(limit))
        return tuple(OwedMenu(row[0], row[1], row[2], for_staff=bool(row[3])) for row in rows)

    async def settle_menu(self, menu: OwedMenu) -> None:
        """Note that Telegram has this menu; nothing where it has to be another one by now."""
        person = await self.get(menu.resident_id)
        staff = bool(await self.list_grants(menu.resident_id))
        if (person.telegram_id, person.language, staff) == (menu.telegram_id, menu.language, menu.for_staff):
            await self._transaction.run(update(_t).where(_t.c.id == menu.resident_id), {"menu_due": False})

    async def list_staff(self, municipality_id: int) -> tuple[StaffMember, ...]:
        """Everybody with a role in the municipality, the longest first."""
        grants = tables.grants.c
        joined = select(*_COLUMNS, grants.role, grants.granted_at).join_from(
            tables.grants, _t, grants.resident_id == _t.c.id
        )
        rows = await self._transaction.rows(
            joined.where(grants.municipality_id == municipality_id).order_by(grants.granted_at, _t.c.id, grants.role)
        )
        return tuple(StaffMember(Resident(*row[:-2]), Grant(municipality_id, row[-2]), row[-1]) for row in rows)

    async def add_invitation(self, invitation: Invitation) -> None:
        """Store a new invitation."""
        await self._transaction.run(tables.invitations.insert(), dataclasses.asdict(invitation))

    async def take_invitation(self, digest: str, at: datetime, *, by: int, bound_to: str) -> Invitation | None:
        """The invitation, used by that resident from now on.

        None if another resident has used it, if it was taken back, if it has expired unused, if it is bound to anybody
        but ``bound_to``, or if there is none.
        """
        invitations = tables.invitations.c
        fresh = (invitations.digest == digest) & invitations.used_by.is_(None) & (invitations.expires_at > at)
        theirs = invitations.bound_to.is_(None) | (invitations.bound_to == bound_to)
        valid = invitations.withdrawn_at.is_(None)
        await self._transaction.run(
            update(tables.invitations).where(fresh, theirs, valid), {"used_at": at, "used_by": by}
        )
        used = select(tables.invitations).where(invitations.digest == digest, invitations.used_by == by, valid)
        row = await self._transaction.first(used)
        return None if row is None else Invitation(*row)

    async def find_invitation(self, name: str) -> Invitation | None:
        """The invitation whose digest is ``name`` or begins with it."""
        digest = tables.invitations.c.digest
        named = select(tables.invitations).where(digest.startswith(name, autoescape=True)).order_by(digest).limit(1)
        row = await self._transaction.first(named)
        return None if row is None else Invitation(*row)

    async def list_invitations(self, municipality_id: int) -> tuple[Invitation, ...]:
        """Every invitation to the municipality, the oldest first."""
        invitations = tables.invitations.c
        here = select(tables.invitations).where(invitations.municipality_id == municipality_id)
        rows = await self._transaction.rows(here.order_by(invitations.made_at, invitations.digest))
        return tuple(Invitation(*row) for row in rows)

    async def withdraw_invitations(self, digests: Collection[str], at: datetime) -> None:
        """Let these invitations open nothing any more, for good; those that were taken back before stay as they are."""
        invitations = tables.invitations.c
        live = invitations.digest.in_(tuple(digests)), invitations.withdrawn_at.is_(None)
        await self._transaction.run(update(tables.invitations).where(*live), {"withdrawn_at": at})

    async def list_half_forgotten(self, *, limit: int) -> tuple[Resident, ...]:
        """Forgotten people whom an earlier program left in a group of voters, or among those who take part now."""
        votes, participants, hearings = tables.votes.c, tables.participants.c, tables.hearings.c
        said = or_(votes.village_id != 0, votes.gender != Gender.UNSAID, votes.age_band != AgeBand.UNSAID)
        grouped = exists().where(votes.resident_id == _t.c.id, said)
        counted = exists().where(
            participants.resident_id == _t.c.id,
            participants.digest.is_(None),
            participants.hearing_id == hearings.id,
            hearings.phase.in_(CURRENT_PHASES),
        )
        rows = select(*_COLUMNS).where(_t.c.telegram_id.is_(None), grouped | counted).order_by(_t.c.id).limit(limit)
        return tuple(map(_resident, await self._transaction.rows(rows)))

    async def list_expired(self, before: datetime, *, limit: int) -> tuple[Resident, ...]:
        """Residents without a role who came before that moment and took part in no hearing that changed phase since."""
        participants, hearings = tables.participants.c, tables.hearings.c
        recent = exists().where(
            participants.resident_id == _t.c.id, participants.hearing_id == hearings.id, hearings.phase_since >= before
        )
        staff = exists().where(tables.grants.c.resident_id == _t.c.id)
        known = _t.c.telegram_id.is_not(None) & (_t.c.added_at < before)
        rows = await self._transaction.rows(select(*_COLUMNS).where(known, ~staff, ~recent).limit(limit))
        return tuple(map(_resident, rows))


def _resident(row: Iterable[Any]) -> Resident:
    return Resident(*row)
