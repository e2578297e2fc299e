"""A total among the lines of a budget is known, said, and counted once; what only looks like one stays a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.programme import Side
from bot.workbook.faults import HearingCode, sentence
from bot.workbook.totals import Entry, is_total, parts_by_code
from tests.workbook.crafting import WORDS, book, reading

if TYPE_CHECKING:
    from bot.workbook.reader import Reading
    from tests.spreadsheets.crafting import Cell

HEADINGS: list[Cell] = ["side", "group", "code", "line [ky]", "line [ru]", "amount", "last year"]
Line = tuple[str, str, object]
"""Code, title, amount."""


def read_lines(*lines: Line, unit: str = "thousand som", side: str = "revenue") -> Reading:
    rows: list[list[Cell]] = [[side, None, code or None, title, None, amount] for code, title, amount in lines]  # type: ignore[list-item]
    return reading(book([["unit", unit]], Budget=[HEADINGS, *rows]))


def codes(found: Reading) -> list[str]:
    """Errors and warnings about amounts, without those about empty languages."""
    said = [*found.errors, *found.warnings]
    return [
        f"{fault.code.name} {fault.cell}"
        for fault in said
        if isinstance(fault.code, HearingCode) and fault.cell[0] == "F"
    ]


TOTALS = """Жалпы баары|Жалпысы|Бардыгы:|Жалпы кирешелер|Кирешелердин жалпы суммасы|Чыгашалардын жыйынтыгы|Итого
ВСЕГО РАСХОДОВ|Всего доходов, тыс. сом|Итого по бюджету|Жами|Жами даромадлар|Jami|Umumiy xarajatlar|Total revenue
Итого (без учёта трансфертов)|Бардыгы (гранттарсыз)|Всього доходов (без урахування трансфертів)"""
LINES = """Жалпы билим берүү|Киреше бөлүгү|Общая медицина|Общеобразовательные школы|Жайыт үчүн төлөм|Бюджет
Жамият ишлари||Билим берүү (жалпы)|(жалпы)"""


@pytest.mark.parametrize("title", TOTALS.replace("\n", "|").split("|"))
def test_a_total_is_known_by_its_words(title: str) -> None:
    assert is_total(title)


@pytest.mark.parametrize("title", LINES.replace("\n", "|").split("|"))
def test_a_line_with_such_a_word_stays_a_line(title: str) -> None:
    assert not is_total(title)


def test_the_total_that_a_village_printed_last_is_taken_as_the_total() -> None:
    lines = [
        ("", "Теңдештирилген грант", "5115,2"),
        ("", "Жергиликтүү кирешелер", "1176,8"),
        ("", "Атайын эсеп", "243,0"),
    ]
    found = read_lines(*lines, ("", "Жайыт үчүн төлөм", "62,0"), ("", "Жалпы баары", "6597,0"))
    assert codes(found) == ["TAKEN_AS_TOTAL F6"]
    assert found.dossier is not None
    budget = found.dossier.budget
    assert budget is not None
    assert budget.total(Side.REVENUE) == 659_700_000
    assert budget.declared == ((Side.REVENUE, 659_700_000),)
    assert [line.no for line in budget.lines] == [1, 2, 3, 4]


def test_a_total_that_stands_first_or_below_its_parts_is_found_too() -> None:
    assert codes(read_lines(("", "Всего доходов", 100), ("", "Салык", 60), ("", "Грант", 40))) == ["TAKEN_AS_TOTAL F2"]
    parts = [("", "Салык", 60), ("", "Айып", 5), ("", "Итого", 65), ("", "Грант", 40), ("", "Жардам", 1)]
    found = read_lines(*parts, ("", "Итого", 41), ("", "Всего", 106))
    assert codes(found) == ["TAKEN_AS_TOTAL F4", "TAKEN_AS_TOTAL F7", "TAKEN_AS_TOTAL F8"]
    assert found.dossier is not None
    assert found.dossier.budget is not None
    assert found.dossier.budget.total(Side.REVENUE) == 10_600_000


def test_a_total_that_does_not_add_up_is_a_mistake_and_nothing_is_loaded() -> None:
    found = read_lines(("", "Салык", 60), ("", "Грант", 40), ("", "Жалпы баары", 120))
    assert codes(found) == ["LIKE_A_TOTAL F4"]
    said = sentence(found.errors[0], WORDS["en"]).replace("\N{NO-BREAK SPACE}", " ")
    assert "“Жалпы баары” looks like a total, but the lines above add up to 100 thousand som." in said
    assert found.dossier is None


def test_the_rows_above_others_by_their_codes_are_not_counted_twice() -> None:
    lines = [("10000000", "Салыктар", 100), ("11000000", "Киреше салыгы", 60), ("11100000", "Жалдануу", 60)]
    found = read_lines(*lines, ("12000000", "Жер салыгы", 40))
    assert codes(found) == ["TAKEN_AS_TOTAL F2", "TAKEN_AS_TOTAL F3"]
    assert found.dossier is not None
    assert found.dossier.budget is not None
    assert [line.code for line in found.dossier.budget.lines] == ["11100000", "12000000"]
    partly = read_lines(("11000000", "Жергиликтүү", "1999,6"), ("11400000", "Агент төлөөчү", "1561,6"))
    assert codes(partly) == ["ABOVE_BY_CODE F2"]


def test_numbers_of_lines_and_codes_of_other_lengths_are_no_hierarchy() -> None:
    numbered = [Entry(str(number), 5) for number in range(1, 21)]
    assert not any(parts_by_code(numbered))
    assert not any(parts_by_code([Entry("1110", 5), Entry("11100000", 5), Entry("", 5)]))


def test_a_line_that_equals_those_above_is_asked_about_and_counted() -> None:
    found = read_lines(("", "Жол", 60), ("", "Суу", 40), ("", "Мектеп", 100))
    assert codes(found) == ["EQUALS_LINES F4"]
    assert found.dossier is not None


def test_a_single_row_is_the_line_whatever_it_is_called() -> None:
    found = read_lines(("", "Жалпысы", "5575200 сом"), unit="som")
    assert codes(found) == []
    assert found.dossier is not None


def test_nil_is_nil_and_what_is_below_zero_is_taken_off() -> None:
    found = read_lines(
        ("", "Салык", "-"), ("", "Айып", "жок"), ("", "Грант", None), ("", "Кайтарылган", -5), ("", "Жер", 9)
    )
    assert codes(found) == ["NO_AMOUNT F4", "BELOW_ZERO F5"]
    assert found.dossier is not None
    assert found.dossier.budget is not None
    assert found.dossier.budget.total(Side.REVENUE) == 400_000


def test_an_amount_that_cannot_be_read_makes_no_second_fault_of_the_total() -> None:
    rows: list[list[Cell]] = [
        ["revenue", None, None, "Салык", None, "көп"],
        ["revenue", None, None, "Грант", None, 40],
        ["revenue", "TOTAL", None, None, None, 100],
    ]
    found = reading(book(Budget=[HEADINGS, *rows]))
    assert [fault.code.name for fault in found.errors] == ["NOT_NUMBER"]
    assert codes(found) == []


def test_a_thousand_times_last_years_amount_is_asked_about() -> None:
    rows: list[list[Cell]] = [
        ["revenue", None, None, "Салык", None, 1_200_000, 1_150],
        ["revenue", None, None, "Грант", None, 40, 38],
    ]
    assert codes(reading(book(Budget=[HEADINGS, *rows]))) == ["UNIT_DOUBTFUL F2"]
