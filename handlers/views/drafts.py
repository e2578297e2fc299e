"""The desk's screens about a new hearing, a draft, and what can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase, due_phase
from bot.i18n import names
from handlers import presses
from handlers.presses import Language
from handlers.views.announcing import publishing_time
from handlers.views.buttons import back
from handlers.views.choosing import headed
from handlers.views.editing import changes
from handlers.views.hearings import more_sittings, when_and_where
from handlers.views.screen import Screen, b, e, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.places import Place
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview
    from handlers.views.screen import Button

LAST_LETTERS: Final = 100


def new_hearing(t: Translator, municipality: Place, last: Hearing | None) -> Screen:
    """The screen with the ways in which a new hearing is put up."""
    text = stacked(
        b(t("➕ New hearing")),
        e(t.place(municipality.name)),
        e(""),
        e(t("Without a workbook: six questions, answered with buttons.")),
        e(t("The last hearing: {title}", title=short(t.text(last.dossier.title).words, LAST_LETTERS)))
        if last
        else None,
        e(""),
        e(t("With a workbook:")),
        e(t("1. Take the empty workbook.")),
        e(t("2. Fill it in with Excel or LibreOffice.")),
        e(t("3. Send it here as a file.")),
        e(""),
        i(t("Every mistake is named by its cell. People see nothing until you publish.")),
    )
    copy = tap(t, t.p("button", "📄 Copy the last hearing"), presses.CopyHearing(municipality.id))
    rows = with_buttons(
        (tap(t, t.p("button", "✍️ Answer six questions"), presses.ComposeHearing(municipality.id)),),
        (copy,) if last else (),
        (tap(t, t.p("button", "⬇️ Empty workbook"), presses.GetTemplate(municipality.id)),),
        (tap(t, t.p("button", "📎 Send the workbook"), presses.SendWorkbook(municipality.id)),),
        (back(t, presses.OpenDeskMunicipality(municipality.id)),),
    )
    return Screen(text, rows)


def draft(t: Translator, overview: HearingOverview) -> Screen:
    """The screen of a draft, or of what was changed: the preview, and publishing."""
    hearing = overview.hearing
    is_draft = hearing.phase is Phase.DRAFT
    sitting = hearing.next_sitting(overview.now) or next(iter(hearing.dossier.sittings), None)
    text = stacked(
        headed(t, overview, t("📝 Draft") if is_draft else t("👁 As residents see it")),
        e(t(names.PHASES_AT_THE_DESK[due_phase(hearing, overview.now)])),
        e(""),
        when_and_where(t, sitting, overview.zone) if sitting else None,
        more_sittings(t, hearing.dossier),
        e(t("Questions: {n}", n=t.number(len(hearing.dossier.questions)))),
        publishing_time(t, overview),
        e("") if is_draft else None,
        i(t("Look at the preview in each language, then publish.")) if is_draft else None,
    )
    rows = with_buttons(
        (preview(t, hearing.id),),
        (
            tap(t, t.p("button", "📣 Publish"), presses.PublishHearing(hearing.id)),
            tap(t, t.p("button", "🕗 At a time"), presses.PickPublishDay(hearing.id)),
        )
        if is_draft
        else (),
        (change_button(t, hearing.id),),
        (tap(t, t.p("button", "🗂 Back to the desk"), presses.OpenDeskHearing(hearing.id)),),
    )
    return Screen(text, rows)


def preview(t: Translator, hearing_id: int) -> Button:
    """The way into the preview, in the reader's own language."""
    return tap(t, t.p("button", "👁 Preview"), presses.PreviewHearing(hearing_id, Language(t.language)))


def change_button(t: Translator, hearing_id: int) -> Button:
    """The way to what of a hearing can be changed."""
    return tap(t, t.p("button", "✏️ Change"), presses.ChangeHearing(hearing_id))


def change(t: Translator, overview: HearingOverview) -> Screen:
    """The screen with what of a hearing can be changed: one thing by taps, all of it by the workbook."""
    hearing = overview.hearing
    sitting = hearing.next_sitting(overview.now)
    text = stacked(
        headed(t, overview, t("✏️ What is to be changed?")),
        e(""),
        when_and_where(t, sitting, overview.zone) if sitting else None,
        e(""),
        e(t("Take the workbook, correct it, and send it here as a file. You see first what it changes.")),
    )
    rows = with_buttons(
        *in_rows(changes(t, overview), width=2),
        (tap(t, t.p("button", "⬇️ The workbook as it is"), presses.GetWorkbook(hearing.id)),),
        (tap(t, t.p("button", "📎 Send it corrected"), presses.SendCorrection(hearing.id)),),
        (tap(t, t.p("button", "📎 Attach documents"), presses.ManageDocuments(hearing.id)),),
        (tap(t, t.p("button", "🗑 Delete the draft"), presses.DeleteDraft(hearing.id)),)
        if hearing.phase is Phase.DRAFT
        else (),
        (back(t, presses.OpenDeskHearing(hearing.id)),),
    )
    return Screen(text, rows)


def delete_choice(t: Translator, overview: HearingOverview) -> Screen:
    """The screen that asks whether to delete a draft."""
    hearing = overview.hearing
    text = stacked(
        headed(t, overview, t("🗑 Shall the draft be deleted?")),
        e(t("It cannot be brought back. Nobody gets a message.")),
    )
    sure = tap(t, t.p("button", "🗑 Yes, delete it"), presses.DeleteDraft(hearing.id, sure=True))
    return Screen(text, ((sure,), (back(t, presses.ChangeHearing(hearing.id)),)))
