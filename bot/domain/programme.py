"""The two drafts people read: the strategy's services and the budget. Money is whole tyiyn (1/100 som)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from bot.domain.languages import Text
from bot.domain.values import dataclass

TYIYN: Final = 100
"""Tyiyn in a som."""


class Unit(StrEnum):
    """The unit a budget is shown in; amounts are kept in tyiyn whatever it is."""

    SOM = "som"
    THOUSAND = "thousand som"


class Side(StrEnum):
    """A side of the budget."""

    REVENUE = "revenue"
    EXPENDITURE = "expenditure"


# Groups with a translated name; any other group is shown as the secretary wrote it.
OWN_REVENUE: Final = "own"
SHARED_REVENUE: Final = "shared"
SPECIAL_REVENUE: Final = "special"
GRANTS_REVENUE: Final = "grants"
REVENUE_GROUPS: Final = (OWN_REVENUE, SHARED_REVENUE, SPECIAL_REVENUE, GRANTS_REVENUE)
EXPENDITURE_FUNCTIONS: Final = ("701", "702", "703", "704", "705", "706", "707", "708", "709", "710")
"""Functional classification of expenditure (COFOG divisions as the Kyrgyz budget numbers them)."""


_TRANSFERS: Final = "13"
"""How the codes of official transfers begin in the classification of revenue."""


def group_of(side: Side, written: str, code: str) -> str:
    """The group of a line: as ``written`` where that is one, else that of the number there or of its ``code``.

    What neither names stays as it is written.
    """
    if written in (*REVENUE_GROUPS, *EXPENDITURE_FUNCTIONS):
        return written
    for number in (written, code):
        digits = "".join(filter(str.isdigit, number.strip()[:5]))
        if side is Side.EXPENDITURE and digits[:3] in EXPENDITURE_FUNCTIONS:
            return digits[:3]
        if side is Side.REVENUE and digits[:2] == _TRANSFERS and len(digits) > len(_TRANSFERS):
            return GRANTS_REVENUE
    return written


@dataclass(frozen=True, slots=True)
class Action:
    """What will be done for a service, by whom, when, for how much and from which source."""

    title: Text
    start: str = ""
    end: str = ""
    responsible: Text = Text()
    amount: int | None = None
    source: Text = Text()


@dataclass(frozen=True, slots=True)
class Service:
    """A priority service of the draft strategy; ``no`` is its number in the workbook."""

    no: int
    title: Text
    problem: Text = Text()
    goal: Text = Text()
    indicator: Text = Text()
    baseline: Text = Text()
    target: Text = Text()
    target_date: Text = Text()
    actions: tuple[Action, ...] = ()

    @property
    def cost(self) -> int | None:
        """Sum of the actions' amounts in tyiyn, None where no action has one."""
        amounts = [action.amount for action in self.actions if action.amount is not None]
        return sum(amounts) if amounts else None


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the budget; ``no`` is its place in the budget, from 1. ``last_year`` None means not given.

    ``service`` is the number of the service that it pays for, 0 where it is for none.
    """

    no: int
    side: Side
    group: str
    title: Text
    amount: int
    code: str = ""
    last_year: int | None = None
    note: Text = Text()
    service: int = 0


_POINT: Final = re.compile(r"L([1-9][0-9]{0,5})|S([1-9][0-9]{0,3})(?:\.([1-9][0-9]{0,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DraftPoint:
    """What in the drafts a decision changes: a line of the budget, a service, or an action of a service, by number.

    An action is numbered by its place, from 1. What is not meant is 0.
    """

    line: int = 0
    service: int = 0
    action: int = 0

    def __str__(self) -> str:
        """Its code, as tables and buttons have it: ``L3``, ``S2`` or ``S2.1``."""
        if self.line:
            return f"L{self.line}"
        return f"S{self.service}.{self.action}" if self.action else f"S{self.service}"

    @classmethod
    def parse(cls, code: str) -> DraftPoint | None:
        """The point with that code; None for anything else."""
        found = _POINT.fullmatch(code)
        return None if found is None else cls(*(int(number or 0) for number in found.groups()))


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A declared total that differs from the sum of its lines (both in tyiyn)."""

    side: Side
    declared: int
    summed: int


@dataclass(frozen=True, slots=True)
class Budget:
    """Next year's draft budget, in the order of the workbook."""

    lines: tuple[BudgetLine, ...]
    declared: tuple[tuple[Side, int], ...] = ()

    def of(self, side: Side) -> tuple[BudgetLine, ...]:
        """The lines of one side, in order."""
        return tuple(line for line in self.lines if line.side is side)

    def for_service(self, no: int) -> tuple[BudgetLine, ...]:
        """The lines that pay for a service, the largest first."""
        return tuple(sorted((line for line in self.lines if line.service == no), key=lambda line: -line.amount))

    def total(self, side: Side) -> int:
        """Sum of a side's lines, in tyiyn."""
        return sum(line.amount for line in self.of(side))

    def last_total(self, side: Side) -> int | None:
        """Last year's sum of a side, None unless every line has it."""
        amounts = [line.last_year for line in self.of(side)]
        return sum(amount for amount in amounts if amount is not None) if None not in amounts else None

    def groups(self, side: Side) -> tuple[tuple[str, int], ...]:
        """Sums by group, the largest first."""
        sums: dict[str, int] = {}
        for line in self.of(side):
            sums[line.group] = sums.get(line.group, 0) + line.amount
        return tuple(sorted(sums.items(), key=lambda pair: -pair[1]))

    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """Every declared total that is not the sum of its lines."""
        return tuple(
            Discrepancy(side, declared, self.total(side))
            for side, declared in self.declared
            if declared != self.total(side)
        )

    @property
    def grant_share(self) -> float | None:
        """Grants as a part of revenue (0 to 1); None without revenue."""
        revenue = self.total(Side.REVENUE)
        if revenue <= 0:
            return None
        return sum(line.amount for line in self.of(Side.REVENUE) if line.group == GRANTS_REVENUE) / revenue
