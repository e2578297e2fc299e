"""The poster on the wall: one sheet of A4, both languages, nothing cut that one needs, and a code that leads there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import segno

from bot.domain.hearings import HearingKind
from bot.domain.languages import LANGUAGES, Text
from bot.domain.sittings import Sitting
from bot.i18n import Catalogues
from bot.reports import poster, typesetting
from bot.reports.poster import PosterText, draw, drawing, pdf
from handlers.presses import FollowPoster, LanguagePair
from handlers.presses.links import deep_link
from tests.reports import qr
from tests.reports.page import Page
from tests.reports.samples import HEARING, MUNICIPALITY, VILLAGES, ZONE, text

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier
    from bot.i18n import Translator

CATALOGUES = Catalogues.load()
MILLIMETRE = 72 / 25.4
LINK = deep_link("bagysh_hearing_bot", FollowPoster(3, 21))
SITTING = Sitting(
    HEARING.dossier.closes_at,
    place=text("Маданият үйү", "Дом культуры", "Маданият уйи"),
    address=text("Ленин көчөсү, 12", "улица Ленина, 12", "Ленин кўчаси, 12"),
)
DOSSIER = replace(
    HEARING.dossier,
    sittings=(SITTING,),
    presenters=text("Айыл өкмөтүнүн башчысы", "Глава айыл окмоту", "Айил ўкмоти бошлиғи"),
)
WORKBOOK = {"title": 200, "place": 150, "address": 200, "presenters": 400}
"""The longest texts a workbook takes."""


def translators(pair: LanguagePair) -> tuple[Translator, Translator]:
    """Both languages of a pair."""
    first, second = pair.languages
    return CATALOGUES[first], CATALOGUES[second]


def about(dossier: Dossier = DOSSIER, **changes: object) -> PosterText:
    """A poster for a village."""
    made = PosterText(replace(HEARING, dossier=dossier), MUNICIPALITY, VILLAGES[1], LINK, ZONE)
    return replace(made, **changes)  # type: ignore[arg-type]


def page(wanted: PosterText, pair: LanguagePair = LanguagePair.KY_RU) -> Page:
    """The poster as it is printed."""
    return Page(pdf((wanted,), translators(pair)))


def says(shown: Page, words: str) -> bool:
    """True if the words stand there, wherever lines end."""
    return bare(words) in bare(shown.words)


def bare(words: str) -> str:
    """The words without the room between them."""
    return "".join(words.replace("\u200b", "").split())


def long(words: str, length: int) -> Text:
    """A text of that length; each begins with its language."""
    return Text({language: (f"{language} {words} " * length)[:length].strip() for language in LANGUAGES})


def largest(words: str, *, sittings: int) -> Dossier:
    """Everything as long as a workbook lets it be."""
    one = replace(SITTING, place=long(f"{words} үйү", WORKBOOK["place"]), address=long(words, WORKBOOK["address"]))
    return replace(
        DOSSIER,
        title=long(f"{words} темасы", WORKBOOK["title"]),
        presenters=long(f"{words} төрагасы", WORKBOOK["presenters"]),
        sittings=tuple(replace(one, starts_at=one.starts_at + timedelta(days=day)) for day in range(sittings)),
    )


def ensure_within_the_margins(shown: Page) -> None:
    """Raise AssertionError for a word that leaves the paper, is too small to be read, or lies on the code."""
    left, top, size, dark = shown.code()
    edge = left + size * (max(x for x, _ in dark) + 1)
    for run in (run for run in shown.runs if run.words.strip()):
        assert run.size >= 7, run
        assert 15 * MILLIMETRE < run.left < run.right < shown.width - 15 * MILLIMETRE, run
        assert 10 * MILLIMETRE < run.bottom < shown.height - 15 * MILLIMETRE, run
        below = shown.height - run.bottom
        assert below < top or run.left > edge or below > top + (edge - left), run


@pytest.mark.parametrize("pair", LanguagePair)
def test_a_poster_is_one_sheet_of_a4_with_everything_on_it_in_both_languages(pair: LanguagePair) -> None:
    shown = page(about(), pair)
    assert (round(shown.width / MILLIMETRE), round(shown.height / MILLIMETRE)) == (210, 297)
    local = SITTING.starts_at.astimezone(ZONE)
    for t in translators(pair):
        assert says(shown, t("Public hearing").upper())
        for one in (DOSSIER.title, DOSSIER.presenters, SITTING.place, SITTING.address, VILLAGES[1].name):
            assert says(shown, t.text(one).words), one
        day = t.day(local.date())
        assert says(shown, day[0].upper() + day[1:])
        assert says(shown, t.zone_name(ZONE))
        assert says(
            shown,
            t(
                "You can answer until {moment}",
                moment=t.moment_in_words(DOSSIER.closes_at, ZONE, now=DOSSIER.closes_at),
            ),
        )
    assert says(shown, f"{local:%H:%M}")
    assert says(shown, "t.me/bagysh_hearing_bot")
    assert says(shown, "@bagysh_hearing_bot")
    ensure_within_the_margins(shown)


def test_the_date_and_the_first_title_are_larger_than_everything_around_them() -> None:
    shown = page(about())
    sizes = {bare(run.words): run.size for run in shown.runs}
    assert sizes[f"{SITTING.starts_at.astimezone(ZONE):%H:%M}"] == max(sizes.values()) > 40
    assert sizes["Домкультуры·улицаЛенина,12"] < sizes["Маданиятүйү·Ленинкөчөсү,12"]


@pytest.mark.parametrize("pair", LanguagePair)
def test_the_code_says_exactly_the_link(pair: LanguagePair) -> None:
    *_, dark = page(about(), pair).code()
    assert qr.read(dark) == LINK


@pytest.mark.parametrize("name", ["abcde", "bagysh_hearing_bot", "b" * 32])
@pytest.mark.parametrize("number", [1, 12_345, 2**53])
def test_the_code_says_exactly_the_link_for_every_name_of_a_bot_and_every_number(name: str, number: int) -> None:
    wanted = deep_link(name, FollowPoster(number, number))
    shown = page(about(link=wanted))
    *_, dark = shown.code()
    assert qr.read(dark) == wanted
    assert says(shown, f"t.me/{name}")
    ensure_within_the_margins(shown)


def test_a_camera_finds_the_code_from_across_the_room() -> None:
    _, _, size, dark = page(about()).code()
    assert min(dark) == (4, 4)  # four white squares around it
    side = size * (max(x for x, _ in dark) + 1 - 4) / MILLIMETRE
    assert side > 55
    assert segno.make_qr(LINK, error="q").error in ("Q", "H")
    assert poster.code(LINK).error in ("Q", "H")


def test_the_code_is_a_drawing_of_every_dark_square_and_no_other() -> None:
    matrix = poster.code(LINK).matrix
    *_, dark = page(about()).code()
    assert dark == {(x + 4, y + 4) for y, row in enumerate(matrix) for x, square in enumerate(row) if square}
    assert drawing(LINK).count("<path") == 1


@pytest.mark.parametrize("sittings", [1, 3, 20])
@pytest.mark.parametrize("pair", LanguagePair)
def test_the_longest_texts_stay_on_the_sheet_and_only_the_title_is_cut(pair: LanguagePair, sittings: int) -> None:
    content = largest("Кыргызстандыктардын жыйыны", sittings=sittings)
    shown = page(about(content, village=replace(VILLAGES[1], name=long("Айылдын аты", 60))), pair)
    ensure_within_the_margins(shown)
    first = content.sittings[0]
    for t in translators(pair):
        for whole in (first.place, first.address, content.presenters):
            assert says(shown, t.text(whole).words)
        day = t.day(first.starts_at.astimezone(ZONE).date())
        assert says(shown, day[1:])
        assert not says(shown, t.text(content.title).words)
    assert shown.words.count("…") == 2


@pytest.mark.parametrize("letter", ["Ж", "Щ", "W"])
def test_a_text_of_one_endless_word_stays_on_the_sheet(letter: str) -> None:
    texts = {name: Text({"ky": letter * length, "ru": "Ш" * length}) for name, length in WORKBOOK.items()}
    sitting = replace(SITTING, place=texts["place"], address=texts["address"])
    content = replace(DOSSIER, title=texts["title"], presenters=texts["presenters"], sittings=(sitting,))
    shown = page(about(content))
    ensure_within_the_margins(shown)
    assert says(shown, letter * WORKBOOK["presenters"])


def test_what_both_languages_say_alike_stands_there_once() -> None:
    shown = page(about(replace(DOSSIER, title=text("Багыш 2027"), sittings=())))
    assert bare(shown.words).count("Багыш2027") == 1


def test_one_reads_of_the_sitting_in_the_own_village_first() -> None:
    there = replace(SITTING, starts_at=SITTING.starts_at + timedelta(days=9), address=VILLAGES[3].name)
    content = replace(DOSSIER, sittings=(*(SITTING,) * 4, there))
    shown = page(about(content, village=VILLAGES[3]))
    t = CATALOGUES["ky"]
    days = [t.day(one.starts_at.astimezone(ZONE).date())[1:] for one in (there, SITTING)]
    assert [bare(shown.words).count(bare(day)) for day in days] == [1, 2]
    assert bare(shown.words).index(bare(days[0])) < bare(shown.words).index(bare(days[1]))
    assert says(shown, t.n("There is {n} sitting; see the agenda.", "There are {n} sittings; see the agenda.", 5))


def test_a_hearing_online_or_without_a_sitting_has_a_poster_too() -> None:
    online = Sitting(SITTING.starts_at, online_link="https://meet.example/abc")
    for sittings in ((online,), ()):
        content = replace(DOSSIER, sittings=sittings, presenters=Text(), kind=HearingKind.OTHER)
        ensure_within_the_margins(page(about(content, village=None)))


def test_what_a_secretary_writes_is_never_markup() -> None:
    shown = page(about(replace(DOSSIER, title=text("#panic() *b* $x$ `c` // =h"))))
    assert says(shown, "#panic() *b* $x$ `c` // =h")


def test_letters_the_fonts_do_not_have_leave_no_empty_boxes() -> None:
    shown = page(about(replace(DOSSIER, title=text("Жол 🚜 道路 ﬁ"))))
    assert says(shown, typesetting.printable("Жол 🚜 道路 ﬁ"))


async def test_the_same_poster_is_the_same_file() -> None:
    assert await draw([about()], translators(LanguagePair.KY_RU)) == pdf([about()], translators(LanguagePair.KY_RU))


@pytest.mark.parametrize(
    ("title", "left_out"), [("🏫 Мектеп", True), ("Мектеп №\u200b5\t– «ҢҮӨ»", False), ("学校", False)]
)
def test_what_is_left_out_of_a_poster_is_known(title: str, left_out: bool) -> None:
    hearing = replace(HEARING, dossier=replace(DOSSIER, title=Text({"ky": title})))
    made = PosterText(hearing, MUNICIPALITY, VILLAGES[0], LINK, ZONE)
    assert poster.has_left_out((made,), translators(LanguagePair.KY_RU)) is left_out
