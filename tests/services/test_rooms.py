"""Who may link a group or channel, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.errors import Forbidden, NotFound, TooManyChoices
from bot.domain.hearings import Phase
from bot.domain.journal import Act
from bot.domain.notices import NoticeKind
from bot.domain.people import Actor, Role
from bot.domain.rooms import Room, RoomKind

if TYPE_CHECKING:
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

GROUP = Room(0, -1_000, RoomKind.SUPERGROUP, "Айылдаштар")


async def linked(municipality: Municipality, actor: Actor) -> Room:
    """A room that ``actor`` has brought the bot into and linked."""
    met = await municipality.services.rooms.join(actor, GROUP)
    return (await municipality.services.rooms.link(actor, met.room.id, municipality.id)).room


async def stored(municipality: Municipality) -> Room:
    """The room as it is stored."""
    async with municipality.services.store.reading() as repositories:
        room = await repositories.rooms.find(GROUP.telegram_id)
    assert room is not None
    return room


async def acts(municipality: Municipality) -> list[Act]:
    """What the journal says of the municipality, newest first."""
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"municipality:{municipality.id}")
    return [entry.act for entry in entries if entry.act in (Act.ROOM_LINKED, Act.ROOM_UNLINKED)]


async def test_only_who_brought_the_bot_in_may_link_the_room(municipality: Municipality) -> None:
    rooms = municipality.services.rooms
    gulnara, bek = await municipality.staff(1), await municipality.staff(2)
    room = (await rooms.join(gulnara, GROUP)).room
    for stranger in (bek, await municipality.staff(3, place="kok-art"), Actor(9, "ky")):
        with pytest.raises(Forbidden):
            await rooms.link(stranger, room.id, municipality.id)
        with pytest.raises(Forbidden):
            await rooms.overview(stranger, room.id)
    with pytest.raises(Forbidden):
        await rooms.link(gulnara, room.id, municipality.places["kok-art"])
    assert (await stored(municipality)).municipality_id is None
    overview = await rooms.link(gulnara, room.id, municipality.id)
    assert overview.room.municipality_id == municipality.id
    assert await acts(municipality) == [Act.ROOM_LINKED]


async def test_an_administrator_of_the_bot_may_link_any_room(municipality: Municipality) -> None:
    rooms = municipality.services.rooms
    room = (await rooms.join(Actor(5, "ky"), GROUP)).room
    assert room.introduced_by is None
    overview = await rooms.link(COMMAND_LINE, room.id, municipality.places["kok-art"])
    assert overview.room.municipality_id == municipality.places["kok-art"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
async def test_members_and_moderators_do_not_link(municipality: Municipality, role: Role) -> None:
    rooms = municipality.services.rooms
    actor = await municipality.staff(1, role)
    met = await rooms.join(actor, GROUP)
    assert (met.municipalities, met.room.introduced_by) == ((), None)
    with pytest.raises(Forbidden):
        await rooms.call(actor, GROUP)
    with pytest.raises(Forbidden):
        await rooms.link(actor, met.room.id, municipality.id)
    with pytest.raises(Forbidden):
        await rooms.listing(actor, municipality.id)


async def test_a_linked_room_is_run_by_any_secretary_of_its_municipality_and_by_nobody_else(
    municipality: Municipality,
) -> None:
    rooms = municipality.services.rooms
    room = await linked(municipality, await municipality.staff(1))
    colleague, neighbour = await municipality.staff(2), await municipality.staff(3, place="kok-art")
    with pytest.raises(Forbidden):
        await rooms.unlink(neighbour, room.id)
    with pytest.raises(Forbidden):
        await rooms.set_language(neighbour, room.id, "ru", on=False)
    with pytest.raises(Forbidden):
        await rooms.set_topic(neighbour, room.id, 7)
    with pytest.raises(Forbidden):
        await rooms.post_now(neighbour, room.id)
    with pytest.raises(Forbidden):
        await rooms.call(neighbour, GROUP)
    assert await stored(municipality) == room
    await rooms.unlink(colleague, room.id)
    assert (await stored(municipality)).municipality_id is None
    assert await acts(municipality) == [Act.ROOM_UNLINKED, Act.ROOM_LINKED]


async def test_a_room_that_is_not_there_and_one_that_is_not_linked_cannot_be_changed(
    municipality: Municipality,
) -> None:
    rooms = municipality.services.rooms
    gulnara = await municipality.staff(1)
    with pytest.raises(NotFound):
        await rooms.link(gulnara, 99, municipality.id)
    room = (await rooms.join(gulnara, GROUP)).room
    with pytest.raises(Forbidden):
        await rooms.post_now(gulnara, room.id)
    with pytest.raises(NotFound):
        await rooms.link(COMMAND_LINE, room.id, municipality.places["bagysh-1"])


async def test_linking_twice_is_noted_once_and_linking_elsewhere_leaves_the_first(municipality: Municipality) -> None:
    rooms = municipality.services.rooms
    gulnara = await municipality.staff(1)
    room = await linked(municipality, gulnara)
    await rooms.link(gulnara, room.id, municipality.id)
    assert await acts(municipality) == [Act.ROOM_LINKED]
    with pytest.raises(Forbidden):
        await rooms.link(await municipality.staff(3, place="kok-art"), room.id, municipality.places["kok-art"])
    both = await municipality.staff(1, place="kok-art")
    await rooms.link(both, room.id, municipality.places["kok-art"])
    assert await acts(municipality) == [Act.ROOM_UNLINKED, Act.ROOM_LINKED]
    assert (await stored(municipality)).municipality_id == municipality.places["kok-art"]


async def test_a_room_speaks_one_language_or_two(municipality: Municipality) -> None:
    rooms = municipality.services.rooms
    gulnara = await municipality.staff(1)
    room = await linked(municipality, gulnara)
    assert room.languages == ("ky", "ru")
    with pytest.raises(TooManyChoices):
        await rooms.set_language(gulnara, room.id, "en", on=True)
    await rooms.set_language(gulnara, room.id, "ky", on=False)
    overview = await rooms.set_language(gulnara, room.id, "uz_Cyrl", on=True)
    assert overview.room.languages == ("ru", "uz_Cyrl")
    await rooms.set_language(gulnara, room.id, "uz_Cyrl", on=False)
    await rooms.set_language(gulnara, room.id, "ru", on=False)
    assert (await stored(municipality)).languages == ("ru",)


async def test_leaving_and_coming_back_keeps_the_link(municipality: Municipality, clock: VirtualClock) -> None:
    rooms = municipality.services.rooms
    gulnara = await municipality.staff(1)
    await linked(municipality, gulnara)
    await rooms.leave(GROUP.telegram_id)
    left = await stored(municipality)
    assert left.left_at == clock.now()
    clock.forward(hours=1)
    await rooms.leave(GROUP.telegram_id)
    assert (await stored(municipality)).left_at == left.left_at
    met = await rooms.join(Actor(9, "ky"), GROUP)
    assert met.news
    assert (met.room.left_at, met.room.municipality_id) == (None, municipality.id)
    assert not (await rooms.join(Actor(9, "ky"), GROUP)).news
    await rooms.leave(-77)


async def test_a_moved_group_is_the_same_room_and_not_left(municipality: Municipality) -> None:
    rooms = municipality.services.rooms
    await linked(municipality, await municipality.staff(1))
    await rooms.leave(GROUP.telegram_id)
    for _ in range(2):
        await rooms.move(GROUP.telegram_id, -2_000)
    async with municipality.services.store.reading() as repositories:
        assert await repositories.rooms.find(GROUP.telegram_id) is None
        room = await repositories.rooms.find(-2_000)
    assert room is not None
    assert (room.municipality_id, room.left_at) == (municipality.id, None)
    await rooms.move(-5, -6)


async def test_a_greeting_shows_the_next_hearing_and_keeps_a_new_title(
    municipality: Municipality, clock: VirtualClock
) -> None:
    rooms = municipality.services.rooms
    gulnara = await municipality.staff(1)
    assert (await rooms.greeting(gulnara, GROUP)).room is None
    assert (await rooms.greeting(gulnara, GROUP)).staff
    await linked(municipality, gulnara)
    visitor = Actor(9, "ky")
    assert (await rooms.greeting(visitor, GROUP)).hearing is None
    hearing = await municipality.hearing()
    renamed = Room(0, GROUP.telegram_id, GROUP.kind, "Жаңы ат")
    greeting = await rooms.greeting(visitor, renamed)
    assert greeting.hearing is not None
    assert (greeting.hearing.id, greeting.staff) == (hearing.id, False)
    assert (await stored(municipality)).title == "Жаңы ат"
    clock.forward(days=9)
    assert (await rooms.greeting(visitor, renamed)).hearing is None


async def test_the_current_hearings_are_owed_to_rooms_as_posts(municipality: Municipality, clock: VirtualClock) -> None:
    rooms = municipality.services.rooms
    gulnara = await municipality.staff(1)
    room = await linked(municipality, gulnara)
    assert await rooms.post_now(gulnara, room.id) == 0
    hearing = await municipality.hearing()
    draft = await municipality.hearing(publish=False)
    await municipality.hearing(place="kok-art")
    overview = await rooms.overview(gulnara, room.id)
    assert ([one.id for one in overview.current], overview.drafts) == ([hearing.id], 1)
    assert draft.phase is Phase.DRAFT
    for _ in range(2):
        assert await rooms.post_now(gulnara, room.id) == 1
    async with municipality.services.store.reading() as repositories:
        begun = [one for one in await repositories.broadcasts.list_of(hearing.id) if one.kind is NoticeKind.POST]
        assert not [one for one in await repositories.broadcasts.list_of(draft.id) if one.kind is NoticeKind.POST]
    assert [one.planned.edition for one in begun] == [int(clock.now().timestamp())]


async def test_offered_rooms_are_listed_until_they_are_linked(municipality: Municipality) -> None:
    rooms = municipality.services.rooms
    gulnara = await municipality.staff(1)
    room = (await rooms.join(gulnara, GROUP)).room
    found = await rooms.listing(gulnara, municipality.id)
    assert (found.linked, found.offered) == ((), (room,))
    linked = (await rooms.link(gulnara, room.id, municipality.id)).room
    found = await rooms.listing(await municipality.staff(2), municipality.id)
    assert (found.linked, found.offered) == ((linked,), ())


async def test_calling_in_another_topic_moves_nothing_by_itself(municipality: Municipality) -> None:
    rooms = municipality.services.rooms
    gulnara = await municipality.staff(1)
    topic = Room(0, GROUP.telegram_id, GROUP.kind, GROUP.title, topic_id=7)
    met = await rooms.call(gulnara, topic)
    assert (met.room.topic_id, met.room.introduced_by) == (7, gulnara.resident and gulnara.resident.id)
    await rooms.link(gulnara, met.room.id, municipality.id)
    elsewhere = await rooms.call(gulnara, GROUP)
    assert elsewhere.elsewhere
    assert (await stored(municipality)).topic_id == 7
    assert not (await rooms.call(gulnara, topic)).elsewhere
    assert (await rooms.set_topic(gulnara, met.room.id, None)).room.topic_id is None
