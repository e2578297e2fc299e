"""Files that staff send in the chat: fetched from Telegram, recognised, and handed to whoever knows their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.decision_table import columns as decision_columns
from bot.domain.errors import FileGone, FileTooLarge
from bot.domain.received_files import LARGEST_DOWNLOAD
from bot.entry_sheet import columns as entry_columns
from bot.reports.jobs import JobFailed
from bot.spreadsheets.stamps import RECORD, WORKBOOK
from bot.workbook.checking import RecogniseJob, Recognition
from handlers import decision_table, entry_sheet, protocol_forms, workbooks
from handlers.views import workbooks as views

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from telegram import Document

    from bot.domain.received_files import ReceivedFile
    from handlers.context import Context

    TakeFile = Callable[[Context, ReceivedFile, bytes, Recognition], Awaitable[None]]

TAKERS_BY_KIND: Final[Mapping[str, TakeFile]] = {
    WORKBOOK: workbooks.take,
    RECORD: workbooks.refuse_record,
    decision_columns.FILE_KIND: decision_table.take,
    entry_columns.FILE_KIND: entry_sheet.take,
}
"""Who knows what to do with a file, by the kind that it is stamped with."""


async def on_document(context: Context, document: Document) -> bool:
    """Do what a file of staff is for; False where the sender has no role in which files are sent.

    Everything is done before the update counts as handled: after a crash it comes again, and the file is kept once.
    """
    actor = await context.actor()
    if not await context.services.received_files.takes(actor):
        return False
    if (document.file_size or 0) > LARGEST_DOWNLOAD:
        raise FileTooLarge(LARGEST_DOWNLOAD)
    context.takes_long()
    file = await context.services.received_files.receive(
        actor, source=context.origin.source, file_id=document.file_id, name=document.file_name or ""
    )
    await context.send(views.being_read(context.t, file))
    await _recognise(context, file)
    return True


async def _recognise(context: Context, file: ReceivedFile) -> None:
    content = await context.replies.fetch(file.file_id)
    if content is None:
        raise FileGone
    try:
        found = await context.documents.run(RecogniseJob(content, context.t.language))
    except JobFailed:
        await context.send(views.not_read_now(context.t))
        return
    if not found.kind and await protocol_forms.take(context, file, content):
        return
    await TAKERS_BY_KIND.get(found.kind, workbooks.ask_what_it_is)(context, file, content, found)
