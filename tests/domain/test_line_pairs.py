"""Lines of a corrected budget are known again as if each were compared with each."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from bot.domain.languages import Text
from bot.domain.line_pairs import paired_lines
from bot.domain.programme import Budget, BudgetLine, Side
from bot.domain.wording import changed
from tests.scale import rounds

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLES = ("Мектеп", "Мектеб", "мектеп.", "Ички жолдор", "Ичкижолдор", "Жол 12 км", "Жол 13 км", "Суу", "")


def lines(chance: random.Random) -> tuple[BudgetLine, ...]:
    """A few lines of few titles and codes, many of them alike."""
    return tuple(
        BudgetLine(no, chance.choice(tuple(Side)), "", _title(chance), 1, code=chance.choice(("", "1", "2")))
        for no in range(1, chance.randint(2, 9))
    )


def _title(chance: random.Random) -> Text:
    said = {language: chance.choice(TITLES) for language in ("ky", "ru")[: chance.randint(1, 2)]}
    return Text({language: words for language, words in said.items() if words})


def each_with_each(old: tuple[BudgetLine, ...], new: tuple[BudgetLine, ...]) -> Iterator[int | None]:
    """The plain rule: the same code and the very title, the same code and title, the code, the title."""
    left, pairs = list(new), dict[int, int]()
    for with_code, said in ((True, "exactly"), (True, "alike"), (True, ""), (False, "alike")):
        for line in old:
            for other in left if line.no not in pairs else ():
                is_like = {
                    "exactly": line.title == other.title,
                    "alike": changed(line.title, other.title) is None,
                    "": bool(line.code),
                }[said]
                if is_like and line.side is other.side and (not with_code or line.code == other.code):
                    pairs[line.no] = other.no
                    left.remove(other)
                    break
    return (pairs.get(line.no) for line in old)


@pytest.mark.parametrize("seed", range(rounds(300, 60)))
def test_lines_are_paired_as_if_each_were_compared_with_each(seed: int) -> None:
    chance = random.Random(seed)
    old, new = lines(chance), lines(chance)
    found = paired_lines(Budget(old), Budget(new))
    assert [other.no if other else None for _, other in found] == list(each_with_each(old, new))


def test_a_budget_that_is_new_or_gone_has_no_pairs() -> None:
    line = BudgetLine(1, Side.EXPENDITURE, "", Text({"ky": "Жол"}), 1)
    assert paired_lines(None, Budget((line,))) == ()
    assert paired_lines(Budget((line,)), None) == ((line, None),)
