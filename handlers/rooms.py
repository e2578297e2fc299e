"""The desk's presses about groups and channels. The service checks every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views import rooms as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.services.room_views import RoomOverview
    from handlers.context import Context


async def list_rooms(context: Context, press: presses.ListRooms) -> None:
    """Show a municipality's groups and channels."""
    found = await context.services.rooms.listing(await context.actor(), press.municipality)
    await context.show(views.listing(context.t, found, context.username, page=press.page))


async def open_room(context: Context, press: presses.OpenRoom) -> None:
    """Show one group or channel."""
    await _show(context, await context.services.rooms.overview(await context.actor(), press.room))


async def link_room(context: Context, press: presses.LinkRoom) -> None:
    """Post the municipality's announcements there, after asking once."""
    actor = await context.actor()
    if not press.sure:
        overview = await context.services.rooms.overview(actor, press.room, press.municipality)
        await context.show(views.link_choice(context.t, overview))
        return
    linked = await context.services.rooms.link(actor, press.room, press.municipality)
    context.toast(toasts.linked(context.t))
    await _show(context, linked)


async def unlink_room(context: Context, press: presses.UnlinkRoom) -> None:
    """Post nothing there any more, after asking once."""
    actor = await context.actor()
    if not press.sure:
        await context.show(views.unlink_choice(context.t, await context.services.rooms.overview(actor, press.room)))
        return
    room = await context.services.rooms.unlink(actor, press.room)
    context.toast(toasts.unlinked(context.t))
    await list_rooms(context, presses.ListRooms(room.municipality_id or 0))


async def toggle_room_language(context: Context, press: presses.ToggleRoomLanguage) -> None:
    """Write posts in one language more, or less; the last one stays."""
    actor, language = await context.actor(), press.language.value
    overview = await context.services.rooms.set_language(actor, press.room, language, on=press.on)
    if not press.on and language in overview.room.languages:
        context.toast(toasts.last_language(context.t), alert=True)
    await _show(context, overview)


async def move_topic(context: Context, press: presses.MoveTopic) -> None:
    """Post in another topic from now on; the message with the button has asked already."""
    overview = await context.services.rooms.set_topic(await context.actor(), press.room, press.topic or None)
    context.toast(toasts.topic_moved(context.t))
    await _show(context, overview)


async def post_now(context: Context, press: presses.PostNow) -> None:
    """Post the hearings announced or open now, after asking once."""
    actor = await context.actor()
    if not press.sure:
        await context.show(views.post_choice(context.t, await context.services.rooms.overview(actor, press.room)))
        return
    if await context.services.rooms.post_now(actor, press.room):
        context.toast(toasts.posting(context.t))
    await open_room(context, presses.OpenRoom(press.room))


async def _show(context: Context, overview: RoomOverview) -> None:
    await context.show(views.page(context.t, overview, context.username))
