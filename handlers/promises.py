"""What decisions promise, at the desk: done, on which day, with a photo. The services check every permission."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from handlers.views import promises as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.domain.media import Media
    from handlers import presses
    from handlers.context import Context


async def list_promises(context: Context, press: presses.ListPromises) -> None:
    """Show what was promised, what is not done first."""
    actor = await context.actor()
    found = await context.services.promises.list_of(actor, press.hearing, page=press.page)
    await context.services.decisions.stop(actor)
    await context.show(views.promises(context.t, found))


async def open_promise(context: Context, press: presses.OpenPromise) -> None:
    """Show one thing that was promised."""
    actor = await context.actor()
    found = await context.services.promises.find(actor, press.comment)
    await context.services.decisions.stop(actor)
    await context.show(views.promise(context.t, found))


async def choose_done_day(context: Context, press: presses.ChooseDoneDay) -> None:
    """Ask for a photo of what was done on that day, or for the day."""
    day = _day(press.day) if press.day else None
    found = await context.services.promises.begin(await context.actor(), press.comment, day=day)
    await context.show(views.ask_for_photo(context.t, found) if day else views.ask_for_day(context.t, found))


async def on_day(context: Context, words: str) -> None:
    """Take the typed day, and ask for a photo."""
    found = await context.services.promises.receive_day(await context.actor(), words)
    await context.send(views.ask_for_photo(context.t, found))


async def on_photo(context: Context, photo: Media) -> bool:
    """Say that it is done, with a photo, where one is waited for; False where none is."""
    actor, promises = await context.actor(), context.services.promises
    if not await promises.awaits_photo(actor):
        return False
    found = await promises.receive_photo(actor, photo)
    context.bot_data.wake_outbox()
    await context.send(views.promise(context.t, found))
    return True


async def mark_done(context: Context, press: presses.MarkDone) -> None:
    """Say that it is done, without a photo."""
    found = await context.services.promises.mark(await context.actor(), press.comment, day=_day(press.day))
    context.bot_data.wake_outbox()
    context.toast(toasts.done_stored(context.t))
    await context.show(views.promise(context.t, found))


async def undo_done(context: Context, press: presses.UndoDone) -> None:
    """Say that it is not done after all, after asking once."""
    actor, promises = await context.actor(), context.services.promises
    if not press.sure:
        await context.show(views.undo_choice(context.t, await promises.find(actor, press.comment)))
        return
    found = await promises.undo(actor, press.comment)
    context.toast(toasts.saved(context.t))
    await context.show(views.promise(context.t, found))


async def see_done_photo(context: Context, press: presses.SeeDonePhoto) -> None:
    """Send the photo of what was done."""
    view, photo = await context.services.promises.photo(await context.actor(), press.comment)
    await context.file(views.photo(context.t, view, photo), otherwise=views.photo_lost(context.t))


def _day(number: int) -> date:
    """The day with that number of the calendar; raises NotFound for none."""
    try:
        return date.fromordinal(number)
    except (ValueError, OverflowError):
        raise NotFound("day", number) from None
