"""A decision in the making. The services check every permission: a press may be forged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bot.domain.decision_drafts import DecisionDraft, DecisionField
from bot.domain.errors import NotFound, StaleButton
from bot.domain.programme import DraftPoint
from handlers import presses
from handlers.views import decision_drafts as views
from handlers.views import decisions, proposals, toasts
from handlers.views.decision_drafts import name_mark

if TYPE_CHECKING:
    from bot.services.deciding import DecidedComments
    from handlers.context import Context

WAITING_PRESSES: Final = (
    presses.PickOutcome,
    presses.PickForMarked,
    presses.WriteDecision,
    presses.ChooseResponsible,
    presses.ChooseDue,
    presses.SendBackProposal,
    presses.PlayComment,
)
"""Presses after which words are still taken for a decision: every other screen ends the wait for them."""


async def on_screen(context: Context) -> None:
    """Wait no longer for words of a decision, where another screen was opened."""
    actor = await context.actor()
    if (actor.grants or actor.administrator) and not isinstance(context.press, WAITING_PRESSES):
        await context.services.decision_drafts.stop(actor)


async def on_decision_words(context: Context, words: str) -> None:
    """Put typed words where they belong, and show the decision before it is stored; or send a proposal back."""
    actor = await context.actor()
    draft = DecisionDraft.of(await context.services.pending_inputs.find(actor))
    if draft is not None and draft.awaits is DecisionField.NOTE:
        sent = await context.services.proposals.give_note(actor, words)
        page = await context.services.proposals.page(actor, sent.hearing_id)
        await context.send(proposals.page(context.t, page, said=proposals.sent_back(context.t)))
        return
    await context.send(views.check(context.t, await context.services.decision_drafts.give_words(actor, words)))


async def review_decision(context: Context, press: presses.ReviewDecision) -> None:
    """Show the decision as it would be stored."""
    view = await context.services.decision_drafts.view(await context.actor(), press.draft)
    await context.show(views.check(context.t, view))


async def write_decision(context: Context, press: presses.WriteDecision) -> None:
    """Wait for the words of a field."""
    if press.field not in (DecisionField.REASON, DecisionField.RESPONSIBLE, DecisionField.DUE):
        raise StaleButton
    view = await context.services.decision_drafts.view(await context.actor(), press.draft, awaits=press.field)
    await context.show(views.ask(context.t, view))


async def use_reason(context: Context, press: presses.UseReason) -> None:
    """Take a reason that was given before, and show the decision before it is stored."""
    view = await context.services.decision_drafts.reuse_reason(await context.actor(), press.draft, press.source)
    await context.show(views.check(context.t, view))


async def choose_responsible(context: Context, press: presses.ChooseResponsible) -> None:
    """Ask who is responsible: by a button, or in words."""
    drafts = context.services.decision_drafts
    view = await drafts.view(await context.actor(), press.draft, awaits=DecisionField.RESPONSIBLE)
    await context.show(views.ask(context.t, view))


async def set_responsible(context: Context, press: presses.SetResponsible) -> None:
    """Set who is responsible."""
    actor, drafts = await context.actor(), context.services.decision_drafts
    view = await drafts.view(actor, press.draft)
    who = next((each for each in view.responsibles if name_mark(each) == press.who), "")
    if press.who and not who:
        raise StaleButton
    await context.show(views.check(context.t, await drafts.set_responsible(actor, press.draft, who)))


async def choose_due(context: Context, press: presses.ChooseDue) -> None:
    """Ask until when: by a button, or in words."""
    view = await context.services.decision_drafts.view(await context.actor(), press.draft, awaits=DecisionField.DUE)
    await context.show(views.ask(context.t, view))


async def set_due(context: Context, press: presses.SetDue) -> None:
    """Set the day until which it is done."""
    if press.day and not date.min.toordinal() <= press.day <= date.max.toordinal():
        raise NotFound("day", press.day)
    day = date.fromordinal(press.day) if press.day else None
    view = await context.services.decision_drafts.set_due(await context.actor(), press.draft, day)
    await context.show(views.check(context.t, view))


async def choose_changes(context: Context, press: presses.ChooseChanges) -> None:
    """Ask what of the drafts it changes."""
    view = await context.services.decision_drafts.view(await context.actor(), press.draft)
    await context.show(views.points(context.t, view, press.page))


async def set_changes(context: Context, press: presses.SetChanges) -> None:
    """Set what of the drafts it changes."""
    point = DraftPoint.parse(press.code.upper().replace("-", "."))
    view = await context.services.decision_drafts.set_changes(await context.actor(), press.draft, point)
    await context.show(views.check(context.t, view))


async def store_decision(context: Context, press: presses.StoreDecision) -> None:
    """Store the decision, or propose it, and show the next comment without one."""
    await after_deciding(context, await context.services.decision_drafts.store(await context.actor(), press.draft))


async def after_deciding(context: Context, done: DecidedComments) -> None:
    """Say what was stored and what was not, and show the next comment."""
    context.bot_data.wake_outbox()
    context.toast(toasts.decided(context.t, done))
    queue = await context.services.decisions.queue(await context.actor(), done.hearing.id)
    await context.show(decisions.queue(context.t, queue, after=done))
