"""A stranger's workbook: anything may come, nothing may crash, swell or lie its way in."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.spreadsheets.faults import Code
from bot.workbook.faults import sentence
from bot.workbook.reader import Reading, read
from tests.scale import examples
from tests.spreadsheets.crafting import Formula, Number, Row, Rows, xlsx
from tests.workbook.crafting import HEARING, NOW, WORDS, book, reading


def _read(content: bytes) -> Reading:
    return read(content, catalogues=WORDS, municipality_timezone="Asia/Bishkek", now=NOW)


def test_a_file_that_is_no_workbook_is_one_error_and_no_hearing() -> None:
    found = _read(b"%PDF-1.7\n")
    assert [fault.code for fault in found.errors] == [Code.PDF]
    assert (found.dossier, found.warnings) == (None, ())
    assert sentence(found.errors[0], WORDS["en"]).startswith("This is a PDF.")


@settings(max_examples=examples(150))
@given(st.one_of(st.binary(max_size=600), st.binary(max_size=600).map(lambda tail: b"PK\x03\x04" + tail)))
def test_any_bytes_are_answered(content: bytes) -> None:
    assert _read(content).errors


@settings(max_examples=examples(150))
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_workbook_damaged_anywhere_is_answered(damage: list[tuple[int, int]]) -> None:
    content = bytearray(xlsx(book(Budget=[["side", "amount"], ["revenue", 5]]), compression=zipfile.ZIP_STORED))
    for at, value in damage:
        content[at % len(content)] = value
    found = _read(bytes(content))
    assert (found.dossier is None) == bool(found.errors)


@settings(max_examples=examples(100))
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(),
                st.floats(allow_nan=False, allow_infinity=False),
                st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30),
                st.sampled_from(["title", "date", "value [ky]", "services", "revenue", "TOTAL", "service 1", "rank"]),
            ),
            max_size=7,
        ),
        max_size=6,
    )
)
def test_any_cells_on_any_sheet_are_answered(rows: list[list[str | int | float | None]]) -> None:
    heads: dict[str, Row] = {
        "Agenda": ["no", "time", "item [ky]"],
        "Services": ["no", "title [ky]", "problem [ky]"],
        "Actions": ["service", "action [ky]", "amount"],
        "Budget": ["side", "group", "code", "line [ky]", "amount"],
        "Questions": ["no", "about", "kind", "text [ky]", "options [ky]", "limit"],
        "Attendance targets": ["group", "population"],
    }
    sheets: dict[str, Rows] = {name: [head, *rows] for name, head in heads.items()}
    found = reading({"Hearing": [*HEARING, *rows], **sheets})
    assert (found.dossier is None) == bool(found.errors)
    for fault in (*found.errors, *found.warnings):
        assert sentence(fault, WORDS["ky"])


CELLS: dict[str, Rows] = {
    "Agenda": [["no", "time", "item [ky]"], [1, "14:00", "Ачылышы"]],
    "Services": [["no", "title [ky]", "problem [ky]"], [1, "Жолдор", "Чуңкур"]],
    "Budget": [["side", "group", "code", "line [ky]", "amount"], ["revenue", "own", "1", "Салык", 5]],
    "Questions": [
        ["no", "about", "kind", "text [ky]", "options [ky]"],
        [1, "service 1", "stance", "Колдойсузбу?", None],
    ],
}


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
@pytest.mark.parametrize(
    ("sheet", "column"), [(name, at) for name, rows in CELLS.items() for at in range(len(rows[0]))]
)
def test_a_number_without_end_in_any_cell_is_a_fault_of_that_cell(sheet: str, column: int, number: str) -> None:
    head, row = CELLS[sheet]
    spoilt = [*row]
    spoilt[column] = Number(number)
    found = reading(book(**{**CELLS, sheet: [head, spoilt]}))
    told = [(fault.sheet, fault.cell) for fault in (*found.errors, *found.warnings)]
    assert (sheet, f"{'ABCDE'[column]}2") in told
    assert all(sentence(fault, WORDS["ky"]) for fault in (*found.errors, *found.warnings))


def test_a_formula_is_read_by_its_stored_value_and_never_evaluated() -> None:
    sheets = book(
        Budget=[
            ["side", "group", "line [ky]", "amount"],
            ["revenue", "own", "Салык", Formula("1+1", "700.25")],
            ["revenue", "own", Formula('HYPERLINK("https://example.org","Жер салыгы")', "Жер салыгы", "str"), 5],
        ]
    )
    dossier = reading(sheets).dossier
    assert dossier is not None
    assert dossier.budget is not None
    assert [line.amount for line in dossier.budget.lines] == [70_025_000, 500_000]
    assert str(dossier.budget.lines[1].title) == "Жер салыгы"


def test_hostile_words_are_kept_as_words() -> None:
    hostile = "=cmd|' /C calc'!A0 \u202eтекст <b>&amp; {0.__class__} _x0007_"
    dossier = reading(book([["legal basis", None, hostile]])).dossier
    assert dossier is not None
    assert str(dossier.legal_basis) == "=cmd|' /C calc'!A0 \u202eтекст <b>&amp; {0.__class__} \x07"
