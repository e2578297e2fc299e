"""Screens of hearings beside one another: two of a municipality, and the last one of every municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import figures as words
from handlers import presses
from handlers.views.buttons import back, paging, told_apart
from handlers.views.pages import beginning, text_page
from handlers.views.screen import Html, Screen, b, e, i, in_rows, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.figures import MunicipalityFigures
    from bot.domain.hearings import Hearing
    from bot.i18n import Translator
    from bot.services.comparisons import HearingsCompared

TITLE_UNITS: Final = 200
OTHERS_SHOWN: Final = 8
PAGE_UNITS: Final = 2500


def comparison(t: Translator, found: HearingsCompared) -> Screen:
    """The screen with two hearings, the earlier one first, and the others that may be chosen."""
    head = stacked(b(t("Hearings compared")), e(t.place(found.municipality.name)))
    up = (back(t, presses.OpenDeskMunicipality(found.municipality.id)),)
    if len(found.figures) < 2:
        return Screen(stacked(head, e(""), e(t("There are no two closed hearings to compare yet."))), (up,))
    titles = [
        stacked(e(""), b(f"{number}. {_named(t, each.hearing)}")) for number, each in enumerate(found.figures, start=1)
    ]
    columns = zip(words.names(t), *(words.values(t, each) for each in found.figures), strict=True)
    lines = (e(f"{name}: {former} → {later}") for name, former, later in columns)
    text = stacked(
        head, *titles, e(""), *lines, e(""), i(t("Before the arrow the first hearing, after it the second."))
    )
    others = found.others[:OTHERS_SHOWN]
    labels = told_apart([t("With {hearing}", hearing=_named(t, each)) for each in others])
    chosen = (
        tap(t, label, presses.CompareHearings(found.municipality.id, each.id))
        for label, each in zip(labels, others, strict=True)
    )
    return Screen(text, with_buttons(*in_rows(chosen), up))


def municipalities(t: Translator, found: Sequence[MunicipalityFigures], *, page: int) -> Screen:
    """The screen with a line for each municipality."""
    none = (e(t("No hearing has closed yet.")),)
    parts = tuple(_line(t, each) for each in sorted(found, key=lambda each: t.place(each.municipality.name))) or none
    text, page, last = text_page(parts, page, limit=PAGE_UNITS)
    head = stacked(b(t("All municipalities")), i(t("The last closed hearing of each.")))
    rows = with_buttons(paging(t, presses.CompareMunicipalities, page=page, last=last), (back(t, presses.OpenDesk()),))
    return Screen(stacked(head, e(""), text), rows)


def _line(t: Translator, found: MunicipalityFigures) -> Html:
    figures = found.figures
    numbers = t(
        "took part {people}, answered {share}, days to answer {days}",
        people=words.people(t, figures),
        share=words.answered(t, figures),
        days=words.days(t, figures),
    )
    return stacked(b(t.place(found.municipality.name)), e(f"{t.date(figures.hearing.closes_at.date())} · {numbers}"))


def _named(t: Translator, hearing: Hearing) -> str:
    title = beginning(t.text(hearing.dossier.title).words, TITLE_UNITS)
    return f"{t.date(hearing.closes_at.date())} {title}"
