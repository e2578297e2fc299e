"""Plain rows of a stranger's sheet, whatever format it came in."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Final

from bot.domain.errors import HearingBotError
from bot.domain.values import dataclass
from bot.spreadsheets.faults import Fault
from bot.spreadsheets.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

MOST_ROWS: Final = 2_500
"""Rows read of a sheet, whatever the limit of its shape."""
MOST_SHEETS: Final = 30
MOST_COLUMNS: Final = 60
"""Columns read of a sheet."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An error a formula gave, such as ``#REF!``, or a number that is none."""

    value: str


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A formula without a stored value."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet that are not empty: (number from 1, values from column A); ``cut`` where there were more.

    ``hidden`` says that the program that wrote the file does not show the sheet; ``formats_known`` is false where the
    file's format does not tell us how numbers are shown, nor what is hidden.
    """

    name: str
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    cut: bool = False
    hidden: bool = False
    formats_known: bool = True
    layout: Layout = field(default_factory=Layout)


class CannotOpen(HearingBotError):
    """The file cannot be read at all; ``fault`` says why."""

    def __init__(self, code: StrEnum, /, **values: object) -> None:
        super().__init__(code)
        self.fault = Fault(code, values=values)


def trimmed(row: Iterable[object]) -> tuple[object, ...]:
    """The values without the empty ones at the end."""
    values = list(row)
    while values and values[-1] is None:
        values.pop()
    return tuple(values)
