"""The workbook of a hearing in the chat: taken empty or as it stands, sent, checked, and applied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import FileGone, Forbidden, HearingOver, MeaningChanged, NotFound
from bot.domain.hearings import Phase
from bot.domain.languages import KY, RU, UZ
from bot.domain.revisions import renewed, succeeding
from bot.reports.file_names import (
    TEMPLATE_FILE,
    WORKBOOK_FILE,
    hearing_file_name,
    marked_copy_name,
    municipality_file_name,
)
from bot.reports.jobs import JobFailed
from bot.spreadsheets.stamps import WORKBOOK, Stamp
from bot.workbook.checking import CheckJob, FillJob, TemplateJob
from bot.workbook.per_head import PerHead
from handlers import presses
from handlers.views import corrections, toasts
from handlers.views import workbooks as views
from handlers.views.screen import Paper

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier
    from bot.domain.places import Place
    from bot.domain.received_files import ReceivedFile
    from bot.services.received_files import FilePurpose
    from bot.workbook.checking import CheckedWorkbook, Recognition
    from handlers.context import Context
    from handlers.views.screen import Screen


async def get_template(context: Context, press: presses.GetTemplate) -> None:
    """Send an empty workbook; its headings are in the secretary's language."""
    home = await context.services.desk.preparing(await context.actor(), press.municipality)
    languages = tuple(dict.fromkeys((context.t.language, KY, RU, UZ)))
    await context.replies.typing(context.origin.chat_id, "upload_document")
    try:
        content = await context.documents.run(TemplateJob(languages))
    except JobFailed:
        context.toast(views.not_made(context.t), alert=True)
        return
    name = municipality_file_name(home.municipality, (TEMPLATE_FILE,), (context.t,), extension="xlsx")
    await context.file(Paper(name, content, caption=views.template_caption(context.t)))
    context.toast(toasts.being_made(context.t))


async def get_workbook(context: Context, press: presses.GetWorkbook) -> None:
    """Send the workbook of a hearing as it stands."""
    shown = await context.services.desk.prepared(await context.actor(), press.hearing)
    hearing = shown.hearing
    stamp = Stamp(WORKBOOK, hearing.id, hearing.version)
    villages = await _villages(context, hearing.municipality_id)
    job = FillJob(hearing.dossier, context.t.language, shown.zone.key, stamp, villages)
    await context.replies.typing(context.origin.chat_id, "upload_document")
    try:
        content = await context.documents.run(job)
    except JobFailed:
        context.toast(views.not_made(context.t), alert=True)
        return
    place = shown.municipality.name
    name = hearing_file_name(hearing, place, (WORKBOOK_FILE,), (context.t,), zone=shown.zone, extension="xlsx")
    await context.file(Paper(name, content, caption=views.workbook_caption(context.t)))
    context.toast(toasts.being_made(context.t))


async def send_workbook(context: Context, press: presses.SendWorkbook) -> None:
    """Ask for the workbook of a new hearing."""
    await context.services.received_files.expect(await context.actor(), press.municipality)
    await context.show(views.send_file(context.t, presses.NewHearing(press.municipality)))


async def send_correction(context: Context, press: presses.SendCorrection) -> None:
    """Ask for the corrected workbook of a hearing."""
    actor = await context.actor()
    shown = await context.services.desk.prepared(actor, press.hearing)
    await context.services.received_files.expect(actor, shown.municipality.id, press.hearing)
    await context.show(views.send_file(context.t, presses.ChangeHearing(press.hearing), shown.hearing))


async def take(context: Context, file: ReceivedFile, content: bytes, found: Recognition) -> None:
    """Check a workbook for what it is stamped, or was awaited, or can only be for; where that is not sure, ask."""
    actor, files = await context.actor(), context.services.received_files
    stamp = found.stamp or Stamp(WORKBOOK)
    if not stamp.hearing:
        targets = await files.targets(actor)
        if not file.municipality_id and len(targets.municipalities) == 1 and not targets.hearings:
            await files.choose(actor, file.id, municipality_id=targets.municipalities[0].id)
        elif not file.municipality_id:
            await context.send(views.which_file(context.t, file, targets))
            return
    elif file.municipality_id and file.hearing_id != stamp.hearing:  # awaited for something else
        await context.send(views.which_file(context.t, file, await files.targets(actor)))
        return
    else:
        try:
            await files.choose(actor, file.id, hearing_id=stamp.hearing)
        except (Forbidden, NotFound, HearingOver):
            await context.send(views.of_another(context.t, file, await files.targets(actor)))
            return
    await _check(context, file.id, content, edition=stamp.edition)


async def ask_what_it_is(context: Context, file: ReceivedFile, _content: bytes, found: Recognition) -> None:
    """Say that a file is none that the bot knows, and what can be done with it."""
    targets = await context.services.received_files.targets(await context.actor())
    await context.send(views.unknown_file(context.t, file, targets, found.fault))


async def refuse_record(context: Context, file: ReceivedFile, _content: bytes, _found: Recognition) -> None:
    """Say that a record is only read."""
    targets = await context.services.received_files.targets(await context.actor())
    await context.send(views.unknown_file(context.t, file, targets, views.is_record(context.t)))


async def load_as_new(context: Context, press: presses.LoadAsNew) -> None:
    """Check a file as the workbook of a new hearing."""
    actor = await context.actor()
    await context.services.received_files.choose(actor, press.file, municipality_id=press.municipality)
    await _check(context, press.file)


