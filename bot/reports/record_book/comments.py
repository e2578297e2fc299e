"""The sheet of the comments, but for their rows: headings, filter, the columns to fill in, and how it is printed.

On paper eight columns stand on a page, in letters that can be read: a sheet of what was said, and beside it a sheet of
what was decided, the comment's number on both. The language stands last, and on the screen alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import names
from bot.reports.comments import COLUMNS_TO_FILL, CommentRow
from bot.reports.comments import headings as comment_headings
from bot.reports.formulas import Cells

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.reports.sheets import SheetWriter

COLUMNS: Final = (
    *("number", "received", "kind", "about", "text", "channel", "author", "support"),
    *("status", "decision", "reason", "responsible", "due", "changes", "done", "language"),
)
"""The fields of a row in the order of the columns."""
WIDTHS: Final = (6, 16, 13, 19, 40, 12, 15, 16, 18, 15, 34, 17, 11, 22, 13, 12)
PLACES: Final = tuple(CommentRow._fields.index(name) for name in COLUMNS)
"""Where in a row the value of each column is."""
_FIRST_COLUMN_TO_FILL: Final = COLUMNS.index(COLUMNS_TO_FILL[0])
_LAST_COLUMN_TO_FILL: Final = COLUMNS.index(COLUMNS_TO_FILL[-1])
_COLUMNS_ON_A_PAGE: Final = 8
_PRINTED_PERCENT: Final = 77
"""Of their size: as much as eight columns have on an A4 sheet."""


def write(sheet: SheetWriter, t: Translator, *, rows: int) -> None:
    """Write the sheet for so many ``rows``, with one pattern row in their place."""
    looks = sheet.formats
    dated = dict.fromkeys((COLUMNS.index("due"), COLUMNS.index("done")), looks.day)
    columns = {0: looks.number, 1: looks.moment, COLUMNS.index("support"): looks.number, **dated}
    sheet.columns(columns)
    headings = comment_headings(t)
    sheet.head([headings[place] for place in PLACES])
    sheet.pattern(columns)
    _offer_decisions(sheet, t, max(rows, 1))  # first: of two colours the earlier one is seen
    sheet.finish(rows)
    _print(sheet, rows)


def cells(sheet: str, column: str, *, rows: int) -> Cells:
    """The cells of a field."""
    return Cells(sheet, COLUMNS.index(column), 1, max(rows, 1))


def _print(sheet: SheetWriter, rows: int) -> None:
    paper = sheet.sheet
    paper.fit_page = False  # XlsxWriter has no way back from fitting to a width, which breaks no page where it should
    paper.set_print_scale(_PRINTED_PERCENT)
    paper.print_area(0, 0, max(rows, 1), len(COLUMNS) - 2)
    paper.repeat_columns(0)
    paper.set_v_pagebreaks([_COLUMNS_ON_A_PAGE])
    paper.print_across()


def _offer_decisions(sheet: SheetWriter, t: Translator, last: int) -> None:
    """Colour the cells to fill in, and offer the decisions as a list."""
    sheet.sheet.conditional_format(
        *(1, _FIRST_COLUMN_TO_FILL, last, _LAST_COLUMN_TO_FILL),
        {"type": "formula", "criteria": "=LEN($A2)>0", "format": sheet.formats.to_fill},
    )
    sheet.sheet.data_validation(
        *(1, _FIRST_COLUMN_TO_FILL, last, _FIRST_COLUMN_TO_FILL),
        {"validate": "list", "source": [t(outcome) for outcome in names.OUTCOME_NAMES.values()]},
    )
