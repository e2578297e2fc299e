"""Broadcasts about a hearing: how far each is; pausing, resuming and cancelling one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views import broadcasts as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.services.broadcasts import BroadcastReport
    from handlers.context import Context


async def open_broadcast_list(context: Context, press: presses.OpenBroadcastList) -> None:
    """Show the broadcasts about a hearing."""
    report = await context.services.broadcasts.report(await context.actor(), press.hearing)
    await context.show(views.messages(context.t, report, press.page))


async def open_broadcast(context: Context, press: presses.OpenBroadcast) -> None:
    """Show one broadcast."""
    await _show(context, await _report(context, press.broadcast))


async def pause_broadcast(context: Context, press: presses.PauseBroadcast) -> None:
    """Send no more of its notices for now."""
    await context.services.broadcasts.pause(await context.actor(), press.broadcast)
    context.toast(toasts.broadcast_paused(context.t))
    await _show(context, await _report(context, press.broadcast))


async def resume_broadcast(context: Context, press: presses.ResumeBroadcast) -> None:
    """Let its notices leave again."""
    await context.services.broadcasts.resume(await context.actor(), press.broadcast)
    context.toast(toasts.broadcast_resumed(context.t))
    await _show(context, await _report(context, press.broadcast))


async def cancel_broadcast(context: Context, press: presses.CancelBroadcast) -> None:
    """Send no more of its notices, after asking once."""
    actor = await context.actor()
    if press.sure:
        await context.services.broadcasts.cancel(actor, press.broadcast)
        context.toast(toasts.broadcast_cancelled(context.t))
    report = await context.services.broadcasts.report_to_change(actor, press.broadcast)
    if press.sure or not report.lines:
        await _show(context, report)
        return
    await context.show(views.cancel(context.t, report))


async def _show(context: Context, report: BroadcastReport) -> None:
    """Show the broadcast; the list where it has no recipient."""
    if report.lines:
        await context.show(views.message(context.t, report))
    else:
        await open_broadcast_list(context, presses.OpenBroadcastList(report.hearing.id))


async def _report(context: Context, broadcast_id: int) -> BroadcastReport:
    return await context.services.broadcasts.report_of(await context.actor(), broadcast_id)
