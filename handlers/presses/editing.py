"""Presses that change one thing of a hearing."""

from __future__ import annotations

from bot.domain.edits import TextField
from bot.domain.values import dataclass
from handlers.presses.press import AboutDates, Language


@dataclass(frozen=True, slots=True)
class PickService(AboutDates):
    """Asks which text of which service is changed: of the service ``no``, or (0) of which."""

    no: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickQuestion(AboutDates):
    """Asks which text of which question is changed: of the question ``no``, or (0) of which."""

    no: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class WriteText(AboutDates):
    """Asks for other words of a text in that language."""

    field: TextField
    no: int
    option: int
    language: Language
    guided: bool = False


@dataclass(frozen=True, slots=True)
class ApplyText(AboutDates):
    """Asks whether the typed words are taken; takes them where ``sure``, where ``renew`` with new answers."""

    sure: bool = False
    renew: bool = False
