"""What was sent, how far it is, and holding it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views import broadcasts as views

if TYPE_CHECKING:
    from bot.services.broadcasts import BroadcastReport
    from handlers.context import Context


async def messages(context: Context, press: presses.OpenBroadcastList) -> None:
    """Everything sent about a hearing."""
    report = await context.services.broadcasts.report(await context.actor(), press.hearing)
    await context.show(views.messages(context.t, report, press.page))


async def message(context: Context, press: presses.OpenBroadcast) -> None:
    """One broadcast."""
    await _show(context, await _one(context, press.broadcast))


async def pause(context: Context, press: presses.PauseBroadcast) -> None:
    """Nothing more of it leaves for now."""
    await context.services.broadcasts.pause(await context.actor(), press.broadcast)
    context.toast(context.t.p("toast", "⏸ Paused. What is on its way still arrives."))
    await _show(context, await _one(context, press.broadcast))


async def resume(context: Context, press: presses.ResumeBroadcast) -> None:
    """It goes on."""
    await context.services.broadcasts.resume(await context.actor(), press.broadcast)
    context.toast(context.t.p("toast", "▶️ It goes on."))
    await _show(context, await _one(context, press.broadcast))


async def cancel(context: Context, press: presses.CancelBroadcast) -> None:
    """No more of it at all, after asking once."""
    actor = await context.actor()
    if press.sure:
        await context.services.broadcasts.cancel(actor, press.broadcast)
        context.toast(context.t.p("toast", "✖️ No more of it is sent."))
    report = await context.services.broadcasts.report_of(actor, press.broadcast)
    if press.sure or not report.lines:
        await _show(context, report)
        return
    await context.show(views.cancel(context.t, report))


async def _show(context: Context, report: BroadcastReport) -> None:
    """The broadcast; all of them where it turned out to go to nobody."""
    if report.lines:
        await context.show(views.message(context.t, report))
    else:
        await messages(context, presses.OpenBroadcastList(report.hearing.id))


async def _one(context: Context, broadcast_id: int) -> BroadcastReport:
    return await context.services.broadcasts.report_of(await context.actor(), broadcast_id)
