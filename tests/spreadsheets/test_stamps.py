"""A stamp comes back with a file, whatever program has saved it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from openpyxl import load_workbook

from bot.spreadsheets.grids import Grid
from bot.spreadsheets.opening import read_grids
from bot.spreadsheets.stamps import STAMP_NAME, Stamp, find_stamp, write_stamp
from tests.spreadsheets.compound import xls
from tests.spreadsheets.open_document import ods, row

if TYPE_CHECKING:
    from collections.abc import Callable

STAMP = Stamp("decisions", 12, 1_790_000_000_000_000)


def _written() -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.add_worksheet("Дарактар").write_string(0, 0, "алма")
    write_stamp(book, STAMP).write_string(0, 1, "тизме")
    book.close()
    return file.getvalue()


@pytest.mark.parametrize(
    "saved",
    [
        _written,
        lambda: xls({"Дарактар": [["алма"]], "HEARING_BOT": [[str(STAMP)]]}),
        lambda: ods({"Дарактар": row("алма"), STAMP_NAME: row(str(STAMP), "тизме")}),
    ],
)
def test_a_file_says_what_it_is_whatever_saved_it(saved: Callable[[], bytes]) -> None:
    assert find_stamp(read_grids(saved())) == STAMP


def test_the_stamp_is_a_named_cell_that_nobody_sees() -> None:
    book = load_workbook(io.BytesIO(_written()))
    assert book[STAMP_NAME].sheet_state == "hidden"
    assert book.defined_names[STAMP_NAME].attr_text == "hearing_bot!$A$1"
    assert [sheet.title for sheet in book] == ["Дарактар", STAMP_NAME]


@pytest.mark.parametrize(
    "written",
    ["", "decisions", "decisions;12", "decisions;12;3;4", "decisions;-1;0", "decisions;1" + "0" * 30 + ";0", 12],
)
def test_what_is_no_stamp_of_ours_is_none(written: object) -> None:
    assert find_stamp([Grid(STAMP_NAME, ((1, (written,)),)), Grid("Дарактар", ((1, (str(STAMP),)),))]) is None
    assert find_stamp([]) is None
