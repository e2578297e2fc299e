"""What was sent, how far it is, and holding it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views import broadcasts as views

if TYPE_CHECKING:
    from bot.services.broadcasts import BroadcastReport
    from handlers.context import Turn


async def messages(turn: Turn, press: presses.OpenBroadcastList) -> None:
    """Everything sent about a hearing."""
    traffic = await turn.house.broadcasts.sheet(await turn.actor(), press.hearing)
    await turn.show(views.messages(turn.t, traffic, press.page))


async def message(turn: Turn, press: presses.OpenBroadcast) -> None:
    """One broadcast."""
    await _show(turn, await _one(turn, press.broadcast))


async def pause(turn: Turn, press: presses.PauseBroadcast) -> None:
    """Nothing more of it leaves for now."""
    await turn.house.broadcasts.pause(await turn.actor(), press.broadcast)
    turn.toast(turn.t.p("toast", "⏸ Paused. What is on its way still arrives."))
    await _show(turn, await _one(turn, press.broadcast))


async def resume(turn: Turn, press: presses.ResumeBroadcast) -> None:
    """It goes on."""
    await turn.house.broadcasts.resume(await turn.actor(), press.broadcast)
    turn.toast(turn.t.p("toast", "▶️ It goes on."))
    await _show(turn, await _one(turn, press.broadcast))


async def cancel(turn: Turn, press: presses.CancelBroadcast) -> None:
    """No more of it at all, after asking once."""
    actor = await turn.actor()
    if press.sure:
        await turn.house.broadcasts.cancel(actor, press.broadcast)
        turn.toast(turn.t.p("toast", "✖️ No more of it is sent."))
    traffic = await turn.house.broadcasts.one(actor, press.broadcast)
    if press.sure or not traffic.lines:
        await _show(turn, traffic)
        return
    await turn.show(views.cancel(turn.t, traffic))


async def _show(turn: Turn, traffic: BroadcastReport) -> None:
    """The broadcast; all of them where it turned out to go to nobody."""
    if traffic.lines:
        await turn.show(views.message(turn.t, traffic))
    else:
        await messages(turn, presses.OpenBroadcastList(traffic.hearing.id))


async def _one(turn: Turn, broadcast_id: int) -> BroadcastReport:
    return await turn.house.broadcasts.one(await turn.actor(), broadcast_id)
