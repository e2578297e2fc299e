"""Posters on the desk: for which village, in which languages, and how many people came by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.files import FileKind
from bot.domain.languages import OWN_NAMES
from bot.domain.suppression import sizes
from bot.i18n import names
from bot.services.arrivals import NO_VILLAGE
from handlers import presses
from handlers.presses import LanguagePair
from handlers.views.buttons import back, paging
from handlers.views.numbers import sizes_explained
from handlers.views.pages import evenly, item_page
from handlers.views.screen import (
    ButtonRow,
    Html,
    Paper,
    Screen,
    b,
    e,
    fold,
    i,
    in_rows,
    short,
    stacked,
    tap,
    with_buttons,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.files import FileRequest
    from bot.domain.places import Place
    from bot.i18n import Translator
    from bot.services.arrivals import PosterOverview
    from bot.services.files import FileSubject

VILLAGES_ON_A_PAGE: Final = 12
POSTER_TITLE_LETTERS: Final = 200
VILLAGE_LABEL_LETTERS: Final = 30
ARRIVAL_NAME_LETTERS: Final = 60
FILE_NAME_LETTERS: Final = 60
FORBIDDEN_IN_FILE_NAMES: Final = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


def overview(t: Translator, shown: PosterOverview, press: presses.ListPosters) -> Screen:
    """The screen with the languages, a button for the whole municipality and for each village, and who came."""
    villages, page, last = item_page(
        t.in_order(shown.villages), press.page, evenly(len(shown.villages), VILLAGES_ON_A_PAGE)
    )
    text = stacked(
        b(t("🖨 Posters")),
        e(short(t.text(shown.hearing.dossier.title).words, POSTER_TITLE_LETTERS)),
        e(""),
        e(t("Choose the languages, then a village: its poster comes as a file for A4. Print it and put it up there.")),
        e(t("Whoever points a phone at it gets to this hearing.")),
        e(""),
        *_arrivals(t, shown, villages),
    )
    hearing, pair = shown.hearing.id, press.pair
    everybody = tap(t, t.p("button", "🏘 The whole municipality"), presses.GetPoster(hearing, NO_VILLAGE, pair))
    rows = with_buttons(
        *_language_rows(t, hearing, pair, page),
        (everybody,),
        _all_villages(t, shown, pair),
        *_village_rows(t, shown, villages, pair),
        paging(t, lambda number: presses.ListPosters(hearing, pair, number), page=page, last=last),
        (back(t, presses.OpenDates(hearing)),),
    )
    return Screen(text, rows)


def _all_villages(t: Translator, shown: PosterOverview, pair: LanguagePair) -> ButtonRow:
    """A button for the posters of all villages in one file, where there are two or more."""
    if len(shown.villages) < 2:
        return ()
    count = len(shown.villages)
    label = t.p("button", "🗂 Every village, one file: {n}", n=t.number(count))
    return (tap(t, label, presses.GetAllPosters(shown.hearing.id, pair)),)


def _village_rows(
    t: Translator, shown: PosterOverview, villages: Sequence[Place], pair: LanguagePair
) -> tuple[ButtonRow, ...]:
    buttons = (
        tap(
            t,
            short(t.place(village.name), VILLAGE_LABEL_LETTERS),
            presses.GetPoster(shown.hearing.id, village.id, pair),
        )
        for village in villages
    )
    return in_rows(buttons, width=2)


def _language_rows(t: Translator, hearing_id: int, chosen: LanguagePair, page: int) -> tuple[ButtonRow, ...]:
    labels = {pair: " + ".join(OWN_NAMES[language] for language in pair.languages) for pair in LanguagePair}
    return in_rows(
        tap(t, f"{'✅' if pair is chosen else '▫️'} {label}", presses.ListPosters(hearing_id, pair, page))
        for pair, label in labels.items()
    )


def _arrivals(t: Translator, shown: PosterOverview, villages: Sequence[Place]) -> tuple[Html, ...]:
    """How many people came, and from which of these villages' posters."""
    people = sum(shown.arrivals.values())
    if not people:
        return (e(t("Nobody has come by a poster yet.")),)
    counts = {key: shown.arrivals.get(key, 0) for key in (NO_VILLAGE, *(place.id for place in shown.villages))}
    told = sizes(counts, taken=True)
    posters = {place.id: short(t.place(place.name), ARRIVAL_NAME_LETTERS) for place in villages}
    posters[NO_VILLAGE] = t("the whole municipality")
    parts = t.list(f"{name}: {names.group_size(t, told[key])}" for key, name in posters.items())
    return (b(t("Came by poster: {n}", n=t.number(people))), fold(stacked(e(parts), i(sizes_explained(t)))))


def paper(t: Translator, request: FileRequest, subject: FileSubject, content: bytes) -> Paper:
    """The file of a poster, under a name that says for where and in which languages it is."""
    place = t.place((subject.village or subject.municipality).name)
    whole = request.kind is FileKind.POSTERS
    marks = "-".join(language.partition("_")[0] for language in request.languages)
    title = short(f"{t('Posters') if whole else t('Poster')} {place}", FILE_NAME_LETTERS).translate(
        FORBIDDEN_IN_FILE_NAMES
    )
    name = " ".join(title.split())
    return Paper(f"{name} {marks}.pdf", content, caption=e(t("Print it on A4, as it is: the square must stay whole.")))
