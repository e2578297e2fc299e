"""Posters on the desk: for which village, in which languages, and how many people came by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import OWN_NAMES
from bot.domain.numbers import shown
from bot.services.arrivals import NO_VILLAGE
from handlers import presses
from handlers.presses import LanguagePair
from handlers.views.pages import turns
from handlers.views.screen import Button, Html, Paper, Screen, b, e, fold, i, in_rows, short, stacked, tap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.places import Place
    from bot.i18n import Translator
    from bot.reports.poster import PosterText
    from bot.services.arrivals import PosterOverview

PAGE: Final = 12
"""Villages on one screen, two in a row."""
_NAME: Final = 60
_FORBIDDEN: Final = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


def board(t: Translator, shelf: PosterOverview, press: presses.ListPosters) -> Screen:
    """A button for each village and for all of them, the languages, and who came."""
    page = min(press.page, max(0, len(shelf.villages) - 1) // PAGE)
    villages = shelf.villages[page * PAGE : (page + 1) * PAGE]
    text = stacked(
        b(t("🖨 Posters")),
        e(short(t.text(shelf.hearing.dossier.title).words, 200)),
        e(""),
        e(t("Choose a village: its poster comes as a file for a sheet of A4. Print it and put it up there.")),
        e(t("Whoever points a phone at it gets to this hearing.")),
        e(""),
        *_arrivals(t, shelf, villages),
    )
    return Screen(text, tuple(row for row in _rows(t, shelf, villages, press.pair, page) if row))


def _rows(
    t: Translator, shelf: PosterOverview, villages: Sequence[Place], pair: LanguagePair, page: int
) -> tuple[tuple[Button, ...], ...]:
    hearing = shelf.hearing.id
    buttons = (
        tap(t, short(t.text(place.name).words, 30), presses.GetPoster(hearing, place.id, pair)) for place in villages
    )
    everybody = tap(t, t.p("button", "🏘 The whole municipality"), presses.GetPoster(hearing, NO_VILLAGE, pair))
    more = (page + 1) * PAGE < len(shelf.villages)
    return (
        *in_rows(buttons, width=2),
        turns(
            t,
            presses.ListPosters(hearing, pair, page - 1) if page else None,
            presses.ListPosters(hearing, pair, page + 1) if more else None,
        ),
        (everybody,),
        *in_rows(tap(t, _languages(one, one is pair), presses.ListPosters(hearing, one, page)) for one in LanguagePair),
        (tap(t, t.p("button", "⬅️ Back"), presses.OpenDates(hearing)),),
    )


def _languages(pair: LanguagePair, chosen: bool) -> str:  # noqa: FBT001 - private, and read beside its only caller
    names = " + ".join(OWN_NAMES[language] for language in pair.languages)
    return f"🔘 {names}" if chosen else f"⚪️ {names}"


def _arrivals(t: Translator, shelf: PosterOverview, villages: Sequence[Place]) -> tuple[Html, ...]:
    """How many came, and from which of these villages' posters."""
    people = sum(shelf.arrivals.values())
    if not people:
        return (e(t("Nobody has come by a poster yet.")),)
    counts = shown(shelf.arrivals)
    names = {place.id: short(t.text(place.name).words, _NAME) for place in villages}
    names[NO_VILLAGE] = t("the whole municipality")
    parts = [f"{name} {_count(t, counts[key])}" for key, name in names.items() if key in counts]
    found = [b(t("Came by poster: {n}", n=t.number(people)))]
    if parts:
        found.append(fold(stacked(e(t.list(parts)), i(t("Groups under 5 people are not shown: “<5”.")))))
    return tuple(found)


def _count(t: Translator, count: int | None) -> str:
    return "<5" if count is None else t.number(count)


def paper(t: Translator, poster: PosterText, pair: LanguagePair, content: bytes) -> Paper:
    """The file, under a name that says for where and in which languages it is."""
    place = t.text((poster.village or poster.municipality).name).words
    marks = "-".join(language.partition("_")[0] for language in pair.languages)
    name = " ".join(short(f"{t('Poster')} {place}", 60).translate(_FORBIDDEN).split())
    return Paper(f"{name} {marks}.pdf", content, caption=e(t("Print it on A4, as it is: the square must stay whole.")))
