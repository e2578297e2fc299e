"""What a corrected workbook changes of a hearing, item by item, before anything is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.meaning import Aspect
from bot.domain.revisions import same_schedule
from bot.i18n import answers
from handlers import presses
from handlers.views.pages import beginning
from handlers.views.screen import Html, Screen, b, e, fold, i, stacked, tap
from handlers.views.workbooks import desk, warned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.domain.meaning import MeaningChange
    from bot.i18n import Translator
    from bot.services.received_files import FilePurpose
    from bot.services.revisions import Comparison
    from bot.workbook.checking import CheckedWorkbook

CHANGES_SHOWN: Final = 20
CHANGE_UNITS: Final = 100


def comparison(
    t: Translator, purpose: FilePurpose, checked: CheckedWorkbook, compared: Comparison, *, is_old: bool = False
) -> Screen:
    """What a corrected workbook changes, item by item, and whether it is taken; ``is_old``: of an earlier version."""
    hearing = purpose.hearing
    assert hearing is not None
    asked_again = bool(compared.answered)
    told = hearing.is_public and not same_schedule(compared.old, compared.new)
    text = stacked(
        b(t("✏️ What this workbook changes")),
        e(beginning(t.text(hearing.dossier.title).words, CHANGE_UNITS * 2)),
        e(t("📆 Dates or places are changed: everybody who was told of the hearing is told.")) if told else None,
        e(t("⚠️ This workbook was taken before the last change. Look closely at what it changes back."))
        if is_old
        else None,
        *_changes(t, compared),
        *warned(t, checked),
        e(""),
        i(t("Nothing is stored yet.")),
    )
    label = t.p("button", "✅ Apply, ask them again") if asked_again else t.p("button", "✅ Apply as a new version")
    apply = tap(t, label, presses.ApplyWorkbook(purpose.file.id, hearing.version, anew=asked_again))
    leave = tap(t, t.p("button", "✖️ Leave it as it is"), presses.ChangeHearing(hearing.id))
    return Screen(text, ((apply,), (leave,), (desk(t),)))


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
        yield stacked(b(_item(t, compared, change)), e(difference(t, change)))
    if (more := len(changes) - CHANGES_SHOWN) > 0:
        yield e(t.n("… and {n} more", "… and {n} more", more))


def _item(t: Translator, compared: Comparison, change: MeaningChange) -> str:
    if change.question:
        return t("Question {no}", no=t.number(change.question))
    dossier = compared.new if change.aspect is Aspect.ADDED else compared.old
    return beginning(answers.short_about(t, dossier, change.about) or t("The hearing"), CHANGE_UNITS)


def difference(t: Translator, change: MeaningChange) -> str:
    """What a change is, in few words."""
    old, new = (beginning(" ".join(words.split()), CHANGE_UNITS) for words in (change.old, change.new))
    match change.aspect:
        case Aspect.ADDED:
            return t("Added: {new}", new=new)
        case Aspect.REMOVED:
            return t("Taken out: {old}", old=old)
        case Aspect.TRANSLATION:
            return t("A translation was added: please compare it.")
    return t("“{old}” → “{new}”", old=old, new=new)
