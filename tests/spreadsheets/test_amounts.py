"""A sum is what an accountant wrote, to the tyiyn; what may mean two things is asked about, and nothing is guessed."""

from __future__ import annotations

import pytest

from bot.domain.programme import Unit
from bot.spreadsheets.amounts import LARGEST_AMOUNT, amount
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Code
from bot.spreadsheets.number_words import number_in_words

SOM, THOUSAND = Unit.SOM, Unit.THOUSAND


@pytest.mark.parametrize(
    ("written", "unit", "som"),
    [
        ("5425200 сом (беш миллион төрт жүз жыйырма беш миң эки жүз сом)", SOM, "5425200"),
        ("5425200 сом (беш миллион төрт жүз жыйырма бешмин эки жүз сом)", SOM, "5425200"),
        ("150 000 сом (жүз элүү мин)", SOM, "150000"),
        ("185 600 (жүз сексен беш миң алты жүз) сом", SOM, "185600"),
        ("150 000 (сто пятьдесят тысяч) сом", SOM, "150000"),
        ("150 000 so‘m (yuz ellik ming)", SOM, "150000"),
        ("150 000 (келишим боюнча)", SOM, "150000"),
        ("1 200,50", SOM, "1200.50"),
        ("1.200.000", SOM, "1200000"),
        ("2 400 000,00 сом", SOM, "2400000"),
        ("2,4 млн", SOM, "2400000"),
        ("2,4 млн сом", THOUSAND, "2400000"),
        ("1,2 млрд. сом", THOUSAND, "1200000000"),
        ("3 миллион 200 миң сом", SOM, "3200000"),
        ("3 миң 200 сом", SOM, "3200"),
        ("25000 с.", SOM, "25000"),
        ("12 миң", SOM, "12000"),
        ("12 минг сўм", SOM, "12000"),
        ("12 ming so'm", SOM, "12000"),
        ("10,5миң сом", THOUSAND, "10500"),
        ("3132,1 мин сом", THOUSAND, "3132100"),
        ("10613,1 тыс.сом", THOUSAND, "10613100"),
        ("1250 (бир миң эки жүз элүү)", THOUSAND, "1250000"),
        ("1 250,50", THOUSAND, "1250500"),
        (0.1 + 0.2, THOUSAND, "300"),
        ("-53377491,20", SOM, "-53377491.20"),
        ("−5 миң", SOM, "-5000"),
        *((nil, THOUSAND, "0") for nil in ("-", "—", "нет", "Жок", "йўқ", "yo‘q", "0", 0)),
    ],
)
def test_a_sum_is_read_as_it_is_typed(written: object, unit: Unit, som: str) -> None:
    whole, _, tyiyn = som.partition(".")
    exactly = abs(int(whole)) * 100 + int(tyiyn.ljust(2, "0"))
    assert amount(written, unit) == (-exactly if som.startswith("-") else exactly)


NO_SUMS = "243,0,0|12-300|500 долл|минус 5|1250 сом 50 тыйын|3 миллион 200|5 миң 3 млн|сом|5 (5)|5 (беш) (беш)|1 2|1e3"


@pytest.mark.parametrize("written", NO_SUMS.split("|"))
def test_what_is_no_sum_is_refused_and_nothing_is_proposed(written: str) -> None:
    with pytest.raises(BadCell) as bad:
        amount(written, SOM)
    assert (bad.value.code, bad.value.values) == (Code.NOT_NUMBER, {"value": written})


def test_figures_and_words_that_differ_are_asked_about() -> None:
    with pytest.raises(BadCell) as bad:
        amount("150 000 сом (жүз элүү беш миң)", SOM)
    assert bad.value.code is Code.WORDS_DIFFER


def test_som_in_a_workbook_of_thousands_are_asked_about_with_both_ways_to_write_them() -> None:
    with pytest.raises(BadCell) as bad:
        amount("6872,0 сом", THOUSAND)
    assert bad.value.code is Code.UNIT_DIFFERS
    som, thousand = str(bad.value.values["som"]), str(bad.value.values["thousand"])
    assert (som, thousand) == ("6.872", "6872")
    assert amount(thousand, THOUSAND) == 687_200_000


def test_a_point_that_may_group_or_divide_is_asked_about_with_the_words_beside_it() -> None:
    with pytest.raises(BadCell) as bad:
        amount("1,250 млн", SOM)
    proposed = [str(bad.value.values[name]) for name in ("first", "second")]
    assert [amount(each, SOM) for each in proposed] == [125_000_000_000, 125_000_000]


@pytest.mark.parametrize(
    ("written", "code"),
    [(LARGEST_AMOUNT // 100, Code.OUT_OF_RANGE), ("1250,555", Code.TOO_FINE), (True, Code.NOT_NUMBER)],
)
def test_a_sum_too_large_or_too_fine_is_refused(written: object, code: Code) -> None:
    with pytest.raises(BadCell) as bad:
        amount(written, SOM)
    assert bad.value.code is code
    assert amount(LARGEST_AMOUNT // 100 - 1, SOM) == LARGEST_AMOUNT - 100


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("бир миң эки жүз", 1_200),
        ("одна тысяча двести сорок", 1_240),
        ("бир миллион ўн минг", 1_010_000),
        ("o‘n to‘qqiz ming", 19_000),
        ("жүз", 100),
        ("двадцать миллионов одиннадцать", 20_000_011),
        ("миң миллион", None),
        ("келишим боюнча", None),
        ("", None),
        ("он" * 150, None),
    ],
)
def test_a_number_in_words_is_understood(words: str, number: int | None) -> None:
    assert number_in_words(words) == number
