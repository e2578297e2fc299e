"""The entry sheet for Excel and LibreOffice: papers, counts and people present, with lists to choose from."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from bot.domain.counted_votes import MOST_COUNTED, WEIGHED_KINDS
from bot.domain.entry_sheet import question_mark
from bot.domain.files import MadeFile
from bot.domain.values import dataclass
from bot.entry_sheet.columns import (
    ATTENDANCE_SHEET,
    FILE_KIND,
    PAPERS_SHEET,
    READ_ONLY,
    option_key,
    points_key,
    votes_sheet,
)
from bot.entry_sheet.words import SHEET_WORDS
from bot.reports.entry_rows import EntryRows
from bot.reports.file_names import ENTRIES_FILE, hearing_file_name
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
    from collections.abc import Iterable
    from datetime import date

    from xlsxwriter.format import Format

    from bot.i18n import Translator
    from bot.ports import ReadingStore
    from bot.reports.entry_rows import Row
    from bot.spreadsheets.shape import Column, SheetShape

_MARKS_COLUMN: Final = 1
_FIRST_LIST: Final = 2
"""Columns of the hidden sheet: the stamp, the marks of the questions, then a list in each."""
_LISTS: Final = ("kind", "about", "channel", "village", "sitting", "question")


async def write(store: ReadingStore, hearing_id: int, *, t: Translator, timezone: str) -> MadeFile:
    """The sheet of a hearing with what is entered ``now``, in ``t``'s language. Raises NotFound, StoreUnavailable."""
    rows = await EntryRows.gather(store, hearing_id, t, timezone=timezone)
    words = rows.words
    name = hearing_file_name(
        rows.hearing, words.municipality.name, (ENTRIES_FILE,), (t,), zone=words.zone, extension="xlsx"
    )
    return MadeFile(_SheetBook(rows, t).content, name)


@dataclass(frozen=True, slots=True)
class _Written:
    """A sheet with the columns that it has."""

    sheet: Any
    columns: tuple[Column, ...]
    last: int


