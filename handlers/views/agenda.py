"""The sittings and the agenda of a hearing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.hearings import Phase
from handlers import presses
from handlers.views.buttons import back, home, paging, way_back
from handlers.views.contact import contact
from handlers.views.hearings import when_and_where
from handlers.views.pages import text_page
from handlers.views.screen import Button, Html, Screen, b, e, i, in_rows, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.hearings import AgendaItem
    from bot.i18n import Translator
    from bot.services.hearings import HearingCard


def agenda(t: Translator, shown: HearingCard, *, page: int = 0, question: int = 0) -> Screen:
    """The screen with the sittings, the reader's village first, the agenda and the legal basis, a page of them."""
    hearing = shown.hearing
    text, page, last = text_page(_parts(t, shown), page)
    rows = with_buttons(
        *in_rows(_attending(t, shown), width=2),
        paging(t, lambda number: presses.ReadAgenda(hearing.id, number, question), page=page, last=last),
        (back(t, way_back(hearing.id, question)), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def _attending(t: Translator, shown: HearingCard) -> list[Button]:
    """For those who want to come: the map, a reminder, the calendar."""
    hearing, sitting = shown.hearing, shown.sitting
    buttons: list[Button] = []
    if sitting is None or shown.phase is Phase.CANCELLED:
        return buttons
    if sitting.latitude is not None:
        buttons.append(tap(t, t.p("button", "🗺 On the map"), presses.ShowVenue(hearing.id)))
    if sitting.starts_at > shown.now:
        buttons.append(tap(t, t.p("button", "🔔 Remind me"), presses.ChooseReminders()))
    return [*buttons, tap(t, t.p("button", "📅 Add to calendar"), presses.GetCalendar(hearing.id))]


def _parts(t: Translator, shown: HearingCard) -> list[Html]:
    dossier = shown.hearing.dossier
    basis = t.marked(dossier.legal_basis)
    people = t.text(dossier.presenters).words
    asked = contact(t, shown.municipality.contact)
    return [
        b(t("When and where")),
        *(
            when_and_where(t, each, shown.zone, shown.villages, now=shown.now)
            for each in shown.venues.own_first(shown.village_id)
        ),
        *([e(t("🎤 Presented by: {names}", names=people))] if people else []),
        *([asked] if asked else []),
        e(""),
        b(t.p("heading", "Agenda")),
        *(_item(t, item) for item in dossier.agenda),
        *([] if dossier.agenda else [e(t("The agenda has not been given."))]),
        *([stacked(e(""), i(t("Legal basis: {words}", words=basis)))] if dossier.legal_basis else []),
    ]


def _item(t: Translator, item: AgendaItem) -> Html:
    time = f"{item.time} " if item.time else ""
    presenter = f" — {t.text(item.presenter).words}" if item.presenter else ""
    return e(f"{item.no}. {time}{t.text(item.item).words}{presenter}")
