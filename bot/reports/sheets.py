"""A sheet that can be read as it opens: widths, frozen heading, filter, and A4 landscape one page wide on paper."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from bot.domain.values import dataclass
from bot.reports.formulas import Formula
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

WORKBOOK_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Every text is written as a text, whatever it looks like."""
DARK_COLOUR: Final = "#1F4E5F"
GREY_COLOUR: Final = "#555F63"
TO_FILL_COLOUR: Final = "#FFF9E3"
WARNING_COLOUR: Final = "#FFF1C9"
UNDERLINE_COLOUR: Final = "#C9D3D7"
ROW_HEIGHT: Final = 15
"""Points of a row whose text is not wrapped."""
BOLD_TAKES: Final = 3
"""Characters fewer that a column of bold letters holds."""
TALLEST_ROW: Final = 405
"""Points: a spreadsheet's rows do not grow beyond 409."""
FOOTER_LETTERS: Final = 100
_SPREADSHEET_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day nought, local as its cells are
_SECONDS_IN_A_DAY: Final = 86_400
_A4_PAPER: Final = 9
_FORMULA_MARKS: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")

CellValue = str | int | float | date | Formula | None


class Formats:
    """The few looks a cell can have."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

        def look(**properties: Any) -> Format:
            return book.add_format({"valign": "top", "text_wrap": True, **properties})

        self.title = look(bold=True, font_size=16, font_color=DARK_COLOUR)
        self.heading = look(bold=True, font_color="#FFFFFF", bg_color=DARK_COLOUR, valign="vcenter", border=1)
        self.small_heading = look(
            bold=True, font_size=9, font_color="#FFFFFF", bg_color=DARK_COLOUR, valign="vcenter", border=1
        )
        self.section = look(bold=True, font_size=12, font_color=DARK_COLOUR, bottom=1, bottom_color=DARK_COLOUR)
        self.label = look(font_color=GREY_COLOUR)
        self.warning = look(bg_color=WARNING_COLOUR)
        self.text = look()
        self.suspicious = look(quote_prefix=True)
        """Of a text that would become a formula when a person edits its cell and leaves it: this keeps it a text."""
        self.bold = look(bold=True)
        self.total = look(bold=True, num_format="#,##0", align="center", top=1)
        """Of what adds up to a whole."""
        self.total_name = look(bold=True, top=1)
        self.total_share = look(bold=True, num_format="0.0%", align="center", top=1)
        self.repeated = look(font_color=GREY_COLOUR)
        self.whole = look(num_format="#,##0", align="left")
        self.number = look(num_format="#,##0", align="center")
        self.average = look(num_format="0.0", align="center")
        self.share = look(num_format="0.0%", align="center")
        self.moment = look(num_format="dd.mm.yyyy hh:mm", align="left")
        self.day = look(num_format="dd.mm.yyyy", align="left")
        self.to_fill = book.add_format({"bg_color": TO_FILL_COLOUR, "bottom": 1, "bottom_color": UNDERLINE_COLOUR})
        self.underlined = book.add_format({"bottom": 1, "bottom_color": UNDERLINE_COLOUR})

    def money(self, decimals: int) -> Money:
        """The looks of amounts with so many decimals."""
        written = "#,##0" + ("." + "0" * decimals if decimals else "")
        shared = {"valign": "top", "num_format": written, "align": "right"}
        return Money(self._book.add_format(shared), self._book.add_format({**shared, "bold": True, "top": 1}))


@dataclass(frozen=True, slots=True)
class Money:
    """The looks of an amount, and of a sum of them."""

    cell: Format
    total: Format


class SheetWriter:
    """One sheet, written from the top down, never back.

    Rows are given the height their text needs, because not every program finds it by itself.
    """

    def __init__(self, book: Workbook, formats: Formats, name: str, *, footer: str, widths: Sequence[int]) -> None:
        self.formats = formats
        self.sheet = book.add_worksheet(name)
        self.next = 0
        self._widths = widths
        self._bold = (formats.bold, formats.total_name)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4_PAPER)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&L&8 {_code(footer)}&R&8&P / &N")

    def columns(self, looks: Mapping[int, Format]) -> None:
        """Set widths, and how each column looks where a cell is not told otherwise."""
        for column, width in enumerate(self._widths):
            self.sheet.set_column(column, column, width, looks.get(column, self.formats.text))

    def head(self, headings: Sequence[str]) -> None:
        """Make it a table: headings that stay in sight and come again on every printed page."""
        self.append(headings, dict.fromkeys(range(len(headings)), self.formats.heading), height=2 * ROW_HEIGHT)
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)

    def append(
        self, cells: Sequence[CellValue], looks: Mapping[int, Format] | None = None, *, height: float = 0
    ) -> None:
        """The next row, at least ``height`` points tall. Texts must be inert; an empty one and None are left out."""
        wrapped, written = 1, False
        for column, cell in enumerate(cells):
            if cell is not None and cell != "":
                self._write(column, cell, looks.get(column) if looks else None)
                written = True
                width = self._widths[column] - (BOLD_TAKES if looks and looks.get(column) in self._bold else 0)
                wrapped = max(wrapped, wrapped_rows(cell, width) if isinstance(cell, str) else 1)
        if written and (wrapped > 1 or height):
            self.sheet.set_row(self.next, min(max(wrapped * ROW_HEIGHT, height), TALLEST_ROW))
        self.next += 1

    def pattern(self, looks: Mapping[int, Format]) -> None:
        """A row of empty cells, one in the look of each column, and one more in that of a suspicious text."""
        for column in range(len(self._widths)):
            self.sheet.write_blank(self.next, column, None, looks.get(column, self.formats.text))
        self.sheet.write_blank(self.next, len(self._widths), None, self.formats.suspicious)
        self.next += 1

    def across(self, text: str, look: Format, *, points: int = 11, columns: int = 2) -> None:
        """A text over the first ``columns`` columns, its letters ``points`` tall."""
        width = sum(self._widths[:columns]) * 11 // points
        height = wrapped_rows(text, width) * ROW_HEIGHT * points / 11
        self.sheet.merge_range(self.next, 0, self.next, columns - 1, "", look)
        self._string(0, text, look)
        self.sheet.set_row(self.next, min(height, TALLEST_ROW))
        self.next += 1

    def fact(self, name: str, value: CellValue, looks: tuple[Format, Format]) -> None:
        """A name in the first column, and its value over all the others."""
        last, wrapped = len(self._widths) - 1, wrapped_rows(name, self._widths[0])
        if isinstance(value, str):
            wrapped = max(wrapped, wrapped_rows(value, sum(self._widths[1:])))
        self.sheet.merge_range(self.next, 1, self.next, last, "", looks[1])
        self._write(0, name, looks[0])
        self._write(1, value if value is not None else "", looks[1])
        self.sheet.set_row(self.next, min(wrapped * ROW_HEIGHT, TALLEST_ROW))
        self.next += 1

    def finish(self, rows: int | None = None) -> None:
        """Put the filter over everything that was appended (or ``rows`` rows), and a thin line under each row."""
        last, width = max(self.next - 1 if rows is None else rows, 1), len(self._widths) - 1
        self.sheet.autofilter(0, 0, last, width)
        underline = {"type": "formula", "criteria": "=LEN($A2)>0", "format": self.formats.underlined}
        self.sheet.conditional_format(1, 0, last, width, underline)

    def _write(self, column: int, cell: str | float | date | Formula, look: Format | None) -> None:
        if isinstance(cell, str):
            self._string(column, cell, self.formats.suspicious if cell and is_suspicious(cell) else look)
        elif isinstance(cell, Formula):
            self.sheet.write_formula(self.next, column, cell.text, look, cell.value)
        elif isinstance(cell, date):
            self.sheet.write_number(self.next, column, serial(cell), look)
        else:
            self.sheet.write_number(self.next, column, cell, look)

    def _string(self, column: int, text: str, look: Format | None) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            text += " "  # XlsxWriter takes such a text for its own rich-text markup and would write it raw
        self.sheet.write_string(self.next, column, text, look)


def is_suspicious(text: str) -> bool:
    """True for a text, not empty, that would become a formula when a person edits its cell and leaves it."""
    return text[0] in _FORMULA_MARKS


def wrapped_rows(text: str, width: int) -> int:
    """How many rows of letters a text takes in a column of ``width`` characters; emoji are as wide as two."""
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    paragraphs = (len(paragraph.encode("utf-16-le", "replace")) // 2 for paragraph in text.split("\n"))
    return sum(-(-letters // width) or 1 for letters in paragraphs)


def serial(day: date) -> float:
    """A date or local datetime as a spreadsheet counts: days since 30 December 1899."""
    if not isinstance(day, datetime):
        return (day - _SPREADSHEET_EPOCH.date()).days
    gap = day - _SPREADSHEET_EPOCH
    return gap.days + gap.seconds / _SECONDS_IN_A_DAY


def _code(words: str) -> str:
    """A text within a footer, where ``&`` begins a command; a footer holds 255 characters in all: a long one is cut.

    It stands after a space: a title that begins with a year would be a part of the size before it.
    """
    whole = plain(words).replace("\n", " ")
    shown = whole if len(whole) <= FOOTER_LETTERS else f"{whole[: FOOTER_LETTERS - 1].rstrip()}…"
    return shown.replace("&", "&&")
