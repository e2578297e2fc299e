"""The workbook with all its sheets; that of the comments holds headings and one pattern row."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import xlsxwriter

from bot.domain.tallies import SMALLEST_GROUP
from bot.reports import overview
from bot.reports.inert import plain
from bot.reports.record_book import budget, comments, comparison, front, journal, opinions, people, questions, votes
from bot.reports.record_book.counted import CountedSheets
from bot.reports.sheets import WORKBOOK_OPTIONS, Formats, SheetWriter
from bot.spreadsheets.stamps import RECORD, Stamp, write_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import BytesIO

    from bot.i18n import Translator
    from bot.reports.beside import Beside
    from bot.reports.record import Record


class RecordBook:
    """The workbook written to ``file``; ``comments_part`` is where in it the comments' rows belong."""

    def __init__(self, record: Record, beside: Beside, t: Translator, file: BytesIO) -> None:
        self._record, self._beside, self._t = record, beside, t
        self._book = xlsxwriter.Workbook(file, WORKBOOK_OPTIONS)
        self._formats = Formats(self._book)
        self._title = plain(overview.title(record, t))
        self._describe()
        self._rows = record.comments.total + record.comments.withdrawn
        self._write()
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
                "created": self._record.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0),
                "comments": self._record.seal_line("xlsx", (t.language,)),
            }
        )

    def _write(self) -> None:
        """Write every sheet; the first one, whose numbers are counted from the others, at last."""
        record, t = self._record, self._t
        first = self._sheet(t("Overview"), front.WIDTHS)
        asked = self._sheet(t("Questions"), questions.widths(record))
        table = self._sheet(t("Answers by channel"), votes.table_widths(record))
        listed = self._sheet(t("Votes"), votes.LIST_WIDTHS)
        said = self._sheet(t("Comments"), comments.WIDTHS)
        self.comments_part = f"xl/worksheets/sheet{said.sheet.index + 1}.xml"
        groups = self._sheet(t("Participants"), people.GROUP_WIDTHS)
        money = self._sheet(t.p("sheet", "Budget"), budget.WIDTHS) if record.hearing.dossier.budget else None
        opinion = self._sheet(t("Opinion groups"), opinions.WIDTHS)
        opinions.write(opinion, self._beside.opinions, t)
        compared = self._sheet(t("Beside the last hearing"), comparison.WIDTHS)
        comparison.write(compared, self._beside, t)
        attendance = self._sheet(t("Attendance"), people.ATTENDANCE_WIDTHS)
        journal.write(self._sheet(t("Journal"), journal.WIDTHS), record, t)
        blocks = votes.list_answers(listed, record, t)
        answers = votes.tabulate(table, record, t, listed=blocks, list_name=listed.sheet.name)
        comments.write(said, t, rows=self._rows)
        sums = budget.write(money, record, t) if money else ()
        tables = front.Tables(
            answers_sheet=table.sheet.name,
            answers=answers,
            asked=questions.write(asked, record, t, rows=answers, table=table.sheet.name),
            groups_sheet=groups.sheet.name,
            villages=next(iter(people.write_groups(groups, record, t)), None),
            budget_sheet=money.sheet.name if money else "",
            budget=sums,
        )
        counted = CountedSheets(
            t=t,
            asked=tables.asked,
            comments_sheet=said.sheet.name,
            rows=self._rows,
            attendance_sheet=attendance.sheet.name,
            sittings=people.write_attendance(attendance, record, t),
        )
        guide = overview.Section(t("What is on the sheets"), tuple(_guide(t)))
        front.write(self._book, first, record, t, counted=counted, guide=guide, tables=tables)


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
            t("Answers by channel"),
            t("The same answers with a column for each channel. Sums are formulas: they follow what you change."),
        ),
        (
            t("Comments"),
            t(
                "Everything received, in the order it came. The coloured columns are for the commission: choose a "
                "decision from the list, give the reason, who is responsible and until when."
            ),
        ),
        (
            " ",
            t(
                "On paper two pages stand side by side: what was said, and what was decided. The language is on the "
                "screen alone, in the last column."
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
