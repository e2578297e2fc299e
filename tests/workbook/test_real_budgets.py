"""Village budgets as their pages printed them: each is loaded right, or the one thing that is wrong is said."""

from __future__ import annotations

import pytest

from bot.domain.programme import Side
from bot.workbook.per_head import PerHead
from bot.workbook.preview import doubts
from tests.workbook.crafting import book, reading
from tests.workbook.test_totals import HEADINGS

FORMS: dict[str, tuple[str, list[tuple[str, str, str]], dict[str, int], list[str]]] = {
    "Казан-Куйган 2019": (
        "thousand som",
        [
            ("revenue", "Теңдештирилген грант", "5115,2"),
            ("revenue", "Жергиликтүү кирешелер", "1176,8"),
            ("revenue", "Атайын эсеп", "243,0"),
            ("revenue", "Жайыт  пайдалангандыгы  үчүн  толом", "62,0"),
            ("revenue", "Жалпы баары", "6597,0мин сом"),
        ],
        {"revenue": 6_597_000_00},
        ["TAKEN_AS_TOTAL F6"],
    ),
    "Казан-Куйган 2022": (
        "thousand som",
        [
            ("revenue", "Теңдештирилген грант", "3037,0"),
            ("revenue", "Жергиликтүү кирешелер", "1999,6"),
            ("revenue", "Атайын эсеп", "311,0"),
            ("revenue", "Жайыт  пайдалангандыгы  учун  толом", "106,0"),
            ("revenue", "Жалпы баары", "5453,6"),
            ("revenue", "Агент толочуу п/налог", "1561,6"),
        ],
        {"revenue": 7_015_200_00},
        ["TAKEN_AS_TOTAL F6", "BELOW_A_TOTAL F7"],
    ),
    "Казан-Куйган 2023": (
        "thousand som",
        [
            ("revenue", "жергиликтүү кирешелер бөлүгү", "3132,1"),
            ("revenue", "атайын эсеп", "351,0"),
            ("revenue", "тендештирүүчү грант", "6872,0 сом"),
            ("revenue", "жалпы баары", "10613,1"),
        ],
        {},
        ["UNIT_DIFFERS F4"],
    ),
    "Казан-Куйган 2023, the unit corrected": (
        "thousand som",
        [
            ("revenue", "жергиликтүү кирешелер бөлүгү", "3132,1"),
            ("revenue", "атайын эсеп", "351,0"),
            ("revenue", "тендештирүүчү грант", "6872,0"),
            ("revenue", "жалпы баары", "10613,1"),
        ],
        {},
        ["LIKE_A_TOTAL F5"],  # the page's own lines add up to 10355.1
    ),
    "Сары-Ой 2011": (
        "thousand som",
        [
            ("revenue", "Мусор", "2,5"),
            ("revenue", "Транспорт салыгы", "75,0"),
            ("revenue", "Налог с продаж", "3,0"),
            ("revenue", "Жер салыгы физический", "10,5миң сом"),
            ("revenue", "Жер салыгы юридический", "85,7"),
        ],
        {"revenue": 176_700_00},
        ["PER_HEAD_DOUBTFUL "],
    ),
    "Алтын-Булак 2015": (
        "thousand som",
        [("revenue", "киреше бөлүгү", "4769,7"), ("expenditure", "чыгаша бөлүгү", "4719,5")],
        {"revenue": 4_769_700_00, "expenditure": 4_719_500_00},
        [],
    ),
    "Алтын-Булак 2016": (
        "thousand som",
        [(side, "кирешелер жана чыгашалары", "4303,7") for side in ("revenue", "expenditure")],
        {"revenue": 4_303_700_00, "expenditure": 4_303_700_00},
        [],
    ),
    "Ак-Кудук 2015": (
        "som",
        [
            ("revenue", "бюджеттик каражаттар", "5425200 сом (беш миллион төрт жүз жыйырма бешмин эки жүз сом)"),
            ("revenue", "атайын каражаттар", "150 000 сом (жүз элүү мин)"),
            ("revenue", "жалпысы", "5575200 сом"),
        ],
        {"revenue": 5_575_200_00},
        ["TAKEN_AS_TOTAL F4"],
    ),
    "Жан-Булак 2020": (
        "thousand som",
        [("revenue", "киреше бɵлүгү", "7151,4"), ("expenditure", "чыгымдоолор", "7389,7")],
        {"revenue": 7_151_400_00, "expenditure": 7_389_700_00},
        [],
    ),
    "Жан-Булак 2021": (
        "thousand som",
        [("revenue", "ФПСтин арендасы", "50,0")],
        {"revenue": 50_000_00},
        ["PER_HEAD_DOUBTFUL "],
    ),
    **{
        f"Бүргөндү {year}": (
            "som",
            [(side, title, amount) for side in ("revenue", "expenditure")],
            {"revenue": tyiyn, "expenditure": tyiyn},
            ["PER_HEAD_DOUBTFUL ", "PER_HEAD_DOUBTFUL "],  # the page says som and means thousands
        )
        for year, title, amount, tyiyn in (
            (2023, "жергиликтүү бюджети", "28890,5", 28_890_50),
            (2024, "долбоору", "32180,5", 32_180_50),
            (2025, "долбоору", "33823,8", 33_823_80),
        )
    },
    "Мырза-Аке 2025": (
        "thousand som",
        [(side, "кирешелери жана чыгашалары", "74957,7") for side in ("revenue", "expenditure")],
        {"revenue": 74_957_700_00, "expenditure": 74_957_700_00},
        [],
    ),
    "Достук 2021": (
        "som",
        [("expenditure", "1% of the budget", "185 600 (жүз сексен беш миң алты жүз) сом")],
        {"expenditure": 185_600_00},
        ["PER_HEAD_DOUBTFUL "],
    ),
}
"""Municipality and year: the unit, the lines as printed (side, title, amount), the totals in tyiyn, what is said."""


@pytest.mark.parametrize("name", FORMS)
def test_a_published_budget_is_loaded_right_or_the_one_wrong_thing_is_said(name: str) -> None:
    unit, lines, totals, said = FORMS[name]
    rows = [[side, None, None, title, None, amount] for side, title, amount in lines]
    found = reading(book([["unit", unit]], Budget=[HEADINGS, *rows]))
    people = PerHead(4_500, 900, 300_000)
    asked = [*found.errors, *found.warnings, *(doubts(found.dossier, people) if found.dossier else ())]
    assert [f"{each.code.name} {each.cell}" for each in asked if each.code.name != "LANGUAGE_EMPTY"] == said
    assert (found.dossier is None) is (not totals)
    if found.dossier:
        assert found.dossier.budget is not None
        budget = found.dossier.budget
        assert {side.value: budget.total(side) for side in Side if budget.of(side)} == totals
