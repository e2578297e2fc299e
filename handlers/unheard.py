"""Who has not been heard. The service checks every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views import toasts
from handlers.views import unheard as views

if TYPE_CHECKING:
    from handlers.context import Context


async def see_unheard(context: Context, press: presses.SeeUnheard) -> None:
    """Show who took part beside the people who live there."""
    found = await context.services.unheard.turnout(await context.actor(), press.hearing)
    await context.show(views.turnout(context.t, found, page=press.page))


async def remind_village(context: Context, press: presses.RemindVillage) -> None:
    """Write to the people of a village who have not taken part, after showing what they get."""
    actor = await context.actor()
    if not press.sure:
        found = await context.services.unheard.preview(actor, press.hearing, press.village)
        await context.show(views.reminder(context.t, found))
        return
    await context.services.unheard.remind(actor, press.hearing, press.village)
    context.bot_data.wake_outbox()
    context.toast(toasts.village_reminded(context.t))
    await see_unheard(context, presses.SeeUnheard(press.hearing))
