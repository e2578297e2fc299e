"""The entry sheet: taken at the desk, filled in, sent back in the chat, looked at, applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.errors import FileGone, Forbidden
from bot.domain.files import FileKind, FileRequest
from bot.reports.file_names import marked_copy_name
from bot.reports.jobs import JobFailed, ReturnedSheetJob
from handlers.views import entry_sheet as views
from handlers.views import toasts, workbooks
from handlers.views.screen import Paper

if TYPE_CHECKING:
    from bot.domain.received_files import ReceivedFile
    from bot.reports.returned_sheet import ReturnedSheet
    from bot.workbook.checking import Recognition
    from handlers import presses
    from handlers.context import Context

LONGEST_STEM: Final = 60


async def take_entry_sheet(context: Context, press: presses.TakeEntrySheet) -> None:
    """Owe the sheet as a file, in the language of its reader."""
    await context.actor()
    await context.ask_for_file(FileRequest(FileKind.ENTRIES, press.hearing, (context.t.language,)))


async def take(context: Context, file: ReceivedFile, content: bytes, found: Recognition) -> None:
    """Show what a sheet that was sent back would do, or everything that is wrong with it; without its stamp ask."""
    if found.stamp is not None:
        await _preview(context, file, content)
        return
    hearings = await context.services.entry_sheets.hearings(await context.actor())
    await context.send(views.which_hearing(context.t, file, hearings))


async def load_entry_sheet(context: Context, press: presses.LoadEntrySheet) -> None:
    """Show what a sheet would do to the hearing of which its sender says it is."""
    file = await context.services.received_files.get(await context.actor(), press.file)
    await _preview(context, file, await _fetched(context, file), hearing=press.hearing)


async def _preview(context: Context, file: ReceivedFile, content: bytes, *, hearing: int = 0) -> None:
    read = await _read(context, content, hearing)
    if read.errors:
        await _show_faults(context, file, read)
        return
    found = await context.services.entry_sheets.compare(await context.actor(), read.sheet)
    screen = views.preview(context.t, found, file.id, read.warnings, named=bool(hearing))
    await (context.send(screen) if context.origin.query_id is None else context.show(screen))


async def apply_entry_sheet(context: Context, press: presses.ApplyEntrySheet) -> None:
    """Store a sheet as it was shown; where it would do something else by now, show that."""
    context.takes_long()
    actor = await context.actor()
    file = await context.services.received_files.get(actor, press.file)
    read = await _read(context, await _fetched(context, file), press.hearing)
    if read.errors:
        await _show_faults(context, file, read)
        return
    done = await context.services.entry_sheets.apply(actor, read.sheet, check=press.check, twins=press.twins)
    if done.applied:
        context.toast(toasts.saved(context.t))
        await context.show(views.applied(context.t, done))
    else:
        named = bool(press.hearing)
        await context.show(views.preview(context.t, done, file.id, read.warnings, again=True, named=named))


async def _fetched(context: Context, file: ReceivedFile) -> bytes:
    if (content := await context.replies.fetch(file.file_id)) is None:
        raise FileGone
    return content


async def _read(context: Context, content: bytes, hearing: int) -> ReturnedSheet:
    """What the file says, without a stamp of that ``hearing``; of whoever enters nowhere it is refused."""
    municipalities = await context.services.entry_sheets.municipalities(await context.actor())
    if not municipalities:
        raise Forbidden("entry sheet")
    try:
        return await context.documents.run(ReturnedSheetJob(content, municipalities, context.t.language, hearing))
    except JobFailed:
        raise FileGone from None


async def _show_faults(context: Context, file: ReceivedFile, read: ReturnedSheet) -> None:
    """Show every mistake, and send the sheet back with its cells marked where that can be done."""
    noted = await context.services.received_files.note_faults(await context.actor(), file.id, read.errors)
    if read.copy is not None:
        name = marked_copy_name(file.name, context.t)
        await context.file(Paper(name, read.copy, caption=workbooks.copy_caption(context.t)))
    screen = workbooks.faults(context.t, noted)
    await (context.send(screen) if context.origin.query_id is None else context.show(screen))
