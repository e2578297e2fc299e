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

import xlsxwriter

from bot.domain.tallies import SMALLEST_GROUP
from bot.i18n import names
from bot.reports import overview, participants, votes
from bot.reports.comments import COLUMNS_TO_FILL, CommentRow, CommentTable
from bot.reports.comments import headings as comment_headings
from bot.reports.inert import plain
from bot.reports.row_template import RowTemplate
from bot.reports.sheets import Formats, SheetWriter
from bot.spreadsheets.stamps import RECORD, Stamp, write_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.record import Record

WORKBOOK_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_OVERVIEW_WIDTHS: Final = (46, 84)
_VOTES_WIDTHS: Final = (6, 44, 21, 13, 40, 10, 10, 12, 14)
_COMMENTS_WIDTHS: Final = (7, 16, 13, 22, 50, 12, 12, 18, 13, 16, 16, 28, 18, 12, 24, 12)
_PARTICIPANTS_WIDTHS: Final = (22, 36, 14, 12, 14, 16)
_FIRST_COLUMN_TO_FILL: Final = CommentRow._fields.index(COLUMNS_TO_FILL[0])
_LAST_COLUMN_TO_FILL: Final = CommentRow._fields.index(COLUMNS_TO_FILL[-1])
_COMMENTS_PART: Final = "xl/worksheets/sheet3.xml"
_PART_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part within the file: the same record makes the same bytes."""


class RecordWorkbook:
    """A record on its way to ``path``: sheets of numbers at once, then comments page by page, then ``close``.

    Not for the event loop: everything here writes to disk. Raises OSError where the disk does not take it.
    """

    def __init__(self, record: Record, t: Translator, path: Path) -> None:
        self._files = ExitStack()
        try:
            self._zip = self._files.enter_context(zipfile.ZipFile(path, "w"))
            self._template = self._frame(record, t)
            self._rows = self._files.enter_context(self._zip.open(_part(_COMMENTS_PART), "w"))
            self._rows.write(self._template.before.encode())
        except BaseException:
            self.abandon()
            raise
        self._row = CommentTable(record, t).row
        self._next = 2

    def _frame(self, record: Record, t: Translator) -> RowTemplate:
        """Everything but the comments' rows, copied from a workbook of its own; the place of the rows."""
        frame = BytesIO()
        _Frame(record, t, frame)
        with zipfile.ZipFile(frame) as source:
            for name in source.namelist():
                if name != _COMMENTS_PART:
                    self._zip.writestr(_part(name), source.read(name))
            return RowTemplate(source.read(_COMMENTS_PART).decode(), _COMMENTS_WIDTHS)

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


