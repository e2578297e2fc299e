"""The record as a workbook for Excel and LibreOffice, in the reader's language.

Every text is written as a text: never a formula, a link or a number, whatever it looks like. XlsxWriter makes the
workbook with every sheet but the comments' rows; these are then written into its place in the file, page by page, so
that 200,000 comments need hardly more memory than 200 (``row_template`` says how and why).
"""

from __future__ import annotations

import zipfile
from contextlib import ExitStack, suppress
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.reports.comments import CommentTable
from bot.reports.record_book import comments
from bot.reports.record_book.book import RecordBook
from bot.reports.row_template import RowTemplate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.beside import Beside
    from bot.reports.record import Record

_PART_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part within the file: the same record makes the same bytes."""


class RecordWorkbook:
    """A record on its way to ``path``: sheets of numbers at once, then comments page by page, then ``close``.

    Not for the event loop: everything here writes to disk. Raises OSError where the disk does not take it.
    """

    def __init__(self, record: Record, beside: Beside, t: Translator, path: Path) -> None:
        self._files = ExitStack()
        try:
            self._zip = self._files.enter_context(zipfile.ZipFile(path, "w"))
            self._template, part = self._frame(record, beside, t)
            self._rows = self._files.enter_context(self._zip.open(_part(part), "w"))
            self._rows.write(self._template.before.encode())
        except BaseException:
            self.abandon()
            raise
        self._row = CommentTable(record, t).row
        self._next = 2

    def _frame(self, record: Record, beside: Beside, t: Translator) -> tuple[RowTemplate, str]:
        """Everything but the comments' rows, copied from a workbook of its own; the rows' template and part."""
        frame = BytesIO()
        part = RecordBook(record, beside, t, frame).comments_part
        with zipfile.ZipFile(frame) as source:
            for name in source.namelist():
                if name != part:
                    self._zip.writestr(_part(name), source.read(name))
            template = RowTemplate(
                source.read(part).decode(),
                widths=comments.WIDTHS,
                fields=comments.COLUMNS,
                places=comments.PLACES,
            )
            return template, part

    def add(self, page: Iterable[Comment]) -> None:
        """Write one page of comments."""
        rows = [self._template.row(number, self._row(comment)) for number, comment in enumerate(page, self._next)]
        self._next += len(rows)
        self._rows.write("".join(rows).encode())

    def close(self) -> None:
        """Finish the file."""
        self._rows.write(self._template.after.encode())
        self._files.close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        with suppress(OSError):
            self._files.close()


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, _PART_DATE)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part
