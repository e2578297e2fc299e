"""Groups and channels of Telegram: who let the bot in, which municipality's announcements are posted there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import Forbidden, TooManyChoices
from bot.domain.hearings import Phase, due_phase
from bot.domain.journal import Act, about_municipality
from bot.domain.notices import NoticeKind, Planned
from bot.domain.permissions import Permission, ensure, may
from bot.domain.places import PlaceKind, PlaceTree
from bot.services.outbox.enqueue import enqueue

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.places import Place
    from bot.domain.rooms import Room
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

MOST_LANGUAGES: Final = 2
"""In how many languages a post is written."""
_COMING: Final = (Phase.ANNOUNCED, Phase.OPEN)


@dataclass(frozen=True, slots=True)
class RoomIntroduction:
    """A room somebody has brought the bot into or called it in, and what they may do there.

    ``towns`` are the municipalities they may link it to, ``news`` says whether anything about it is new, and
    ``elsewhere`` that announcements go to another topic than the one they called in.
    """

    room: Room
    towns: tuple[Place, ...]
    news: bool = True
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class RoomGreeting:
    """What somebody who addresses the bot in a room stands before; ``room`` is None where none is known.

    ``hearing`` is the next one of the room's municipality; ``staff``: they may link the room, or run it.
    """

    room: Room | None
    municipality: Place | None = None
    hearing: Hearing | None = None
    staff: bool = False


@dataclass(frozen=True, slots=True)
class RoomOverview:
    """A room on the desk; ``municipality`` is what it is linked to, or would be.

    ``current`` are its hearings announced or open now, ``drafts`` how many are still to be announced.
    """

    room: Room
    municipality: Place | None
    current: tuple[Hearing, ...] = ()
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class RoomList:
    """A municipality's rooms, also those the bot was thrown out of, and those the actor may link to it."""

    municipality: Place
    linked: tuple[Room, ...]
    offered: tuple[Room, ...]


