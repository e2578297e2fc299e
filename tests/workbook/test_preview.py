"""Whoever loads a budget reads its sums in words and for each person: a wrong unit is seen before people see it."""

from __future__ import annotations

import pytest

from bot.i18n import Catalogues
from bot.workbook.faults import HearingCode
from bot.workbook.per_head import PerHead
from bot.workbook.preview import doubts, in_words, sums
from tests.workbook.crafting import BUDGET, book, reading

SHIPPED = Catalogues.load()


@pytest.mark.parametrize(
    ("language", "som", "words"),
    [
        ("en", 10_355_100, "10 million 355 thousand 100 som"),
        ("ky", 10_355_100, "10 миллион 355 миң 100 сом"),
        ("ru", 21_002_000, "21 миллион 2 тысячи сом"),
        ("uz", 1_000_000_000, "1 milliard som"),
        ("en", 0, "0 som"),
        ("en", -5_000, "− 5 thousand som"),
    ],
)
def test_a_sum_is_said_in_words(language: str, som: int, words: str) -> None:
    assert in_words(som, SHIPPED[language]) == words


def test_the_sums_are_said_for_each_person_and_an_unlikely_one_is_asked_about() -> None:
    found = reading(book(Budget=BUDGET)).dossier
    assert found is not None
    people = PerHead(1_000, least=1_000, most=300_000)
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in sums(found, SHIPPED["en"], people)] == [
        "Revenue: 1 200 thousand som, in words: 1 million 200 thousand som; 1 200 som for each of 1 000 people",
        "Expenditure: 700 thousand som, in words: 700 thousand som; 700 som for each of 1 000 people",
    ]
    (doubt,) = doubts(found, people)
    assert (doubt.code, doubt.values["each"]) == (HearingCode.PER_HEAD_DOUBTFUL, 700)
    assert [*doubts(found, PerHead(0, 1_000, 300_000))] == []
