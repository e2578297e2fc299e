"""The council's resolution at the desk. The services check every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.views import resolutions as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def open_resolution(context: Context, press: presses.OpenResolution) -> None:
    """Show what is stored of the council's resolution."""
    actor = await context.actor()
    found = await context.services.resolutions.find(actor, press.hearing)
    await context.services.decisions.stop(actor)
    await context.show(views.stored(context.t, found))


async def write_resolution(context: Context, press: presses.WriteResolution) -> None:
    """Ask for the number, the day or what was adopted."""
    found = await context.services.resolutions.begin(await context.actor(), press.hearing, press.field)
    await context.show(views.ask(context.t, found))


async def on_words(context: Context, words: str) -> None:
    """Ask for what is missing yet; show back what is whole."""
    found = await context.services.resolutions.receive(await context.actor(), words)
    await context.send(views.typed(context.t, found))


async def save_resolution(context: Context, press: presses.SaveResolution) -> None:
    """Store what was typed, and let everybody who took part be told."""
    actor, resolutions = await context.actor(), context.services.resolutions
    before = await resolutions.find(actor, press.hearing)
    found = await resolutions.save(actor, press.hearing, mark=press.mark)
    context.bot_data.wake_outbox()
    context.toast(toasts.resolution_stored(context.t, again=before.stored is not None))
    await context.show(views.stored(context.t, found))