async def load_as_correction(context: Context, press: presses.LoadAsCorrection) -> None:
    """Check a file as the corrected workbook of a hearing."""
    await context.services.received_files.choose(await context.actor(), press.file, hearing_id=press.hearing)
    await _check(context, press.file)


async def see_faults(context: Context, press: presses.SeeFaults) -> None:
    """Show a page of what is wrong with a file."""
    file = await context.services.received_files.get(await context.actor(), press.file)
    await context.show(views.faults(context.t, file, press.page))


async def apply_workbook(context: Context, press: presses.ApplyWorkbook) -> None:
    """Take a workbook as it was shown, once."""
    actor = await context.actor()
    purpose = await context.services.received_files.purpose(actor, press.file)
    if purpose.file.loaded_id:
        await context.follow(presses.OpenDraft(purpose.file.loaded_id))
        return
    checked = await _checked(context, purpose, await _fetched(context, purpose.file))
    if checked.dossier is None:
        await _show_faults(context, purpose, checked)
    elif purpose.hearing is None:
        hearing = await context.services.received_files.load(actor, press.file, checked.dossier)
        context.toast(toasts.draft_stored(context.t))
        await context.follow(presses.OpenDraft(hearing.id))
    else:
        try:
            await context.services.announcements.revise(
                actor, purpose.hearing.id, checked.dossier, as_new_version=press.anew, version=press.version
            )
        except MeaningChanged:
            await _compare(context, purpose, checked)
            return
        context.bot_data.wake_outbox()
        context.toast(toasts.workbook_applied(context.t))
        await context.follow(presses.OpenDraft(purpose.hearing.id))


async def _check(context: Context, file_id: int, content: bytes | None = None, *, edition: int = 0) -> None:
    """Read a workbook for what it is for, and show what came of it; it was taken of that ``edition`` (0: not known)."""
    actor, files = await context.actor(), context.services.received_files
    purpose = await files.purpose(actor, file_id)
    if purpose.file.loaded_id:
        await _answer(context, views.loaded_already(context.t, purpose.file.loaded_id))
        return
    checked = await _checked(context, purpose, content or await _fetched(context, purpose.file))
    if checked.dossier is None:
        await _show_faults(context, purpose, checked)
    elif purpose.hearing is not None:
        await _compare(context, purpose, checked, is_old=0 < edition < purpose.hearing.version)
    else:
        await _offer(context, purpose, checked, checked.dossier)


async def _offer(context: Context, purpose: FilePurpose, checked: CheckedWorkbook, dossier: Dossier) -> None:
    """Make a draft of a new hearing, where there are no warnings to be accepted first."""
    actor, file = await context.actor(), purpose.file
    same = await context.services.hearings.find_same(actor, purpose.municipality.id, dossier)
    if same is not None:
        await _answer(context, views.loaded_already(context.t, same.id))
    elif checked.warnings:
        await _answer(context, views.warnings(context.t, purpose, checked))
    else:
        hearing = await context.services.received_files.load(actor, file.id, dossier)
        await _answer(context, views.stored(context.t, hearing, checked))


async def _compare(context: Context, purpose: FilePurpose, checked: CheckedWorkbook, *, is_old: bool = False) -> None:
    """Show what a corrected workbook changes, item by item, before anything is stored."""
    hearing, dossier = purpose.hearing, checked.dossier
    assert hearing is not None
    assert dossier is not None
    compared = await context.services.announcements.compare(await context.actor(), hearing.id, dossier)
    after = succeeding(hearing.dossier, dossier)
    if renewed(hearing.dossier, after, compared.questions, hearing.version) == hearing.dossier:
        await _answer(context, views.says_the_same(context.t, hearing))
        return
    if hearing.phase is Phase.DRAFT:
        compared = replace(compared, voters={}, comments={})
    await _answer(context, corrections.comparison(context.t, purpose, checked, compared, is_old=is_old))


async def _checked(context: Context, purpose: FilePurpose, content: bytes) -> CheckedWorkbook:
    hearing = purpose.hearing
    job = CheckJob(
        content,
        context.t.language,
        purpose.zone.key,
        PerHead(purpose.population, *context.bot_data.per_head),
        Stamp(WORKBOOK, hearing.id, hearing.version) if hearing else Stamp(WORKBOOK),
        opens_at=hearing.dossier.opens_at if hearing else None,
        villages=await _villages(context, purpose.municipality.id),
    )
    try:
        return await context.documents.run(job)
    except JobFailed:
        raise FileGone from None


async def _villages(context: Context, municipality_id: int) -> tuple[Place, ...]:
    return (await context.services.directory.tree()).villages(municipality_id)


async def _fetched(context: Context, file: ReceivedFile) -> bytes:
    if (content := await context.replies.fetch(file.file_id)) is None:
        raise FileGone
    return content


async def _show_faults(context: Context, purpose: FilePurpose, checked: CheckedWorkbook) -> None:
    """Show every mistake, and send the workbook back with its cells marked where that can be done."""
    actor = await context.actor()
    file = await context.services.received_files.note_faults(actor, purpose.file.id, checked.errors)
    if checked.copy is not None:
        name = marked_copy_name(file.name, context.t)
        await context.file(Paper(name, checked.copy, caption=views.copy_caption(context.t)))
    await _answer(context, views.faults(context.t, file))


async def _answer(context: Context, screen: Screen) -> None:
    """Turn the pressed screen into the next one; a file is answered by a message that stays."""
    await (context.send(screen) if context.origin.query_id is None else context.show(screen))
