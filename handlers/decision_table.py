"""The table of decisions: taken at the desk, filled in, sent back in the chat, applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import Forbidden
from bot.domain.files import FileKind, FileRequest
from bot.reports.file_names import marked_copy_name
from handlers import presses
from handlers.views import decision_table as views
from handlers.views import toasts
from handlers.views.screen import Paper

if TYPE_CHECKING:
    from bot.domain.received_files import ReceivedFile
    from bot.workbook.checking import Recognition
    from handlers.context import Context


async def take_decision_table(context: Context, press: presses.TakeDecisionTable) -> None:
    """Owe the table as a file, in the language of its reader."""
    await context.actor()
    await context.ask_for_file(FileRequest(FileKind.DECISIONS, press.hearing, (context.t.language,)))


async def take(context: Context, file: ReceivedFile, content: bytes, _found: Recognition) -> None:
    """Show what a table that was sent back would do; of whoever decides nowhere it is refused."""
    if not await context.services.decision_tables.municipalities(await context.actor()):
        raise Forbidden("decision table")
    await on_returned_table(context, file.name, content)


async def on_returned_table(context: Context, name: str, content: bytes) -> None:
    """Show what a table that was sent back would do, or everything that is wrong with it."""
    tables = context.services.decision_tables
    actor = await context.actor()
    municipalities = await tables.municipalities(actor)
    table = await context.documents.returned_table(content, municipalities, context.t.language)
    if table.faults:
        await context.send(views.faults(context.t, table))
        if table.copy is not None:
            copy = marked_copy_name(name, context.t)
            await context.file(Paper(copy, table.copy, caption=views.copy_caption(context.t)))
    else:
        await context.send(views.preview(context.t, await tables.keep(actor, table)))


async def apply_decision_table(context: Context, press: presses.ApplyDecisionTable) -> None:
    """Store the decisions of a table, and say how many there were."""
    context.takes_long()
    done = await context.services.decision_tables.apply(await context.actor(), press.table)
    context.bot_data.wake_outbox()
    context.toast(toasts.saved(context.t))
    await context.show(views.applied(context.t, done))


async def drop_decision_table(context: Context, press: presses.DropDecisionTable) -> None:
    """Let go of a table."""
    hearing = await context.services.decision_tables.drop(await context.actor(), press.table)
    context.toast(toasts.table_dropped(context.t))
    await context.follow(presses.OpenDeskHearing(hearing.id))
