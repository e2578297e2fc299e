"""The budget in few words and bars, for its picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.programme import GRANTS_REVENUE, OWN_REVENUE, Budget, Side
from bot.domain.values import dataclass
from bot.i18n import budget_words, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.hearings import Dossier
    from bot.i18n import Translator

MOST_BARS: Final = 6
"""Bars of one side that fit on a phone."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part (0 to 1) of a side that people do not expect; ``words`` follow the number."""

    side: Side
    ratio: float
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """An amount this year and last, in tyiyn; ``last_year`` None is not known.

    ``explained`` says in everyday words what an unclear group is; empty for anything else.
    """

    label: str
    amount: int
    last_year: int | None
    explained: str = ""


def shares(budget: Budget, t: Translator) -> Iterator[Share]:
    """Local revenues against grants, then the largest expenditure; what is not in the budget is left out."""
    revenue, expenditure = budget.total(Side.REVENUE), budget.total(Side.EXPENDITURE)
    groups = dict(budget.groups(Side.REVENUE))
    said = {OWN_REVENUE: t("of revenue: local revenues"), GRANTS_REVENUE: t("of revenue: grants")}
    for group, sentence in said.items():
        if revenue > 0 and groups.get(group, 0) > 0:
            yield Share(Side.REVENUE, groups[group] / revenue, sentence)
    if expenditure > 0:
        largest, amount = budget.groups(Side.EXPENDITURE)[0]
        sentence = t("of expenditure: {what}", what=budget_words.group_name(t, largest))
        yield Share(Side.EXPENDITURE, amount / expenditure, sentence)


def bars(budget: Budget, side: Side, t: Translator) -> tuple[Bar, ...]:
    """A side, the largest first: its lines where they are few, else its groups, the smallest of those together."""
    lines = budget.of(side)
    found = [Bar(t.marked(line.title), line.amount, line.last_year) for line in lines]
    if len(lines) > MOST_BARS:
        found = [_group(budget, side, group, t) for group, _ in budget.groups(side)]
    found.sort(key=lambda bar: -bar.amount)
    if len(found) > MOST_BARS:
        found = [*found[: MOST_BARS - 1], _sum(t("Everything else"), found[MOST_BARS - 1 :])]
    return tuple(found)


def change(t: Translator, bar: Bar) -> str:
    """How much more or less than last year, e.g. ``+7 %``; empty where that says nothing."""
    if not bar.last_year or bar.last_year < 0 or bar.amount < 0:
        return ""
    ratio = bar.amount / bar.last_year - 1
    return f"{'+' if ratio > 0 else '–' if ratio < 0 else ''}{t.percent(abs(ratio))}"


def amount(t: Translator, tyiyn: int, dossier: Dossier) -> str:
    """A number in the unit of the hearing, without its name."""
    return numbers.amount(t.language, tyiyn, dossier.unit)


def _group(budget: Budget, side: Side, group: str, t: Translator) -> Bar:
    lines = [Bar("", line.amount, line.last_year) for line in budget.of(side) if line.group == group]
    explained = budget_words.explanation(t, group) if group in budget_words.UNCLEAR_GROUPS else ""
    return replace(_sum(budget_words.group_name(t, group), lines), explained=explained)


def _sum(label: str, parts: list[Bar]) -> Bar:
    last = [part.last_year for part in parts if part.last_year is not None]
    return Bar(label, sum(part.amount for part in parts), sum(last) if len(last) == len(parts) else None)
