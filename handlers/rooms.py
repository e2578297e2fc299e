"""The desk's presses about groups and channels. Every permission is asked of the service: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views import rooms as views

if TYPE_CHECKING:
    from bot.services.rooms import RoomOverview
    from handlers.context import Turn


async def rooms(turn: Turn, press: presses.ListRooms) -> None:
    """A municipality's groups and channels."""
    found = await turn.house.rooms.listing(await turn.actor(), press.municipality)
    await turn.show(views.listing(turn.t, found, turn.house.username, page=press.page))


async def room_page(turn: Turn, press: presses.OpenRoom) -> None:
    """One of them."""
    await _show(turn, await turn.house.rooms.sheet(await turn.actor(), press.room))


async def link_room(turn: Turn, press: presses.LinkRoom) -> None:
    """Post the municipality's announcements there, after asking once."""
    actor = await turn.actor()
    if not press.sure:
        sheet = await turn.house.rooms.sheet(actor, press.room, press.municipality)
        await turn.show(views.link_choice(turn.t, sheet))
        return
    linked = await turn.house.rooms.link(actor, press.room, press.municipality)
    turn.toast(turn.t.p("toast", "🔗 Linked."))
    await _show(turn, linked)


async def unlink_room(turn: Turn, press: presses.UnlinkRoom) -> None:
    """Post nothing there any more, after asking once."""
    actor = await turn.actor()
    if not press.sure:
        await turn.show(views.unlink_choice(turn.t, await turn.house.rooms.sheet(actor, press.room)))
        return
    room = await turn.house.rooms.unlink(actor, press.room)
    turn.toast(turn.t.p("toast", "✂️ Unlinked."))
    await rooms(turn, presses.ListRooms(room.municipality_id or 0))


async def room_language(turn: Turn, press: presses.ToggleRoomLanguage) -> None:
    """One language more or less; the last one stays."""
    actor, language = await turn.actor(), press.language.value
    room = (await turn.house.rooms.sheet(actor, press.room)).room
    others = tuple(code for code in room.languages if code != language)
    if not press.on and not others:
        turn.toast(turn.t.p("toast", "One language has to stay: choose another one first."), alert=True)
    chosen = (*others, language) if press.on else others
    await _show(turn, await turn.house.rooms.set_languages(actor, press.room, chosen))


async def move_topic(turn: Turn, press: presses.MoveTopic) -> None:
    """Post in another topic from now on: asked already."""
    sheet = await turn.house.rooms.set_topic(await turn.actor(), press.room, press.topic or None)
    turn.toast(turn.t.p("toast", "🧵 Posts go to that topic now."))
    await _show(turn, sheet)


async def post_now(turn: Turn, press: presses.PostNow) -> None:
    """Post what is announced or open now, after asking once."""
    actor = await turn.actor()
    if not press.sure:
        await turn.show(views.post_choice(turn.t, await turn.house.rooms.sheet(actor, press.room)))
        return
    if await turn.house.rooms.post_now(actor, press.room):
        turn.toast(turn.t.p("toast", "📌 It will stand there in a moment."))
    await room_page(turn, presses.OpenRoom(press.room))


async def _show(turn: Turn, sheet: RoomOverview) -> None:
    await turn.show(views.page(turn.t, sheet, turn.house.username))
