"""A workbook is read whoever wrote it, or the reason is named; none of them is "the sheet Hearing is missing"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from bot.spreadsheets.faults import Code
from bot.workbook.faults import HearingCode, sentence
from bot.workbook.reader import Reading, read
from tests.spreadsheets.crafting import Rows, xlsx, zipped
from tests.workbook.crafting import NOW, WORDS, reading
from tests.workbook.writers import READ, SHEETS, parts

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier


def _read(content: bytes) -> Reading:
    return read(content, catalogues=WORDS, municipality_timezone="Asia/Bishkek", now=NOW)


@cache
def _expected() -> Dossier:
    dossier = reading(SHEETS).dossier
    assert dossier is not None
    assert len(dossier.services) == 2
    return dossier


@pytest.mark.parametrize("writer", READ)
def test_the_same_hearing_is_read_whoever_wrote_the_file(writer: str) -> None:
    found = _read(READ[writer]())
    assert found.errors == ()
    assert found.dossier == _expected()


@pytest.mark.parametrize("sheet", [1, 4])
def test_a_sheet_whose_part_is_missing_is_named_and_to_be_saved_again(sheet: int) -> None:
    kept = parts()
    del kept[f"xl/worksheets/sheet{sheet}.xml"]
    (fault,) = _read(zipped(kept)).errors
    assert fault.code is Code.SHEET_MISSING_PART
    assert fault.values == {"name": list(SHEETS)[sheet - 1]}


def test_strings_that_are_missing_are_a_damaged_file() -> None:
    kept = parts()
    del kept["xl/sharedStrings.xml"]
    (fault,) = _read(zipped(kept)).errors
    assert fault.code is Code.CORRUPT


def test_of_an_old_excel_file_it_is_said_that_formats_are_not_known() -> None:
    assert [fault.code for fault in _read(READ["an old Excel"]()).warnings] == [Code.FORMATS_UNKNOWN]
    assert _read(xlsx(SHEETS)).warnings == _read(READ["OpenDocument"]()).warnings == ()


EXTRACT_HEAD: Rows = [
    *([f"Строка {n} шапки"] for n in range(9)),
    ["№", "КФСР", "Код", "Наименование", "КВФО", "Лимиты", "Остаток"],
    [1, 2, 3, 4, 5, 6, 7],
]


def test_of_a_treasurys_extract_the_table_and_its_columns_are_told() -> None:
    rows: Rows = [[n, "07.09", 11110000 + n, f"Другие вопросы в области {n}", 1, n * 1000.5, 0] for n in range(1, 215)]
    found = reading({"Пустой": [], "Лист1": [*EXTRACT_HEAD, *rows]})
    (fault,) = found.errors
    assert (fault.code, fault.sheet, fault.cell) == (HearingCode.FOREIGN_TABLE, "Лист1", "A12")
    assert {name: fault.values[name] for name in ("count", "amount", "name")} == {
        "count": 214,
        "amount": "F",
        "name": "D",
    }
    assert "Rows with a name and an amount: 214. Column F looks like the amount, column D like the name." in sentence(
        fault, WORDS["en"]
    )
    assert found.warnings == ()


@pytest.mark.parametrize(
    "rows",
    [
        [["Дата", "Аталышы"], ["06.12.2026", "Угуу"]],
        [["Код", "Название"], *([f"{n:08}", "Село"] for n in range(20))],
        [["№", "Аты"], *([n, "Айыл"] for n in range(1, 30))],
        [[1, 2, 3], [4, 5, 6], [700, 800, 900]],
    ],
    ids=["words", "codes", "a numbered list", "no names"],
)
def test_what_is_no_table_of_amounts_is_not_taken_for_one(rows: Rows) -> None:
    assert [fault.code for fault in reading({"Лист1": rows}).errors] == [Code.NO_SHEET]
