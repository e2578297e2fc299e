"""Dates, numbers and money, with a test for each thing the library tables get wrong for us."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.languages import LANGUAGES
from bot.i18n import Catalogues

SUNDAY = date(2026, 12, 6)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_numeric_date_is_day_month_year_in_every_language(catalogues: Catalogues, language: str) -> None:
    assert catalogues[language].date(SUNDAY) == "06.12.2026"


@pytest.mark.parametrize(
    ("day", "words"), [(SUNDAY, "06.12.2026"), (date(2026, 6, 12), "12.06.2026"), (date(1991, 8, 31), "31.08.1991")]
)
def test_a_kyrgyz_numeric_date_has_the_day_first_whatever_the_library_thinks(
    catalogues: Catalogues, day: date, words: str
) -> None:
    """Babel's tables said year-day-month until 2.19: docs/decisions/0021-babels-kyrgyz-dates.md."""
    assert catalogues["ky"].date(day) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ky", "жекшемби, 6-декабрь 2026-ж."),
        ("ru", "воскресенье, 6 декабря 2026 г."),
        ("uz_Cyrl", "якшанба, 6-декабр, 2026"),
        ("uz", "yakshanba, 6-dekabr, 2026"),
        ("en", "Sunday, 6 December 2026"),
    ],
)
def test_a_long_date_begins_with_the_weekday(catalogues: Catalogues, language: str, words: str) -> None:
    assert catalogues[language].day(SUNDAY) == words


@pytest.mark.parametrize(
    ("language", "this_year", "another"),
    [
        ("ky", "6-декабрь, 14:00", "6-декабрь 2026"),
        ("ru", "6 декабря, 14:00", "6 декабря 2026"),
        ("uz_Cyrl", "6-декабр, 14:00", "6-декабр 2026"),
        ("uz", "6-dekabr, 14:00", "6-dekabr 2026"),
        ("en", "6 December, 14:00", "6 December 2026"),
    ],
)
def test_a_date_in_a_sentence_says_the_year_only_where_it_is_another_one(
    catalogues: Catalogues, language: str, this_year: str, another: str
) -> None:
    t, at = catalogues[language], datetime(2026, 12, 6, 8, tzinfo=UTC)
    assert t.moment_in_words(at, ZoneInfo("Asia/Bishkek"), now=at) == this_year
    assert t.in_words(SUNDAY, now=datetime(2027, 1, 1, tzinfo=UTC)) == another


@pytest.mark.parametrize(
    ("language", "words"),
    [("ky", "жек 06.12"), ("ru", "вс 06.12"), ("uz_Cyrl", "якш 06.12"), ("uz", "Yak 06.12"), ("en", "Sun 06.12")],
)
def test_a_day_on_a_button_begins_with_its_weekday(catalogues: Catalogues, language: str, words: str) -> None:
    assert catalogues[language].brief(SUNDAY) == words


