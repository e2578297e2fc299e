"""A municipality's hearings as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase, due_phase
from handlers import presses
from handlers.presses.wire import nest
from handlers.views.buttons import home, settings, told_apart
from handlers.views.contact import contact
from handlers.views.screen import Button, Screen, b, e, in_rows, stacked, tap

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.i18n import Translator
    from bot.services.hearings import HearingList

HEARINGS_LISTED: Final = 40


def all_hearings(t: Translator, listing: HearingList) -> Screen:
    """The screen with every public hearing: those to come and running first, then the past ones."""
    text = stacked(
        b(t.place(listing.municipality.name)),
        e(t("Hearings to come: {n}", n=t.number(len(listing.current) + listing.more_current))),
        e(t("Past hearings: {n}", n=t.number(len(listing.past) + listing.more_past))),
    )
    hearings = (*listing.current, *listing.past)[:HEARINGS_LISTED]
    labels = told_apart([_label(t, hearing, listing) for hearing in hearings])
    opens = (presses.OpenHearing(hearing.id) for hearing in hearings)
    rows = in_rows(tap(t, label, press) for label, press in zip(labels, opens, strict=True))
    return Screen(text, (*rows, (home(t, listing.municipality.id), _another_municipality(t))))


def no_hearings(t: Translator, listing: HearingList, *, told: bool = True) -> Screen:
    """The screen of a municipality without any hearing; who only looks, and is not ``told`` of one, may agree to be."""
    agree = tap(
        t, t.p("button", "✅ Read and agree"), presses.ReadPurpose(nest(presses.GoHome(listing.municipality.id)))
    )
    text = stacked(
        b(t.place(listing.municipality.name)),
        e(t("No hearing has been announced here yet. When one is, you will get a message."))
        if told
        else e(t("No hearing has been announced here yet. Agree, and we will tell you when one is.")),
        contact(t, listing.municipality.contact),
    )
    rows = ((_another_municipality(t),), (settings(t),))
    return Screen(text, rows if told else ((agree,), *rows))


def _another_municipality(t: Translator) -> Button:
    return tap(t, t.p("button", "📍 Another municipality"), presses.ChoosePlace())


def _label(t: Translator, hearing: Hearing, listing: HearingList) -> str:
    marks = {Phase.OPEN: "🟢", Phase.ANNOUNCED: "🔜", Phase.CANCELLED: "✖️"}
    mark = marks.get(due_phase(hearing, listing.now), "⚪️")
    sitting = hearing.next_sitting(listing.now)
    moment = sitting.starts_at if sitting else hearing.dossier.closes_at
    day = t.date(moment.astimezone(listing.zone).date())
    return f"{mark} {day} {t.text(hearing.dossier.title).words}"
