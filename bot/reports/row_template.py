"""Comments as rows of a worksheet, written in the file format itself (SpreadsheetML, ISO/IEC 29500).

XlsxWriter makes the workbook; for hundreds of thousands of rows it would take most of the time there is, a call for
every cell. It therefore writes one pattern row, which says how each column looks, and the rows themselves are made
here: one string a row, every text an inline string, so none can be a formula, a link or a number.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.reports.sheets import ROW_HEIGHT, TALLEST_ROW, is_suspicious, serial, wrapped_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.reports.comments import CommentRow

_PATTERN_ROW: Final = re.compile(r'<row r="2".*?</row>(?=</sheetData>)', re.DOTALL)
_SHEET_EXTENT: Final = re.compile(r"<dimension [^>]*/>")
"""How far the sheet reaches, said before its rows are known: some programs would read no further than it says."""
_CELL_STYLE: Final = re.compile(r'<c r="[A-Z]+2" s="(\d+)"')
_REPEATED_COLUMNS: Final = frozenset({"kind", "about", "language", "channel", "author", "status", "decision"})
"""Columns of few different texts: each is prepared once."""
_NUMBER_COLUMNS: Final = frozenset({"number", "support"})
_DATE_COLUMNS: Final = frozenset({"received", "due", "done"})
_CODE_LIKE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

CellXml = tuple[str, int]
"""What stands after ``<c r="B7``, and how many rows of letters it takes."""


class RowTemplate:
    """Rows between ``before`` and ``after`` of a worksheet that has a pattern in its second row.

    The pattern has a cell for each column, and after them one in the look of a suspicious text. ``fields`` are those of
    a row in the order of the columns, ``places`` where in the row each of them is.
    """

    def __init__(self, worksheet: str, *, widths: Sequence[int], fields: Sequence[str], places: Sequence[int]) -> None:
        self._fields = fields
        self._places = places
        self.before, pattern, self.after = _split(worksheet)
        styles = _CELL_STYLE.findall(pattern)
        self._suspicious = styles[-1]
        self._styles = styles[: len(widths)]
        self._widths = widths
        self._cells = [self._renderer(column) for column in range(len(widths))]

    def row(self, number: int, row: CommentRow) -> str:
        """The ``number``-th row of the sheet, as tall as its text needs."""
        parts, tallest = [], 1
        for (letter, render), place in zip(self._cells, self._places, strict=True):
            value = row[place]
            if value is not None and value != "":
                xml, wrapped = render(value)
                parts.append(f'<c r="{letter}{number}{xml}')
                tallest = max(tallest, wrapped)
        height = f' ht="{min(tallest * ROW_HEIGHT, TALLEST_ROW)}" customHeight="1"' if tallest > 1 else ""
        return f'<row r="{number}"{height}>{"".join(parts)}</row>'

    def _renderer(self, column: int) -> tuple[str, Callable[..., CellXml]]:
        style, width = self._styles[column], self._widths[column]

        def text(words: str) -> CellXml:
            look = self._suspicious if is_suspicious(words) else style
            opening = f'" s="{look}" t="inlineStr"><is><t xml:space="preserve">'
            return f"{opening}{_escaped(words)}</t></is></c>", wrapped_rows(words, width)

        if self._fields[column] in _REPEATED_COLUMNS:
            return _letter(column), cache(text)
        if self._fields[column] in _NUMBER_COLUMNS:
            return _letter(column), lambda value: (f'" s="{style}"><v>{value}</v></c>', 1)
        if self._fields[column] in _DATE_COLUMNS:
            return _letter(column), lambda value: (f'" s="{style}"><v>{serial(value)}</v></c>', 1)
        return _letter(column), text


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _split(worksheet: str) -> tuple[str, str, str]:
    found = _PATTERN_ROW.search(worksheet)
    assert found is not None
    return _SHEET_EXTENT.sub("", worksheet[: found.start()]), found[0], worksheet[found.end() :]


def _escaped(words: str) -> str:
    """``words`` within XML; ``_x0041_`` would be read as an ``A``, so its first mark is written as such a code."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _CODE_LIKE.sub("_x005F_", safe) if "_x" in safe else safe
