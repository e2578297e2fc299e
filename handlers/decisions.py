"""Decisions on comments in the chat. The services check every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import Decision, Outcome
from handlers import desk, presses
from handlers.views import decisions as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.services.comments import CommentView
    from handlers.context import Context


async def open_decisions(context: Context, press: presses.OpenDecisions) -> None:
    """Show a comment that has no decision, and how many there are."""
    actor = await context.actor()
    queue = await context.services.decisions.queue(actor, press.hearing, offset=press.offset)
    await context.services.decisions.stop(actor)
    await context.show(views.queue(context.t, queue))


async def decide_comment(context: Context, press: presses.DecideComment) -> None:
    """Show one comment with the decision that it has, if any."""
    actor = await context.actor()
    view = await context.services.decisions.find(actor, press.comment)
    await context.services.decisions.stop(actor)
    await context.show(views.one(context.t, view, press.page))


async def pick_outcome(context: Context, press: presses.PickOutcome) -> None:
    """Note the comment, or ask for the reason."""
    actor, decisions = await context.actor(), context.services.decisions
    if press.outcome is Outcome.NOTED:
        noted = Decision(Outcome.NOTED, "")
        view = await decisions.decide(actor, press.comment, noted, edition=press.edition, earlier=press.earlier)
        await _next(context, view)
        return
    wanted = await decisions.begin_reason(
        actor, press.comment, press.outcome, edition=press.edition, earlier=press.earlier
    )
    await context.show(views.ask_reason(context.t, wanted))


async def reuse_reason(context: Context, press: presses.ReuseReason) -> None:
    """Decide with a reason that was given before, then show the next comment."""
    view = await context.services.decisions.reuse_reason(
        await context.actor(),
        press.comment,
        press.outcome,
        press.source,
        edition=press.edition,
        earlier=press.earlier,
    )
    await _next(context, view)


async def on_reason(context: Context, words: str) -> None:
    """Decide with the typed reason, then show the next comment."""
    view = await context.services.decisions.give_reason(await context.actor(), words)
    context.bot_data.wake_outbox()
    queue = await context.services.decisions.queue(await context.actor(), view.hearing.id)
    await context.send(views.queue(context.t, queue, after=view))


async def complete_hearing(context: Context, press: presses.CompleteHearing) -> None:
    """Say that every comment of a hearing is answered, after asking once."""
    actor = await context.actor()
    if not press.sure:
        queue = await context.services.decisions.queue(actor, press.hearing)
        await context.show(views.complete_choice(context.t, queue))
        return
    await context.services.decisions.complete(actor, press.hearing)
    context.toast(toasts.hearing_answered(context.t))
    await desk.open_desk_hearing(context, presses.OpenDeskHearing(press.hearing))


async def _next(context: Context, view: CommentView) -> None:
    context.bot_data.wake_outbox()
    context.toast(toasts.decided(context.t, view.comment.number))
    queue = await context.services.decisions.queue(await context.actor(), view.hearing.id)
    await context.show(views.queue(context.t, queue, after=view))