class _SheetBook:
    """The workbook, whole once it is made."""

    def __init__(self, rows: EntryRows, t: Translator) -> None:
        self._rows, self._t = rows, t
        file = io.BytesIO()
        self._book = xlsxwriter.Workbook(file, WORKBOOK_OPTIONS)
        self._formats = Formats(self._book)
        self._text = self._look(num_format="@")
        self._quoted = self._look(num_format="@", quote_prefix=True)
        written = [
            self._write(PAPERS_SHEET, rows.papers(), _papers_columns(rows)),
            self._write(votes_sheet(rows.words.options), rows.counts(), _votes_columns(rows)),
            self._write(ATTENDANCE_SHEET, rows.present(), ATTENDANCE_SHEET.columns),
        ]
        self._offer(written)
        self._book.close()
        self.content = file.getvalue()

    def _look(self, **more: Any) -> Format:
        look = {"bg_color": TO_FILL_COLOUR, "border": 1, "border_color": UNDERLINE_COLOUR, "valign": "top"}
        return self._book.add_format({"text_wrap": True, **look, **more})

    def _write(self, shape: SheetShape, rows: Iterable[Row], columns: tuple[Column, ...]) -> _Written:
        words = self._rows.words
        labels = words.columns(self._t)
        name = words.tables[SHEET_WORDS](self._t)[shape.key]
        title = plain(self._t.text(words.dossier.title).words)
        sheet = SheetWriter(self._book, self._formats, name, footer=title, widths=[each.width for each in columns])
        looks = [self._column_look(column) for column in columns]
        sheet.columns(dict(enumerate(looks)))
        sheet.sheet.set_column(0, 0, columns[0].width, self._formats.text, {"hidden": True})
        sheet.head([labels[column.key] for column in columns])
        sheet.sheet.freeze_panes(1, 3 if shape is PAPERS_SHEET else 2)
        for row in rows:
            number = sheet.next
            sheet.append(tuple(row.get(column.key) if column.key in READ_ONLY else None for column in columns))
            for at, column in enumerate(columns):
                if column.key not in READ_ONLY and row.get(column.key) is not None:
                    self._put(sheet.sheet, number, at, row[column.key], looks[at])
        return _Written(sheet.sheet, columns, shape.row_limit)

    def _column_look(self, column: Column) -> Format:
        if column.key in READ_ONLY or column.key == "mark":
            return self._formats.text
        if column.counted or column.key == "box":
            return self._look(align="center")
        return self._look(num_format=column.number_format) if column.number_format else self._text

    def _put(self, sheet: Any, row: int, column: int, value: str | int | date | None, look: Format) -> None:
        match value:
            case str():
                sheet.write_string(row, column, value, self._quoted if value and is_suspicious(value) else look)
            case int():
                sheet.write_number(row, column, value, look)
            case None:
                return
            case _:
                sheet.write_number(row, column, serial(value), look)

    def _offer(self, written: Iterable[_Written]) -> None:
        """Stamp the book, and give the cells their lists, their limits and a word of what belongs there."""
        words, hearing = self._rows.words, self._rows.hearing
        hidden = write_stamp(self._book, Stamp(FILE_KIND, hearing.id, hearing.version))
        for at, question in enumerate(words.dossier.questions):
            hidden.write_string(at, _MARKS_COLUMN, f"{question.no}.{question_mark(question)}")
        sources = {}
        for at, table in enumerate(_LISTS, start=_FIRST_LIST):
            labels = [plain(label) for label in words.tables[table](self._t).values()]
            for row, label in enumerate(labels):
                hidden.write_string(row, at, label)
            letter = xl_col_to_name(at, col_abs=True)
            sources[table] = f"={STAMP_NAME}!{letter}$1:{letter}${max(1, len(labels))}"
        told = self._told()
        for each in written:
            for at, column in enumerate(each.columns):
                if rule := self._rule(column, sources):
                    message = {"input_message": told[column.key]} if column.key in told else {}
                    each.sheet.data_validation(1, at, each.last, at, {**rule, **message})

    def _rule(self, column: Column, sources: dict[str, str]) -> dict[str, Any]:
        if column.choices:
            return {"validate": "list", "source": sources[column.choices]}
        if column.counted or column.key == "box":
            return {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST_COUNTED}
        if column.number_format:
            return {"validate": "date", "criteria": ">=", "value": self._rows.first_day}
        return {} if column.key in READ_ONLY or column.key == "mark" else {"validate": "any"}

    def _told(self) -> dict[str, str]:
        t = self._t
        return {
            "code": t("Number the papers yourself: 1, 2, 3. Write the number on the paper and here."),
            "text": t("What the paper says, word for word."),
            "about": t("What it is about. Empty: the hearing as a whole."),
            "voices": t("How many people have signed it or raised a hand for it, beside its author."),
            "channel": t("How it came. Empty: on paper."),
            "village": t("Choose one from the list."),
            "given": t("The day on which it was given. Empty: today."),
            "name": t("Only for the minutes; it stands in no other file. Mostly it is left empty."),
            "box": t("If a village has several boxes: 1, 2, 3."),
            "question": t("Choose one from the list."),
            "papers": t("How many papers answered this question."),
        }


def _papers_columns(rows: EntryRows) -> tuple[Column, ...]:
    several = len(rows.words.dossier.sittings) > 1
    return tuple(column for column in PAPERS_SHEET.columns if column.key != "sitting" or several)


def _votes_columns(rows: EntryRows) -> tuple[Column, ...]:
    """The columns that the hearing's questions need."""
    questions = rows.words.dossier.questions
    options = max((len(question.option_numbers) for question in questions), default=0)
    weighed = max((len(each.option_numbers) for each in questions if each.kind in WEIGHED_KINDS), default=0)
    needed = {option_key(no) for no in range(1, options + 1)} | {points_key(no) for no in range(1, weighed + 1)}
    counted = ("option ", "points ")
    shape = votes_sheet(rows.words.options)
    return tuple(each for each in shape.columns if each.key in needed or not each.key.startswith(counted))
