"""A new hearing, what can be changed of one, and deleting a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views import drafts as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers.context import Context


async def new_hearing(context: Context, press: presses.NewHearing) -> None:
    """Show the ways in which a new hearing is put up."""
    home = await context.services.desk.preparing(await context.actor(), press.municipality)
    last = await context.services.drafting.last(await context.actor(), press.municipality)
    await context.show(views.new_hearing(context.t, home.municipality, last))


async def open_draft(context: Context, press: presses.OpenDraft) -> None:
    """Show what comes after a workbook was taken: the preview, publishing."""
    await context.show(
        views.draft(context.t, await context.services.desk.prepared(await context.actor(), press.hearing))
    )


async def change_hearing(context: Context, press: presses.ChangeHearing) -> None:
    """Show what of a hearing can be changed; a text that was asked for is given up."""
    actor = await context.actor()
    overview = await context.services.desk.prepared(actor, press.hearing)
    await context.services.texts.drop(actor)
    await context.show(views.change(context.t, overview))


async def delete_draft(context: Context, press: presses.DeleteDraft) -> None:
    """Delete a draft, after asking once."""
    actor = await context.actor()
    if not press.sure:
        await context.show(views.delete_choice(context.t, await context.services.desk.prepared(actor, press.hearing)))
        return
    municipality = await context.services.received_files.drop_draft(actor, press.hearing)
    context.toast(toasts.draft_deleted(context.t))
    await context.follow(presses.OpenDeskMunicipality(municipality))
