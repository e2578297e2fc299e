"""The screens about a workbook in the chat: what it is, what is wrong with it, what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.meaning import Aspect
from bot.domain.revisions import same_schedule
from bot.i18n import answers
from handlers import presses
from handlers.views import attachments
from handlers.views.buttons import back, paging
from handlers.views.pages import beginning, text_page
from handlers.views.screen import Html, Screen, b, e, fold, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.domain.hearings import Hearing
    from bot.domain.meaning import MeaningChange
    from bot.domain.received_files import ReceivedFile
    from bot.i18n import Translator
    from bot.services.received_files import FilePurpose, FileTargets
    from bot.services.revisions import Comparison
    from bot.workbook.checking import CheckedWorkbook
    from handlers.presses import Press
    from handlers.views.screen import Button, ButtonRow

FAULTS_PAGE_UNITS: Final = 3000
FAULT_UNITS: Final = 500
WARNINGS_UNITS: Final = 2200
CHANGES_SHOWN: Final = 20
CHANGE_UNITS: Final = 100
TARGET_LETTERS: Final = 48


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
    return Screen(e(t("The file could not be read now. Please send it again in a few minutes.")), ((_desk(t),),))


def send_file(t: Translator, up: Press, hearing: Hearing | None = None) -> Screen:
    """The screen that asks for a file."""
    text = stacked(
        b(t("📎 Send the workbook")),
        e(t.text(hearing.dossier.title).words) if hearing else None,
        e(t("Send it to this chat as a file: press 📎, then File. Excel (.xlsx) is best; .ods and .xls are read too.")),
        i(t("The next file you send within a day is taken for it.")),
    )
    return Screen(text, ((back(t, up),),))


def of_another(t: Translator) -> Screen:
    """What is said of a workbook of a hearing that is not the sender's."""
    words = t("This workbook is of a hearing of another municipality, or of one that was deleted. Nothing was stored.")
    return Screen(e(words), ((_desk(t),),))


def which_file(t: Translator, file: ReceivedFile, targets: FileTargets) -> Screen:
    """The screen that asks what a workbook is for."""
    text = stacked(b(t("Which workbook is this?")), e(file.name) if file.name else None)
    return Screen(text, (*_targets(t, file, targets), (_desk(t),)))


def unknown_file(t: Translator, file: ReceivedFile, targets: FileTargets, fault: str) -> Screen:
    """The screen about a file that the bot does not know; ``fault`` says why it is no workbook at all."""
    text = stacked(
        b(t("This is not a workbook of a hearing.")),
        e(file.name) if file.name else None,
        e(fault) if fault else e(t("It has no sheet that the bot knows. Take the empty workbook: New hearing.")),
        e(t("Nothing was stored.")),
    )
    start = [
        tap(t, _new_label(t, targets, place.id), presses.NewHearing(place.id)) for place in targets.municipalities[:8]
    ]
    return Screen(text, (*in_rows([*start, _document(t, file)]), (_desk(t),)))


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
    return Screen(text, with_buttons(turns, (_desk(t),)))


def warnings(t: Translator, purpose: FilePurpose, checked: CheckedWorkbook) -> Screen:
    """The screen that asks whether a workbook is taken with its warnings."""
    accept = tap(t, t.p("button", "✅ Accept: make the draft"), presses.ApplyWorkbook(purpose.file.id))
    text = stacked(*_warned(t, checked), e(""), e(t("To correct them, send the workbook again.")))
    return Screen(text, ((accept,), (_desk(t),)))


def stored(t: Translator, hearing: Hearing, checked: CheckedWorkbook) -> Screen:
    """What is said when a workbook has become a draft."""
    text = stacked(
        b(t("✅ No mistakes. The draft is ready.")),
        e(t.text(hearing.dossier.title).words),
        *_sums(checked),
        e(t("People do not see it yet.")),
    )
    return Screen(text, ((_open(t, hearing.id),), (_desk(t),)))


def loaded_already(t: Translator, hearing_id: int) -> Screen:
    """What is said of a workbook that was taken before."""
    text = e(t("This workbook was taken already. Nothing was stored a second time."))
    return Screen(text, ((_open(t, hearing_id),), (_desk(t),)))


def says_the_same(t: Translator, hearing: Hearing) -> Screen:
    """What is said of a workbook that changes nothing."""
    text = stacked(
        b(t("This workbook changes nothing.")),
        e(t.text(hearing.dossier.title).words),
        e(t("It says what the hearing says already.")),
    )
    return Screen(text, ((_open(t, hearing.id),), (_desk(t),)))


