"""Presses about the commission's answers, and what they change in the drafts."""

from __future__ import annotations

from bot.domain.promises import AnswerFilter
from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ReadAnswers(Press):
    """Opens the commission's answers, a page of those of one sort."""

    hearing: int
    page: int = 0
    which: AnswerFilter = AnswerFilter.ALL


@dataclass(frozen=True, slots=True)
class NarrowAnswers(Press):
    """Asks for which answers are wanted, or for the number of a comment."""

    hearing: int


@dataclass(frozen=True, slots=True)
class SeeDraftChanges(Press):
    """Opens what changed in the drafts, a page of it."""

    hearing: int
    page: int = 0
