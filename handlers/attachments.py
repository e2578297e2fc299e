"""The documents of a hearing: sent on demand, attached and removed by staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.attachments import AttachedFile
from handlers.views import attachments as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def list_documents(context: Context, press: presses.ListDocuments) -> None:
    """Show the documents of a hearing."""
    found = await context.services.attachments.list_of(await context.actor(), press.hearing)
    await context.show(views.documents(context.t, found))


async def get_document(context: Context, press: presses.GetDocument) -> None:
    """Send a document, as Telegram keeps it."""
    attachment = await context.services.attachments.get(await context.actor(), press.document)
    await context.file(views.document(attachment), otherwise=views.lost(context.t, attachment))
    context.toast(toasts.file_sent(context.t))


async def manage_documents(context: Context, press: presses.ManageDocuments) -> None:
    """Show the documents with what staff can do to them."""
    found = await context.services.attachments.manage(await context.actor(), press.hearing)
    await context.show(views.managed(context.t, found))


async def attach_document(context: Context, press: presses.AttachDocument) -> None:
    """Ask for files."""
    hearing = await context.services.attachments.begin(await context.actor(), press.hearing)
    await context.show(views.ask_for_files(context.t, hearing))


async def on_file(context: Context, file: AttachedFile) -> bool:
    """Attach a file where the sender was asked for documents; False where they were not."""
    actor, attachments = await context.actor(), context.services.attachments
    if not (hearing_id := await attachments.awaited(actor)):
        return False
    added = await attachments.add(actor, hearing_id, file, otherwise=views.untitled(context.t, photo=file.photo))
    await context.send(views.added(context.t, added))
    return True


async def keep_as_document(context: Context, press: presses.KeepAsDocument) -> None:
    """Make a document of a file that was sent; ask of which hearing first."""
    actor, files = await context.actor(), context.services.received_files
    file = await files.get(actor, press.file)
    if not press.hearing:
        await context.show(views.ask_whose(context.t, file, await files.targets(actor)))
        return
    sent = AttachedFile(file.file_id, file.file_id, file.name)
    title = views.untitled(context.t, photo=False)
    added = await context.services.attachments.add(actor, press.hearing, sent, otherwise=title)
    await context.show(views.added(context.t, added))


async def remove_document(context: Context, press: presses.RemoveDocument) -> None:
    """Remove a document, after asking once."""
    actor = await context.actor()
    if not press.sure:
        found = await context.services.attachments.removable(actor, press.document)
        await context.show(views.ask_to_remove(context.t, found))
        return
    left = await context.services.attachments.remove(actor, press.document)
    context.toast(toasts.document_removed(context.t))
    await context.show(views.managed(context.t, left))
