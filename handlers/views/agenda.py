"""The sittings and the agenda of a hearing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views.buttons import back, paging, way_back
from handlers.views.hearings import when_and_where
from handlers.views.pages import text_page
from handlers.views.screen import Html, Screen, b, e, i, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.hearings import AgendaItem
    from bot.i18n import Translator
    from bot.services.hearings import HearingCard


def agenda(t: Translator, shown: HearingCard, *, page: int = 0, question: int = 0) -> Screen:
    """The screen with the sittings, the reader's village first, the agenda and the legal basis, a page of them."""
    hearing = shown.hearing
    text, page, last = text_page(_parts(t, shown), page)
    calendar = tap(t, t.p("button", "📅 Add to calendar"), presses.GetCalendar(hearing.id))
    rows = with_buttons(
        (calendar,) if hearing.dossier.sittings else (),
        paging(t, lambda number: presses.ReadAgenda(hearing.id, number, question), page=page, last=last),
        (back(t, way_back(hearing.id, question)),),
    )
    return Screen(text, rows)


def _parts(t: Translator, shown: HearingCard) -> list[Html]:
    dossier = shown.hearing.dossier
    basis = t.marked(dossier.legal_basis)
    return [
        b(t.p("heading", "Agenda")),
        *(when_and_where(t, each, shown.zone, shown.villages) for each in shown.venues.own_first(shown.village_id)),
        e(""),
        *(_item(t, item) for item in dossier.agenda),
        *([] if dossier.agenda else [e(t("The agenda has not been given."))]),
        *([stacked(e(""), i(t("Legal basis: {words}", words=basis)))] if dossier.legal_basis else []),
    ]


def _item(t: Translator, item: AgendaItem) -> Html:
    time = f"{item.time} " if item.time else ""
    presenter = f" — {t.text(item.presenter).words}" if item.presenter else ""
    return e(f"{item.no}. {time}{t.text(item.item).words}{presenter}")
