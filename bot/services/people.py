"""Identity, what people tell about themselves, and how staff get their roles."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.consent import ConsentText
from bot.domain.errors import Forbidden, InvitationSpent, NotFound
from bot.domain.journal import Act, about_municipality
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from bot.domain.people import Actor, Grant, Invitation
from bot.domain.permissions import Permission, ensure, ensure_consented
from bot.domain.places import PlaceKind
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.domain.digests import Digests
    from bot.domain.people import AgeBand, Caller, Gender, Reminders, Resident, Role
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

INVITATION_LASTS: Final = timedelta(hours=24)
_BASE_36: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN_LENGTH: Final = 25  # 129 bits: base 36, so that it fits the codec of presses and links


@dataclass(frozen=True, slots=True)
class Joined:
    """A person who has used an invitation; ``told``: who made it is owed a message."""

    actor: Actor
    grant: Grant
    told: bool = False


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
        text: ConsentText | None = None,
    ) -> None:
        self.text: Final = text or ConsentText()
        """What people agree to now."""
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
        """Begin to store the person, in the language of the screen they agreed on.

        Agreeing to the same text twice changes nothing.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            resident = await repositories.people.add(caller.telegram_id, language=caller.language, at=now)
            new, text = resident.consented_at is None, self.text.name
            if new or resident.consented_to != text:
                agreed = replace(resident, consented_at=now, consented_to=text, consent_told=text, blocked_at=None)
                await repositories.people.save(agreed)
            if new and caller.phone_language not in ("", resident.language):
                await repositories.people.owe_menu(resident.id)  # Telegram would show it in the phone's language
            if new:
                await repositories.participants.come_back(self._digests.of_person(caller.telegram_id), resident.id)
            return await self._identify(repositories, caller)

    async def owe_changed_consent(self, actor: Actor, *, source: str) -> bool:
        """Owe a person who has agreed to another text what is different in today's: once. True where it is owed now.

        ``source`` names the update by which they come.
        """
        if actor.consented is None or not self._is_untold(actor.consented):
            return False
        async with self._store.writing() as repositories:
            person = await repositories.people.get(actor.consented.id)
            if person.consented_at is None or not self._is_untold(person):
                return False
            await repositories.people.save(replace(person, consent_told=self.text.name))
            facts: dict[str, str | int] = {"agreed": person.consented_to, "text": self.text.name}
            reply = OwedReply(person.id, ReplyKind.CONSENT_CHANGED, update_key(f"consent {source}"), facts)
            await repositories.owed_replies.add(reply, at=self._clock.now())
        return True

    def _is_untold(self, person: Resident) -> bool:
        return bool(person.consented_to) and self.text.name not in (person.consented_to, person.consent_told)

    async def set_language(self, actor: Actor, language: str) -> Actor:
        """Store the language of a resident; a visitor's travels in their buttons."""
        return await self._set(actor, language=language)

    async def follow(self, actor: Actor, municipality_id: int) -> Actor:
        """Store the municipality of a resident, of a former one its successor; a change unsets the village."""
        places = await self._directory.tree()
        municipality = places.present(places.get(municipality_id, PlaceKind.MUNICIPALITY))
        if actor.resident is None or actor.resident.municipality_id == municipality.id:
            return actor
        return await self._set(actor, municipality_id=municipality.id, village_id=None)

    async def set_village(self, actor: Actor, village_id: int) -> Actor:
        """Store the village (0: none of them, or unsaid) and with it its municipality."""
        if village_id == 0:
            return await self._set(actor, village_id=None)
        places = await self._directory.tree()
        village = places.present(places.get(village_id, PlaceKind.VILLAGE))
        municipality = places.municipality_of(village)
        if municipality is None:
            raise NotFound("place", village_id)
        return await self._set(actor, village_id=village.id, municipality_id=places.present(municipality).id)

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

    async def invite(self, actor: Actor, municipality_id: int, role: Role, *, telegram_id: int | None = None) -> str:
        """A new one-time token for a role, valid for 24 hours; bound to one Telegram id where one is given.

        Only digests are stored.
        """
        ensure(actor, Permission.INVITE, municipality_id)
        places = await self._directory.tree()
        municipality_id = places.present(places.get(municipality_id, PlaceKind.MUNICIPALITY)).id
        token = "".join(secrets.choice(_BASE_36) for _ in range(_TOKEN_LENGTH))
        now = self._clock.now()
        async with self._store.writing() as repositories:
            inviter = await self._inviter(repositories, actor, now)
            invitation = Invitation(
                *(_digest(token), municipality_id, role, now, now + INVITATION_LASTS),
                made_by=inviter,
                bound_to=None if telegram_id is None else _bound(token, telegram_id),
            )
            await repositories.people.add_invitation(invitation)
            data = {"role": role.value, "invitation": invitation.name}
            entry = about_municipality(municipality_id, Act.INVITED, at=now, by=inviter, data=data)
            await repositories.journal.add(entry)
        return token

    async def knows_invitation(self, token: str) -> bool:
        """True if there is an invitation with this token, used or not."""
        async with self._store.reading() as repositories:
            return await repositories.people.find_invitation(_digest(token)) is not None

    async def join(self, caller: Caller, token: str, *, name: str = "") -> Joined:
        """Use an invitation. Its user may open it again while they have the role, and that changes nothing.

        Who made it is owed a message with the ``name`` by which Telegram knows the person.

        Raises InvitationSpent for everybody else, and for one that was taken back, or is bound to somebody else.
        """
        now, digest = self._clock.now(), _digest(token)
        async with self._store.writing() as repositories:
            resident = await repositories.people.add(caller.telegram_id, language=caller.language, at=now)
            before = await repositories.people.find_invitation(digest)
            bound_to = _bound(token, caller.telegram_id)
            invitation = await repositories.people.take_invitation(digest, now, by=resident.id, bound_to=bound_to)
            if before is None or invitation is None:
                raise InvitationSpent
            grant = Grant(invitation.municipality_id, invitation.role)
            has_role = grant in await repositories.people.list_grants(resident.id)
            if before.used_by is not None and not has_role:
                raise InvitationSpent  # the role was taken back: no link that was used gives it again
            if not has_role:
                await self._give(repositories, resident, grant, now)
            actor = await self._identify(repositories, caller)
            told = before.used_by is None and before.made_by not in (None, resident.id)
            if told:
                await self._tell_inviter(repositories, before, name, now)
        return Joined(actor, grant, told=told)

    async def _tell_inviter(self, repositories: Repositories, invitation: Invitation, name: str, now: datetime) -> None:
        facts: dict[str, str | int] = {
            "invitation": invitation.name,
            "municipality": invitation.municipality_id,
            "role": invitation.role.value,
            "name": name,
        }
        key = update_key(f"invitation {invitation.digest}")
        reply = OwedReply(invitation.made_by or 0, ReplyKind.INVITATION_USED, key, facts)
        await repositories.owed_replies.add(reply, at=now)

    async def _give(self, repositories: Repositories, resident: Resident, grant: Grant, now: datetime) -> None:
        await repositories.people.grant(resident.id, grant, now)
        if resident.municipality_id is None:
            await repositories.people.save(replace(resident, municipality_id=grant.municipality_id))
        data = {"role": grant.role.value}
        entry = about_municipality(grant.municipality_id, Act.JOINED, at=now, by=resident.id, data=data)
        await repositories.journal.add(entry)

    async def _inviter(self, repositories: Repositories, actor: Actor, now: datetime) -> int | None:
        """The id of the resident who invites; an administrator gets a row for it, the command line has none."""
        if actor.resident is None and actor.telegram_id:
            return (await repositories.people.add(actor.telegram_id, language=actor.language, at=now)).id
        return actor.resident_id

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
            if resident.language != actor.resident.language:
                await repositories.people.owe_menu(resident.id)
            await update_demographics(repositories, resident, now_open=now)
        return replace(actor, resident=resident, language=resident.language)

    async def _identify(self, repositories: Repositories, caller: Caller) -> Actor:
        resident, grants = await repositories.people.find_with_grants(caller.telegram_id)
        return Actor(
            caller.telegram_id,
            resident.language if resident else caller.language,
            resident,
            grants,
            administrator=caller.telegram_id in self._administrators,
        )


async def update_demographics(repositories: Repositories, resident: Resident, *, now_open: datetime) -> None:
    """Update the person's demographics among the participants of hearings that still take answers.

    Their votes keep the demographics they were cast with.
    """
    hearings = await repositories.hearings.get_many(await repositories.participants.hearings_of(resident.id))
    people = [resident.as_participant(h.id, now_open) for h in hearings.values() if h.takes_answers(now_open)]
    if people:
        await repositories.participants.note(people)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _bound(token: str, telegram_id: int) -> str:
    """What is stored of the one person who may use an invitation: without its token it names nobody."""
    return _digest(f"{token}:{telegram_id}")
