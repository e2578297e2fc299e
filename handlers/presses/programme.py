"""Presses about reading the draft strategy and budget."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.programme import Side
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ReadStrategy(Press):
    """The list of services."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ReadService(Press):
    """One service, a page of it."""

    hearing: int
    no: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReadBudget(Press):
    """The budget at a glance."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ReadBudgetSide(Press):
    """Revenue or expenditure by line."""

    hearing: int
    side: Side
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReadBudgetLine(Press):
    """One budget line."""

    hearing: int
    no: int
