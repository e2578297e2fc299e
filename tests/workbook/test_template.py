"""The empty workbook: in every language it can be filled as it says, and what comes out is a hearing."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from bot.domain.languages import KY, LANGUAGES
from bot.i18n import Catalogues
from bot.workbook import Code, read, template, words
from bot.workbook.sheets import LISTS_SHEET_NAME, TABLE_SHEETS
from tests.workbook.crafting import NOW

if TYPE_CHECKING:
    from openpyxl import Workbook

SHIPPED = Catalogues.load()


def _opened(language: str) -> Workbook:
    return load_workbook(io.BytesIO(template(SHIPPED[language])))


def _read(book: Workbook) -> Any:
    saved = io.BytesIO()
    book.save(saved)
    return read(saved.getvalue(), catalogues=SHIPPED, municipality_timezone="Asia/Bishkek", now=NOW)


def _fill_hearing(book: Workbook, language: str) -> None:
    t = SHIPPED[language]
    sheet = book[words.sheets(t)["Hearing"]]
    fields = {word: key for key, word in words.fields(t).items()}
    values: dict[str, str | date | time] = {
        "title": "Угуу",
        "place": "Мектеп",
        "date": date(2026, 12, 6),
        "time": time(14, 0),
    }
    for row in range(2, sheet.max_row + 1):
        key = fields[str(sheet.cell(row, 1).value)]
        if key in values:
            sheet.cell(row, 3 if key in ("title", "place") else 2).value = values[key]


def _take_examples(book: Workbook, language: str) -> None:
    """Each example row as if the secretary had written it: its first cell says something of the table."""
    t = SHIPPED[language]
    first = {"Budget": words.sides(t)["revenue"], "Attendance targets": "Аялдар"}
    for sheet in TABLE_SHEETS:
        rows = book[words.sheets(t)[sheet.key]]
        for row in range(2, rows.max_row + 1):
            if rows.cell(row, 1).value == words.marks(t)["example"]:
                rows.cell(row, 1).value = first.get(sheet.key, row - 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_untouched_template_only_asks_for_what_a_hearing_needs(language: str) -> None:
    found = read(template(SHIPPED[language]), catalogues=SHIPPED, municipality_timezone="Asia/Bishkek", now=NOW)
    assert [(fault.code, fault.cell) for fault in found.errors] == [
        (Code.EMPTY, "C2"),
        (Code.EMPTY, "B4"),
        (Code.EMPTY, "B5"),
        (Code.EMPTY, "C7"),
    ]
    assert found.warnings == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_that_were_left_are_not_loaded(language: str) -> None:
    book = _opened(language)
    _fill_hearing(book, language)
    found = _read(book)
    assert (found.errors, found.warnings) == ((), ())
    assert (found.dossier.services, found.dossier.budget, found.dossier.agenda) == ((), None, ())
    assert found.dossier.sittings[0].starts_at.isoformat() == "2026-12-06T08:00:00+00:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_a_hearing_that_can_be_loaded(language: str) -> None:
    book = _opened(language)
    _fill_hearing(book, language)
    _take_examples(book, language)
    found = _read(book)
    assert found.errors == ()
    assert len(found.dossier.services) == len(found.dossier.services[0].actions) == 1
    assert found.dossier.budget.discrepancies() == ()
    assert found.dossier.budget.lines[0].amount == 125_000_000
    assert [question.kind for question in found.dossier.questions] == ["stance", "several"]
    assert [one.population for one in found.dossier.attendance] == [1250]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_has_remarks_lists_and_a_page_to_print(language: str) -> None:
    book = _opened(language)
    names = words.sheets(SHIPPED[language])
    assert book.sheetnames == [
        names["How to fill"],
        names["Hearing"],
        *(names[s.key] for s in TABLE_SHEETS),
        LISTS_SHEET_NAME,
    ]
    assert book[LISTS_SHEET_NAME].sheet_state == "hidden"
    for sheet in TABLE_SHEETS:
        rows = book[names[sheet.key]]
        assert rows.freeze_panes == "B2"
        assert (rows.page_setup.orientation, rows.page_setup.paperSize) == ("landscape", 9)
        offered = {str(one.sqref).split(":")[0] for one in rows.data_validations.dataValidation}
        assert len(offered) == sum(bool(column.choices) for column in sheet.columns)
        if sheet.key != "Attendance targets":
            assert rows["A1"].comment is not None


def test_lists_offer_the_words_of_the_language() -> None:
    book = _opened(KY)
    offered = {cell.value for row in book[LISTS_SHEET_NAME].iter_rows() for cell in row}
    assert set(words.groups(SHIPPED[KY]).values()) <= offered
    assert set(words.question_kinds(SHIPPED[KY]).values()) <= offered


def test_the_same_template_is_the_same_bytes() -> None:
    assert template(SHIPPED[KY]) == template(SHIPPED[KY])
    assert datetime(2026, 1, 1) == _opened(KY).properties.created  # noqa: DTZ001 - Excel's own wall time
