"""A date and a time are what people type here; what was nearly one comes back with the one that was meant."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.spreadsheets.cells import BadCell, plain_text
from bot.spreadsheets.faults import Code
from bot.spreadsheets.moments import clock, day, moment
from bot.spreadsheets.opening import read_grids
from tests.spreadsheets.crafting import DATE_STYLE, Number, Rows, xlsx


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("13.06.2027-жыл", "2027-06-13"),
        ("13-январь 2028-ж", "2028-01-13"),
        ("5-апрель 2027 -ж.", "2027-04-05"),
        ("“10” февраль 2027-жыл", "2027-02-10"),
        ("“  19 ” январь 2027-жыл", "2027-01-19"),
        ("16-январь,2027-жыл.", "2027-01-16"),
        ("2027-жылдын 17-январь .", "2027-01-17"),
        ("2027-жылдын 17-январында", "2027-01-17"),
        ("2027-жыл 27-март", "2027-03-27"),
        ("4 – февраль  2027 – жыл", "2027-02-04"),
        ("30Ноябрь2027", "2027-11-30"),
        ("6 декабря 2026 г.", "2026-12-06"),
        ("6 dekabr 2026 yil", "2026-12-06"),
        ("6 декабр 2026 йил", "2026-12-06"),
        ("6 December 2026", "2026-12-06"),
        ("01.06.2027", "2027-06-01"),
        ("1/6/2027", "2027-06-01"),
        ("1-6-2027", "2027-06-01"),
        ("01 06 2027", "2027-06-01"),
        ("2027-06-01", "2027-06-01"),
        ("2027.06.01", "2027-06-01"),
        (datetime(2027, 6, 1, 9), "2027-06-01"),  # noqa: DTZ001 - a cell has no zone
        (46_000.5, "2025-12-09"),
    ],
)
def test_a_date_is_read_as_it_is_typed(written: object, iso: str) -> None:
    assert day(written) == date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("29-прель 2027-жыл", "29.04.2027"),
        ("6 декобрь 2026", "06.12.2026"),
        ("06.12.26", "06.12.2026"),
        ("12/13/2026", "13.12.2026"),
    ],
)
def test_what_is_nearly_a_date_comes_back_with_the_one_that_was_meant(written: str, meant: str) -> None:
    with pytest.raises(BadCell) as bad:
        day(written)
    assert (bad.value.code, bad.value.values) == (Code.NEARLY_A_DATE, {"value": written, "meant": meant})


@pytest.mark.parametrize(
    "written",
    ["31.02.2027", "6 желтоксан 2026", "6.12.", "2026", "декабрь 2026", "32 май 2027", "5 6 май 2027", 7, "эртең"],
)
def test_what_is_no_date_is_refused_without_a_guess(written: object) -> None:
    with pytest.raises(BadCell) as bad:
        day(written)
    assert bad.value.code is Code.NOT_DATE
    assert set(bad.value.values) == {"value"}


TIMES = "14:05|14.05|14-05|1405|саат 14:05|saat 14.05|соат 14-05|14:05дө|14-05дө|в 14:05|14:05 да|14:05:30"
CELLS = (1405, 14.05, time(14, 5, 9), timedelta(hours=14, minutes=5), datetime(2027, 3, 1, 14, 5))  # noqa: DTZ001


@pytest.mark.parametrize("written", [*TIMES.split("|"), *CELLS])
def test_a_time_is_read_as_it_is_typed(written: object) -> None:
    assert clock(written) == time(14, 5)


def test_a_whole_hour_and_a_part_of_a_day_are_times() -> None:
    assert [clock(written) for written in ("14", 14, "saat 14", "14 ч.", "саат 14дө")] == [time(14)] * 5
    assert (clock(0.5), clock(0.99999), clock(10.3)) == (time(12), time(23, 59), time(10, 30))


@pytest.mark.parametrize("written", ["25:00", "14:60", "14:00-16:00", "14.5", "2 pm", 10.755, 24.1, "түштөн кийин", -1])
def test_what_is_no_time_is_refused(written: object) -> None:
    with pytest.raises(BadCell) as bad:
        clock(written)
    assert bad.value.code is Code.NOT_TIME


def test_half_past_ten_or_ten_to_eleven_is_asked_about() -> None:
    with pytest.raises(BadCell) as bad:
        clock(10.5)
    assert [clock(bad.value.values[name]) for name in ("first", "second")] == [time(10, 30), time(10, 50)]


@pytest.mark.parametrize(
    "written",
    ["06.12.2026 18:00", "6-декабрь 2026-жыл, саат 18:00дө", "2026-12-06T18:00", "06.12.2026 саат 18", 46362.75],
)
def test_a_date_with_a_time_is_read_as_it_is_typed(written: object) -> None:
    assert moment(written, ends=True) == datetime(2026, 12, 6, 18)  # noqa: DTZ001 - a cell has no zone


def test_a_date_alone_is_the_beginning_of_the_day_or_its_end() -> None:
    assert [f"{moment('05.12.2026', ends=ends):%d.%m %H:%M}" for ends in (False, True)] == [
        "05.12 00:00",
        "06.12 00:00",
    ]
    with pytest.raises(BadCell) as bad:
        moment("эртең", ends=False)
    assert bad.value.code is Code.NOT_MOMENT


def test_a_day_of_a_workbook_that_counts_from_1904_is_the_same_day_as_a_date_and_as_a_bare_number() -> None:
    rows: Rows = [["dated", Number("44900", DATE_STYLE), Number("44900")]]
    (grid,) = read_grids(xlsx({"Days": rows}, from_1904=True))
    ((_, (_, dated, bare)),) = grid.rows
    assert day(dated) == day(bare) == date(2026, 12, 6)
    assert plain_text(bare) == "44900"
