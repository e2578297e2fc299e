"""What staff enter for somebody: from the button to the number, and the word that it is all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.domain.comments import Channel
from bot.domain.entry_drafts import EntryDraft, EntryField
from bot.domain.errors import NotFound
from bot.domain.questions import About
from bot.domain.subjects import subject_numbers
from handlers import hand_counts, presses
from handlers.views import entries as views
from handlers.views import entry_writing as writing
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.services.incoming_message import IncomingMessage
    from handlers.context import Context


async def open_entries(context: Context, press: presses.OpenEntries) -> None:
    """Show all that was entered for a hearing."""
    found = await context.services.entry_desk.overview(await context.actor(), press.hearing)
    await context.show(views.overview(context.t, found))


async def choose_entry_channel(context: Context, press: presses.ChooseEntryChannel) -> None:
    """Ask how a comment came."""
    hearing = await context.services.entries.offer(await context.actor(), press.hearing)
    await context.show(writing.channels(context.t, hearing))


async def choose_entry_kind(context: Context, press: presses.ChooseEntryKind) -> None:
    """Ask of which kind it is; of something said in the hall first at which of several sittings."""
    hearing = await context.services.entries.offer(await context.actor(), press.hearing)
    several = len(hearing.dossier.sittings) > 1
    if press.channel is Channel.HALL and several and not press.sitting:
        zone = (await context.services.directory.tree()).zone(hearing.municipality_id)
        await context.show(writing.sittings(context.t, hearing, zone))
        return
    await context.show(writing.kinds(context.t, hearing, press))


async def choose_entry_subject(context: Context, press: presses.ChooseEntrySubject) -> None:
    """Ask what it is about."""
    hearing = await context.services.entries.offer(await context.actor(), press.hearing)
    await context.show(writing.subjects(context.t, hearing, press))


async def list_entry_subjects(context: Context, press: presses.ListEntrySubjects) -> None:
    """Ask about which service, budget line or agenda item it is."""
    hearing = await context.services.entries.offer(await context.actor(), press.hearing)
    if not subject_numbers(hearing.dossier, press.about):
        raise NotFound("subject", press.about)
    await context.show(writing.subject_list(context.t, hearing, press))


async def write_entry(context: Context, press: presses.WriteEntry) -> None:
    """Wait for its words."""
    draft = EntryDraft(
        press.hearing,
        channel=press.channel,
        sitting=press.sitting,
        kind=press.kind,
        about=About(press.about, press.no),
    )
    view = await context.services.entries.begin(await context.actor(), draft)
    await context.show(writing.ask(context.t, view))


async def check_entry(context: Context, press: presses.CheckEntry) -> None:
    """Show what is being entered, before it is stored."""
    await context.show(
        writing.check(context.t, await context.services.entries.draft(await context.actor(), press.hearing))
    )


async def ask_entry_field(context: Context, press: presses.AskEntryField) -> None:
    """Wait for one more thing about it."""
    if press.field not in writing.ASKED_FIELDS:
        raise NotFound("field", press.field)
    actor = await context.actor()
    view = await context.services.entries.change_draft(actor, press.hearing, waits_for=press.field)
    await context.show(writing.ask(context.t, view))


async def choose_entry_day(context: Context, press: presses.ChooseEntryDay) -> None:
    """Ask on which day it was given."""
    view = await context.services.entries.draft(await context.actor(), press.hearing)
    await context.show(writing.days(context.t, view, press.page))


async def set_entry_day(context: Context, press: presses.SetEntryDay) -> None:
    """Store that day with it."""
    if not date.min.toordinal() <= press.day <= date.max.toordinal():
        raise NotFound("day", press.day)
    actor, day = await context.actor(), date.fromordinal(press.day)
    await context.services.entries.change_draft(actor, press.hearing, given_on=day)
    await check_entry(context, presses.CheckEntry(press.hearing))


async def save_entry(context: Context, press: presses.SaveEntry) -> None:
    """Store it, and say which number to write on the paper."""
    view = await context.services.entries.save(await context.actor(), press.hearing, sure=press.sure)
    context.toast(toasts.entry_saved(context.t, view.comment.number))
    await context.show(writing.saved(context.t, view))


async def give_up_entry(context: Context, press: presses.GiveUpEntry) -> None:
    """Forget it."""
    await context.services.entries.give_up(await context.actor())
    context.toast(toasts.nothing_sent(context.t))
    await open_entries(context, presses.OpenEntries(press.hearing))


async def list_entries(context: Context, press: presses.ListEntries) -> None:
    """Show the comments that were entered."""
    page = await context.services.entries.page(await context.actor(), press.hearing, offset=press.offset)
    await context.show(views.listing(context.t, page))


async def open_entry(context: Context, press: presses.OpenEntry) -> None:
    """Show one of them."""
    await context.show(views.entry(context.t, await context.services.entries.get(await context.actor(), press.comment)))


async def change_entry(context: Context, press: presses.ChangeEntry) -> None:
    """Begin to change one of them."""
    await context.show(
        writing.check(context.t, await context.services.entries.change(await context.actor(), press.comment))
    )


async def remove_entry(context: Context, press: presses.RemoveEntry) -> None:
    """Take one of them out, after asking once."""
    actor = await context.actor()
    if not press.sure:
        await context.show(views.remove(context.t, await context.services.entries.get(actor, press.comment)))
        return
    view = await context.services.entries.remove(actor, press.comment)
    context.toast(toasts.entry_removed(context.t))
    await list_entries(context, presses.ListEntries(view.hearing.id))


async def close_entries(context: Context, press: presses.CloseEntries) -> None:
    """Say that everything is entered, after asking once."""
    actor = await context.actor()
    if press.sure:
        await context.services.entry_desk.close(actor, press.hearing)
        context.toast(toasts.all_entered(context.t))
        await open_entries(context, presses.OpenEntries(press.hearing))
        return
    found = await context.services.entry_desk.closing(actor, press.hearing)
    await context.show(views.close(context.t, found))


async def reopen_entries(context: Context, press: presses.ReopenEntries) -> None:
    """Take that back, after asking once."""
    actor = await context.actor()
    if press.sure:
        await context.services.entry_desk.reopen(actor, press.hearing)
        context.toast(toasts.entries_reopened(context.t))
        await open_entries(context, presses.OpenEntries(press.hearing))
        return
    found = await context.services.entry_desk.closing(actor, press.hearing)
    await context.show(views.reopen(context.t, found))


async def on_entry(context: Context, draft: EntryDraft, incoming: IncomingMessage) -> None:
    """Take what is typed, spoken or photographed, and show all that is being entered."""
    if draft.waits_for in (EntryField.VOTES, EntryField.PEOPLE):
        await hand_counts.on_numbers(context, draft, incoming)
        return
    await context.services.entries.receive(await context.actor(), draft, incoming)
    await check_entry(context, presses.CheckEntry(draft.hearing_id))
