"""A workbook is read whoever wrote it, or the reason is named; none of them is "the sheet Hearing is missing"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from bot.workbook import Code, Reading, read
from tests.spreadsheets.crafting import xlsx, zipped
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
