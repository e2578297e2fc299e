"""Rows as quoted lines: what the csv module of the standard library writes, and reads."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reports.inert import LETTERS_OF_A_NAME, field
from bot.reports.quoted import CELLS_REMEMBERED, QuotedFile, line
from tests.scale import examples

CELLS = st.text(st.sampled_from('ab";,\r\n\t\N{CYRILLIC SMALL LETTER E}=')) | st.text()


@settings(max_examples=examples(200))
@given(st.lists(CELLS, min_size=1))
def test_a_line_is_what_the_csv_module_writes(cells: list[str]) -> None:
    expected = io.StringIO(newline="")
    csv.writer(expected, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    assert line(cells) == expected.getvalue()


def test_what_is_remembered_of_cells_is_short_and_bounded() -> None:
    file = io.StringIO(newline="")
    asked: list[str] = []

    def show(value: str) -> str:
        asked.append(value)
        return field(value)

    table = QuotedFile(file, show)
    formula, long = "=1", "a" * (LETTERS_OF_A_NAME + 1)
    table.add([(formula, formula, long, long)])
    assert asked == [formula, long, long]
    table.add([(str(number),) for number in range(CELLS_REMEMBERED + 10)])
    table.add([("0", str(CELLS_REMEMBERED + 9), formula)])
    assert asked[-1] == str(CELLS_REMEMBERED + 9)
    assert file.getvalue().startswith(f'"\'=1";"\'=1";"{long}"')
