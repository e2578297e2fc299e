"""The picture of the budget: its letters, its size, and that what people write in it is only ever words."""

from __future__ import annotations

import struct
from dataclasses import replace
from importlib.resources import files
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from bot.domain.errors import NotFound
from bot.domain.languages import LANGUAGES, Text
from bot.domain.programme import Budget, BudgetLine, Side, Unit
from bot.i18n import Catalogues, budget_words, names
from bot.reports import typesetting
from bot.reports.budget import MOST_BARS, bars, change, shares
from bot.reports.charts import budget_chart, chart_key, draw
from tests.reports.samples import BUDGET, DOSSIER, HEARING

CATALOGUES = Catalogues.load()
T = CATALOGUES["en"]
ALPHABETS = (
    "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюяўқғҳ",
    "abcdefghijklmnopqrstuvwxyzʻʼ",
    "0123456789 \N{NO-BREAK SPACE}.,:;!?()[]%+-–—«»“”„’'\"/№&*…·•°$€₽",
)


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    return int(width), int(height)


def fonts() -> list[frozenset[int]]:
    """What each font of the pictures can draw."""
    room = files("bot.reports") / "fonts"
    return [frozenset(TTFont(BytesIO((room / name).read_bytes())).getBestCmap()) for name in typesetting.FONT_FILES]


def with_titles(words_: str) -> Budget:
    """The sample budget, every line called the same."""
    return replace(BUDGET, lines=tuple(replace(line, title=Text({"en": words_})) for line in BUDGET.lines))


def test_both_fonts_draw_every_letter_of_every_language() -> None:
    for drawn in fonts():
        for alphabet in ALPHABETS:
            assert not {letter for letter in alphabet + alphabet.upper() if ord(letter) not in drawn}


def test_the_list_of_characters_is_what_the_fonts_have() -> None:
    assert all(drawn == typesetting.drawn() for drawn in fonts())


def test_the_fonts_are_small_and_their_licence_is_beside_them() -> None:
    room = files("bot.reports") / "fonts"
    assert sum(len((room / name).read_bytes()) for name in typesetting.FONT_FILES) < 300_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (room / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_house_can_be_drawn(language: str) -> None:
    t = CATALOGUES[language]
    said = [t(sentence) for table in (budget_words.BUDGET_GROUP_NAMES, names.SIDE_NAMES) for sentence in table.values()]
    assert not {letter for sentence in said for letter in sentence if ord(letter) not in typesetting.drawn()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_as_wide_as_a_phone_in_every_language(language: str) -> None:
    width, height = size(budget_chart(DOSSIER, CATALOGUES[language]))
    assert 600 <= width <= 1080
    assert height <= width * 5 / 4


def test_groups_whose_names_say_little_are_explained_where_they_are_drawn() -> None:
    lines = tuple(BudgetLine(no, Side.EXPENDITURE, f"7{no:02}", Text({"en": "x"}), 100 * no) for no in range(1, 10))
    drawn = bars(Budget(lines), Side.EXPENDITURE, T)
    assert ("Environmental protection", "rubbish, planting trees") in [(bar.label, bar.explained) for bar in drawn]
    assert next(bar.explained for bar in drawn if bar.label == "Education") == ""


async def test_the_same_budget_makes_the_same_picture_and_the_same_key() -> None:
    assert await draw(HEARING, T) == budget_chart(DOSSIER, T)
    assert chart_key(HEARING, T) == chart_key(replace(HEARING, version=2), T)


def test_another_number_word_language_or_hearing_has_another_key() -> None:
    first = BUDGET.lines[0]
    dearer = replace(BUDGET, lines=(replace(first, amount=first.amount + 100), *BUDGET.lines[1:]))
    keys = {
        chart_key(HEARING, T),
        chart_key(HEARING, CATALOGUES["ky"]),
        chart_key(replace(HEARING, id=2), T),
        chart_key(replace(HEARING, dossier=replace(DOSSIER, budget=dearer)), T),
        chart_key(replace(HEARING, dossier=replace(DOSSIER, unit=Unit.SOM)), T),
        chart_key(replace(HEARING, dossier=replace(DOSSIER, title=Text({"en": "Another"}))), T),
    }
    assert len(keys) == 6


def test_what_people_write_is_never_markup() -> None:
    plain, markup = (
        budget_chart(replace(DOSSIER, budget=with_titles(title)), T) for title in ("abc", "#panic() *b* $x$ `c` //")
    )
    assert min(size(plain)[0], size(markup)[0]) >= 600
    assert plain != markup


def test_letters_the_fonts_do_not_have_leave_no_empty_boxes() -> None:
    titles = {"Жол 🚜 道路 ﬁ ①\u202e\x07": "Жол  ?? fi 1"}
    for title, drawn in titles.items():
        assert typesetting.printable(title) == drawn
        assert budget_chart(replace(DOSSIER, budget=with_titles(title)), T) == budget_chart(
            replace(DOSSIER, budget=with_titles(drawn)), T
        )


def test_a_hearing_without_a_budget_has_no_picture() -> None:
    for budget in (None, Budget(())):
        with pytest.raises(NotFound):
            budget_chart(replace(DOSSIER, budget=budget), T)


def test_a_side_alone_and_sums_of_nothing_can_be_drawn() -> None:
    line = BudgetLine(1, Side.EXPENDITURE, "709", Text({"en": "School"}), 0)
    odd = Budget((line, replace(line, no=2, amount=-500, last_year=0)))
    assert size(budget_chart(replace(DOSSIER, budget=odd, fiscal_year=None), T))[0] >= 600


def test_first_come_the_two_shares_people_do_not_expect() -> None:
    own, grants, largest = shares(BUDGET, T)
    assert (own.side, grants.side, largest.side) == (Side.REVENUE, Side.REVENUE, Side.EXPENDITURE)
    assert own.ratio == pytest.approx((3_240_000 + 1_180_000) / 18_620_000)
    assert grants.ratio == pytest.approx(BUDGET.grant_share)
    assert largest.ratio == pytest.approx(6_120_000 / 18_620_000)
    assert largest.words == "of expenditure: General public services"


def test_bars_add_up_to_the_total_however_many_lines_there_are() -> None:
    for count in (1, MOST_BARS, MOST_BARS + 1, 60):
        lines = tuple(
            BudgetLine(
                no, Side.EXPENDITURE, f"group {no % 20}", Text({"en": f"line {no}"}), no * 100, last_year=no * 90
            )
            for no in range(1, count + 1)
        )
        found = bars(Budget(lines), Side.EXPENDITURE, T)
        assert len(found) <= MOST_BARS
        assert sum(bar.amount for bar in found) == Budget(lines).total(Side.EXPENDITURE)
        assert sum(bar.last_year or 0 for bar in found) == Budget(lines).last_total(Side.EXPENDITURE)


def test_change_is_said_only_where_it_says_something() -> None:
    found = {bar.label: change(T, bar) for bar in bars(BUDGET, Side.REVENUE, T)}
    assert sorted(found.values()) == ["+10%", "+16%", "+7%", "–10%", "–5%"]
    (bar, *_) = bars(BUDGET, Side.REVENUE, T)
    assert change(T, replace(bar, last_year=None)) == change(T, replace(bar, last_year=0)) == ""
