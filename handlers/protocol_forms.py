"""The form of a municipality's protocols: taken, sent back with a letterhead, tried, used, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.errors import FileGone
from bot.reports.jobs import JobFailed
from bot.reports.protocol.jobs import CheckFormJob, OwnFormJob
from handlers.presses import ReportLanguages
from handlers.views import protocol_forms as views
from handlers.views import toasts
from handlers.views import workbooks as file_views
from handlers.views.screen import Paper

if TYPE_CHECKING:
    from bot.domain.received_files import ReceivedFile
    from bot.reports.protocol.jobs import CheckedForm
    from handlers import presses
    from handlers.context import Context

ENDING: Final = ".docx"


async def open_protocol_form(context: Context, press: presses.OpenProtocolForm) -> None:
    """Show the form of a municipality."""
    found = await context.services.protocol_forms.get(await context.actor(), press.municipality)
    await context.show(views.form(context.t, found))


async def get_protocol_form(context: Context, press: presses.GetProtocolForm) -> None:
    """Send the municipality's form, or ours in the languages asked for."""
    found = await context.services.protocol_forms.get(await context.actor(), press.municipality)
    await context.replies.typing(context.origin.chat_id, "upload_document")
    if found.form is not None and press.languages is ReportLanguages.READER:
        name, content = found.form.name, found.form.content
    else:
        chosen = press.languages.chosen(context.t.language)
        name = f"{'-'.join(chosen)}{ENDING}"
        try:
            content = await context.documents.run(OwnFormJob(chosen))
        except JobFailed:
            context.toast(file_views.not_made(context.t), alert=True)
            return
    await context.file(Paper(name, content, caption=views.form_caption(context.t)))
    context.toast(toasts.being_made(context.t))


async def take(context: Context, file: ReceivedFile, content: bytes) -> bool:
    """Try a form with a sample, and ask whether it is to be used; False for a file that is none."""
    places = await context.services.protocol_forms.municipalities(await context.actor())
    if not places or not (checked := await _checked(context, content)):
        return False
    if checked.faults:
        await context.send(views.faults(context.t, file, checked.faults))
    else:
        name = file.name if file.name.lower().endswith(ENDING) else f"form{ENDING}"
        await context.file(Paper(name, checked.document, caption=views.sample_caption(context.t)))
        await context.send(views.ask_to_use(context.t, file, places))
    return True


async def use_protocol_form(context: Context, press: presses.UseProtocolForm) -> None:
    """Make protocols from a form that was sent, once it was tried anew."""
    actor = await context.actor()
    await context.services.protocol_forms.get(actor, press.municipality)
    file = await context.services.received_files.get(actor, press.file)
    content = await context.replies.fetch(file.file_id)
    checked = await _checked(context, content) if content is not None else None
    if content is None or checked is None:
        raise FileGone
    if checked.faults:
        await context.show(views.faults(context.t, file, checked.faults))
        return
    stored = await context.services.protocol_forms.put(actor, press.municipality, file.name, content)
    context.toast(toasts.saved(context.t))
    await context.show(views.form(context.t, stored))


async def remove_protocol_form(context: Context, press: presses.RemoveProtocolForm) -> None:
    """Make protocols from our form again, after asking once."""
    actor, forms = await context.actor(), context.services.protocol_forms
    if not press.sure:
        await context.show(views.ask_to_remove(context.t, await forms.get(actor, press.municipality)))
        return
    left = await forms.remove(actor, press.municipality)
    context.toast(toasts.saved(context.t))
    await context.show(views.form(context.t, left))


async def _checked(context: Context, content: bytes) -> CheckedForm | None:
    """What a file is as a form; None where it is none, or could not be looked over."""
    try:
        checked = await context.documents.run(CheckFormJob(content))
    except JobFailed:
        return None
    return checked if checked.faults or checked.document else None
