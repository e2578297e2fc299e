"""Presses about the workbook of a hearing: taking one, sending one, what is wrong with it, what becomes of it."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class GetTemplate(Press):
    """Sends an empty workbook for a hearing of the municipality."""

    municipality: int


@dataclass(frozen=True, slots=True)
class GetWorkbook(Press):
    """Sends the workbook of a hearing as it stands."""

    hearing: int


@dataclass(frozen=True, slots=True)
class SendWorkbook(Press):
    """Awaits the workbook of a new hearing of the municipality."""

    municipality: int


@dataclass(frozen=True, slots=True)
class SendCorrection(Press):
    """Awaits the corrected workbook of a hearing."""

    hearing: int


@dataclass(frozen=True, slots=True)
class LoadAsNew(Press):
    """Says that a file is the workbook of a new hearing of the municipality."""

    file: int
    municipality: int


@dataclass(frozen=True, slots=True)
class LoadAsCorrection(Press):
    """Says that a file is the corrected workbook of a hearing."""

    file: int
    hearing: int


@dataclass(frozen=True, slots=True)
class SeeFaults(Press):
    """Opens a page of what is wrong with a file."""

    file: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ApplyWorkbook(Press):
    """Takes a workbook with its warnings: as a draft, or into the hearing of that ``version``.

    ``anew`` puts aside what people have answered to what it changes.
    """

    file: int
    version: int = 0
    anew: bool = False
