"""The journal on the desk, and as a file. The service checks the permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.journal import csv_file
from handlers.views import journal as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def open_journal(context: Context, press: presses.OpenJournal) -> None:
    """Show a page of what was done."""
    found = await context.services.journal.page(await context.actor(), press.municipality, press.page)
    await context.show(views.journal(context.t, found))


async def download_journal(context: Context, press: presses.DownloadJournal) -> None:
    """Send all of it as a file."""
    found = await context.services.journal.everything(await context.actor(), press.municipality)
    context.toast(toasts.file_sent(context.t))
    await context.file(views.paper(context.t, found, csv_file(context.t, found)))
