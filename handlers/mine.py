"""One's own answers and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses, start
from handlers.presses.wire import nest
from handlers.views import mine as views

if TYPE_CHECKING:
    from handlers.context import Context


async def see_mine(context: Context, press: presses.SeeMine) -> None:
    """Show how far one is with the questions, and the stage of one's comments; to who only looks how to have any."""
    actor = await context.actor()
    if actor.resident is None:
        await start.read_purpose(context, presses.ReadPurpose(nest(press)))
        return
    stored = await context.services.privacy.stored(actor)
    await context.show(views.mine(context.t, stored, now=context.services.clock.now(), page=press.page))
