"""Appeals against the hiding of a comment. The services check every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views import appeals as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers.context import Context


async def appeal_hiding(context: Context, press: presses.AppealHiding) -> None:
    """Wait for what the author says."""
    await context.show(views.ask(context.t, await context.services.appeals.begin(await context.actor(), press.comment)))


async def on_words(context: Context, words: str) -> None:
    """Show the typed words, which their author sends or not."""
    await context.send(views.confirm(context.t, await context.services.appeals.keep(await context.actor(), words)))


async def send_appeal(context: Context, press: presses.SendAppeal) -> None:
    """Send the words that stand on the screen."""
    view = await context.services.appeals.send(await context.actor(), press.comment, mark=press.mark)
    context.bot_data.wake_outbox()
    context.toast(toasts.appeal_sent(context.t))
    await context.show(views.sent(context.t, view))


async def cancel_appeal(context: Context, press: presses.CancelAppeal) -> None:
    """Send nothing, and show the comment."""
    await context.services.appeals.cancel(await context.actor())
    await context.follow(presses.ReadComment(press.comment))


async def list_appeals(context: Context, press: presses.ListAppeals) -> None:
    """Show the appeals that wait."""
    found = await context.services.appeals.waiting(await context.actor(), press.municipality)
    await context.show(views.waiting(context.t, found))


async def open_appeal(context: Context, press: presses.OpenAppeal) -> None:
    """Show one appeal, and what can be decided."""
    await context.show(views.one(context.t, await context.services.appeals.opened(await context.actor(), press.appeal)))


async def judge_appeal(context: Context, press: presses.JudgeAppeal) -> None:
    """Decide about an appeal, after asking once; then show those that still wait."""
    actor, appeals = await context.actor(), context.services.appeals
    if not press.sure:
        await context.show(views.judge(context.t, await appeals.opened(actor, press.appeal), lift=press.lift))
        return
    judged = await appeals.judge(actor, press.appeal, lift=press.lift)
    context.bot_data.wake_outbox()
    number = judged.view.comment.number
    told = toasts.hiding_lifted if press.lift else toasts.hiding_upheld
    context.toast(told(context.t, number))
    await list_appeals(context, presses.ListAppeals(judged.view.hearing.municipality_id))
