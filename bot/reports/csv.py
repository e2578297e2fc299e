"""The comments of a record as a separated file: UTF-8 with a byte order mark, ``;`` between fields, CRLF at the end.

One file holds one table, and the table of a record is its comments; votes and participants are in the workbook and in
the JSON record. Every field is quoted, and ``inert.field`` puts an apostrophe before what a spreadsheet would take for
a formula.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.reports.comments import CommentRow, CommentTable, headings
from bot.reports.inert import field
from bot.reports.quoted import QuotedFile
from bot.reports.streaming import abandoned_on_failure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.record import Record

    _Cell = str | int | date | datetime | None

BYTE_ORDER_MARK: Final = "\ufeff"
_TWO: Final = tuple(f"{number:02}" for number in range(60))
"""The parts of a moment with two figures each."""


class CommentsFile:
    """Comments on their way to ``path``, page by page. Not for the event loop: it writes to disk."""

    def __init__(self, record: Record, t: Translator, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")  # the codec with a mark is many times slower
        with abandoned_on_failure(self):
            self._file.write(BYTE_ORDER_MARK)
            self._table: QuotedFile[_Cell] = QuotedFile(self._file, _shown)
            self._table.add([headings(t)])
        self._row = CommentTable(record, t).row
        self._seal = record.seal_line("csv", (t.language,))

    def add(self, page: Iterable[Comment]) -> None:
        """Write one page of comments."""
        self._table.add(map(self._row, page))

    def close(self) -> None:
        """Finish the file: its last line is the seal of the record."""
        if self._seal:
            self._table.add([(self._seal, *[""] * (len(CommentRow._fields) - 1))])
        self._file.close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        with suppress(OSError):
            self._file.close()


def _shown(cell: _Cell) -> str:
    match cell:
        case str():
            return field(cell)
        case None:
            return ""
        case int():
            return str(cell)
        case datetime():
            return f"{_day(cell)} {_TWO[cell.hour]}:{_TWO[cell.minute]}"
        case _:
            return _day(cell)


def _day(day: date) -> str:
    return f"{_TWO[day.day]}.{_TWO[day.month]}.{day.year:04}"
