"""Groups and channels of Telegram: who added the bot, and which municipality's announcements are posted there."""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import Forbidden
from bot.domain.hearings import CURRENT_PHASES, Phase, due_phase
from bot.domain.journal import Act, about_municipality
from bot.domain.notices import NoticeKind, Planned
from bot.domain.people import Caller
from bot.domain.permissions import Permission, ensure, municipalities_where
from bot.domain.places import PlaceKind, PlaceTree
from bot.domain.rooms import is_news, is_staff_in
from bot.services.outbox.enqueue import enqueue
from bot.services.room_views import HEARINGS_IN_OVERVIEW, RoomGreeting, RoomIntroduction, RoomList, RoomOverview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.digests import Digests
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.rooms import Room
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory


class Rooms:
    """What staff do with rooms, and what Telegram tells of them."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory, digests: Digests) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._digests = digests

    async def join(self, actor: Actor, seen: Room) -> RoomIntroduction:
        """Store a room to which ``actor``, an administrator of it, has added the bot; its link and topic stay."""
        municipalities = municipalities_where(actor, Permission.PREPARE, await self._directory.tree())
        async with self._store.writing() as repositories:
            before = await repositories.rooms.find(seen.telegram_id)
            topic, by = (before.topic_id, before.introduced_by) if before else (None, None)
            if municipalities and (before is None or before.municipality_id is None):
                by = actor.resident_id
            room = await _store_seen(repositories, before, replace(seen, introduced_by=by, topic_id=topic))
        return RoomIntroduction(room, municipalities, news=is_news(before, room))

    async def call(self, actor: Actor, seen: Room) -> RoomIntroduction:
        """Store a room in which staff have called the bot: to link it, or to see where its announcements go.

        Raises Forbidden for residents, and where the room belongs to another municipality than the actor's.
        """
        places = await self._directory.tree()
        municipalities = municipalities_where(actor, Permission.PREPARE, places)
        async with self._store.writing() as repositories:
            before = await repositories.rooms.find(seen.telegram_id)
            if not is_staff_in(actor, before, places):
                raise Forbidden("not their room")
            if before is None or before.municipality_id is None:
                room = await _store_seen(repositories, before, replace(seen, introduced_by=actor.resident_id))
                return RoomIntroduction(room, municipalities, news=is_news(before, room))
            kept = replace(seen, introduced_by=before.introduced_by, topic_id=before.topic_id)
            room = await _store_seen(repositories, before, kept)
        return RoomIntroduction(room, municipalities, news=False, elsewhere=seen.topic_id != room.topic_id)

    async def greeting(self, actor: Actor, seen: Room) -> RoomGreeting:
        """The answer to an actor who addresses the bot in a room; stores the room's new title, if it has one."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            room = await repositories.rooms.find(seen.telegram_id)
            linked = room.municipality_id if room else None
            current = await self._current(repositories, linked) if linked else ()
        if room is not None and room.title != seen.title:
            await self.rename(seen.telegram_id, seen.title)
        municipality = places.by_id.get(linked) if linked else None
        hearing = current[0] if current else None
        return RoomGreeting(room, municipality, hearing, staff=is_staff_in(actor, room, places))

    async def find_caller(self, municipality_id: int, digest: str) -> Caller | None:
        """The member of staff whose desk has the link with that digest, through which a group was named."""
        async with self._store.reading() as repositories:
            staff = await repositories.people.list_staff(municipality_id)
        for member in staff:
            telegram_id = member.resident.telegram_id
            if telegram_id is not None and hmac.compare_digest(self._digests.of_caller(telegram_id), digest):
                return Caller(telegram_id, member.resident.language)
        return None

    async def find(self, telegram_id: int) -> Room | None:
        """The room with that Telegram id, as it is stored."""
        async with self._store.reading() as repositories:
            return await repositories.rooms.find(telegram_id)

    async def rename(self, telegram_id: int, title: str) -> None:
        """Store the room's new title; of a room that is not stored, nothing."""
        async with self._store.writing() as repositories:
            room = await repositories.rooms.find(telegram_id)
            if room is not None and room.title != title:
                await repositories.rooms.save(replace(room, title=title))

    async def leave(self, telegram_id: int) -> None:
        """Store that the bot was removed, or may not write any more; the link stays for the day it comes back."""
        async with self._store.writing() as repositories:
            room = await repositories.rooms.find(telegram_id)
            if room is not None and room.left_at is None:
                await repositories.rooms.save(replace(room, left_at=self._clock.now()))

    async def move(self, telegram_id: int, new_id: int) -> None:
        """Store that a group has become a supergroup, as Telegram says in it. Hearing it twice changes nothing."""
        async with self._store.writing() as repositories:
            await repositories.rooms.move(telegram_id, new_id)
            room = await repositories.rooms.find(new_id)
            if room is not None and room.left_at is not None:
                await repositories.rooms.save(replace(room, left_at=None))

    async def listing(self, actor: Actor, municipality_id: int) -> RoomList:
        """A municipality's rooms."""
        ensure(actor, Permission.PREPARE, municipality_id)
        municipality = (await self._directory.tree()).get(municipality_id, PlaceKind.MUNICIPALITY)
        async with self._store.reading() as repositories:
            linked = await repositories.rooms.list_linked(municipality_id)
            offered = await repositories.rooms.list_offered(actor.resident.id) if actor.resident else ()
        return RoomList(municipality, linked, offered, self._digests.of_caller(actor.telegram_id))

    async def overview(self, actor: Actor, room_id: int, municipality_id: int = 0) -> RoomOverview:
        """A room as its staff see it; with a municipality, as it would be if it were linked to it."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            room = await repositories.rooms.get(room_id)
            room.ensure_run_by(actor)
            if municipality_id:
                ensure(actor, Permission.PREPARE, municipality_id)
            return await self._overview(repositories, places, room, municipality_id or room.municipality_id)

    async def link(self, actor: Actor, room_id: int, municipality_id: int) -> RoomOverview:
        """Let the municipality's announcements be posted there; raises Forbidden unless the actor runs the room."""
        ensure(actor, Permission.PREPARE, municipality_id)
        places = await self._directory.tree()
        places.get(municipality_id, PlaceKind.MUNICIPALITY)
        async with self._store.writing() as repositories:
            room = await repositories.rooms.get(room_id)
            room.ensure_run_by(actor)
            if room.municipality_id != municipality_id:
                await self._note(repositories, actor, Act.ROOM_UNLINKED, room)
                room = replace(room, municipality_id=municipality_id)
                await repositories.rooms.save(room)
                await self._note(repositories, actor, Act.ROOM_LINKED, room)
            return await self._overview(repositories, places, room, municipality_id)

    async def unlink(self, actor: Actor, room_id: int) -> Room:
        """Post nothing there any more; returns the room as it was. What was posted stays."""
        async with self._store.writing() as repositories:
            room = await linked_room(repositories, actor, room_id)
            await repositories.rooms.save(replace(room, municipality_id=None))
            await self._note(repositories, actor, Act.ROOM_UNLINKED, room)
        return room

    async def set_language(self, actor: Actor, room_id: int, language: str, *, on: bool) -> RoomOverview:
        """Write posts in one language more, or less; the last one stays. Raises TooManyChoices for a third one."""
        places = await self._directory.tree()
        async with self._store.writing() as repositories:
            before = await linked_room(repositories, actor, room_id)
            room = before.with_language(language, on=on)
            if room != before:
                await repositories.rooms.save(room)
            return await self._overview(repositories, places, room, room.municipality_id)

    async def set_topic(self, actor: Actor, room_id: int, topic_id: int | None) -> RoomOverview:
        """Post in this topic of the group from now on; None is the general one."""
        places = await self._directory.tree()
        async with self._store.writing() as repositories:
            room = replace(await linked_room(repositories, actor, room_id), topic_id=topic_id)
            await repositories.rooms.save(room)
            return await self._overview(repositories, places, room, room.municipality_id)

    async def post_now(self, actor: Actor, room_id: int) -> int:
        """Enqueue a post of each hearing announced or open now for the municipality's rooms; returns how many hearings.

        A post that was sent before is brought up to date.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            room = await linked_room(repositories, actor, room_id)
            current = await self._current(repositories, room.municipality_id or 0)
            for hearing in current:
                planned = Planned(hearing.id, NoticeKind.POST, int(now.timestamp()), now)
                await enqueue(repositories, planned, hearing, at=now)
        return len(current)

    async def _overview(
        self, repositories: Repositories, places: PlaceTree, room: Room, municipality_id: int | None
    ) -> RoomOverview:
        if municipality_id is None:
            return RoomOverview(room, None)
        hearings, now = repositories.hearings, self._clock.now()
        drafts = await hearings.count_of(municipality_id, (Phase.DRAFT,))
        soonest = await hearings.list_some(municipality_id, CURRENT_PHASES, most=HEARINGS_IN_OVERVIEW)
        current = tuple(hearing for hearing in soonest if due_phase(hearing, now) in CURRENT_PHASES)
        more = await hearings.count_of(municipality_id, CURRENT_PHASES) - len(soonest)
        return RoomOverview(room, places.by_id.get(municipality_id), current, len(current) + more, drafts)

    async def _current(self, repositories: Repositories, municipality_id: int) -> tuple[Hearing, ...]:
        now = self._clock.now()
        found = await repositories.hearings.list_of(municipality_id, CURRENT_PHASES)
        return tuple(hearing for hearing in found if due_phase(hearing, now) in CURRENT_PHASES)

    async def _note(self, repositories: Repositories, actor: Actor, act: Act, room: Room) -> None:
        if room.municipality_id is not None:
            data: Mapping[str, str | int] = {"room": room.id, "title": room.title}
            entry = about_municipality(room.municipality_id, act, at=self._clock.now(), by=actor.resident_id, data=data)
            await repositories.journal.add(entry)


async def _store_seen(repositories: Repositories, before: Room | None, seen: Room) -> Room:
    """Store a room as it is seen now; what was chosen for it stays."""
    if before is None:
        return await repositories.rooms.add(seen)
    room = before.seen_as(seen)
    if room != before:
        await repositories.rooms.save(room)
    return room


async def linked_room(repositories: Repositories, actor: Actor, room_id: int) -> Room:
    """A linked room, for its municipality's staff. Raises NotFound, Forbidden."""
    room = await repositories.rooms.get(room_id)
    if room.municipality_id is None:
        raise Forbidden("not linked")
    room.ensure_run_by(actor)
    return room
