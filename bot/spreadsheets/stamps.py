"""A stamp says what a file of ours is, in a named cell on a hidden sheet: it comes back with whatever saved the file.

Whoever holds the file can write it anew: a stamp says where to look, and proves nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bot.spreadsheets.grids import Grid

STAMP_NAME: Final = "hearing_bot"
"""The name of the cell, and of the hidden sheet that it stands on."""
WORKBOOK: Final = "workbook"
"""The kind of the secretary's workbook of a hearing."""
RECORD: Final = "record"
"""The kind of the record of a hearing as a spreadsheet."""
_WRITTEN: Final = re.compile(r"([a-z][a-z ]{0,30});([0-9]{1,15});([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The kind of a file, its hearing (0 for none), and which edition of what it shows it was made of."""

    kind: str
    hearing: int = 0
    edition: int = 0

    def __str__(self) -> str:
        """The stamp as it stands in its cell."""
        return f"{self.kind};{self.hearing};{self.edition}"


def write_stamp(book: Workbook, stamp: Stamp) -> Worksheet:
    """Add the hidden sheet with the stamp after the sheets that are there; its columns from B on are free.

    It must not be the first sheet: a spreadsheet opens that one.
    """
    sheet = book.add_worksheet(STAMP_NAME)
    sheet.write_string(0, 0, str(stamp))
    sheet.hide()
    book.define_name(STAMP_NAME, f"={STAMP_NAME}!$A$1")
    return sheet


def find_stamp(grids: Iterable[Grid]) -> Stamp | None:
    """The stamp of a file, from its sheets; None where there is none, or another than we write."""
    for grid in grids:
        if grid.name.casefold() == STAMP_NAME and grid.rows and (found := _parsed(grid.rows[0][1][0])) is not None:
            return found
    return None


def _parsed(written: object) -> Stamp | None:
    found = _WRITTEN.fullmatch(written.strip()) if isinstance(written, str) else None
    return None if found is None else Stamp(found[1], int(found[2]), int(found[3]))