@pytest.mark.parametrize("month", range(1, 13))
def test_both_uzbek_scripts_write_the_same_long_date(catalogues: Catalogues, month: int) -> None:
    from bot.i18n.uzbek import to_latin

    day = date(2026, month, 3)
    assert to_latin(catalogues["uz_Cyrl"].day(day)) == catalogues["uz"].day(day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clock_has_24_hours_in_every_language(catalogues: Catalogues, language: str) -> None:
    assert catalogues[language].time(time(14, 5)) == "14:05"


def test_a_moment_is_shown_on_the_wall_clock_of_the_municipality(catalogues: Catalogues) -> None:
    late = datetime(2026, 12, 6, 19, 30, tzinfo=UTC)
    assert catalogues["ky"].moment(late, "Asia/Bishkek") == "07.12.2026, 01:30"


def test_a_moment_without_a_zone_is_refused(catalogues: Catalogues) -> None:
    with pytest.raises(ValueError, match="without its zone"):
        catalogues["ky"].moment(datetime(2026, 12, 6, 19, 30), "Asia/Bishkek")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ky", "Бишкек убактысы"),
        ("ru", "бишкекское время"),
        ("uz_Cyrl", "Бишкек вақти"),
        ("uz", "Bishkek vaqti"),
        ("en", "Bishkek time"),
    ],
)
def test_bishkek_time_has_a_name(catalogues: Catalogues, language: str, words: str) -> None:
    assert catalogues[language].zone_name("Asia/Bishkek") == words


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("Asia/Kolkata", "UTC+5:30", "UTC+5:30"),
        ("Europe/Berlin", "UTC+1", "UTC+2"),
        ("America/St_Johns", "UTC-3:30", "UTC-2:30"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_another_zone_is_named_by_its_offset_at_that_moment(
    catalogues: Catalogues, zone: str, winter: str, summer: str
) -> None:
    t = catalogues["ky"]
    assert t.zone_name(zone) == winter
    assert t.zone_name(zone, datetime(2026, 7, 1, tzinfo=UTC)) == summer


def test_no_locale_of_ours_carries_a_country() -> None:
    """``uz_KG`` raises in the library, so languages are looked up without one."""
    assert [str(Locale.parse(language)) for language in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_of_digits_do_not_break_in_any_language(catalogues: Catalogues, language: str) -> None:
    t = catalogues[language]
    assert t.number(1234567) == f"1{NBSP}234{NBSP}567"
    assert t.number(999) == "999"
    assert t.number(-1200) == f"-1{NBSP}200"
    assert t.money(1234567_00).startswith(f"1{NBSP}234{NBSP}567{NBSP}")


def test_decimals_follow_the_language_and_lose_their_zeros(catalogues: Catalogues) -> None:
    assert catalogues["ky"].number(1.50) == "1,5"
    assert catalogues["en"].number(1.50) == "1.5"
    assert catalogues["ru"].number(2.0005) == "2,001"
    assert catalogues["ru"].number(-0.0001) == "0"


def test_a_part_is_never_shown_as_nothing_or_as_the_whole(catalogues: Catalogues) -> None:
    t = catalogues["ky"]
    assert [t.percent(part) for part in (0, 0.0001, 0.004, 0.005, 0.453)] == ["0%", "0,1%", "0,4%", "1%", "45%"]
    assert [t.percent(part) for part in (0.994, 0.996, 0.9999, 1, 1.2)] == ["99%", "99,6%", "99,9%", "100%", "120%"]
    assert catalogues["ru"].percent(0.5) == f"50{NBSP}%"


@pytest.mark.parametrize(
    ("language", "som", "thousand"),
    [
        ("ky", "1 234,50 сом", "1,2 миң сом"),
        ("ru", "1 234,50 сом", "1,2 тыс. сомов"),
        ("uz_Cyrl", "1 234,50 сом", "1,2 минг сом"),
        ("uz", "1 234,50 som", "1,2 ming som"),
        ("en", "1 234.50 som", "1.2 thousand som"),
    ],
)
def test_money_is_said_with_the_unit_of_the_catalogue(
    catalogues: Catalogues, language: str, som: str, thousand: str
) -> None:
    """Not the library's: it has KGS for Russian readers and no sign for Uzbek ones."""
    t = catalogues[language]
    assert t.money(1234_50, "som").replace(NBSP, " ") == som
    assert t.money(1234_50, "thousand som").replace(NBSP, " ") == thousand


def test_thousands_show_a_decimal_only_where_there_is_one(catalogues: Catalogues) -> None:
    t = catalogues["en"]
    shown = [t.money(amount, "thousand som").split(NBSP)[0] for amount in (5_000_00, 5_040_00, 5_050_00, 5_100_00, 0)]
    assert shown == ["5", "5", "5.1", "5.1", "0"]


def test_an_unknown_unit_of_money_is_refused(catalogues: Catalogues) -> None:
    with pytest.raises(ValueError, match="dollar"):
        catalogues["ky"].money(100, "dollar")


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_no_tyiyn_is_lost_in_som(tyiyn: int) -> None:
    from bot.i18n.numbers import amount

    shown = amount("ky", tyiyn, "som").replace(NBSP, "")
    whole, _, rest = shown.partition(",")
    assert abs(int(whole)) * 100 + int(rest or 0) == abs(tyiyn)
    assert shown.startswith("-") == (tyiyn < 0)


def test_a_list_has_commas_and_no_word_that_wants_an_ending(catalogues: Catalogues) -> None:
    assert catalogues["ky"].list(["Ак-Суу", "Төлөйкөн", 3]) == "Ак-Суу, Төлөйкөн, 3"
