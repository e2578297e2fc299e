"""The writer of every hearing workbook: the empty one and the filled ones look the same."""

from __future__ import annotations

import io
import math
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.domain.languages import UZ, UZ_CYRL, Text
from bot.spreadsheets.alphabet import UZ_LATN
from bot.spreadsheets.names import column_letters
from bot.spreadsheets.stamps import write_stamp
from bot.workbook import hints, words
from bot.workbook.measures import TEXT_HEIGHT, height, note_size
from bot.workbook.sheets import (
    ACTIONS_SHEET,
    ATTENDANCE_SHEET,
    BUDGET_SHEET,
    DATE_FORMAT,
    HEARING_FIELDS,
    HEARING_SHEET,
    LISTS_SHEET_NAME,
    MOMENT_FORMAT,
    MONEY_FORMAT,
    SERVICES_SHEET,
    TABLE_SHEETS,
    TIME_FORMAT,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.i18n import Translator
    from bot.spreadsheets.shape import Column, SheetShape
    from bot.spreadsheets.stamps import Stamp

_LANGUAGES_BY_TAG: Final = {UZ_LATN: UZ}
"""The language of a column whose tag is another word."""
_CREATED_AT: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - written into the file as it is, so that equal hearings are equal bytes
_WHOLE_AMOUNT_FORMAT: Final = "#,##0"
_OFFERED_ROWS: Final = 200
"""Rows of a table with drop-down lists."""
_OFFERED_SUBJECTS: Final = 3
_READABLE_WIDTH: Final = 220
"""Width of columns, in characters, that stays readable on a landscape A4 page."""
_OPEN_LISTS: Final = ("budget group", "about", "service number", "attendance group")
"""Lists that do not keep one from writing something else."""
_OFFERED_BESIDE: Final = {
    (ACTIONS_SHEET.key, "service"): "service number",
    (BUDGET_SHEET.key, "service"): "service number",
    (ATTENDANCE_SHEET.key, "group"): "attendance group",
}
"""Lists for columns whose meaning is not a word of a table."""
_INSTRUCTIONS_WIDTH: Final = 100
Examples: TypeAlias = "Mapping[str, Sequence[Mapping[str, str]]]"
"""Rows that show how it is done, by the tag of their language: key of a column to words."""
_NO_EXAMPLES: Final[Examples] = MappingProxyType({})
_LOOKS: Final[Mapping[str, Mapping[str, object]]] = {
    "text": {"text_wrap": True, "valign": "top", "font_size": 10, "border": 1, "border_color": "#D9D9D9"},
    "head": {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1, "valign": "vcenter"},
    "empty": {"border": 0},
    "label": {"bg_color": "#F2F2F2"},
    "required": {"bg_color": "#F2F2F2", "bold": True},
    "example": {"italic": True, "font_color": "#7F7F7F"},
    "barred": {"bg_color": "#EDEDED"},
}


class WorkbookWriter:
    """Writes the sheets of one workbook, in the order of the calls."""

    def __init__(self, t: Translator, languages: Sequence[str], stamp: Stamp) -> None:
        """``languages`` are the tags of the columns of each translated text."""
        import xlsxwriter  # noqa: PLC0415 libraries for this alone

        self._stamp = stamp
        self.t = t
        self.languages = languages
        self._file = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._file, {"in_memory": True})
        self._book.set_properties({"created": _CREATED_AT})
        self._formats: dict[tuple[str, ...], Any] = {}
        self._lists = {table: list(words.LABEL_TABLES[table](t).values()) for table in _choices()}
        service = words.subjects(t)[words.SERVICE_SUBJECT]
        services = [f"{service} {no}" for no in range(1, _OFFERED_SUBJECTS + 1)]
        self._lists["service number"] = [str(no) for no in range(1, SERVICES_SHEET.row_limit + 1)]
        self._lists["attendance group"] = list(words.attendance_groups(t).values())
        self._lists["about"] = self._lists["about"][:_OFFERED_SUBJECTS] + services

    def finish(self) -> bytes:
        """Add the hidden sheets: drop-down lists, the stamp. The bytes of the file, to which nothing can be added."""
        sheet = self._book.add_worksheet(LISTS_SHEET_NAME)
        for at, labels in enumerate(self._lists.values()):
            for row, label in enumerate(labels):
                sheet.write_string(row, at, label)
        sheet.hide()
        write_stamp(self._book, self._stamp)
        self._book.close()
        return self._file.getvalue()

    def write_instructions(self) -> None:
        """Write the sheet that says how to fill the others."""
        sheet = self._sheet("How to fill", (_INSTRUCTIONS_WIDTH,))
        sheet.write_string(0, 0, words.sheets(self.t)["How to fill"], self._style("head"))
        for number, step in enumerate(hints.steps(self.t), start=1):
            sheet.write_string(number, 0, f"{number}. {step}", self._style("text"))
            sheet.set_row(number, height([(step, _INSTRUCTIONS_WIDTH - 15)]))

    def write_hearing(self, rows: Iterable[tuple[str, object]]) -> None:
        """Write the sheet Hearing: (key of a field, value) in order; values as ``write_table`` takes them."""
        field, value, example = HEARING_SHEET.columns
        tags = ["", *self.languages]
        sheet = self._sheet(HEARING_SHEET.key, (field.width, *[value.width] * len(tags), example.width))
        labels = words.columns(self.t)
        headings = [labels["field"], *(_heading(labels["value"], tag) for tag in tags), labels["example"]]
        sheet.write_row(0, 0, headings, self._style("head"))
        sheet.freeze_panes(1, 1)
        examples = hints.fields(self.t)
        for at, (key, written) in enumerate(rows, start=1):
            column = next(column for column in HEARING_FIELDS if column.key == key)
            look = "required" if column.required else "label"
            sheet.write_string(at, 0, words.fields(self.t)[key], self._style(look))
            self._write_field(sheet, at, column, written)
            sheet.write_string(at, len(tags) + 1, examples[key], self._style("example"))
            texts = [(_in_language(written, tag), value.width) for tag in tags] + [(examples[key], example.width)]
            sheet.set_row(at, max(height(texts), 2 * TEXT_HEIGHT if column.translated else 0))

    def _write_field(self, sheet: Any, row: int, column: Column, value: object) -> None:
        """Write a translated field into the cells of its languages, any other into the plain one; bar the rest."""
        for at, language in enumerate(("", *self.languages), start=1):
            if column.translated == bool(language):
                self._write(sheet, (row, at), _in_language(value, language), column)
            else:
                sheet.write_blank(row, at, None, self._style("barred"))
        if column.choices:
            self._offer(sheet, (row, 1, row, 1), column.choices)

    def write_table(
        self, shape: SheetShape, rows: Iterable[Mapping[str, object]], *, examples: Examples = _NO_EXAMPLES
    ) -> None:
        """Write a sheet of that shape: its examples in grey, then its rows.

        ``examples`` are by the tag of their language, that of the labels among them. A row is the key of a column to
        Text, str, a number, date, time, datetime or None.
        """
        columns = [
            (column, language)
            for column in shape.columns
            for language in (self.languages if column.translated else ("",))
        ]
        sheet = self._sheet(shape.key, [column.width for column, _ in columns])
        self._write_headings(sheet, shape.key, columns)
        last = self._write_examples(sheet, columns, examples)
        for number, row in enumerate(rows, start=last + 1):
            values = [_in_language(row.get(column.key), language) for column, language in columns]
            for at, (column, _) in enumerate(columns):
                self._write(sheet, (number, at), values[at], column)
            texts = [(value, column.width) for value, (column, _) in zip(values, columns, strict=True)]
            sheet.set_row(number, height(texts))

    def _write_headings(self, sheet: Any, key: str, columns: Sequence[tuple[Column, str]]) -> None:
        labels, remarks = words.columns(self.t), hints.columns(self.t)
        for at, (column, language) in enumerate(columns):
            sheet.write_string(0, at, _heading(labels[column.key], language), self._style("head"))
            if column.key in remarks:
                sheet.write_comment(0, at, remarks[column.key], note_size(remarks[column.key]))
            if offered := column.choices or _OFFERED_BESIDE.get((key, column.key)):
                self._offer(sheet, (1, at, _OFFERED_ROWS, at), offered)
            sheet.set_column(at, at, column.width, self._style("empty", column.number_format))
        sheet.set_row(0, 2 * TEXT_HEIGHT + 2)
        sheet.freeze_panes(1, 1)

    def _write_examples(self, sheet: Any, columns: Sequence[tuple[Column, str]], examples: Examples) -> int:
        """Write the examples below the headings, each column in its language; the index of the last, 0 without any."""
        own = examples.get(UZ if self.t.language == UZ_CYRL else self.t.language, ())
        mark, grey = words.marks(self.t)["example"], self._style("example")
        told = {**examples, "": own}
        if not set(examples) & set(self.languages):
            told[self.languages[0]] = own
        for number in range(1, len(own) + 1):
            texts: list[tuple[object, float]] = []
            for at, (column, language) in enumerate(columns):
                value = told[language][number - 1].get(column.key, "") if language in told else ""
                if shown := value if at else f"{mark}: {value}" if value else mark:
                    sheet.write_string(number, at, shown, grey)
                    texts.append((shown, column.width))
            sheet.set_row(number, height(texts))
        return len(own)

    def _sheet(self, key: str, widths: Sequence[float]) -> Any:
        sheet = self._book.add_worksheet(words.sheets(self.t)[key])
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(math.ceil(sum(widths) / _READABLE_WIDTH), 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _offer(self, sheet: Any, area: tuple[int, int, int, int], table: str) -> None:
        """Give the cells of an area a drop-down list."""
        column = column_letters(list(self._lists).index(table) + 1)
        source = f"={LISTS_SHEET_NAME}!${column}$1:${column}${len(self._lists[table])}"
        sheet.data_validation(*area, {"validate": "list", "source": source, "show_error": table not in _OPEN_LISTS})

    def _write(self, sheet: Any, cell: tuple[int, int], value: object, column: Column) -> None:
        match value:
            case None | "":
                sheet.write_blank(*cell, None, self._style("text", column.number_format))
            case datetime():
                sheet.write_datetime(*cell, value, self._style("text", MOMENT_FORMAT))
            case date():
                sheet.write_datetime(*cell, value, self._style("text", DATE_FORMAT))
            case time():
                sheet.write_datetime(*cell, value, self._style("text", TIME_FORMAT))
            case int() | float() | Decimal():
                whole_amount = column.number_format == MONEY_FORMAT and value == int(value)
                number_format = _WHOLE_AMOUNT_FORMAT if whole_amount else column.number_format
                sheet.write_number(*cell, value, self._style("text", number_format))
            case _:
                sheet.write_string(*cell, str(value), self._style("text"))

    def _style(self, look: str, number_format: str = "") -> Any:
        if (look, number_format) not in self._formats:
            properties = {**_LOOKS["text"], **_LOOKS[look], **({"num_format": number_format} if number_format else {})}
            self._formats[look, number_format] = self._book.add_format(properties)
        return self._formats[look, number_format]


def _choices() -> tuple[str, ...]:
    """The tables of words that drop-down lists offer."""
    columns = (*HEARING_FIELDS, *(column for shape in TABLE_SHEETS for column in shape.columns))
    return tuple(dict.fromkeys(column.choices for column in columns if column.choices))


def _heading(label: str, tag: str) -> str:
    return f"{label} [{tag}]" if tag else label


def _in_language(value: object, tag: str) -> object:
    """The part of a Text for the column with that tag; any other value itself."""
    return value.by_language.get(_LANGUAGES_BY_TAG.get(tag, tag)) if isinstance(value, Text) else value
