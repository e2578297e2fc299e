"""Presses that read the draft budget."""

from __future__ import annotations

from bot.domain.programme import Side
from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ReadBudget(Press):
    """Opens the budget at a glance; with ``question`` its way back leads to that question."""

    hearing: int
    question: int = 0


@dataclass(frozen=True, slots=True)
class ReadBudgetSide(Press):
    """Opens the lines of revenue or expenditure, a page of them."""

    hearing: int
    side: Side
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReadBudgetLine(Press):
    """Opens one budget line; with ``question`` its way back leads to that question."""

    hearing: int
    no: int
    question: int = 0
