"""The copy of a workbook with its mistakes marked, whatever the workbook is like."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from bot.i18n import Catalogues
from bot.spreadsheets import marking
from bot.spreadsheets.faults import Code, Fault
from bot.spreadsheets.marking import marked
from bot.spreadsheets.stamps import STAMP_NAME, WORKBOOK, Stamp
from bot.workbook.faults import sentence

if TYPE_CHECKING:
    from typing import Any

ENGLISH = Catalogues.load()["en"]
STAMP = Stamp(WORKBOOK, 7, 3)


def say(fault: Fault) -> str:
    """The sentence of a mistake."""
    return sentence(fault, ENGLISH)


def book(*, merged: str = "") -> bytes:
    """Two sheets; some cells of the first may be merged."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Hearing"
    sheet["B2"] = "12 мин"
    made.create_sheet("Budget")
    if merged:
        sheet.merge_cells(merged)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def copy_of(content: bytes, *faults: Fault) -> Any:
    """The copy, opened."""
    copy = marked(content, faults, say, STAMP)
    assert copy is not None
    return load_workbook(io.BytesIO(copy))


def test_a_mistake_is_yellow_with_a_note_and_the_copy_says_of_which_hearing_it_is() -> None:
    found = copy_of(book(), Fault(Code.NOT_NUMBER, "Hearing", "B2", values={"value": "12 мин"}))
    cell = found["Hearing"]["B2"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("12 мин", "00FFFF00")
    assert "is not a number" in cell.comment.text
    assert (found[STAMP_NAME]["A1"].value, found[STAMP_NAME].sheet_state) == ("workbook;7;3", "hidden")


def test_a_mistake_without_a_cell_stands_at_the_top_and_one_of_no_sheet_on_the_first() -> None:
    found = copy_of(book(), Fault(Code.CORRUPT, "Budget"), Fault(Code.CORRUPT, "Gone", "C3"))
    assert found["Budget"]["A1"].comment is not None
    assert found["Hearing"]["A1"].comment is not None


def test_a_mistake_within_merged_cells_stands_in_the_first_of_them() -> None:
    found = copy_of(book(merged="B2:C3"), Fault(Code.NOT_NUMBER, "Hearing", "C3", values={"value": "\x0712 мин"}))
    assert "12 мин" in found["Hearing"]["B2"].comment.text


def test_two_mistakes_of_one_cell_are_in_one_note() -> None:
    fault = Fault(Code.NOT_NUMBER, "Hearing", "B2", values={"value": "x"})
    found = copy_of(book(), fault, Fault(Code.TOO_LONG, "Hearing", "B2", values={"limit": 9, "length": 12}))
    assert len(found["Hearing"]["B2"].comment.text.splitlines()) == 2


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (marking.LARGEST_UNPACKED_COPY + 1))
    return file.getvalue()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", _bomb(), book()[:2000]], ids=len)
def test_of_what_is_no_whole_workbook_there_is_no_copy(content: bytes) -> None:
    assert marked(content, [Fault(Code.CORRUPT)], say, STAMP) is None
