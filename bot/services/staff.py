"""Who has which role, and how a role or an invitation is taken back, for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.journal import Act, about_municipality
from bot.domain.people import LETTERS_OF_AN_INVITATION, Grant
from bot.domain.permissions import ROLES_THAT_MAY, Permission, ensure
from bot.domain.places import PlaceKind

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.people import Actor, Invitation, StaffMember
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
        return StaffList(municipality, members, invitations, self._clock.now())

    async def revoke(self, actor: Actor, resident_id: int, grant: Grant) -> None:
        """Take a role from a person. The link that gave it is dead, and so are the links they made and nobody used.

        Raises NotFound where they do not have it.
        """
        ensure(actor, Permission.REVOKE, grant.municipality_id)
        async with self._store.writing() as repositories:
            if not await self._revoke(repositories, actor, resident_id, grant):
                raise NotFound("role", grant.role.value)

    async def find(self, actor: Actor, name: str) -> Invitation:
        """The invitation with that name. Raises NotFound, and Forbidden where the actor may not take it back."""
        async with self._store.reading() as repositories:
            return await self._find(repositories, actor, name)

    async def withdraw(self, actor: Actor, name: str) -> Invitation:
        """Take an invitation back, and the role of the person who used it. Doing it twice changes nothing.

        Raises NotFound, Forbidden.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            invitation = await self._find(repositories, actor, name)
            if invitation.used_by is not None:
                grant = Grant(invitation.municipality_id, invitation.role)
                await self._revoke(repositories, actor, invitation.used_by, grant)
            if invitation.withdrawn_at is None:
                await repositories.people.withdraw_invitations((invitation.digest,), now)
                data = {"role": invitation.role.value, "invitation": invitation.name}
                act, by = Act.INVITATION_WITHDRAWN, actor.resident_id
                entry = about_municipality(invitation.municipality_id, act, at=now, by=by, data=data)
                await repositories.journal.add(entry)
        return invitation

    async def _find(self, repositories: Repositories, actor: Actor, name: str) -> Invitation:
        found = await repositories.people.find_invitation(name) if len(name) >= LETTERS_OF_AN_INVITATION else None
        if found is None:
            raise NotFound("invitation", name)
        ensure(actor, Permission.REVOKE, found.municipality_id)
        return found

    async def _revoke(self, repositories: Repositories, actor: Actor, resident_id: int, grant: Grant) -> bool:
        if not await repositories.people.revoke(resident_id, grant):
            return False
        now = self._clock.now()
        invitations = await repositories.people.list_invitations(grant.municipality_id)
        dead = [each.digest for each in invitations if each.role is grant.role and each.used_by == resident_id]
        if grant.role in ROLES_THAT_MAY[Permission.INVITE]:
            dead += [each.digest for each in invitations if each.made_by == resident_id and each.used_by is None]
        await repositories.people.withdraw_invitations(dead, now)
        data = {"role": grant.role.value, "resident": resident_id}
        act, by = Act.ROLE_REVOKED, actor.resident_id
        entry = about_municipality(grant.municipality_id, act, at=now, by=by, data=data)
        await repositories.journal.add(entry)
        return True
