"""Budgets as villages have printed them: each loads right, or the one thing that is wrong with it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.programme import Side
from bot.workbook.faults import HearingCode
from bot.workbook.per_head import PerHead
from bot.workbook.preview import doubts
from tests.workbook.crafting import book, reading

if TYPE_CHECKING:
    from bot.workbook.reader import Reading
    from tests.spreadsheets.crafting import Row, Rows

THOUSAND, SOM = "thousand som", "som"
PEOPLE = PerHead(8_000, least=1_000, most=300_000)
Line = tuple[str, str]

BOTH = ("revenue", "expenditure")
PRINTED: list[tuple[str, str, str, list[Line], dict[str, int]]] = [
    (
        *("Казан-Куйган 2019", THOUSAND, "revenue"),
        [
            *[("Теңдештирилген грант", "5115,2"), ("Жергиликтүү кирешелер", "1176,8"), ("Атайын эсеп", "243,0")],
            *[("Жайыт  пайдалангандыгы  үчүн  толом", "62,0"), ("Жалпы баары", "6597,0")],
        ],
        {"revenue": 6_597_000},
    ),
    (
        *("Казан-Куйган 2022", THOUSAND, "revenue"),
        [
            *[("Теңдештирилген грант", "3037,0"), ("Жергиликтүү кирешелер", "1999,6"), ("Атайын эсеп", "311,0")],
            *[("Жайыт  пайдалангандыгы  учун  толом", "106,0"), ("Жалпы баары", "5453,6")],
        ],
        {"revenue": 5_453_600},
    ),
    (
        *("Сары-Ой 2011", THOUSAND, "revenue"),
        [
            *[("Мусор", "2,5"), ("Транспорт салыгы", "75,0"), ("Налог с продаж", "3,0")],
            *[("Жер салыгы физический", "10,5миң сом"), ("Жер салыгы юридический", "85,7")],
        ],
        {"revenue": 176_700},
    ),
    ("Алтын-Булак 2015", THOUSAND, "revenue", [("киреше бөлүгү", "4769,7")], {"revenue": 4_769_700}),
    ("Алтын-Булак 2015", THOUSAND, "expenditure", [("чыгаша бөлүгү", "4719,5")], {"expenditure": 4_719_500}),
    ("Алтын-Булак 2016", THOUSAND, "revenue", [("кирешелер жана чыгашалары", "4303,7")], {"revenue": 4_303_700}),
    (
        *("Ак-Кудук 2015", SOM, "revenue"),
        [
            ("бюджеттик каражаттар", "5425200 сом (беш миллион төрт жүз жыйырма бешмин эки жүз)"),
            *[("атайын каражаттар", "150 000 сом (жүз элүү мин)"), ("жалпысы", "5575200 сом")],
        ],
        {"revenue": 5_575_200},
    ),
    ("Жан-Булак 2020", THOUSAND, "revenue", [("киреше бɵлүгү", "7151,4")], {"revenue": 7_151_400}),
    ("Жан-Булак 2020", THOUSAND, "expenditure", [("чыгымдоолор", "7389,7")], {"expenditure": 7_389_700}),
    ("Жан-Булак 2021", THOUSAND, "revenue", [("ФПСтин арендасы", "50,0")], {"revenue": 50_000}),
    ("Мырза-Аке 2025", THOUSAND, "revenue", [("кирешелери жана чыгашалары", "74957,7")], {"revenue": 74_957_700}),
    (
        "Достук 2021",
        SOM,
        "expenditure",
        [("1 %", "185 600 (жүз сексен беш миң алты жүз) сом")],
        {"expenditure": 185_600},
    ),
]
"""Village and year, unit, side, what is printed there, and the som of each side."""


def _printed(unit: str, side: str, lines: list[Line]) -> Reading:
    rows: list[Row] = [[side, title, amount] for title, amount in lines]
    budget: Rows = [["side", "line [ky]", "amount"], *rows]
    return reading(book([["unit", unit]], Budget=budget))


@pytest.mark.parametrize(
    ("village", "unit", "side", "lines", "som"), PRINTED, ids=[f"{v} {s}" for v, _, s, *_ in PRINTED]
)
def test_a_budget_loads_as_it_was_printed(
    village: str, unit: str, side: str, lines: list[Line], som: dict[str, int]
) -> None:
    found = _printed(unit, side, lines)
    assert found.errors == (), village
    assert found.dossier is not None
    assert found.dossier.budget is not None
    assert {each.value: found.dossier.budget.total(each) // 100 for each in Side if each.value in som} == som


def test_a_printed_total_that_does_not_add_up_is_the_one_thing_that_is_said() -> None:
    lines = [("жергиликтүү кирешелер бөлүгү", "3132,1"), ("атайын эсеп", "351,0"), ("тендештирүүчү грант", "6872,0")]
    (fault,) = _printed(THOUSAND, "revenue", [*lines, ("жалпы баары", "10613,1")]).errors
    assert (fault.code, fault.cell) == (HearingCode.LIKE_A_TOTAL, "C5")


@pytest.mark.parametrize("amount", ["28890,5", "32180,5", "33823,8"])
def test_som_that_were_meant_as_thousands_are_asked_about(amount: str) -> None:
    for side in BOTH:
        dossier = _printed(SOM, side, [("жергиликтүү бюджети", amount)]).dossier
        assert dossier is not None
        assert [fault.code for fault in doubts(dossier, PEOPLE)] == [HearingCode.PER_HEAD_DOUBTFUL]
