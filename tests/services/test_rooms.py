"""Who may link a group or channel, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.errors import Forbidden, NotFound, TooManyChoices
from bot.domain.hearings import Phase
from bot.domain.journal import Act
from bot.domain.notices import NoticeKind
from bot.domain.people import Actor, Caller, Role
from bot.domain.rooms import Room, RoomKind
from bot.services.hearings import Hearings
from bot.services.people import People
from bot.services.places import PlaceDirectory
from bot.services.rooms import Rooms
from tests import samples
from tests.living import Hands

if TYPE_CHECKING:
    from storage import Store

GROUP = Room(0, -1_000, RoomKind.SUPERGROUP, "Айылдаштар")


@dataclass
class Hall:
    """The service with people to use it."""

    store: Store
    clock: Hands
    directory: PlaceDirectory
    people: People
    hearings: Hearings
    rooms: Rooms
    places: dict[str, int]

    async def staff(self, number: int, place: str = "bagysh", role: Role = Role.SECRETARY) -> Actor:
        """Somebody with a role."""
        token = await self.people.invite(COMMAND_LINE, self.places[place], role)
        actor, _ = await self.people.join(Caller(number, "ky"), token)
        return actor

    async def linked(self, actor: Actor, place: str = "bagysh") -> Room:
        """A room that ``actor`` has brought the bot into and linked."""
        met = await self.rooms.join(actor, GROUP)
        return (await self.rooms.link(actor, met.room.id, self.places[place])).room

    async def stored(self) -> Room:
        """The room as it is stored."""
        async with self.store.reading() as repositories:
            room = await repositories.rooms.find(GROUP.telegram_id)
        assert room is not None
        return room

    async def acts(self) -> list[Act]:
        """What the journal says of the municipality, newest first."""
        async with self.store.reading() as repositories:
            entries = await repositories.journal.list_about(f"municipality:{self.places['bagysh']}")
        return [entry.act for entry in entries if entry.act in (Act.ROOM_LINKED, Act.ROOM_UNLINKED)]


@pytest.fixture
async def hall(sqlite_store: Store) -> Hall:
    clock = Hands()
    directory = PlaceDirectory(sqlite_store, clock, timezone="Asia/Bishkek")
    await directory.load(samples.places())
    places = {place.code: place.id for place in (await directory.tree()).places}
    people = People(sqlite_store, clock, directory, administrators=())
    hearings = Hearings(sqlite_store, clock, directory)
    return Hall(sqlite_store, clock, directory, people, hearings, Rooms(sqlite_store, clock, directory), places)


async def test_only_who_brought_the_bot_in_may_link_the_room(hall: Hall) -> None:
    gulnara, bek = await hall.staff(1), await hall.staff(2)
    room = (await hall.rooms.join(gulnara, GROUP)).room
    for stranger in (bek, await hall.staff(3, "kok-art"), Actor(9, "ky")):
        with pytest.raises(Forbidden):
            await hall.rooms.link(stranger, room.id, hall.places["bagysh"])
        with pytest.raises(Forbidden):
            await hall.rooms.overview(stranger, room.id)
    with pytest.raises(Forbidden):
        await hall.rooms.link(gulnara, room.id, hall.places["kok-art"])
    assert (await hall.stored()).municipality_id is None
    overview = await hall.rooms.link(gulnara, room.id, hall.places["bagysh"])
    assert overview.room.municipality_id == hall.places["bagysh"]
    assert await hall.acts() == [Act.ROOM_LINKED]


async def test_an_administrator_of_the_bot_may_link_any_room(hall: Hall) -> None:
    room = (await hall.rooms.join(Actor(5, "ky"), GROUP)).room
    assert room.introduced_by is None
    overview = await hall.rooms.link(COMMAND_LINE, room.id, hall.places["kok-art"])
    assert overview.room.municipality_id == hall.places["kok-art"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
async def test_members_and_moderators_do_not_link(hall: Hall, role: Role) -> None:
    actor = await hall.staff(1, role=role)
    met = await hall.rooms.join(actor, GROUP)
    assert (met.municipalities, met.room.introduced_by) == ((), None)
    with pytest.raises(Forbidden):
        await hall.rooms.call(actor, GROUP)
    with pytest.raises(Forbidden):
        await hall.rooms.link(actor, met.room.id, hall.places["bagysh"])
    with pytest.raises(Forbidden):
        await hall.rooms.listing(actor, hall.places["bagysh"])


async def test_a_linked_room_is_run_by_any_secretary_of_its_municipality_and_by_nobody_else(hall: Hall) -> None:
    room = await hall.linked(await hall.staff(1))
    colleague, neighbour = await hall.staff(2), await hall.staff(3, "kok-art")
    with pytest.raises(Forbidden):
        await hall.rooms.unlink(neighbour, room.id)
    with pytest.raises(Forbidden):
        await hall.rooms.set_language(neighbour, room.id, "ru", on=False)
    with pytest.raises(Forbidden):
        await hall.rooms.set_topic(neighbour, room.id, 7)
    with pytest.raises(Forbidden):
        await hall.rooms.post_now(neighbour, room.id)
    with pytest.raises(Forbidden):
        await hall.rooms.call(neighbour, GROUP)
    assert await hall.stored() == room
    await hall.rooms.unlink(colleague, room.id)
    assert (await hall.stored()).municipality_id is None
    assert await hall.acts() == [Act.ROOM_UNLINKED, Act.ROOM_LINKED]


async def test_a_room_that_is_not_there_and_one_that_is_not_linked_cannot_be_changed(hall: Hall) -> None:
    gulnara = await hall.staff(1)
    with pytest.raises(NotFound):
        await hall.rooms.link(gulnara, 99, hall.places["bagysh"])
    room = (await hall.rooms.join(gulnara, GROUP)).room
    with pytest.raises(Forbidden):
        await hall.rooms.post_now(gulnara, room.id)
    with pytest.raises(NotFound):
        await hall.rooms.link(COMMAND_LINE, room.id, hall.places["bagysh-1"])


async def test_linking_twice_is_noted_once_and_linking_elsewhere_leaves_the_first(hall: Hall) -> None:
    gulnara = await hall.staff(1)
    room = await hall.linked(gulnara)
    await hall.rooms.link(gulnara, room.id, hall.places["bagysh"])
    assert await hall.acts() == [Act.ROOM_LINKED]
    with pytest.raises(Forbidden):
        await hall.rooms.link(await hall.staff(3, "kok-art"), room.id, hall.places["kok-art"])
    both = await hall.staff(1, "kok-art")
    await hall.rooms.link(both, room.id, hall.places["kok-art"])
    assert await hall.acts() == [Act.ROOM_UNLINKED, Act.ROOM_LINKED]
    assert (await hall.stored()).municipality_id == hall.places["kok-art"]


async def test_a_room_speaks_one_language_or_two(hall: Hall) -> None:
    gulnara = await hall.staff(1)
    room = await hall.linked(gulnara)
    assert room.languages == ("ky", "ru")
    with pytest.raises(TooManyChoices):
        await hall.rooms.set_language(gulnara, room.id, "en", on=True)
    await hall.rooms.set_language(gulnara, room.id, "ky", on=False)
    overview = await hall.rooms.set_language(gulnara, room.id, "uz_Cyrl", on=True)
    assert overview.room.languages == ("ru", "uz_Cyrl")
    await hall.rooms.set_language(gulnara, room.id, "uz_Cyrl", on=False)
    await hall.rooms.set_language(gulnara, room.id, "ru", on=False)
    assert (await hall.stored()).languages == ("ru",)


async def test_leaving_and_coming_back_keeps_the_link(hall: Hall) -> None:
    gulnara = await hall.staff(1)
    await hall.linked(gulnara)
    await hall.rooms.leave(GROUP.telegram_id)
    left = await hall.stored()
    assert left.left_at == hall.clock.now()
    hall.clock.forward(hours=1)
    await hall.rooms.leave(GROUP.telegram_id)
    assert (await hall.stored()).left_at == left.left_at
    met = await hall.rooms.join(Actor(9, "ky"), GROUP)
    assert met.news
    assert (met.room.left_at, met.room.municipality_id) == (None, hall.places["bagysh"])
    assert not (await hall.rooms.join(Actor(9, "ky"), GROUP)).news
    await hall.rooms.leave(-77)


async def test_a_moved_group_is_the_same_room_and_not_left(hall: Hall) -> None:
    await hall.linked(await hall.staff(1))
    await hall.rooms.leave(GROUP.telegram_id)
    for _ in range(2):
        await hall.rooms.move(GROUP.telegram_id, -2_000)
    async with hall.store.reading() as repositories:
        assert await repositories.rooms.find(GROUP.telegram_id) is None
        room = await repositories.rooms.find(-2_000)
    assert room is not None
    assert (room.municipality_id, room.left_at) == (hall.places["bagysh"], None)
    await hall.rooms.move(-5, -6)


async def test_a_greeting_shows_the_next_hearing_and_keeps_a_new_title(hall: Hall) -> None:
    gulnara = await hall.staff(1)
    assert (await hall.rooms.greeting(gulnara, GROUP)).room is None
    assert (await hall.rooms.greeting(gulnara, GROUP)).staff
    await hall.linked(gulnara)
    visitor = Actor(9, "ky")
    assert (await hall.rooms.greeting(visitor, GROUP)).hearing is None
    hearing = await hall.hearings.load(COMMAND_LINE, hall.places["bagysh"], samples.dossier(), publish=True)
    renamed = Room(0, GROUP.telegram_id, GROUP.kind, "Жаңы ат")
    greeting = await hall.rooms.greeting(visitor, renamed)
    assert greeting.hearing is not None
    assert (greeting.hearing.id, greeting.staff) == (hearing.id, False)
    assert (await hall.stored()).title == "Жаңы ат"
    hall.clock.forward(days=9)
    assert (await hall.rooms.greeting(visitor, renamed)).hearing is None


async def test_the_current_hearings_are_owed_to_rooms_as_posts(hall: Hall) -> None:
    gulnara = await hall.staff(1)
    room = await hall.linked(gulnara)
    assert await hall.rooms.post_now(gulnara, room.id) == 0
    hearing = await hall.hearings.load(COMMAND_LINE, hall.places["bagysh"], samples.dossier(), publish=True)
    draft = await hall.hearings.load(COMMAND_LINE, hall.places["bagysh"], samples.dossier(), publish=False)
    await hall.hearings.load(COMMAND_LINE, hall.places["kok-art"], samples.dossier(), publish=True)
    overview = await hall.rooms.overview(gulnara, room.id)
    assert ([one.id for one in overview.current], overview.drafts) == ([hearing.id], 1)
    assert draft.phase is Phase.DRAFT
    for _ in range(2):
        assert await hall.rooms.post_now(gulnara, room.id) == 1
    async with hall.store.reading() as repositories:
        begun = [one for one in await repositories.broadcasts.list_of(hearing.id) if one.kind is NoticeKind.POST]
        assert not [one for one in await repositories.broadcasts.list_of(draft.id) if one.kind is NoticeKind.POST]
    assert [one.planned.edition for one in begun] == [int(hall.clock.now().timestamp())]


async def test_offered_rooms_are_listed_until_they_are_linked(hall: Hall) -> None:
    gulnara = await hall.staff(1)
    room = (await hall.rooms.join(gulnara, GROUP)).room
    found = await hall.rooms.listing(gulnara, hall.places["bagysh"])
    assert (found.linked, found.offered) == ((), (room,))
    linked = (await hall.rooms.link(gulnara, room.id, hall.places["bagysh"])).room
    found = await hall.rooms.listing(await hall.staff(2), hall.places["bagysh"])
    assert (found.linked, found.offered) == ((linked,), ())


async def test_calling_in_another_topic_moves_nothing_by_itself(hall: Hall) -> None:
    gulnara = await hall.staff(1)
    topic = Room(0, GROUP.telegram_id, GROUP.kind, GROUP.title, topic_id=7)
    met = await hall.rooms.call(gulnara, topic)
    assert (met.room.topic_id, met.room.introduced_by) == (7, gulnara.resident and gulnara.resident.id)
    await hall.rooms.link(gulnara, met.room.id, hall.places["bagysh"])
    elsewhere = await hall.rooms.call(gulnara, GROUP)
    assert elsewhere.elsewhere
    assert (await hall.stored()).topic_id == 7
    assert not (await hall.rooms.call(gulnara, topic)).elsewhere
    assert (await hall.rooms.set_topic(gulnara, met.room.id, None)).room.topic_id is None
