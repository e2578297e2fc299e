"""The sums of a workbook in words and for each person, so that a wrong unit is seen before people see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.programme import TYIYN, Side
from bot.i18n.names import SIDE_NAMES
from bot.spreadsheets.faults import Fault
from bot.workbook.faults import HearingCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.hearings import Dossier
    from bot.i18n import Translator
    from bot.workbook.per_head import PerHead


def sums(dossier: Dossier, t: Translator, people: PerHead) -> Iterator[str]:
    """A line for each side of the budget: its total in figures, in words and for each person."""
    for side, total in _totals(dossier):
        money, words = t.money(total, dossier.unit), in_words(total // TYIYN, t)
        line = t("{side}: {money}, in words: {words}", side=t(SIDE_NAMES[side]), money=money, words=words)
        if people.population:
            each = t.money(people.each(total) * TYIYN)
            line += t("; {money} for each of {population} people", money=each, population=t.number(people.population))
        yield line


def doubts(dossier: Dossier, people: PerHead) -> Iterator[Fault]:
    """A warning for each side whose total is too little or too much for so many people."""
    for _, total in _totals(dossier):
        if people.population and total and not people.least <= people.each(total) <= people.most:
            values = {"each": people.each(total), "population": people.population}
            yield Fault(HearingCode.PER_HEAD_DOUBTFUL, values=values)


def _totals(dossier: Dossier) -> Iterator[tuple[Side, int]]:
    if dossier.budget:
        for side in Side:
            if dossier.budget.of(side):
                yield side, dossier.budget.total(side)


_SCALES: Final = (1_000_000_000, 1_000_000, 1_000)


def in_words(som: int, t: Translator) -> str:
    """Whole som with words for thousand, million and milliard: ``10 million 355 thousand 100 som``."""
    words = {
        1_000_000_000: lambda n: t.n("{n} billion", "{n} billion", n),
        1_000_000: lambda n: t.n("{n} million", "{n} million", n),
        1_000: lambda n: t.n("{n} thousand", "{n} thousand", n),
    }
    rest, parts = abs(som), ["−"] if som < 0 else []
    for scale in _SCALES:
        if rest >= scale:
            parts.append(words[scale](rest // scale))
            rest %= scale
    if rest or not parts:
        parts.append(str(rest))
    return f"{' '.join(parts)} {t.unit('som')}"
