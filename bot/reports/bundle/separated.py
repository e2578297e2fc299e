"""A table as a separated file: UTF-8 with a byte order mark, ``;`` between fields, every field quoted, CRLF.

The first line has the names of the columns. Days are ISO 8601; what is not known or not told is empty. ``inert.field``
puts an apostrophe before what a spreadsheet would take for a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.reports.inert import field
from bot.reports.quoted import QuotedFile

if TYPE_CHECKING:
    from typing import TextIO

    from bot.reports.bundle.columns import Table

DIALECT: Final = {
    "delimiter": ";",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
"""The same in the words of Table Dialect."""


class SeparatedFile(QuotedFile[Any]):
    """A table on its way into a text file that is open."""

    def __init__(self, file: TextIO, table: Table) -> None:
        super().__init__(file, cell)
        self.add_cells([[column.name for column in table.columns]])


def cell(value: str | float | object | None) -> str:
    """A value as a field has it."""
    if isinstance(value, str):
        return field(value)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)