class _Frame:
    """The workbook with all sheets; that of the comments holds headings and one pattern row."""

    def __init__(self, record: Record, t: Translator, file: BytesIO) -> None:
        self._t = t
        self._record = record
        self._book = xlsxwriter.Workbook(file, WORKBOOK_OPTIONS)
        self._formats = Formats(self._book)
        self._title = plain(overview.title(record, t))
        self._describe()
        self._overview()
        self._votes()
        self._comments()
        self._participants()
        write_stamp(self._book, Stamp(RECORD, record.hearing.id, record.hearing.version))
        self._book.close()

    def _sheet(self, name: str, widths: Sequence[int]) -> SheetWriter:
        return SheetWriter(self._book, self._formats, name, footer=self._title, widths=widths)

    def _describe(self) -> None:
        t = self._t
        self._book.set_properties(
            {
                "title": self._title,
                "subject": t("Record of the public hearing"),
                "author": plain(t.place(self._record.municipality.name)),
                "created": self._record.made_at.replace(tzinfo=None),
            }
        )

    def _overview(self) -> None:
        t, looks = self._t, self._formats
        sheet = self._sheet(t("Overview"), _OVERVIEW_WIDTHS)
        sheet.sheet.hide_gridlines(2)
        sheet.sheet.fit_to_pages(1, 1)
        sheet.columns({0: looks.label, 1: looks.whole})
        sheet.across(self._title, looks.title, points=16)
        sheet.append((t("Record of the public hearing"),))
        sheet.append(())
        for warning in overview.warnings(self._record, t):
            sheet.across(plain(warning), looks.warning)
        guide = overview.Section(t("What is on the sheets"), tuple(_guide(t)))
        for section in (*overview.sections(self._record, t), guide):
            sheet.append(())
            sheet.append((section.title, " "), {0: looks.section, 1: looks.section}, height=20)
            for name, value in section.facts:
                sheet.append((name, plain(value) if isinstance(value, str) else value))

    def _votes(self) -> None:
        t, looks = self._t, self._formats
        sheet = self._sheet(t("Votes"), _VOTES_WIDTHS)
        numbers = {0: looks.number, 5: looks.number, 6: looks.share, 7: looks.number, 8: looks.average}
        sheet.columns(numbers)
        sheet.head(votes.headings(t))
        for row in votes.rows(self._record, t):
            cells = (row.no, plain(row.question), row.kind, row.channel, plain(row.answer))
            first = {1: looks.bold, 3: looks.bold, 4: looks.bold}
            again = dict.fromkeys((1, 2, 3), looks.repeated)
            sheet.append((*cells, row.voters, row.share, row.points, row.average), first if row.whole else again)
        sheet.finish()

    def _participants(self) -> None:
        t, looks = self._t, self._formats
        sheet = self._sheet(t("Participants"), _PARTICIPANTS_WIDTHS)
        numbers = {2: looks.number, 3: looks.share, 4: looks.number, 5: looks.share}
        sheet.columns(numbers)
        sheet.head(participants.headings(t))
        for row in participants.rows(self._record, t):
            size = row.size if isinstance(row.size, int) else names.group_size(t, row.size)
            sheet.append((row.by, plain(row.group), size, row.share, row.population, row.reached))
        sheet.finish()

    def _comments(self) -> None:
        t, looks = self._t, self._formats
        counts = self._record.comments
        sheet = self._sheet(t("Comments"), _COMMENTS_WIDTHS)
        columns = {0: looks.number, 1: looks.moment, 8: looks.number, 13: looks.day, 15: looks.day}
        sheet.columns(columns)
        sheet.head(comment_headings(t))
        sheet.pattern(columns)
        rows = counts.total + counts.withdrawn
        self._offer_decisions(sheet, max(rows, 1))  # first: of two colours the earlier one is seen
        sheet.finish(rows)

    def _offer_decisions(self, sheet: SheetWriter, last: int) -> None:
        """Colour the cells to fill in, and offer the four decisions as a list."""
        sheet.sheet.conditional_format(
            *(1, _FIRST_COLUMN_TO_FILL, last, _LAST_COLUMN_TO_FILL),
            {"type": "formula", "criteria": "=LEN($A2)>0", "format": self._formats.to_fill},
        )
        sheet.sheet.data_validation(
            *(1, _FIRST_COLUMN_TO_FILL, last, _FIRST_COLUMN_TO_FILL),
            {"validate": "list", "source": [self._t(outcome) for outcome in names.OUTCOME_NAMES.values()]},
        )


def _guide(t: Translator) -> tuple[tuple[str, str], ...]:
    return (
        (
            t("Votes"),
            t(
                "Every question with its answers: channels stand apart, and are added up below. To publish them, give "
                "all channels together where fewer than {smallest} people used one.",
                smallest=t.number(SMALLEST_GROUP),
            ),
        ),
        (
            t("Comments"),
            t(
                "Everything received, in the order it came. The coloured columns are for the commission: choose a "
                "decision from the list, give the reason, who is responsible and until when."
            ),
        ),
        (
            t("Participants"),
            t(
                "People who took part through the bot, by what they said about themselves. Groups of fewer than "
                "{smallest} people are not shown, nor groups that would give them away, so that nobody can be "
                "recognised. While answers are taken, “20+” stands for 20 people or more.",
                smallest=t.number(SMALLEST_GROUP),
            ),
        ),
    )
