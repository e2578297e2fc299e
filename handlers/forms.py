"""Forms to be printed: cards for comments, the questions on paper, the attendance list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.files import FileKind, FileRequest
from handlers.views import forms as views

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def list_forms(context: Context, press: presses.ListForms) -> None:
    """Show which forms there are, and in which languages."""
    found = await context.services.entry_desk.overview(await context.actor(), press.hearing)
    await context.show(views.forms(context.t, found, press.languages))


async def get_form(context: Context, press: presses.GetForm) -> None:
    """Owe the form as a file."""
    await context.actor()
    languages = press.languages.languages
    await context.ask_for_file(FileRequest(FileKind.FORM, press.hearing, languages, form=press.form.value))
