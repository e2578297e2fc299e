"""A cell means what a person or a program wrote, to the tyiyn and the minute; nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from bot.domain.programme import Unit
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Code


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


@pytest.mark.parametrize(
    ("written", "unit", "tyiyn"),
    [
        ("1 250,50", Unit.THOUSAND, 125_050_000),
        ("1250,55", Unit.SOM, 125_055),
        (0.1 + 0.2, Unit.THOUSAND, 30_000),
        (cells.LARGEST_AMOUNT // 100 - 1, Unit.SOM, cells.LARGEST_AMOUNT - 100),
    ],
)
def test_an_amount_is_exact_tyiyn(written: object, unit: Unit, tyiyn: int) -> None:
    assert cells.amount(written, unit) == tyiyn


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (-5, Code.OUT_OF_RANGE),
        (cells.LARGEST_AMOUNT // 100, Code.OUT_OF_RANGE),
        ("1250,555", Code.TOO_FINE),
        ("12 миң", Code.NOT_NUMBER),
    ],
)
def test_an_amount_that_cannot_be_one_is_refused(written: object, code: Code) -> None:
    with pytest.raises(BadCell) as bad:
        cells.amount(written, Unit.SOM)
    assert bad.value.code is code


def test_a_number_with_a_word_comes_back_with_the_number_that_is_likely_meant() -> None:
    for thousands, example in ((True, "12000"), (False, "12")):
        with pytest.raises(BadCell) as bad:
            cells.number("12 миң", thousands=thousands)
        assert bad.value.values == {"value": "12 миң", "example": example}


def test_a_time_of_day_is_one_to_the_minute() -> None:
    for written in (time(14, 5, 9), datetime(2027, 3, 1, 14, 5), timedelta(hours=14, minutes=5), "14:05", "14.05"):  # noqa: DTZ001
        assert cells.clock(written) == time(14, 5)
    assert cells.clock(0.5) == time(12)
    assert cells.clock(0.99999) == time(23, 59)


def test_a_date_alone_is_the_beginning_of_the_day_or_its_end() -> None:
    assert [f"{cells.moment('05.12.2026', ends=ends):%d.%m %H:%M}" for ends in (False, True)] == [
        "05.12 00:00",
        "06.12 00:00",
    ]


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
