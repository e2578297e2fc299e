"""Decisions on comments in the chat. The services check every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import Decision, Outcome
from handlers import desk, presses
from handlers.decision_drafts import after_deciding
from handlers.views import decision_drafts as drafts
from handlers.views import decisions as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers.context import Context


async def open_decisions(context: Context, press: presses.OpenDecisions) -> None:
    """Show a comment that has no decision, and how many there are."""
    queue = await context.services.decisions.queue(await context.actor(), press.hearing, offset=press.offset)
    await context.show(views.queue(context.t, queue))


async def decide_comment(context: Context, press: presses.DecideComment) -> None:
    """Show one comment with the decision that it has, if any."""
    found = await context.services.decisions.find(await context.actor(), press.comment)
    await context.show(views.one(context.t, found, press.page))


async def pick_outcome(context: Context, press: presses.PickOutcome) -> None:
    """Note the comment, or ask for the reason."""
    actor, services = await context.actor(), context.services
    if press.outcome is Outcome.NOTED:
        noted = Decision(Outcome.NOTED, "")
        done = await services.decisions.decide(
            actor, press.comment, noted, edition=press.edition, earlier=press.earlier
        )
        await after_deciding(context, done)
        return
    view = await services.decision_drafts.begin(
        actor, press.comment, press.outcome, edition=press.edition, earlier=press.earlier
    )
    await context.show(drafts.ask(context.t, view))


async def reuse_reason(context: Context, press: presses.ReuseReason) -> None:
    """Show a decision with a reason that was given before, as it would be stored."""
    view = await context.services.decision_drafts.begin(
        await context.actor(),
        press.comment,
        press.outcome,
        edition=press.edition,
        earlier=press.earlier,
        source_id=press.source,
    )
    await context.show(drafts.check(context.t, view))


async def take_back_decision(context: Context, press: presses.TakeBackDecision) -> None:
    """Take a decision back, after asking once."""
    actor, decisions = await context.actor(), context.services.decisions
    if not press.sure:
        found = await decisions.find(actor, press.comment)
        await context.show(views.take_back_choice(context.t, found.view))
        return
    found = await decisions.take_back(actor, press.comment, earlier=press.earlier)
    context.bot_data.wake_outbox()
    context.toast(toasts.decision_taken_back(context.t, found.view.comment.number))
    await context.show(views.one(context.t, found, 0))


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
