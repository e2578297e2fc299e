"""The pen that writes every hearing workbook: the empty one and the filled ones look the same."""

from __future__ import annotations

import io
import math
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from bot.domain.languages import UZ, UZ_CYRL, Text
from bot.workbook import hints, words
from bot.workbook.sheets import CLOCK, DAY, FIELDS, HEARING, LATIN, LISTS, MOMENT, MONEY, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.i18n import Translator
    from bot.workbook.sheets import Column, SheetShape

_CODES: Final = {LATIN: UZ}

_MADE: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - written into the file as it is, so that equal hearings are equal bytes
_ROWS: Final = 200
"""So far down reach the drop-down lists."""
_OFFERED: Final = 3
_LINE: Final = 13.5
_PAGE: Final = 220
"""Height of a line in points; width of columns that stays readable on a landscape A4 page."""
_OPEN_LISTS: Final = ("budget group", "about")
"""Lists beside which one may write something else."""


class WorkbookWriter:
    """Writes the sheets of one workbook, in the order they are asked for."""

    def __init__(self, t: Translator, languages: Sequence[str]) -> None:
        self.t = t
        self.languages = languages
        self._file = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._file, {"in_memory": True})
        self._book.set_properties({"created": _MADE})
        self._formats: dict[tuple[str, ...], Any] = {}
        self._lists = {table: list(words.TABLES[table](t).values()) for table in _choices()}
        service = words.subjects(t)[words.SERVICE]
        self._lists["about"] = self._lists["about"][:_OFFERED] + [f"{service} {no}" for no in range(1, _OFFERED + 1)]

    def done(self) -> bytes:
        """The bytes of the file; nothing can be written after."""
        sheet = self._book.add_worksheet(LISTS)
        for at, values in enumerate(self._lists.values()):
            for row, value in enumerate(values):
                sheet.write_string(row, at, value)
        sheet.hide()
        self._book.close()
        return self._file.getvalue()

    def help(self) -> None:
        """The sheet that says how to fill the others."""
        sheet = self._sheet("How to fill", (100,))
        sheet.write_string(0, 0, words.sheets(self.t)["How to fill"], self._style("head"))
        for number, step in enumerate(hints.steps(self.t), start=1):
            sheet.write_string(number, 0, f"{number}. {step}", self._style("text"))

    def hearing(self, rows: Iterable[tuple[str, object]]) -> None:
        """The sheet Hearing: (field, value) in order; a value is whatever ``table`` takes."""
        field, value, example = HEARING.columns
        tags = ["", *self.languages]
        sheet = self._sheet("Hearing", (field.width, *[value.width] * len(tags), example.width))
        names = words.columns(self.t)
        headings = [names["field"], *(_heading(names["value"], tag) for tag in tags), names["example"]]
        sheet.write_row(0, 0, headings, self._style("head"))
        sheet.freeze_panes(1, 1)
        shown = hints.fields(self.t)
        for at, (key, held) in enumerate(rows, start=1):
            column = next(column for column in FIELDS if column.key == key)
            sheet.write_string(at, 0, words.fields(self.t)[key], self._style("needed" if column.required else "label"))
            self._field(sheet, at, column, held)
            sheet.write_string(at, len(tags) + 1, shown[key], self._style("example"))
            texts = [(_of(held, language), value.width) for language in tags] + [(shown[key], example.width)]
            sheet.set_row(at, max(_height(texts), 2 * _LINE if column.translated else 0))

    def _field(self, sheet: Any, at: int, column: Column, held: object) -> None:
        """A translated field has its languages' cells and a barred plain one; any other the plain cell only."""
        for offset, language in enumerate(("", *self.languages), start=1):
            if column.translated == bool(language):
                self._write(sheet, at, offset, _of(held, language), column)
            else:
                sheet.write_blank(at, offset, None, self._style("barred"))
        if column.choices:
            self._offer(sheet, (at, 1, at, 1), column.choices)

    def table(
        self, spec: SheetShape, rows: Iterable[Mapping[str, object]], examples: Iterable[Mapping[str, str]] = ()
    ) -> None:
        """A sheet of rows (column to Text, str, a number, date, time, datetime or None), its greyed examples first."""
        places = [
            (column, language)
            for column in spec.columns
            for language in (self.languages if column.translated else ("",))
        ]
        sheet = self._sheet(spec.key, [column.width for column, _ in places])
        names, remarks = words.columns(self.t), hints.columns(self.t)
        for at, (column, language) in enumerate(places):
            sheet.write_string(0, at, _heading(names[column.key], language), self._style("head"))
            if column.key in remarks:
                sheet.write_comment(0, at, remarks[column.key], {"x_scale": 2, "font_size": 9})
            if column.choices:
                self._offer(sheet, (1, at, _ROWS, at), column.choices)
            sheet.set_column(at, at, column.width, self._style("empty", column.number))
        sheet.set_row(0, 2 * _LINE + 2)
        sheet.freeze_panes(1, 1)
        last = self._examples(sheet, places, examples)
        for number, row in enumerate(rows, start=last + 1):
            held = [_of(row.get(column.key), language) for column, language in places]
            for at, (column, _) in enumerate(places):
                self._write(sheet, number, at, held[at], column)
            sheet.set_row(
                number, _height((value, column.width) for value, (column, _) in zip(held, places, strict=True))
            )

    def _examples(self, sheet: Any, places: Sequence[tuple[Column, str]], examples: Iterable[Mapping[str, str]]) -> int:
        number = 0
        grey = self._style("example")
        for number, example in enumerate(examples, start=1):
            sheet.write_string(number, 0, words.marks(self.t)["example"], grey)
            for at, (column, language) in enumerate(places):
                if at and column.key in example and language in ("", self._own()):
                    sheet.write_string(number, at, example[column.key], grey)
            sheet.set_row(number, _height((example.get(column.key), column.width) for column, _ in places))
        return number

    def _own(self) -> str:
        """The column in which an example in the template's language stands."""
        own = UZ if self.t.language == UZ_CYRL else self.t.language
        return own if own in self.languages else self.languages[0]

    def _sheet(self, key: str, widths: Sequence[float]) -> Any:
        sheet = self._book.add_worksheet(words.sheets(self.t)[key])
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(math.ceil(sum(widths) / _PAGE), 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _offer(self, sheet: Any, area: tuple[int, int, int, int], table: str) -> None:
        at = list(self._lists).index(table)
        name = xl_col_to_name(at, col_abs=True)
        source = f"={LISTS}!{name}$1:{name}${len(self._lists[table])}"
        sheet.data_validation(*area, {"validate": "list", "source": source, "show_error": table not in _OPEN_LISTS})

    def _write(self, sheet: Any, row: int, at: int, held: object, column: Column) -> None:
        match held:
            case None | "":
                sheet.write_blank(row, at, None, self._style("text", column.number))
            case datetime():
                sheet.write_datetime(row, at, held, self._style("text", MOMENT))
            case date():
                sheet.write_datetime(row, at, held, self._style("text", DAY))
            case time():
                sheet.write_datetime(row, at, held, self._style("text", CLOCK))
            case int() | float() | Decimal():
                shown = "#,##0" if column.number == MONEY and held == int(held) else column.number
                sheet.write_number(row, at, held, self._style("text", shown))
            case _:
                sheet.write_string(row, at, str(held), self._style("text"))

    def _style(self, kind: str, number: str = "") -> Any:
        if (kind, number) not in self._formats:
            looks = {**_LOOKS["text"], **_LOOKS[kind], **({"num_format": number} if number else {})}
            self._formats[kind, number] = self._book.add_format(looks)
        return self._formats[kind, number]


_LOOKS: Final[Mapping[str, Mapping[str, object]]] = {
    "text": {"text_wrap": True, "valign": "top", "font_size": 10, "border": 1, "border_color": "#D9D9D9"},
    "head": {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1, "valign": "vcenter"},
    "empty": {"border": 0},
    "label": {"bg_color": "#F2F2F2"},
    "needed": {"bg_color": "#F2F2F2", "bold": True},
    "example": {"italic": True, "font_color": "#7F7F7F"},
    "barred": {"bg_color": "#EDEDED"},
}


def _choices() -> tuple[str, ...]:
    columns = (*FIELDS, *(column for sheet in TABLES for column in sheet.columns))
    return tuple(dict.fromkeys(column.choices for column in columns if column.choices))


def _heading(name: str, language: str) -> str:
    return f"{name} [{language}]" if language else name


def _height(texts: Iterable[tuple[object, float]]) -> float:
    """Points a row needs so that its longest cell shows whole: (what stands in it, width of its column)."""
    lines = 1
    for held, width in texts:
        if isinstance(held, str):
            lines = max(lines, sum(math.ceil(max(1, len(part)) / width) for part in held.split("\n")))
    return min(lines * _LINE + 2, 400)


def _of(held: object, language: str) -> object:
    return held.by_language.get(_CODES.get(language, language)) if isinstance(held, Text) else held
