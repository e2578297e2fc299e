"""Identity, what people tell about themselves, and how staff get their roles."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.errors import Forbidden, InvitationSpent
from bot.domain.journal import Act, about_municipality
from bot.domain.people import Actor, Grant, Invitation
from bot.domain.permissions import Permission, ensure, ensure_consented
from bot.domain.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.domain.digests import Digests
    from bot.domain.people import AgeBand, Caller, Gender, Reminders, Resident, Role
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

INVITATION_LASTS: Final = timedelta(days=7)
_BASE_36: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN_LENGTH: Final = 25  # 129 bits: base 36, so that it fits the codec of presses and links


class People:
    """Identity, settings and invitations."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        directory: PlaceDirectory,
        digests: Digests,
        *,
        administrators: Collection[int],
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._digests = digests
        self._administrators = frozenset(administrators)

    async def identify(self, caller: Caller) -> Actor:
        """The actor behind a Telegram id, with roles; stores nothing."""
        async with self._store.reading() as repositories:
            return await self._identify(repositories, caller)

    async def agree(self, caller: Caller) -> Actor:
        """Begin to store the person, in the language of the screen they agreed on. Agreeing twice changes nothing."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            resident = await repositories.people.add(caller.telegram_id, language=caller.language, at=now)
            if resident.consented_at is None:
                await repositories.people.save(replace(resident, consented_at=now, blocked_at=None))
                await repositories.votes.come_back(self._digests.of_person(caller.telegram_id), resident.id)
            return await self._identify(repositories, caller)

    async def set_language(self, actor: Actor, language: str) -> Actor:
        """Store the language of a resident; a visitor's travels in their buttons."""
        return await self._set(actor, language=language)

    async def follow(self, actor: Actor, municipality_id: int) -> Actor:
        """Store the municipality of a resident; the village is asked anew when it changes."""
        (await self._directory.tree()).get(municipality_id, PlaceKind.MUNICIPALITY)
        if actor.resident is None or actor.resident.municipality_id == municipality_id:
            return actor
        return await self._set(actor, municipality_id=municipality_id, village_id=None)

    async def set_village(self, actor: Actor, village_id: int) -> Actor:
        """Store the village (0: none of them, or unsaid) and with it its municipality."""
        if village_id == 0:
            return await self._set(actor, village_id=None)
        village = (await self._directory.tree()).get(village_id, PlaceKind.VILLAGE)
        return await self._set(actor, village_id=village_id, municipality_id=village.parent_id)

    async def set_gender(self, actor: Actor, gender: Gender) -> Actor:
        """Store the gender; raises ConsentNeeded for a visitor."""
        ensure_consented(actor)
        return await self._set(actor, gender=gender)

    async def set_age(self, actor: Actor, age_band: AgeBand) -> Actor:
        """Store the age band; raises ConsentNeeded for a visitor."""
        ensure_consented(actor)
        return await self._set(actor, age_band=age_band)

    async def set_reminders(self, actor: Actor, reminders: Reminders) -> Actor:
        """Store which notices the person wants; raises ConsentNeeded for a visitor."""
        ensure_consented(actor)
        return await self._set(actor, reminders=reminders)

    async def mark_asked_about_self(self, actor: Actor) -> Actor:
        """Store that the three questions were shown: they come once. Raises ConsentNeeded for a visitor."""
        ensure_consented(actor)
        return await self._set(actor, asked_about_self=True)

    async def mark_reachable(self, actor: Actor) -> None:
        """Store that a person who had blocked the bot has come back."""
        if actor.resident and actor.resident.blocked_at:
            await self.mark_blocked(actor.telegram_id, blocked=False)

    async def mark_blocked(self, telegram_id: int, *, blocked: bool) -> None:
        """Store that messages no longer reach the person, or do again."""
        async with self._store.writing() as repositories:
            await repositories.people.mark_blocked(telegram_id, self._clock.now() if blocked else None)

    async def mark_unreachable(self, telegram_ids: Collection[int]) -> None:
        """Store, in one transaction, that messages no longer reach these people."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            for telegram_id in telegram_ids:
                await repositories.people.mark_blocked(telegram_id, now)

    async def invite(self, actor: Actor, municipality_id: int, role: Role) -> str:
        """A new one-time token for a role, valid for seven days. Only its digest is stored."""
        ensure(actor, Permission.INVITE, municipality_id)
        (await self._directory.tree()).get(municipality_id, PlaceKind.MUNICIPALITY)
        token = "".join(secrets.choice(_BASE_36) for _ in range(_TOKEN_LENGTH))
        now = self._clock.now()
        async with self._store.writing() as repositories:
            invitation = Invitation(_digest(token), municipality_id, role, now, now + INVITATION_LASTS)
            await repositories.people.add_invitation(invitation)
            data = {"role": role.value}
            entry = about_municipality(municipality_id, Act.INVITED, at=now, by=actor.resident_id, data=data)
            await repositories.journal.add(entry)
        return token

    async def join(self, caller: Caller, token: str) -> tuple[Actor, Grant]:
        """Use an invitation. The same person may use it again; raises InvitationSpent for everybody else."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            resident = await repositories.people.add(caller.telegram_id, language=caller.language, at=now)
            invitation = await repositories.people.take_invitation(_digest(token), now, by=resident.id)
            if invitation is None:
                raise InvitationSpent
            grant = Grant(invitation.municipality_id, invitation.role)
            if grant in await repositories.people.list_grants(resident.id):
                return await self._identify(repositories, caller), grant
            await repositories.people.grant(resident.id, grant, now)
            if resident.municipality_id is None:
                await repositories.people.save(replace(resident, municipality_id=grant.municipality_id))
            data = {"role": grant.role.value}
            entry = about_municipality(grant.municipality_id, Act.JOINED, at=now, by=resident.id, data=data)
            await repositories.journal.add(entry)
            return await self._identify(repositories, caller), grant

    async def _set(self, actor: Actor, **values: object) -> Actor:
        """Change the resident's row; a visitor stays a visitor, nothing is stored about them."""
        if actor.resident is None:
            return actor
        now = self._clock.now()
        async with self._store.writing() as repositories:
            resident: Resident = replace(await repositories.people.get(actor.resident.id), **values)  # type: ignore[arg-type]
            if resident.telegram_id is None:
                raise Forbidden("forgotten")
            await repositories.people.save(resident)
            await update_demographics(repositories, resident, now_open=now)
        return replace(actor, resident=resident, language=resident.language)

    async def _identify(self, repositories: Repositories, caller: Caller) -> Actor:
        resident = await repositories.people.find(caller.telegram_id)
        return Actor(
            caller.telegram_id,
            resident.language if resident else caller.language,
            resident,
            await repositories.people.list_grants(resident.id) if resident else (),
            administrator=caller.telegram_id in self._administrators,
        )


async def update_demographics(repositories: Repositories, resident: Resident, *, now_open: datetime) -> None:
    """Update the person's demographics among the participants of hearings that still take answers.

    Their votes keep the demographics they were cast with.
    """
    hearings = await repositories.hearings.get_many(await repositories.votes.hearings_of(resident.id))
    people = [resident.as_participant(h.id, now_open) for h in hearings.values() if h.takes_answers(now_open)]
    if people:
        await repositories.votes.note_participants(people)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
