"""Presses that are kept where many screens wait: their screen is drawn when its turn comes.

A drawn screen of a thousand letters and ten buttons takes six kilobytes, a press some hundred bytes; and of whoever
presses again meanwhile the older one is never drawn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from bot.domain.errors import Refusal
from handlers.context import Context

if TYPE_CHECKING:
    from handlers.context import BotApplication, Route
    from handlers.origin import Origin
    from handlers.outgoing.chat_queues import Showing
    from handlers.presses import Press


class KeptPress:
    """A press, where it came from, and the handler that draws what it shows. It is called when its turn comes."""

    __slots__ = ("_application", "_draw", "_origin", "_press")

    def __init__(self, application: BotApplication, origin: Origin, press: Press, draw: Route) -> None:
        self._application = application
        self._origin = replace(origin, query_id=None, name="")
        self._press = press
        self._draw = draw

    async def __call__(self) -> Showing | None:
        """What the press shows by now; None where it shows nothing. Raises StoreUnavailable."""
        context = Context.again(self._application, self._origin, self._press)
        try:
            await self._draw(context, self._press)
        except Refusal as refusal:
            await context.bot_data.tell_refusal(context, refusal)
        return context.shown


async def kept(context: Context, press: Any, draw: Route) -> bool:
    """Where many screens wait, keep the press until ``draw`` may draw what it shows; else False.

    ``draw`` only reads: what the press does is done by now.
    """
    if not context.replies.crowded or context.frame is not None:
        return False
    origin = context.origin
    drawing = KeptPress(cast("BotApplication", context.application), origin, press, draw)
    await context.replies.show_when_drawn(origin.chat_id, drawing, only_answer=origin.message_id is None)
    return True
