"""Totals among the lines of a budget: known by their words, by their codes, or because they are what stands above them.

Published budgets print totals and subtotals among their lines. One that is loaded as a line is counted twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEADS: Final = re.compile(
    "жалпы|жалпысы|жалпысынан|баары|баарысы|бардыгы|бардык|жыйынтыгы?|жыйынды|"
    "итого|всего|всього|итоги?|общий|общая|общее|"
    "жами|умумий|ҳаммаси|барчаси|jami|umumiy|hammasi|barchasi|"
    "totals?|sum"
)
_COMPANIONS: Final = re.compile(
    r"киреше\w*|чыгаша\w*|чыгым\w*|бюджет\w*|сумма\w*|бөлүгү|боюнча|"
    r"доход\w*|расход\w*|поступлени\w*|по|часть|"
    r"даромад\w*|харажат\w*|бўйича|қисми|daromad\w*|xarajat\w*|bo'yicha|byudjet\w*|qismi|summasi|"
    r"revenues?|income|expenditures?|expenses|of|the|all|budget|"
    r"сом|миң|тыс|минг|сўм|som|so'm|ming|thousand|жана|и|ва|va|and"
)
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_CODE_LENGTHS: Final = range(4, 13)
"""Digits of a code of the budget classification: 1110, 11110000."""


def is_total(title: str) -> bool:
    """Whether a title is that of a total, in Kyrgyz, Russian, Uzbek or English, and of nothing else.

    What stands in brackets says of what: Итого (без трансфертов).
    """
    outside = _BRACKETED.sub(" ", title)
    folded = re.sub(r"[‘’ʻʼ`]", "'", outside.casefold()).replace("ɵ", "ө").replace("ѳ", "ө")
    words = re.findall(r"[\w']+", folded)
    heads = [word for word in words if _HEADS.fullmatch(word)]
    return bool(heads) and all(_HEADS.fullmatch(word) or _COMPANIONS.fullmatch(word) for word in words)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of one side of a budget, in the order of the sheet; ``amount`` is tyiyn, None where it cannot be read."""

    code: str
    amount: int | None


def parts_by_code(entries: Sequence[Entry]) -> list[tuple[int, ...]]:
    """For each row the rows whose codes lie just below its own: below 10000000 lie 11000000 and 12000000.

    Only codes of one length count, and only a row whose code ends in 0 has parts: numbers from 1 to 12 have none.
    """
    stems: dict[tuple[int, str], int] = {}
    for at, entry in enumerate(entries):
        if _is_classified(entry.code) and entry.code.endswith("0"):
            stems.setdefault((len(entry.code), entry.code.rstrip("0")), at)
    parts: list[list[int]] = [[] for _ in entries]
    for at, entry in enumerate(entries):
        if _is_classified(entry.code) and (above := _nearest_above(entry.code, stems)) is not None:
            parts[above].append(at)
    return [tuple(found) for found in parts]


def _is_classified(code: str) -> bool:
    return len(code) in _CODE_LENGTHS and code.isdecimal()


def _nearest_above(code: str, stems: Mapping[tuple[int, str], int]) -> int | None:
    own = code.rstrip("0")
    found = (stems.get((len(code), own[:length])) for length in range(len(own) - 1, 0, -1))
    return next((above for above in found if above is not None), None)


def parts_above(entries: Sequence[Entry], at: int, since: int) -> tuple[int, ...]:
    """All rows from ``since`` on above a row, if there are two or more and they add up to it exactly."""
    above = entries[since:at]
    amounts = [entry.amount for entry in above]
    if len(above) < 2 or None in amounts or not entries[at].amount:
        return ()
    return tuple(range(since, at)) if sum(amount or 0 for amount in amounts) == entries[at].amount else ()
