"""The faults of a file, gathered while it is read, so that all of them come at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.spreadsheets.faults import Fault

if TYPE_CHECKING:
    from enum import StrEnum


@dataclass
class FaultLog:
    """The faults found so far; warnings can be accepted."""

    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def error(self, code: StrEnum, sheet: str = "", cell: str = "", /, **values: object) -> None:
        """Note a fault that has to be corrected."""
        self.errors.append(Fault(code, sheet, cell, values=values))

    def warn(self, code: StrEnum, sheet: str = "", cell: str = "", /, **values: object) -> None:
        """Note a fault that may be accepted."""
        self.warnings.append(Fault(code, sheet, cell, values=values))
