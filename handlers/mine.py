"""One's own answers and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.views import mine as views

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Turn


async def mine(turn: Turn, press: presses.SeeMine) -> None:
    """How far one is, and what became of what one wrote."""
    held = await turn.house.privacy.held(await turn.actor())
    await turn.show(views.mine(turn.t, held, now=turn.house.clock.now(), page=press.page))
