"""Proposed decisions. The services check every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import desk, presses
from handlers.views import proposals as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.services.deciding import DecidedComments
    from handlers.context import Context


async def open_proposals(context: Context, press: presses.OpenProposals) -> None:
    """Show a page of proposals."""
    page = await context.services.proposals.page(await context.actor(), press.hearing, press.page)
    await context.show(views.page(context.t, page))


async def open_proposal(context: Context, press: presses.OpenProposal) -> None:
    """Show one comment with what is proposed on it."""
    found = await context.services.proposals.find(await context.actor(), press.comment)
    await context.show(views.one(context.t, found, press.page))


async def confirm_proposal(context: Context, press: presses.ConfirmProposal) -> None:
    """Store what is proposed, and show the rest."""
    done = await context.services.proposals.confirm(await context.actor(), press.comment, press.mark)
    await _after(context, done)


async def confirm_proposals(context: Context, press: presses.ConfirmProposals) -> None:
    """Store what a page proposes, and show the rest."""
    done = await context.services.proposals.confirm_page(
        await context.actor(), press.hearing, page=press.page, digest=press.seen
    )
    await _after(context, done)


async def send_back_proposal(context: Context, press: presses.SendBackProposal) -> None:
    """Ask what is to be different, or send a proposal back without words."""
    actor, proposals = await context.actor(), context.services.proposals
    if not press.sure:
        await context.show(views.ask_note(context.t, await proposals.begin_note(actor, press.comment, press.mark)))
        return
    sent = await proposals.send_back(actor, press.comment, press.mark)
    context.toast(toasts.proposal_sent_back(context.t))
    await open_proposals(context, presses.OpenProposals(sent.hearing_id))


async def toggle_two_pairs(context: Context, press: presses.ToggleTwoPairs) -> None:
    """Let members of the commission propose, or decide, after asking once."""
    actor, proposals = await context.actor(), context.services.proposals
    if not press.sure:
        await proposals.are_wanted(actor, press.municipality)
        await context.show(views.two_pairs_choice(context.t, press))
        return
    await proposals.want(actor, press.municipality, on=press.on)
    context.toast(toasts.saved(context.t))
    await desk.open_desk_settings(context, presses.OpenDeskSettings(press.municipality))


async def _after(context: Context, done: DecidedComments) -> None:
    context.bot_data.wake_outbox()
    context.toast(toasts.decided(context.t, done))
    page = await context.services.proposals.page(await context.actor(), done.hearing.id)
    await context.show(views.page(context.t, page, said=views.confirmed(context.t, done)))
