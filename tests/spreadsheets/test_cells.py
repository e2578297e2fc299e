"""A cell means what a person or a program wrote, to the tyiyn and the minute; nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Code
from bot.spreadsheets.opening import read_grids
from tests.spreadsheets.crafting import PERCENT_STYLE, Number, xlsx


@pytest.mark.parametrize("written", ["1,250", "12.345", "1,2,3", "1.25.0", "1,250.5,0", "1e3", "NaN", "--5", "٣", True])
def test_a_number_that_may_mean_two_things_is_asked_about(written: object) -> None:
    with pytest.raises(BadCell) as bad:
        cells.number(written)
    assert bad.value.code in (Code.AMBIGUOUS_NUMBER, Code.NOT_NUMBER)


def test_cells_of_any_kind_become_plain_text() -> None:
    assert cells.plain_text(12.0) == "12"
    assert cells.plain_text(12.5) == "12.5"
    assert cells.plain_text(date(2027, 3, 1)) == "01.03.2027"
    assert cells.plain_text(datetime(2027, 3, 1, 9, 5)) == "01.03.2027 09:05"  # noqa: DTZ001 - a cell has no zone
    assert cells.plain_text(time(9, 5)) == "09:05"
    assert cells.plain_text(" а\r\nб_x000D_\x00 ") == "а\nб"
    assert cells.exact(1e300) > Decimal(10) ** 299


def test_a_text_may_be_as_long_as_its_column_allows() -> None:
    assert cells.bounded_text("а" * 5, 5) == "ааааа"
    assert cells.bounded_text("а" * 500, 0) == "а" * 500
    with pytest.raises(BadCell) as bad:
        cells.bounded_text("а" * 6, 5)
    assert (bad.value.code, bad.value.values) == (Code.TOO_LONG, {"length": 6, "limit": 5})


@pytest.mark.parametrize("written", ["zoom.example/1", "javascript:alert(1)", "https://a b", "ftp://example.org"])
def test_a_link_is_of_the_web(written: str) -> None:
    assert cells.link(" https://example.org/j/1?pwd=a&b=c ") == "https://example.org/j/1?pwd=a&b=c"
    with pytest.raises(BadCell) as bad:
        cells.link(written)
    assert bad.value.code is Code.NOT_LINK


def test_a_percentage_is_what_the_spreadsheet_shows_and_no_number() -> None:
    (grid,) = read_grids(xlsx({"Shares": [["roads", Number("0.45", PERCENT_STYLE), Number("0.455", PERCENT_STYLE)]]}))
    ((_, (_, *shares)),) = grid.rows
    assert [cells.plain_text(share) for share in shares] == ["45 %", "45.5 %"]
    with pytest.raises(BadCell) as bad:
        cells.number(shares[0])
    assert bad.value.values == {"value": "45 %"}


def test_a_code_is_the_text_it_was_or_a_fault() -> None:
    assert [cells.code(written) for written in ("07.09", 1111, 1111.0, "22.10")] == ["07.09", "1111", "1111", "22.10"]
    for became in (date(2026, 9, 7), time(7, 9)):
        with pytest.raises(BadCell) as bad:
            cells.code(became)
        assert bad.value.code is Code.CODE_BECAME_DATE
    with pytest.raises(BadCell) as bad:
        cells.code(22.1)
    assert bad.value.code is Code.CODE_BECAME_NUMBER
    for shortened in (41_700_000_000_000_000, "4,17E+13", "4.17e13"):
        with pytest.raises(BadCell) as bad:
            cells.code(shortened)
        assert bad.value.code is Code.CODE_LOST_DIGITS
