"""One's own answers and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.views import mine as views

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def see_mine(context: Context, press: presses.SeeMine) -> None:
    """Show how far one is with the questions, and the stage of one's comments."""
    stored = await context.services.privacy.stored(await context.actor())
    await context.show(views.mine(context.t, stored, now=context.services.clock.now(), page=press.page))
