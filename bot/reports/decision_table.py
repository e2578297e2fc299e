"""The table of decisions for Excel and LibreOffice: everything locked but the columns that the commission fills in."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from bot.decision_table import words
from bot.decision_table.columns import DECISIONS_SHEET, FILE_KIND, FILLED_COLUMNS, LOCKED_COLUMNS
from bot.domain.decision_table import RowKey, first_day, in_a_table
from bot.domain.files import MadeFile
from bot.reports import overview, records
from bot.reports.comments import CommentTable, labelled
from bot.reports.file_names import DECISIONS_FILE, hearing_file_name
from bot.reports.inert import plain
from bot.reports.sheets import (
    TO_FILL_COLOUR,
    UNDERLINE_COLOUR,
    WORKBOOK_OPTIONS,
    Formats,
    SheetWriter,
    is_suspicious,
    serial,
)
from bot.spreadsheets.stamps import STAMP_NAME, Stamp, write_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.ports import ReadingStore
    from bot.reports.record import Record
    from bot.reports.sheets import CellValue

_COLUMNS: Final = DECISIONS_SHEET.columns
_FIRST_TO_FILL: Final = len(LOCKED_COLUMNS)
_OUTCOMES_COLUMN: Final = 1
"""On the hidden sheet, beside the stamp."""
_POINTS_COLUMN: Final = 2


async def write(store: ReadingStore, hearing_id: int, *, t: Translator, now: datetime, timezone: str) -> MadeFile:
    """The table of a hearing as it stands ``now``, in ``t``'s language. Raises NotFound, StoreUnavailable."""
    async with store.reading() as repositories:
        record = await records.gather(repositories, hearing_id, now=now, timezone=timezone)
        comments = [each async for page in records.comments(repositories, hearing_id) for each in page]
    chosen, left_out = in_a_table(comments)
    name = hearing_file_name(
        record.hearing, record.municipality.name, (DECISIONS_FILE,), (t,), zone=record.zone, extension="xlsx"
    )
    return MadeFile(_TableWriter(record, t, chosen, left_out=left_out).content, name)


class _TableWriter:
    """The workbook, whole once it is made."""

    def __init__(self, record: Record, t: Translator, comments: Sequence[Comment], *, left_out: int) -> None:
        self._t, self._record = t, record
        file = io.BytesIO()
        self._book = xlsxwriter.Workbook(file, WORKBOOK_OPTIONS)
        self._formats = Formats(self._book)
        self._unlocked = {column.key: self._look(num_format=column.number_format or "@") for column in FILLED_COLUMNS}
        self._unlocked_text = self._look(num_format="@", quote_prefix=True)
        self._write_sheet(comments, left_out)
        self._book.close()
        self.content = file.getvalue()

    def _look(self, **more: Any) -> Format:
        look = {"bg_color": TO_FILL_COLOUR, "border": 1, "border_color": UNDERLINE_COLOUR, "valign": "top"}
        return self._book.add_format({"text_wrap": True, "locked": False, **look, **more})

    def _write_sheet(self, comments: Sequence[Comment], left_out: int) -> None:
        looks = self._formats
        widths = [column.width for column in _COLUMNS]
        name = words.sheets(self._t)[DECISIONS_SHEET.key]
        title = plain(overview.title(self._record, self._t))
        sheet = SheetWriter(self._book, looks, name, footer=title, widths=widths)
        sheet.columns({1: looks.number, 6: looks.number})
        sheet.sheet.set_column(0, 0, widths[0], looks.text, {"hidden": True})
        sheet.head([words.columns(self._t)[column.key] for column in _COLUMNS])
        sheet.sheet.freeze_panes(1, 2)
        rows = CommentTable(self._record, self._t)
        for comment in comments:
            self._append(sheet, rows, comment)
        sheet.finish()
        if left_out:
            sheet.append((None, None, None, None, self._left_out(left_out)), {4: looks.warning})
        self._offer(sheet.sheet, max(len(comments), 1))
        sheet.sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})

    def _left_out(self, count: int) -> str:
        t = self._t
        return t.n(
            "{n} more comment did not fit here. When these are decided, take the table anew.",
            "{n} more comments did not fit here. When these are decided, take the table anew.",
            count,
        )

    def _append(self, sheet: SheetWriter, rows: CommentTable, comment: Comment) -> None:
        row = rows.row(comment)
        given: tuple[CellValue, ...] = (row.decision, row.reason, row.responsible, row.due, row.changes)
        about: tuple[CellValue, ...] = (row.number, row.kind, row.about, row.text, row.language, row.support)
        number = sheet.next
        sheet.append((str(RowKey.of(comment, row.text)), *about, row.channel, *given))
        for at, (value, look) in enumerate(zip(given, self._unlocked.values(), strict=True), _FIRST_TO_FILL):
            if not value:
                sheet.sheet.write_blank(number, at, None, look)
            elif isinstance(value, str):
                sheet.sheet.write_string(number, at, value, self._unlocked_text if is_suspicious(value) else look)
            elif isinstance(value, date):
                sheet.sheet.write_number(number, at, serial(value), look)

    def _offer(self, sheet: Worksheet, last: int) -> None:
        """Give the cells their list and their limits, and say beside them what belongs there."""
        t, record = self._t, self._record
        outcomes = list(words.outcomes(t).values())
        hidden = write_stamp(self._book, Stamp(FILE_KIND, record.hearing.id, int(record.as_of.timestamp())))
        for at, word in enumerate(outcomes):
            hidden.write_string(at, _OUTCOMES_COLUMN, word)
        points = [labelled(t, record.hearing.dossier, point) for point in record.hearing.dossier.points]
        for at, word in enumerate(points):
            hidden.write_string(at, _POINTS_COLUMN, word)
        source = _listed(_OUTCOMES_COLUMN, len(outcomes))
        chosen = {"validate": "list", "source": _listed(_POINTS_COLUMN, len(points))} if points else {"validate": "any"}
        earliest = first_day(record.hearing.dossier, record.zone)
        told: tuple[tuple[str, dict[str, Any]], ...] = (
            (t("Choose one from the list."), {"validate": "list", "source": source}),
            (t("The author reads this. Only what is noted needs no reason."), {"validate": "any"}),
            (t("Who does it: a person or an office."), {"validate": "any"}),
            (t("Until when: day, month and year."), {"validate": "date", "criteria": ">=", "value": earliest}),
            (t("Which line of the budget or which action it changes. May stay empty."), chosen),
        )
        for at, (message, rule) in enumerate(told, _FIRST_TO_FILL):
            sheet.data_validation(1, at, last, at, {**rule, "input_message": message})


def _listed(column: int, count: int) -> str:
    """The cells of the hidden sheet from which a list offers."""
    name = xl_col_to_name(column, col_abs=True)
    return f"={STAMP_NAME}!{name}$1:{name}${count}"
