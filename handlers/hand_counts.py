"""Votes counted by hand, and people present: from the button to the stored numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.counted_votes import BallotBox
from handlers import presses
from handlers.views import hand_counts as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.domain.entry_drafts import EntryDraft
    from bot.services.hand_counts import BoxView
    from bot.services.incoming_message import IncomingMessage
    from handlers.context import Context


async def choose_count_channel(context: Context, press: presses.ChooseCountChannel) -> None:
    """Ask how the votes were given."""
    hearing = await context.services.entries.offer(await context.actor(), press.hearing)
    await context.show(views.channels(context.t, hearing))


async def choose_count_village(context: Context, press: presses.ChooseCountVillage) -> None:
    """Ask in which village they were counted."""
    shown = await _box(context, press.hearing, BallotBox(press.channel))
    await context.show(views.villages(context.t, shown, press.page))


async def open_box(context: Context, press: presses.OpenBox) -> None:
    """Show a ballot box, with the questions that were counted and those that were not."""
    box = BallotBox(press.channel, press.village, press.box)
    await context.show(views.box(context.t, await _box(context, press.hearing, box)))


async def count_votes(context: Context, press: presses.CountVotes) -> None:
    """Wait for the numbers of a question."""
    box = BallotBox(press.channel, press.village, press.box)
    view = await context.services.hand_counts.begin_votes(await context.actor(), press.hearing, box, press.question)
    await context.show(views.ask_votes(context.t, view))


async def remove_count(context: Context, press: presses.RemoveCount) -> None:
    """Take the count of a question out, after asking once."""
    box = BallotBox(press.channel, press.village, press.box)
    if not press.sure:
        shown = await _box(context, press.hearing, box)
        await context.show(views.remove_votes(context.t, shown, press))
        return
    await context.services.hand_counts.remove_votes(await context.actor(), press.hearing, box, press.question)
    context.toast(toasts.entry_removed(context.t))
    await open_box(context, presses.OpenBox(press.hearing, press.channel, press.village, press.box))


async def count_people(context: Context, press: presses.CountPeople) -> None:
    """Wait for the people present at a sitting; where there are several ask at which."""
    actor = await context.actor()
    hearing = await context.services.entries.offer(actor, press.hearing)
    if not press.sitting and len(hearing.dossier.sittings) > 1:
        zone = (await context.services.directory.tree()).zone(hearing.municipality_id)
        await context.show(views.sittings(context.t, hearing, zone))
        return
    view = await context.services.hand_counts.begin_people(actor, press.hearing, press.sitting)
    await context.show(views.ask_people(context.t, view))


async def remove_people(context: Context, press: presses.RemovePeople) -> None:
    """Take the people present at a sitting out, after asking once."""
    actor = await context.actor()
    if not press.sure:
        hearing = await context.services.entries.offer(actor, press.hearing)
        await context.show(views.remove_people(context.t, hearing, press.sitting))
        return
    await context.services.hand_counts.remove_people(actor, press.hearing, press.sitting)
    context.toast(toasts.entry_removed(context.t))
    await context.follow(presses.OpenEntries(press.hearing))


async def save_count(context: Context, press: presses.SaveCount) -> None:
    """Store the numbers that were typed."""
    view = await context.services.hand_counts.save(await context.actor(), press.hearing)
    context.toast(toasts.saved(context.t))
    if view.question is None:
        await context.follow(presses.OpenEntries(press.hearing))
        return
    draft = view.draft
    await open_box(context, presses.OpenBox(press.hearing, draft.channel, draft.village_id, draft.box))


async def on_numbers(context: Context, draft: EntryDraft, incoming: IncomingMessage) -> None:
    """Show the typed numbers with what they are for, before they are stored."""
    view = await context.services.hand_counts.receive(await context.actor(), draft, incoming)
    await context.show(views.check(context.t, view))


async def _box(context: Context, hearing_id: int, box: BallotBox) -> BoxView:
    return await context.services.hand_counts.box(await context.actor(), hearing_id, box)
