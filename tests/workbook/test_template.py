"""The empty workbook: in every language it can be filled as it says, and what comes out is a hearing."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from bot.domain.languages import KY, LANGUAGES
from bot.i18n import Catalogues
from bot.spreadsheets.faults import Code
from bot.spreadsheets.stamps import STAMP_NAME
from bot.workbook import words
from bot.workbook.reader import read
from bot.workbook.sheets import LISTS_SHEET_NAME, TABLE_SHEETS
from bot.workbook.template import tags_of, template
from tests.workbook.crafting import NOW, VILLAGES

if TYPE_CHECKING:
    from openpyxl import Workbook

SHIPPED = Catalogues.load()
_BOX = re.compile(r"width:([\d.]+)pt;height:([\d.]+)pt")


def _opened(language: str) -> Workbook:
    return load_workbook(io.BytesIO(template(SHIPPED[language])))


def _read(book: Workbook) -> Any:
    saved = io.BytesIO()
    book.save(saved)
    return read(saved.getvalue(), catalogues=SHIPPED, municipality_timezone="Asia/Bishkek", now=NOW, villages=VILLAGES)


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
    """Each example row as if the secretary had written it: without the mark before its first value."""
    t = SHIPPED[language]
    for sheet in TABLE_SHEETS:
        rows = book[words.sheets(t)[sheet.key]]
        for row in range(2, rows.max_row + 1):
            mark, _, value = str(rows.cell(row, 1).value).partition(": ")
            if mark == words.marks(t)["example"]:
                rows.cell(row, 1).value = value


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
        STAMP_NAME,
    ]
    assert book[LISTS_SHEET_NAME].sheet_state == book[STAMP_NAME].sheet_state == "hidden"
    assert book[STAMP_NAME]["A1"].value == "workbook;0;0"
    for sheet in TABLE_SHEETS:
        rows = book[names[sheet.key]]
        assert rows.freeze_panes == "B2"
        assert (rows.page_setup.orientation, rows.page_setup.paperSize) == ("landscape", 9)
        offered = {str(one.sqref).split(":")[0] for one in rows.data_validations.dataValidation}
        beside = sheet.key in ("Actions", "Budget", "Attendance targets")
        assert len(offered) == sum(bool(column.choices) for column in sheet.columns) + beside
        if sheet.key != "Attendance targets":
            assert rows["A1"].comment is not None


def test_lists_offer_the_words_of_the_language() -> None:
    book = _opened(KY)
    offered = {cell.value for row in book[LISTS_SHEET_NAME].iter_rows() for cell in row}
    assert set(words.groups(SHIPPED[KY]).values()) <= offered
    assert set(words.question_kinds(SHIPPED[KY]).values()) <= offered


def test_a_template_has_columns_for_the_languages_asked_for_alone_with_an_example_in_each() -> None:
    others = {"ky": SHIPPED["ky"], "ru": SHIPPED["ru"]}
    book = load_workbook(io.BytesIO(template(SHIPPED["ky"], ("ky", "ru"), others=others)))
    services = book[words.sheets(SHIPPED["ky"])["Services"]]
    headings = [str(cell.value) for cell in services[1]]
    assert not [heading for heading in headings if heading.endswith(("[uz]", "[en]"))]
    example = dict(zip(headings, (cell.value for cell in services[2]), strict=True))
    assert all(example.values()), example
    assert len(set(example.values())) == len(headings) - 3  # kilometres and dates are the same in both
    assert tags_of(["uz_Cyrl", "ky", "uz"]) == ("uz", "ky")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_help_is_cut_or_lies_over_another(language: str) -> None:
    book = _opened(language)
    steps = book[words.sheets(SHIPPED[language])["How to fill"]]
    for row in range(2, steps.max_row + 1):
        lines = len(str(steps.cell(row, 1).value)) / 100
        assert steps.row_dimensions[row].height >= 13 * lines
    with zipfile.ZipFile(io.BytesIO(template(SHIPPED[language]))) as archive:
        drawings = [name for name in archive.namelist() if name.endswith(".vml")]
        boxes = [_BOX.findall(archive.read(name).decode()) for name in sorted(drawings)]
    for sheet, sizes in zip(TABLE_SHEETS, boxes, strict=True):
        cells = book[words.sheets(SHIPPED[language])[sheet.key]][1]
        remarks = [cell.comment.text for cell in cells if cell.comment is not None]
        for remark, (width, height) in zip(remarks, sizes, strict=True):
            assert len(remark) <= float(width) / 5 * (float(height) // 12), remark  # points, at a size of 9


def test_the_same_template_is_the_same_bytes() -> None:
    assert template(SHIPPED[KY]) == template(SHIPPED[KY])
    assert datetime(2026, 1, 1) == _opened(KY).properties.created  # noqa: DTZ001 - Excel's own wall time
