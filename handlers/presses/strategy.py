"""Presses that read the draft strategy."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ReadStrategy(Press):
    """Opens the list of services; with ``question`` its way back leads to that question."""

    hearing: int
    question: int = 0


@dataclass(frozen=True, slots=True)
class ReadService(Press):
    """Opens one service, a page of it; with ``question`` its way back leads to that question."""

    hearing: int
    no: int
    page: int = 0
    question: int = 0
