"""The comments of a record as a separated file: UTF-8 with a byte order mark, ``;`` between fields, CRLF at the end.

One file holds one table, and the table of a record is its comments; votes and participants are in the workbook and in
the JSON record. Every field is quoted, and ``inert.field`` puts an apostrophe before what a spreadsheet would take for
a formula.
"""

from __future__ import annotations

import csv
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.reports.comments import CommentRow, CommentTable, headings
from bot.reports.inert import field
from bot.reports.streaming import abandoned_on_failure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.record import Record


BYTE_ORDER_MARK: Final = "\ufeff"


class CommentsFile:
    """Comments on their way to ``path``, page by page. Not for the event loop: it writes to disk."""

    def __init__(self, record: Record, t: Translator, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")  # the codec with a mark is many times slower
        with abandoned_on_failure(self):
            self._file.write(BYTE_ORDER_MARK)
            self._writer = csv.writer(self._file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
            self._writer.writerow([field(heading) for heading in headings(t)])
        self._row = CommentTable(record, t).row
        self._seal = record.seal_line("csv", (t.language,))

    def add(self, page: Iterable[Comment]) -> None:
        """Write one page of comments."""
        self._writer.writerows([_shown(cell) for cell in self._row(comment)] for comment in page)

    def close(self) -> None:
        """Finish the file: its last line is the seal of the record."""
        if self._seal:
            self._writer.writerow([field(self._seal), *[""] * (len(CommentRow._fields) - 1)])
        self._file.close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        with suppress(OSError):
            self._file.close()


def _shown(cell: str | int | date | datetime | None) -> str:
    if isinstance(cell, str):
        return field(cell)
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(cell)
    day = f"{cell.day:02}.{cell.month:02}.{cell.year:04}"
    return f"{day} {cell.hour:02}:{cell.minute:02}" if isinstance(cell, datetime) else day
