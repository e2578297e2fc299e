"""Merged cells: what stands in one counts for all it covers, an amount for none, and what is doubtful is named."""

from __future__ import annotations

from bot.spreadsheets.fault_log import FaultLog
from bot.spreadsheets.faults import Code
from bot.spreadsheets.opening import read_grids
from bot.spreadsheets.shape import Column, SheetShape
from bot.spreadsheets.tables import SheetTable, read_table
from bot.spreadsheets.vocabulary import COLUMN_WORDS, Vocabulary
from tests.spreadsheets.crafting import Laid, Row, Rows, xlsx

TREES = SheetShape(
    "trees",
    (
        Column("kind", required=True, shared=True),
        Column("name", translated=True, required=True),
        Column("apples", counted=True),
    ),
    row_limit=20,
)
VOCABULARY = Vocabulary([(COLUMN_WORDS, word, word) for word in ("kind", "name", "apples")])
HEADINGS: Row = ["kind", "name [ky]", "name [ru]", "apples"]


def _read(rows: Rows, *merged: str) -> tuple[SheetTable, FaultLog]:
    faults = FaultLog()
    (grid,) = read_grids(xlsx({"Trees": Laid(rows, merged=merged)}))
    table = read_table(grid, TREES, VOCABULARY, faults)
    assert table is not None
    return table, faults


def _said(faults: FaultLog) -> list[tuple[str, str, object]]:
    return [(fault.code, fault.cell, fault.values.get("range")) for fault in (*faults.errors, *faults.warnings)]


def _column(table: SheetTable, key: str, language: str = "") -> list[object]:
    return [row.values.get((key, language)) for row in table.rows]


def test_a_value_merged_over_rows_counts_for_each_of_them() -> None:
    rows: Rows = [HEADINGS, ["apple", "а", "а", 1], [None, "б", "б", 2], [None, "в", "в", 3], ["pear", "г", "г", 4]]
    table, faults = _read(rows, "A2:A4")
    assert _column(table, "kind") == ["apple", "apple", "apple", "pear"]
    assert _said(faults) == []


def test_groups_merged_by_threes_count_for_three_each() -> None:
    rows: Rows = [HEADINGS, *[[f"k{n}" if n % 3 == 0 else None, "а", "а", n] for n in range(9)]]
    table, _ = _read(rows, "A2:A4", "A5:A7", "A8:A10")
    assert _column(table, "kind") == ["k0"] * 3 + ["k3"] * 3 + ["k6"] * 3


def test_a_number_merged_over_rows_is_counted_for_none_of_them_and_its_range_is_named_once() -> None:
    table, faults = _read([HEADINGS, ["apple", "а", "а", 5], ["apple", "б", "б", None]], "D2:D3")
    assert [row.value("apples") for row in table.rows] == [None, None]
    assert set(_said(faults)) == {(Code.MERGED_NUMBER, "D2", "D2:D3")}


def test_a_number_merged_over_an_empty_row_is_that_of_the_one_that_is_not() -> None:
    table, faults = _read([HEADINGS, ["apple", "а", "а", 5], [], ["apple", "б", "б", 1]], "D2:D3")
    assert _column(table, "apples") == [5, 1]
    assert _said(faults) == []


def test_words_merged_over_rows_or_languages_count_for_each_and_are_named() -> None:
    table, faults = _read([HEADINGS, ["apple", "Ак", None, 1], ["apple", None, None, 2]], "B2:C3")
    assert _column(table, "name", "ky") == _column(table, "name", "ru") == ["Ак", "Ак"]
    assert set(_said(faults)) == {(Code.MERGED_FILLED, "B2", "B2:C3")}


def test_a_title_among_the_rows_is_said_and_is_no_row() -> None:
    table, faults = _read([HEADINGS, ["Яблоки"], ["apple", "а", "а", 1]], "A2:D2")
    assert [row.number for row in table.rows] == [3]
    assert _said(faults) == [(Code.MERGED_TITLE, "A2", "A2:D2")]


def test_titles_above_the_table_and_headings_of_two_rows_are_understood() -> None:
    above: Rows = [["Дарактар"], [], ["kind", "name", None, "apples"], [None, "ky", "ru", None]]
    table, faults = _read([*above, ["apple", "Ак", "Белая", 3]], "A1:D1", "A3:A4", "B3:C3", "D3:D4")
    (row,) = table.rows
    assert (row.number, row.values[("name", "ky")], row.values[("name", "ru")], row.values[("apples", "")]) == (
        5,
        "Ак",
        "Белая",
        3,
    )
    assert _said(faults) == []


def test_headings_merged_from_a_row_above_are_headings() -> None:
    above: Rows = [["kind", None, None, "apples"], [None, "name [ky]", "name [ru]", None]]
    table, _ = _read([*above, ["apple", "Ак", "Белая", 3]], "A1:A2", "D1:D2")
    assert len(table.rows) == 1


def test_a_heading_over_two_columns_of_numbers_is_a_fault() -> None:
    _, faults = _read([["kind", "name [ky]", "apples"], ["apple", "Ак", 1, 2]], "C1:D1")
    assert _said(faults) == [(Code.MERGED_HEADING, "C1", "C1:D1")]


def test_ranges_that_are_none_are_passed_over() -> None:
    table, faults = _read([HEADINGS, ["apple", "а", "а", 1]], "nonsense", "A2", "A0:B99999999", "ZZZZ1:A2")
    assert (len(table.rows), _said(faults)) == (1, [])


def test_hidden_rows_columns_and_sheets_are_read_and_said_with_the_first() -> None:
    apple: Row = ["apple", "а", "а", 1]
    rows: Rows = [HEADINGS, *[apple] * 4]
    faults = FaultLog()
    laid = Laid(rows, hidden_rows=[3, 4, 40], hidden_columns=[3, 4, 9], hidden=True)
    (grid,) = read_grids(xlsx({"Trees": laid}))
    table = read_table(grid, TREES, VOCABULARY, faults)
    assert table is not None
    assert len(table.rows) == 4
    assert [(fault.code, fault.cell, fault.values) for fault in faults.warnings] == [
        (Code.HIDDEN_SHEET, "", {}),
        (Code.HIDDEN_ROWS, "A3", {"count": 2}),
        (Code.HIDDEN_COLUMNS, "C1", {"count": 2}),
    ]
