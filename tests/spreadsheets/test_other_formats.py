"""Old Excel files and OpenDocument: read by a process of their own, which a hostile file may end."""

from __future__ import annotations

import contextlib
import os
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.spreadsheets import other_formats
from bot.spreadsheets.cells import Percent
from bot.spreadsheets.faults import Code
from bot.spreadsheets.grids import Broken, CannotOpen, Unsaved
from bot.spreadsheets.layout import Merge
from bot.spreadsheets.opening import read_grids
from tests.scale import examples
from tests.spreadsheets.compound import compound, xls
from tests.spreadsheets.crafting import Laid, Rows, zipped
from tests.spreadsheets.open_document import ods, row, typed, words


def test_an_old_excel_file_is_read_with_its_merged_cells_where_they_stand() -> None:
    sheets: dict[str, Rows] = {
        "Дарактар": Laid([[], [None, "алма", 4, 22.1], [None, None, 5]], merged=["B2:B3"]),
        "Дагы": [["!"]],
    }
    trees, more = read_grids(xls(sheets))
    assert (trees.name, more.name) == ("Дарактар", "Дагы")
    assert trees.rows == ((2, (None, "алма", 4, 22.1)), (3, (None, None, 5)))
    assert trees.layout.merges == [Merge(2, 2, 3, 2)]
    assert not trees.formats_known


def test_two_cells_in_far_corners_end_the_process_that_reads_them_and_nothing_else() -> None:
    corners: Rows = [[1.0], *[[]] * 65_534, [*[None] * 255, 2.0]]
    with pytest.raises(CannotOpen) as cannot:
        read_grids(xls({"Far": corners}))
    assert cannot.value.fault.code is Code.OLD_EXCEL


@settings(max_examples=examples(20), deadline=None)
@given(st.binary(max_size=300))
def test_whatever_a_compound_file_holds_is_answered(stream: bytes) -> None:
    with contextlib.suppress(CannotOpen):
        read_grids(compound({"Workbook": b"\x09\x08" + stream}))


def test_every_type_of_an_open_document_cell_means_what_it_shows() -> None:
    cells = (
        *("Эки  сөз\nэки сап", 4.5, typed("percentage", "0.45", shown="45 %"), typed("currency", "1200.5")),
        *(typed("date", "2026-12-06"), typed("date", "2026-12-06T14:30:00"), typed("time", "PT14H05M00S")),
        *(typed("time", "PT30H00M00S"), typed("boolean", "true"), typed("float", "INF")),
        words("#REF!", 'table:formula="of:=1"'),
        '<table:table-cell table:formula="of:=1+1"/>',
    )
    (grid,) = read_grids(ods({"Дарактар": row(*cells)}))
    ((_, values),) = grid.rows
    assert values == (
        *("Эки  сөз\nэки сап", 4.5, Percent(0.45), 1200.5, date(2026, 12, 6), datetime(2026, 12, 6, 14, 30)),  # noqa: DTZ001
        *(time(14, 5), timedelta(hours=30), True, Broken("#NUM!"), Broken("#REF!"), Unsaved()),
    )
    assert isinstance(values[2], Percent)
    assert grid.formats_known


def test_repeated_merged_and_hidden_cells_of_an_open_document_stand_where_they_are() -> None:
    merged = words("алма", 'table:number-rows-spanned="2"')
    body = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        + row(None, merged, typed("float", "7", more='table:number-columns-repeated="3"'))
        + row(None, "<table:covered-table-cell/>", 5, attributes='table:visibility="collapse"')
        + row(None, attributes='table:number-rows-repeated="1048000"')
        + row("төмөндө", attributes='table:number-rows-repeated="2"')
    )
    (grid,) = read_grids(ods({"Дарактар": body}))
    assert grid.rows[:2] == ((1, (None, "алма", 7, 7, 7)), (2, (None, None, 5)))
    assert [number for number, _ in grid.rows[2:]] == [1_048_003, 1_048_004]
    assert (grid.layout.merges, grid.layout.hidden_rows) == ([Merge(1, 2, 2, 2)], [2])
    assert grid.layout.hidden_columns == [(3, 3)]


def test_a_remark_beside_a_cell_is_not_its_text_and_a_sheet_that_is_not_shown_is_told() -> None:
    remark = "<office:annotation><text:p>remark</text:p></office:annotation><text:p>алма</text:p>"
    cell = f'<table:table-cell office:value-type="string">{remark}</table:table-cell>'
    unseen = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    content = ods({'T" table:style-name="ta1': row(cell)}, styles=unseen)
    (grid,) = read_grids(content)
    assert (grid.rows, grid.hidden) == (((1, ("алма",)),), True)


@pytest.mark.parametrize(
    "content",
    [
        b"<a>",
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>',
        ods({"T": row(typed("date", "tomorrow"))}),
        ods({"T": row(typed("float", "many"))}),
    ],
    ids=["half", "entities that grow", "a date that is none", "a number that is none"],
)
def test_a_damaged_open_document_says_what_it_is(content: bytes) -> None:
    if not content.startswith(b"PK"):
        content = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})
    with pytest.raises(CannotOpen) as cannot:
        read_grids(content)
    assert cannot.value.fault.code is Code.OPEN_DOCUMENT


def test_the_process_that_reads_has_none_of_our_secrets() -> None:
    os.environ["HEARING_BOT_TEST_SECRET"] = "secret"
    try:
        assert set(other_formats._environment()) <= {"PYTHONPATH", "LD_LIBRARY_PATH"}
    finally:
        del os.environ["HEARING_BOT_TEST_SECRET"]


def test_a_process_that_cannot_begin_leaves_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(CannotOpen) as cannot:
        read_grids(ods({"T": row("алма")}))
    assert cannot.value.fault.code is Code.OPEN_DOCUMENT
