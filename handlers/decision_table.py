"""The table of decisions: taken at the desk, filled in, sent back in the chat, applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import TelegramError

from bot.domain.errors import FileTooLarge
from bot.domain.files import FileKind, FileRequest
from handlers import presses
from handlers.views import decision_table as views
from handlers.views import toasts

if TYPE_CHECKING:
    from telegram import Document

    from handlers.context import Context

log = structlog.get_logger(__name__)

LARGEST_DOWNLOAD: Final = 20_000_000
"""Bytes that Telegram lets a bot download."""
SPREADSHEET_ENDINGS: Final = frozenset({"xlsx", "xlsm", "xlsb", "xls", "ods"})
SPREADSHEET_TYPES: Final = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.ms-excel",
    }
)


async def take_decision_table(context: Context, press: presses.TakeDecisionTable) -> None:
    """Owe the table as a file, in the language of its reader."""
    await context.actor()
    await context.ask_for_file(FileRequest(FileKind.DECISIONS, press.hearing, (context.t.language,)))


async def on_document(context: Context, document: Document) -> bool:
    """Read a spreadsheet that whoever decides somewhere has sent; False for other people and other files."""
    if not _is_spreadsheet(document):
        return False
    if not await context.services.decision_tables.municipalities(await context.actor()):
        return False
    if (document.file_size or 0) > LARGEST_DOWNLOAD:
        raise FileTooLarge(LARGEST_DOWNLOAD)
    await context.replies.typing(context.origin.chat_id, "typing")
    try:
        file = await context.bot.get_file(document.file_id)
        content = bytes(await file.download_as_bytearray())
    except TelegramError as error:
        log.warning("a table could not be downloaded", error=type(error).__name__)
        await context.send(views.not_downloaded(context.t))
    else:
        await on_returned_table(context, content)
    return True


def _is_spreadsheet(document: Document) -> bool:
    """By its name, where it has one: what phones say of its type is often wrong."""
    ending = (document.file_name or "").rpartition(".")[2].lower()
    return ending in SPREADSHEET_ENDINGS or (document.mime_type or "") in SPREADSHEET_TYPES


async def on_returned_table(context: Context, content: bytes) -> None:
    """Show what a table that was sent back would do, or everything that is wrong with it."""
    tables = context.services.decision_tables
    actor = await context.actor()
    table = await context.documents.returned_table(content, await tables.municipalities(actor))
    if table.faults:
        await context.send(views.faults(context.t, table))
    else:
        await context.send(views.preview(context.t, await tables.keep(actor, table)))


async def apply_decision_table(context: Context, press: presses.ApplyDecisionTable) -> None:
    """Store the decisions of a table, and say how many there were."""
    done = await context.services.decision_tables.apply(await context.actor(), press.table)
    context.toast(toasts.saved(context.t))
    await context.show(views.applied(context.t, done))


async def drop_decision_table(context: Context, press: presses.DropDecisionTable) -> None:
    """Let go of a table."""
    hearing = await context.services.decision_tables.drop(await context.actor(), press.table)
    context.toast(toasts.table_dropped(context.t))
    await context.follow(presses.OpenDeskHearing(hearing.id))
