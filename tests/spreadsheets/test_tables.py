"""A sheet of any shape is read as a table: here a list of trees, which no hearing knows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.languages import KY, RU, UZ, UZ_CYRL
from bot.spreadsheets import cells
from bot.spreadsheets.alphabet import UZ_LATN, language_of, split_heading
from bot.spreadsheets.faults import Choices, Code, Label
from bot.spreadsheets.opening import read_grids
from bot.spreadsheets.shape import Column, SheetShape
from bot.spreadsheets.tables import FaultLog, SheetTable, read_table
from bot.spreadsheets.vocabulary import COLUMN_WORDS, EXAMPLE_WORDS, Vocabulary
from tests.scale import examples
from tests.spreadsheets.crafting import Cell, Formula, Row, Rows, xlsx

TREES = SheetShape(
    "trees",
    (
        Column("kind", choices="tree kind", required=True),
        Column("name", translated=True, limit=10, required=True),
        Column("height"),
    ),
    row_limit=3,
)
VOCABULARY = Vocabulary(
    [
        *((COLUMN_WORDS, word, word) for word in ("kind", "name", "height")),
        (COLUMN_WORDS, "бийиктиги", "height"),
        (EXAMPLE_WORDS, "EXAMPLE", "example"),
        ("tree kind", "apple", "apple"),
        ("tree kind", "алма", "apple"),
        ("tree kind", "Алма.", "pear"),
    ]
)
HEADINGS = ["kind", "name [ky]", "name [ru]", "height"]


def _read(rows: Rows) -> tuple[SheetTable | None, FaultLog]:
    faults = FaultLog()
    (grid,) = read_grids(xlsx({"Trees": rows}))
    return read_table(grid, TREES, VOCABULARY, faults), faults


def _table(*rows: Row) -> tuple[SheetTable, FaultLog]:
    table, faults = _read([HEADINGS, *rows])
    assert table is not None
    return table, faults


def _errors(faults: FaultLog) -> list[tuple[str, str]]:
    return [(fault.code, fault.cell) for fault in faults.errors]


def test_a_row_is_read_by_the_meaning_of_its_columns() -> None:
    table, faults = _table(["Алма", "Кызыл", "Красная", "4,5"])
    (row,) = table.rows
    assert row.choice(TREES.column("kind"), VOCABULARY) == "apple"
    assert dict(row.text(TREES.column("name")).by_language) == {KY: "Кызыл", RU: "Красная"}
    assert row.parsed("height", cells.number) == cells.exact(4.5)
    assert [row.cell_name("name"), row.cell_name("name", RU), row.cell_name("height")] == ["B2", "C2", "D2"]
    assert (faults.errors, faults.warnings) == ([], [])


def test_what_is_wrong_is_noted_by_its_cell_and_reading_goes_on() -> None:
    table, faults = _table(
        ["oak", "а" * 11, None, "five"], [None, None, None, Formula("1/0", "#DIV/0!", "e")], [None, "Бой", None, None]
    )
    for row in table.rows:
        assert row.choice(TREES.column("kind"), VOCABULARY) is None
        row.text(TREES.column("name"))
        assert row.required(TREES.column("height"), cells.number) is None
    assert _errors(faults) == [
        (Code.NOT_CHOICE, "A2"),
        (Code.TOO_LONG, "B2"),
        (Code.NOT_NUMBER, "D2"),
        (Code.EMPTY, "B3"),
        (Code.ERROR_VALUE, "D3"),
        (Code.EMPTY, "D4"),
    ]
    assert faults.errors[0].values == {"value": "oak", "choices": Choices("tree kind")}
    assert faults.errors[-1].values == {"name": Label(COLUMN_WORDS, "height")}


def test_headings_may_stand_below_a_title_in_any_order_and_unknown_ones_are_warned_of() -> None:
    table, faults = _read([["Our trees"], [None], ["БИЙИКТИГИ ", "secret", "name", "Kind"], [4, "x", "Кызыл", "apple"]])
    assert table is not None
    assert [row.number for row in table.rows] == [4]
    assert [(fault.code, fault.cell) for fault in faults.warnings] == [(Code.COLUMN_IGNORED, "B3")]


def test_a_column_that_is_missing_or_there_twice_is_an_error() -> None:
    table, faults = _read([["kind", "height"], ["apple", 4]])
    assert table is None
    assert faults.errors[0].values == {"name": Label(COLUMN_WORDS, "name")}
    _, faults = _read([["kind", "name", "height", "height"]])
    assert _errors(faults) == [(Code.COLUMN_TWICE, "D1")]


def test_a_table_has_at_most_as_many_rows_as_its_shape_and_examples_are_none() -> None:
    table, faults = _table(["example", "Кызыл"], *[["apple", "Кызыл"]] * 4)
    assert [row.number for row in table.rows] == [3, 4, 5]
    assert [(fault.code, fault.values) for fault in faults.errors] == [(Code.TOO_MANY_ROWS, {"limit": 3})]


CELLS = (
    st.none()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["kind", "name", "name [ky]", "height", "apple", "EXAMPLE", "4,5", "Formula"])
)


@settings(max_examples=examples(50))
@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_any_cells_are_a_table_or_a_fault(rows: list[list[Cell]]) -> None:
    table, faults = _read(rows)
    assert table is not None or faults.errors
    for row in table.rows if table else ():
        row.choice(TREES.column("kind"), VOCABULARY)
        row.text(TREES.column("name"))
        row.required(TREES.column("height"), cells.number)


def test_the_first_key_of_a_word_stays_and_spelling_is_forgiven() -> None:
    assert VOCABULARY.find("tree kind", "  АЛМА.") == "apple"
    assert VOCABULARY.find("tree kind", "kind") is None
    assert VOCABULARY.find("no such table", "apple") is None


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("name", ("name", "")),
        ("name [ky]", ("name", KY)),
        ("name (рус)", ("name", RU)),
        ("name [uz_Latn]", ("name", UZ_LATN)),
        ("amount (som)", ("amount", "")),
        ("name [xx]", ("name", None)),
    ],
)
def test_a_heading_is_a_name_and_a_language(heading: str, parts: tuple[str, str | None]) -> None:
    assert split_heading(heading) == parts


@pytest.mark.parametrize(
    ("text", "heading", "language"),
    [
        ("Алма", RU, RU),
        ("Олма", UZ, UZ_CYRL),
        ("Olma", UZ, UZ),
        ("Olma", UZ_LATN, UZ),
        ("Алма", "", KY),
        ("Ўрик", "", UZ_CYRL),
        ("Oʻrik", "", UZ),
        ("Apple", "", "en"),
    ],
)
def test_the_language_of_a_text_is_that_of_its_heading_or_of_its_letters(
    text: str, heading: str, language: str
) -> None:
    assert language_of(text, heading) == language
