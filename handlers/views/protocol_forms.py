"""The form of a municipality's protocols, as its secretary sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.exhaustive import exhaustive
from bot.domain.languages import OWN_NAMES
from bot.i18n import later
from bot.reports.protocol.filling import FormFaultKind
from handlers import presses
from handlers.presses import ReportLanguages
from handlers.views.buttons import back
from handlers.views.pages import beginning
from handlers.views.screen import EMPTY_HTML, Screen, b, e, in_rows, short, stacked, tap, with_buttons
from handlers.views.workbooks import desk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.places import Place
    from bot.domain.received_files import ReceivedFile
    from bot.i18n import Translator
    from bot.reports.protocol.filling import FormFault
    from bot.services.protocol_forms import FormOverview
    from handlers.views.screen import Html

FAULTS_SHOWN: Final = 20
FAULT_UNITS: Final = 150
PLACES_OFFERED: Final = 8
LABEL_LETTERS: Final = 30
OFFERED: Final = (
    *(ReportLanguages.KY, ReportLanguages.RU, ReportLanguages.KY_RU),
    *(ReportLanguages.UZ_CYRL, ReportLanguages.UZ, ReportLanguages.EN),
)
FAULT_SENTENCES: Final[Mapping[FormFaultKind, str]] = exhaustive(
    FormFaultKind,
    {
        FormFaultKind.NO_WORD: later("It is no Word document (.docx), or it is damaged."),
        FormFaultKind.TOO_LARGE: later("It is too large: 5 MB at most. Make the pictures in it smaller."),
        FormFaultKind.PROGRAM: later("It holds a macro or another file: {what}. Save it without."),
        FormFaultKind.OUTSIDE: later("It fetches something from another place: {what}. Put it into the document."),
        FormFaultKind.UNKNOWN: later("There is no such field: {what}"),
        FormFaultKind.NO_LIST: later("This is no list, nothing can be repeated for it: {what}"),
        FormFaultKind.NO_TEXT: later("This is a list, it is written by a loop: {what}"),
        FormFaultKind.REFUSED: later("Only fields, loops (for) and conditions (if) can stand in braces, not: {what}"),
        FormFaultKind.BROKEN: later("The braces do not go together: {what}"),
        FormFaultKind.TOO_SLOW: later("Filling it in takes too long. Do not put a loop into a loop of the same list."),
    },
)


def form(t: Translator, shown: FormOverview) -> Screen:
    """The screen about the form in force, with our own ones to take."""
    here, own = shown.municipality, shown.form
    text = stacked(
        b(t("📄 Form of the minutes")),
        e(t.place(here.name)),
        e(""),
        *_in_force(t, shown),
        e(""),
        e(t("To use your letterhead: take a form, change it in Word, and send it to this chat as a file.")),
        e(t("Leave the words in double braces {braces}: the bot writes there.", braces="{{ }}")),
        e(t("They can be moved, copied, and left out.")),
    )
    own_rows = (
        (
            tap(t, t.p("button", "⬇️ Your form"), presses.GetProtocolForm(here.id)),
            tap(t, t.p("button", "🗑 Remove your form"), presses.RemoveProtocolForm(here.id)),
        )
        if own
        else ()
    )
    labels = {each: " + ".join(OWN_NAMES[language] for language in each.chosen("")) for each in OFFERED}
    rows = with_buttons(
        own_rows,
        *in_rows(
            (tap(t, f"⬇️ {label}", presses.GetProtocolForm(here.id, each)) for each, label in labels.items()), width=2
        ),
        (back(t, presses.OpenDeskSettings(here.id)),),
    )
    return Screen(text, rows)


def _in_force(t: Translator, shown: FormOverview) -> tuple[Html, ...]:
    if shown.form is None:
        return (e(t("The minutes are made from the bot's own form.")),)
    sent = t.moment(shown.form.sent_at, shown.zone)
    return (e(t("The minutes are made from your form, sent on {moment}:", moment=sent)), e(shown.form.name))


def form_caption(t: Translator) -> Html:
    """What stands beside a form."""
    return e(t("Change it in Word and send it to this chat as a file."))


def sample_caption(t: Translator) -> Html:
    """What stands beside a form that was tried."""
    return e(t("Your form, filled in with a sample: each field says its name."))


def ask_to_use(t: Translator, file: ReceivedFile, places: Sequence[Place]) -> Screen:
    """The screen that asks whether a form is to be used."""
    text = stacked(
        b(t("This is a form of the minutes, and it can be filled in.")),
        e(file.name) if file.name else EMPTY_HTML,
        e(t("Look at the sample above. Should the minutes be made from it from now on?")),
    )
    offered = places[:PLACES_OFFERED]
    alone = t.p("button", "✅ Use it")
    labels = [alone if len(offered) == 1 else f"✅ {short(t.place(place.name), LABEL_LETTERS)}" for place in offered]
    buttons = (
        tap(t, label, presses.UseProtocolForm(file.id, place.id)) for label, place in zip(labels, offered, strict=True)
    )
    return Screen(text, (*in_rows(buttons), (desk(t),)))


def faults(t: Translator, file: ReceivedFile, found: Sequence[FormFault]) -> Screen:
    """The screen with everything that is wrong with a form."""
    listed = [
        e(f"• {t(FAULT_SENTENCES[fault.kind], what=beginning(fault.what, FAULT_UNITS))}")
        for fault in found[:FAULTS_SHOWN]
    ]
    text = stacked(
        b(t("This form of the minutes cannot be used. Nothing was stored.")),
        e(file.name) if file.name else EMPTY_HTML,
        *listed,
        e(""),
        e(t("Correct it in Word and send it here again.")),
    )
    return Screen(text, ((desk(t),),))


def ask_to_remove(t: Translator, shown: FormOverview) -> Screen:
    """The screen that asks once."""
    here = shown.municipality.id
    text = stacked(
        b(t("Remove your form of the minutes?")),
        e(t("The minutes are then made from the bot's own form. You can send yours again at any time.")),
    )
    yes = tap(t, t.p("button", "🗑 Yes, remove it"), presses.RemoveProtocolForm(here, sure=True))
    return Screen(text, ((yes,), (back(t, presses.OpenProtocolForm(here)),)))
