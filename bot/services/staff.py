"""Who has which role, and how a role or an invitation is taken back, for good."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import Forbidden, LastSecretary, NotFound, TextEmpty, TextTooLong
from bot.domain.journal import Act, about_municipality
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from bot.domain.pending_input import TYPING_LASTS, PendingInput, PendingInputKind
from bot.domain.people import LETTERS_OF_AN_INVITATION, LONGEST_STAFF_NAME, Grant, Role, staff_name
from bot.domain.permissions import ROLES_THAT_MAY, Permission, ensure
from bot.domain.places import PlaceKind
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.journal import JournalData
    from bot.domain.people import Actor, Invitation, Resident, StaffMember
    from bot.domain.places import Place
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory


@dataclass(frozen=True, slots=True)
class StaffList:
    """The staff of a municipality, and all invitations to it."""

    municipality: Place
    members: tuple[StaffMember, ...]
    invitations: tuple[Invitation, ...]
    now: datetime
    zone: ZoneInfo


class Staff:
    """Roles and invitations of a municipality, for those who may take them back."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def listing(self, actor: Actor, municipality_id: int) -> StaffList:
        """Everybody with a role there, and every invitation."""
        ensure(actor, Permission.REVOKE, municipality_id)
        municipality = (await self._directory.tree()).get(municipality_id, PlaceKind.MUNICIPALITY)
        async with self._store.reading() as repositories:
            members = await repositories.people.list_staff(municipality_id)
            invitations = await repositories.people.list_invitations(municipality_id)
        zone = (await self._directory.tree()).zone(municipality_id)
        return StaffList(municipality, members, invitations, self._clock.now(), zone)

    async def revoke(self, actor: Actor, resident_id: int, grant: Grant) -> None:
        """Take a role from a person. The link that gave it is dead, and so are the links they made and nobody used.

        They are told. Raises NotFound where they do not have it, LastSecretary where nobody else could give it again
        (an administrator may).
        """
        ensure(actor, Permission.REVOKE, grant.municipality_id)
        async with self._store.writing() as repositories:
            if not await self._take(repositories, actor, resident_id, grant):
                raise NotFound("role", grant.role.value)

    async def find(self, actor: Actor, name: str) -> Invitation:
        """The invitation with that name. Raises NotFound, and Forbidden where the actor may not take it back."""
        async with self._store.reading() as repositories:
            return await self._find(repositories, actor, name)

    async def withdraw(self, actor: Actor, name: str) -> Invitation:
        """Take an invitation back, and the role of the person who used it. Doing it twice changes nothing.

        Raises NotFound, Forbidden, LastSecretary.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            invitation = await self._find(repositories, actor, name)
            if invitation.used_by is not None:
                grant = Grant(invitation.municipality_id, invitation.role)
                await self._take(repositories, actor, invitation.used_by, grant)
            if invitation.withdrawn_at is None:
                await repositories.people.withdraw_invitations((invitation.digest,), now)
                grant = Grant(invitation.municipality_id, invitation.role)
                data = {"role": invitation.role.value, "invitation": invitation.name}
                await self._note(repositories, actor, grant, Act.INVITATION_WITHDRAWN, data)
        return invitation

    async def hand_over(self, actor: Actor, resident_id: int, municipality_id: int) -> StaffMember:
        """Make a colleague the secretary in the actor's place, who steps down; returns the colleague as they were.

        Raises Forbidden unless the actor is secretary there, NotFound for anybody who is no other member of its staff.
        """
        own, now = Grant(municipality_id, Role.SECRETARY), self._clock.now()
        if own not in actor.grants or actor.resident is None:
            raise Forbidden("hand over")
        async with self._store.writing() as repositories:
            if own not in await repositories.people.list_grants(actor.resident.id):
                raise Forbidden("hand over")
            staff = await repositories.people.list_staff(municipality_id)
            roles = [each for each in staff if each.resident.id == resident_id]
            if not roles or resident_id == actor.resident.id:
                raise NotFound("colleague", resident_id)
            for each in roles:
                if each.grant != own:
                    await repositories.people.revoke(resident_id, each.grant)
            await repositories.people.grant(resident_id, own, now)
            await self._note(repositories, actor, own, Act.HANDED_OVER, {"resident": resident_id})
            await self._revoke(repositories, actor, actor.resident.id, own)
            await _tell(repositories, resident_id, ReplyKind.ROLE_HANDED, own, now)
        return roles[0]

    async def begin_name(self, actor: Actor) -> None:
        """Take the actor's next text for the name by which colleagues see them. Raises Forbidden for others."""
        resident = _ensure_staff(actor)
        pending = PendingInput(resident.id, PendingInputKind.STAFF_NAME, self._clock.now() + TYPING_LASTS)
        async with self._store.writing() as repositories:
            await repositories.pending_inputs.put(pending)

    async def set_name(self, actor: Actor, words: str) -> Actor:
        """Store the name by which colleagues see the actor. Raises Forbidden, TextEmpty, TextTooLong."""
        resident = _ensure_staff(actor)
        if len(words.strip()) > LONGEST_STAFF_NAME:
            raise TextTooLong(LONGEST_STAFF_NAME, len(words.strip()))
        if not (name := staff_name(words)):
            raise TextEmpty
        async with self._store.writing() as repositories:
            resident = await repositories.people.get(resident.id)
            pending = await repositories.pending_inputs.find(resident.id, self._clock.now())
            if pending is not None and pending.kind is PendingInputKind.STAFF_NAME:
                await repositories.pending_inputs.drop(resident.id)
            if resident.staff_name != name:
                resident = replace(resident, staff_name=name)
                await repositories.people.save(resident)
                for grant in actor.grants:
                    await self._note(repositories, actor, grant, Act.NAMED, {})
        return replace(actor, resident=resident)

    async def set_numbers(self, actor: Actor, municipality_id: int, *, wanted: bool) -> Actor:
        """Store whether the actor gets the desk's numbers each morning. Raises Forbidden for who is no staff there."""
        ensure(actor, Permission.READ_DESK, municipality_id)
        resident = _ensure_staff(actor)
        async with self._store.writing() as repositories:
            resident = replace(await repositories.people.get(resident.id), wants_numbers=wanted)
            await repositories.people.save(resident)
        return replace(actor, resident=resident)

    async def _find(self, repositories: Repositories, actor: Actor, name: str) -> Invitation:
        found = await repositories.people.find_invitation(name) if len(name) >= LETTERS_OF_AN_INVITATION else None
        if found is None:
            raise NotFound("invitation", name)
        ensure(actor, Permission.REVOKE, found.municipality_id)
        return found

    async def _take(self, repositories: Repositories, actor: Actor, resident_id: int, grant: Grant) -> bool:
        """Take a role from a person and tell them; False where they do not have it. Raises LastSecretary."""
        if grant not in await repositories.people.list_grants(resident_id):
            return False
        if grant.role is Role.SECRETARY and not actor.administrator:
            staff = await repositories.people.list_staff(grant.municipality_id)
            if not any(each.grant == grant and each.resident.id != resident_id for each in staff):
                raise LastSecretary
        await self._revoke(repositories, actor, resident_id, grant)
        if resident_id != actor.resident_id:
            await _tell(repositories, resident_id, ReplyKind.ROLE_TAKEN, grant, self._clock.now())
        return True

    async def _revoke(self, repositories: Repositories, actor: Actor, resident_id: int, grant: Grant) -> None:
        await repositories.people.revoke(resident_id, grant)
        invitations = await repositories.people.list_invitations(grant.municipality_id)
        dead = [each.digest for each in invitations if each.role is grant.role and each.used_by == resident_id]
        if grant.role in ROLES_THAT_MAY[Permission.INVITE]:
            dead += [each.digest for each in invitations if each.made_by == resident_id and each.used_by is None]
        await repositories.people.withdraw_invitations(dead, self._clock.now())
        await self._note(repositories, actor, grant, Act.ROLE_REVOKED, {"role": grant.role, "resident": resident_id})

    async def _note(self, repositories: Repositories, actor: Actor, grant: Grant, act: Act, data: JournalData) -> None:
        now, by = self._clock.now(), actor.resident_id
        await repositories.journal.add(about_municipality(grant.municipality_id, act, at=now, by=by, data=data))


def _ensure_staff(actor: Actor) -> Resident:
    """The resident behind a member of staff of any municipality; raises Forbidden for everybody else."""
    if actor.resident is None or not actor.grants:
        raise Forbidden("staff")
    return actor.resident


async def _tell(repositories: Repositories, resident_id: int, kind: ReplyKind, grant: Grant, now: datetime) -> None:
    """Owe a person a word about their role, once for each time that it changes."""
    if (await repositories.people.get(resident_id)).telegram_id is None:
        return
    facts: dict[str, str | int] = {"municipality": grant.municipality_id, "role": grant.role.value}
    key = update_key(f"{kind} {resident_id} {grant.municipality_id} {grant.role} {now.isoformat()}")
    await repositories.owed_replies.add(OwedReply(resident_id, kind, key, facts), at=now)