def comparison(t: Translator, purpose: FilePurpose, checked: CheckedWorkbook, compared: Comparison) -> Screen:
    """What a corrected workbook changes, item by item, and whether it is taken."""
    hearing = purpose.hearing
    assert hearing is not None
    asked_again = bool(compared.answered)
    told = hearing.is_public and not same_schedule(compared.old, compared.new)
    text = stacked(
        b(t("✏️ What this workbook changes")),
        e(beginning(t.text(hearing.dossier.title).words, CHANGE_UNITS * 2)),
        e(t("📆 Dates or places are changed: everybody who was told of the hearing is told.")) if told else None,
        *_changes(t, compared),
        *_warned(t, checked),
        e(""),
        i(t("Nothing is stored yet.")),
    )
    label = t.p("button", "✅ Apply, ask them again") if asked_again else t.p("button", "✅ Apply as a new version")
    apply = tap(t, label, presses.ApplyWorkbook(purpose.file.id, hearing.version, anew=asked_again))
    leave = tap(t, t.p("button", "✖️ Leave it as it is"), presses.ChangeHearing(hearing.id))
    return Screen(text, ((apply,), (leave,), (_desk(t),)))


def _changes(t: Translator, compared: Comparison) -> Iterator[Html]:
    """First what somebody has answered or written about, then the rest."""
    if not compared.changes:
        yield e(t("No question, service or sum means anything else: answers stay as they are."))
        return
    if compared.answered:
        yield e("")
        yield b(t("People have answered or written about this:"))
        yield fold(stacked(*_listed(t, compared, compared.answered)))
        yield e(t("If you apply it, their answers to it are put aside, and they are asked again."))
    if compared.unanswered:
        yield e("")
        yield b(t("Nobody has answered this yet:"))
        yield fold(stacked(*_listed(t, compared, compared.unanswered)))


def _listed(t: Translator, compared: Comparison, changes: Sequence[MeaningChange]) -> Iterator[Html]:
    for change in changes[:CHANGES_SHOWN]:
        yield stacked(b(_item(t, compared, change)), e(_difference(t, change)))
    if (more := len(changes) - CHANGES_SHOWN) > 0:
        yield e(t.n("… and {n} more", "… and {n} more", more))


def _item(t: Translator, compared: Comparison, change: MeaningChange) -> str:
    if change.question:
        return t("Question {no}", no=t.number(change.question))
    dossier = compared.new if change.aspect is Aspect.ADDED else compared.old
    return beginning(answers.short_about(t, dossier, change.about) or t("The hearing"), CHANGE_UNITS)


def _difference(t: Translator, change: MeaningChange) -> str:
    old, new = (beginning(" ".join(words.split()), CHANGE_UNITS) for words in (change.old, change.new))
    match change.aspect:
        case Aspect.ADDED:
            return t("Added: {new}", new=new)
        case Aspect.REMOVED:
            return t("Taken out: {old}", old=old)
        case Aspect.TRANSLATION:
            return t("A translation was added: please compare it.")
    return t("“{old}” → “{new}”", old=old, new=new)


def _warned(t: Translator, checked: CheckedWorkbook) -> Iterator[Html]:
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
    new = [
        tap(t, _new_label(t, targets, place.id), presses.LoadAsNew(file.id, place.id))
        for place in targets.municipalities[:8]
    ]
    corrections = [
        tap(t, short(f"✏️ {_dated(t, each)}", TARGET_LETTERS), presses.LoadAsCorrection(file.id, each.id))
        for each in targets.hearings
    ]
    return in_rows([*new, *corrections, _document(t, file)])


def _new_label(t: Translator, targets: FileTargets, municipality_id: int) -> str:
    label = t.p("button", "➕ New hearing")
    if len(targets.municipalities) == 1:
        return label
    place = next(each for each in targets.municipalities if each.id == municipality_id)
    return short(f"{label}: {t.text(place.name).words}", TARGET_LETTERS)


def _dated(t: Translator, hearing: Hearing) -> str:
    """The day of a hearing's first sitting, then its title: two of one title are told apart."""
    sittings = hearing.dossier.sittings
    day = f"{min(each.starts_at for each in sittings):%d.%m}: " if sittings else ""
    return f"{day}{t.text(hearing.dossier.title).words}"


def _open(t: Translator, hearing_id: int) -> Button:
    return tap(t, t.p("button", "📝 Look at it"), presses.OpenDraft(hearing_id))


def _document(t: Translator, file: ReceivedFile) -> Button:
    return tap(t, attachments.keep_label(t), presses.KeepAsDocument(file.id))


def _desk(t: Translator) -> Button:
    return tap(t, t.p("button", "🗂 Back to the desk"), presses.OpenDesk())
