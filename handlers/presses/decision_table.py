"""Presses about the table of decisions: taking it, and what becomes of one that was sent back."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class TakeDecisionTable(Press):
    """Sends the table of decisions of a hearing as a file."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ApplyDecisionTable(Press):
    """Stores the decisions of a table that was sent back."""

    table: int


@dataclass(frozen=True, slots=True)
class DropDecisionTable(Press):
    """Lets go of a table that was sent back."""

    table: int
