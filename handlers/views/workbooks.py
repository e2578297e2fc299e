"""The screens about a workbook in the chat: what it is, what is wrong with it, what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handlers import presses
from handlers.views import attachments
from handlers.views.buttons import back, paging, told_apart
from handlers.views.pages import beginning, text_page
from handlers.views.screen import Html, Screen, b, e, fold, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.hearings import Hearing
    from bot.domain.received_files import ReceivedFile
    from bot.i18n import Translator
    from bot.services.received_files import FilePurpose, FileTargets
    from bot.workbook.checking import CheckedWorkbook
    from handlers.presses import Press
    from handlers.views.screen import Button, ButtonRow

FAULTS_PAGE_UNITS: Final = 3000
FAULT_UNITS: Final = 500
WARNINGS_UNITS: Final = 2200
MUNICIPALITIES_OFFERED: Final = 8


def template_caption(t: Translator) -> Html:
    """What stands beside an empty workbook."""
    return e(t("Fill this workbook in; the grey examples show how. Then send the file back here."))


def workbook_caption(t: Translator) -> Html:
    """What stands beside the workbook of a hearing."""
    return e(t("Correct it and send it back here: you see what it changes before anything is stored."))


def copy_caption(t: Translator) -> Html:
    """What stands beside the copy with the mistakes marked."""
    return e(t("Your workbook: the cells with mistakes are yellow, each with a note. Correct them and send it back."))


def not_made(t: Translator) -> str:
    """A workbook that could not be made."""
    return t("The file could not be made now. Please try again in a few minutes.")


def being_read(t: Translator, file: ReceivedFile) -> Screen:
    """What is said while a file is read."""
    return Screen(stacked(e(t("📄 Reading the file…")), e(file.name) if file.name else None))


def not_read_now(t: Translator) -> Screen:
    """What is said where the file could not be read for a fault of the program."""
    return Screen(e(t("The file could not be read now. Please send it again in a few minutes.")), ((desk(t),),))


def send_file(t: Translator, up: Press, hearing: Hearing | None = None) -> Screen:
    """The screen that asks for a file."""
    text = stacked(
        b(t("📎 Send the workbook")),
        e(t.text(hearing.dossier.title).words) if hearing else None,
        e(t("Send it to this chat as a file: press 📎, then File. Excel (.xlsx) is best; .ods and .xls are read too.")),
        i(t("The next file you send within a day is taken for it.")),
    )
    return Screen(text, ((back(t, up),),))


def of_another(t: Translator, file: ReceivedFile, targets: FileTargets) -> Screen:
    """What is said of a workbook of a hearing that the sender cannot correct; whether there is one is not told."""
    text = stacked(
        e(t("This workbook is of a hearing that you cannot correct: it is over, deleted, or another municipality’s.")),
        e(t("Nothing was stored.")),
    )
    return Screen(text, (*in_rows(_new(t, file, targets)), (desk(t),)))


def which_file(t: Translator, file: ReceivedFile, targets: FileTargets) -> Screen:
    """The screen that asks what a workbook is for."""
    text = stacked(b(t("Which workbook is this?")), e(file.name) if file.name else None)
    return Screen(text, (*_targets(t, file, targets), (desk(t),)))


def is_record(t: Translator) -> str:
    """Why a record is not taken."""
    return t("It is the record of a hearing: it is for reading, and changes nothing here.")


def unknown_file(t: Translator, file: ReceivedFile, targets: FileTargets, fault: str) -> Screen:
    """The screen about a file that the bot does not know; ``fault`` says why it is no workbook at all."""
    text = stacked(
        b(t("This is not a workbook of a hearing.")),
        e(file.name) if file.name else None,
        e(fault) if fault else e(t("It has no sheet that the bot knows. Take the empty workbook: New hearing.")),
        e(t("Nothing was stored.")),
    )
    offered = targets.municipalities[:MUNICIPALITIES_OFFERED]
    start = [tap(t, _new_label(t, targets, place.id), presses.NewHearing(place.id)) for place in offered]
    return Screen(text, (*in_rows([*start, _document(t, file)]), (desk(t),)))


def faults(t: Translator, file: ReceivedFile, page: int = 0) -> Screen:
    """A page of what is wrong with a file."""
    count = len(file.faults)
    head = [
        b(t.n("❌ {n} mistake. Nothing was stored.", "❌ {n} mistakes. Nothing was stored.", count)),
        e(t("Correct them in the workbook and send it here again.")),
        e(""),
    ]
    rows = [e(f"• {beginning(fault, FAULT_UNITS)}") for fault in file.faults]
    text, page, last = text_page([*head, *rows], page, limit=FAULTS_PAGE_UNITS)
    turns = paging(t, lambda number: presses.SeeFaults(file.id, number), page=page, last=last)
    return Screen(text, with_buttons(turns, (desk(t),)))


def warnings(t: Translator, purpose: FilePurpose, checked: CheckedWorkbook) -> Screen:
    """The screen that asks whether a workbook is taken with its warnings."""
    accept = tap(t, t.p("button", "✅ Accept: make the draft"), presses.ApplyWorkbook(purpose.file.id))
    text = stacked(*warned(t, checked), e(""), e(t("To correct them, send the workbook again.")))
    return Screen(text, ((accept,), (desk(t),)))


def stored(t: Translator, hearing: Hearing, checked: CheckedWorkbook) -> Screen:
    """What is said when a workbook has become a draft."""
    text = stacked(
        b(t("✅ No mistakes. The draft is ready.")),
        e(t.text(hearing.dossier.title).words),
        *_sums(checked),
        e(t("People do not see it yet.")),
    )
    return Screen(text, ((_open(t, hearing.id),), (desk(t),)))


def loaded_already(t: Translator, hearing_id: int) -> Screen:
    """What is said of a workbook that was taken before."""
    text = e(t("This workbook was taken already. Nothing was stored a second time."))
    return Screen(text, ((_open(t, hearing_id),), (desk(t),)))


def says_the_same(t: Translator, hearing: Hearing) -> Screen:
    """What is said of a workbook that changes nothing."""
    text = stacked(
        b(t("This workbook changes nothing.")),
        e(t.text(hearing.dossier.title).words),
        e(t("It says what the hearing says already.")),
    )
    return Screen(text, ((_open(t, hearing.id),), (desk(t),)))


def warned(t: Translator, checked: CheckedWorkbook) -> Iterator[Html]:
    """The warnings, as many as fit, and the sums."""
    if checked.warnings:
        yield b(t.n("⚠️ {n} warning", "⚠️ {n} warnings", len(checked.warnings)))
        rows = [e(f"• {beginning(each, FAULT_UNITS)}") for each in checked.warnings]
        text, _, last = text_page(rows, 0, limit=WARNINGS_UNITS)
        yield fold(text)
        if last:
            shown = text.count("\n") + 1
            yield e(t.n("… and {n} more", "… and {n} more", len(rows) - shown))
    yield from _sums(checked)


def _sums(checked: CheckedWorkbook) -> Iterator[Html]:
    yield from (e(f"💰 {line}") for line in checked.sums)


def _targets(t: Translator, file: ReceivedFile, targets: FileTargets) -> tuple[ButtonRow, ...]:
    labels = told_apart([f"✏️ {dated(t, each)}" for each in targets.hearings])
    corrections = [
        tap(t, label, presses.LoadAsCorrection(file.id, each.id))
        for label, each in zip(labels, targets.hearings, strict=True)
    ]
    return in_rows([*_new(t, file, targets), *corrections, _document(t, file)])


def _new(t: Translator, file: ReceivedFile, targets: FileTargets) -> list[Button]:
    return [
        tap(t, _new_label(t, targets, place.id), presses.LoadAsNew(file.id, place.id))
        for place in targets.municipalities[:MUNICIPALITIES_OFFERED]
    ]


def _new_label(t: Translator, targets: FileTargets, municipality_id: int) -> str:
    label = t.p("button", "➕ New hearing")
    if len(targets.municipalities) == 1:
        return label
    place = next(each for each in targets.municipalities if each.id == municipality_id)
    return short(f"{label}: {t.place(place.name)}")


def dated(t: Translator, hearing: Hearing) -> str:
    """The day of a hearing's first sitting, then its title: two of one title are told apart."""
    sittings = hearing.dossier.sittings
    day = f"{min(each.starts_at for each in sittings):%d.%m}: " if sittings else ""
    return f"{day}{t.text(hearing.dossier.title).words}"


def _open(t: Translator, hearing_id: int) -> Button:
    return tap(t, t.p("button", "📝 Look at it"), presses.OpenDraft(hearing_id))


def _document(t: Translator, file: ReceivedFile) -> Button:
    return tap(t, attachments.keep_label(t), presses.KeepAsDocument(file.id))


def desk(t: Translator) -> Button:
    """The way to the desk."""
    return tap(t, t.p("button", "🗂 Back to the desk"), presses.OpenDesk())