class Rooms:
    """What staff do with rooms, and what Telegram tells of them."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def let_in(self, actor: Actor, seen: Room) -> RoomIntroduction:
        """Remember a room into which ``actor``, an administrator of it, has let the bot; the link to it stays."""
        towns = _towns(actor, await self._directory.tree())
        async with self._store.writing() as repositories:
            known = await repositories.rooms.find(seen.telegram_id)
            topic, by = (known.topic_id, known.introduced_by) if known else (None, None)
            if towns and (known is None or known.municipality_id is None):
                by = actor.resident_id
            room = await _remember(repositories, known, replace(seen, introduced_by=by, topic_id=topic))
        return RoomIntroduction(room, towns, news=_is_news(known, room))

    async def call(self, actor: Actor, seen: Room) -> RoomIntroduction:
        """Staff have written in a room that it be linked, or where its announcements go: here, in this topic.

        Raises Forbidden for anybody else, and where the room belongs to a municipality that is not theirs.
        """
        towns = _towns(actor, await self._directory.tree())
        async with self._store.writing() as repositories:
            known = await repositories.rooms.find(seen.telegram_id)
            _ensure_staff(actor, known, towns)
            if known is None or known.municipality_id is None:
                room = await _remember(repositories, known, replace(seen, introduced_by=actor.resident_id))
                return RoomIntroduction(room, towns, news=_is_news(known, room))
            room = await _remember(
                repositories, known, replace(seen, introduced_by=known.introduced_by, topic_id=known.topic_id)
            )
        return RoomIntroduction(room, towns, news=False, elsewhere=seen.topic_id != room.topic_id)

    async def greeting(self, actor: Actor, seen: Room) -> RoomGreeting:
        """What whoever addresses the bot in a room shall be shown; a new title is kept on the way."""
        places = await self._directory.tree()
        towns = _towns(actor, places)
        async with self._store.reading() as repositories:
            room = await repositories.rooms.find(seen.telegram_id)
            town = room.municipality_id if room else None
            current = await self._current(repositories, town) if town else ()
        if room is not None and room.title != seen.title:
            await self.rename(seen.telegram_id, seen.title)
        municipality = places.by_id.get(town) if town else None
        return RoomGreeting(room, municipality, current[0] if current else None, staff=_is_staff(actor, room, towns))

    async def rename(self, telegram_id: int, title: str) -> None:
        """The room is called otherwise now; nothing where it is not known."""
        async with self._store.writing() as repositories:
            room = await repositories.rooms.find(telegram_id)
            if room is not None and room.title != title:
                await repositories.rooms.save(replace(room, title=title))

    async def leave(self, telegram_id: int) -> None:
        """The bot was thrown out, or may not write any more; the link stays for the day it comes back."""
        async with self._store.writing() as repositories:
            room = await repositories.rooms.find(telegram_id)
            if room is not None and room.left_at is None:
                await repositories.rooms.save(replace(room, left_at=self._clock.now()))

    async def move(self, telegram_id: int, new_id: int) -> None:
        """A group has become a supergroup, as the bot was told in it. Hearing it twice changes nothing."""
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
        return RoomList(municipality, linked, offered)

    async def overview(self, actor: Actor, room_id: int, municipality_id: int = 0) -> RoomOverview:
        """A room as its staff see it; with a municipality, as it would be if it were linked to it."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            room = await repositories.rooms.get(room_id)
            _ensure_theirs(actor, room)
            if municipality_id:
                ensure(actor, Permission.PREPARE, municipality_id)
            return await self._overview(repositories, places, room, municipality_id or room.municipality_id)

    async def link(self, actor: Actor, room_id: int, municipality_id: int) -> RoomOverview:
        """From now on the municipality's announcements are posted there. Only who brought the bot in may do it."""
        ensure(actor, Permission.PREPARE, municipality_id)
        places = await self._directory.tree()
        places.get(municipality_id, PlaceKind.MUNICIPALITY)
        async with self._store.writing() as repositories:
            room = await repositories.rooms.get(room_id)
            _ensure_theirs(actor, room)
            if room.municipality_id != municipality_id:
                await self._note(repositories, actor, Act.ROOM_UNLINKED, room)
                room = replace(room, municipality_id=municipality_id)
                await repositories.rooms.save(room)
                await self._note(repositories, actor, Act.ROOM_LINKED, room)
            return await self._overview(repositories, places, room, municipality_id)

    async def unlink(self, actor: Actor, room_id: int) -> Room:
        """Nothing is posted there any more; returns the room as it was. What stands there stays."""
        async with self._store.writing() as repositories:
            room = await _linked(repositories, actor, room_id)
            await repositories.rooms.save(replace(room, municipality_id=None))
            await self._note(repositories, actor, Act.ROOM_UNLINKED, room)
        return room

    async def set_languages(self, actor: Actor, room_id: int, languages: Sequence[str]) -> RoomOverview:
        """Write posts in one language or two, the first one first; none at all changes nothing.

        Raises TooManyChoices for more than two.
        """
        places = await self._directory.tree()
        async with self._store.writing() as repositories:
            room = await _linked(repositories, actor, room_id)
            chosen = tuple(dict.fromkeys(languages))
            if len(chosen) > MOST_LANGUAGES:
                raise TooManyChoices(MOST_LANGUAGES)
            if chosen and chosen != room.languages:
                room = replace(room, languages=chosen)
                await repositories.rooms.save(room)
            return await self._overview(repositories, places, room, room.municipality_id)

    async def set_topic(self, actor: Actor, room_id: int, topic_id: int | None) -> RoomOverview:
        """Post in this topic of the group from now on; None is the general one."""
        places = await self._directory.tree()
        async with self._store.writing() as repositories:
            room = replace(await _linked(repositories, actor, room_id), topic_id=topic_id)
            await repositories.rooms.save(room)
            return await self._overview(repositories, places, room, room.municipality_id)

    async def post_now(self, actor: Actor, room_id: int) -> int:
        """Owe the municipality's rooms a post of each hearing announced or open now; returns how many hearings.

        Where a post stands already it is brought up to date.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            room = await _linked(repositories, actor, room_id)
            current = await self._current(repositories, room.municipality_id or 0)
            for hearing in current:
                planned = Planned(hearing.id, NoticeKind.POST, int(now.timestamp()), now)
                await enqueue(repositories, planned, hearing, at=now)
        return len(current)

    async def _overview(
        self, repositories: Repositories, places: PlaceTree, room: Room, town: int | None
    ) -> RoomOverview:
        if town is None:
            return RoomOverview(room, None)
        drafts = await repositories.hearings.list_of(town, (Phase.DRAFT,))
        return RoomOverview(room, places.by_id.get(town), await self._current(repositories, town), len(drafts))

    async def _current(self, repositories: Repositories, municipality_id: int) -> tuple[Hearing, ...]:
        now = self._clock.now()
        found = await repositories.hearings.list_of(municipality_id, _COMING)
        return tuple(hearing for hearing in found if due_phase(hearing, now) in _COMING)

    async def _note(self, repositories: Repositories, actor: Actor, act: Act, room: Room) -> None:
        if room.municipality_id is not None:
            data: Mapping[str, str | int] = {"room": room.id, "title": room.title}
            entry = about_municipality(room.municipality_id, act, at=self._clock.now(), by=actor.resident_id, data=data)
            await repositories.journal.add(entry)


async def _remember(repositories: Repositories, known: Room | None, seen: Room) -> Room:
    """The room as it is seen now; what was chosen for it stays."""
    if known is None:
        return await repositories.rooms.add(seen)
    room = replace(
        known,
        kind=seen.kind,
        title=seen.title,
        topic_id=seen.topic_id,
        introduced_by=seen.introduced_by,
        left_at=None,
    )
    if room != known:
        await repositories.rooms.save(room)
    return room


def _is_news(known: Room | None, room: Room) -> bool:
    if known is None or known.left_at is not None:
        return True
    return (known.introduced_by, known.topic_id) != (room.introduced_by, room.topic_id)


async def _linked(repositories: Repositories, actor: Actor, room_id: int) -> Room:
    """A linked room, for whoever runs it."""
    room = await repositories.rooms.get(room_id)
    if room.municipality_id is None:
        raise Forbidden("not linked")
    ensure(actor, Permission.PREPARE, room.municipality_id)
    return room


def _ensure_theirs(actor: Actor, room: Room) -> None:
    """A linked room belongs to its municipality's staff, any other to whoever introduced it."""
    if room.municipality_id is not None:
        ensure(actor, Permission.PREPARE, room.municipality_id)
    elif not actor.administrator and (room.introduced_by is None or room.introduced_by != actor.resident_id):
        raise Forbidden("not introduced by them")


def _is_staff(actor: Actor, room: Room | None, towns: Collection[Place]) -> bool:
    if room is None or room.municipality_id is None:
        return bool(towns)
    return may(actor, Permission.PREPARE, room.municipality_id)


def _ensure_staff(actor: Actor, room: Room | None, towns: Collection[Place]) -> None:
    if not _is_staff(actor, room, towns):
        raise Forbidden("not their room")


def _towns(actor: Actor, places: PlaceTree) -> tuple[Place, ...]:
    return tuple(place for place in places.municipalities if may(actor, Permission.PREPARE, place.id))
