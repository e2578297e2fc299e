"""Comments as rows of a worksheet, written in the file format itself (SpreadsheetML, ISO/IEC 29500).

XlsxWriter makes the workbook; for hundreds of thousands of rows it would take most of the time there is, a call for
every cell. It therefore writes one pattern row, which says how each column looks, and the rows themselves are made
here: one string a row, every text an inline string, so none can be a formula, a link or a number.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.reports.comments import CommentRow
from bot.reports.sheets import LINE_HEIGHT, TALLEST, lines_of, serial, suspect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PATTERN: Final = re.compile(r'<row r="2".*?</row>(?=</sheetData>)', re.DOTALL)
_EXTENT: Final = re.compile(r"<dimension [^>]*/>")
"""How far the sheet reaches, said before its rows are known: some programs would read no further."""
_STYLE: Final = re.compile(r'<c r="[A-Z]+2" s="(\d+)"')
_REPEATED: Final = frozenset({"kind", "about", "language", "channel", "author", "status", "decision"})
"""Columns of few different texts: each is prepared once."""
_NUMBERS: Final = frozenset({"number", "support"})
_DATES: Final = frozenset({"received", "due"})
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

Cell = tuple[str, int]
"""What stands after ``<c r="B7`` and how many lines it takes; nothing for an empty cell."""


class RowTemplate:
    """Rows between ``before`` and ``after`` of a worksheet that has a pattern in its second row.

    The pattern has a cell for each column, and after them one in the look of a suspicious text.
    """

    def __init__(self, worksheet: str, widths: Sequence[int]) -> None:
        self.before, pattern, self.after = _split(worksheet)
        styles = _STYLE.findall(pattern)
        self._wary = styles[-1]
        self._styles = styles[: len(widths)]
        self._widths = widths
        self._cells = [self._renderer(column) for column in range(len(widths))]

    def line(self, number: int, row: CommentRow) -> str:
        """The ``number``-th row of the sheet, as tall as its text needs."""
        parts, tallest = [], 1
        for (letter, render), value in zip(self._cells, row, strict=True):
            if value is not None and value != "":
                xml, lines = render(value)
                parts.append(f'<c r="{letter}{number}{xml}')
                tallest = max(tallest, lines)
        height = f' ht="{min(tallest * LINE_HEIGHT, TALLEST)}" customHeight="1"' if tallest > 1 else ""
        return f'<row r="{number}"{height}>{"".join(parts)}</row>'

    def _renderer(self, column: int) -> tuple[str, Callable[..., Cell]]:
        style, width = self._styles[column], self._widths[column]

        def text(words: str) -> Cell:
            look = self._wary if suspect(words) else style
            opening = f'" s="{look}" t="inlineStr"><is><t xml:space="preserve">'
            return f"{opening}{_escaped(words)}</t></is></c>", lines_of(words, width)

        if CommentRow._fields[column] in _REPEATED:
            return _letter(column), cache(text)
        if CommentRow._fields[column] in _NUMBERS:
            return _letter(column), lambda value: (f'" s="{style}"><v>{value}</v></c>', 1)
        if CommentRow._fields[column] in _DATES:
            return _letter(column), lambda value: (f'" s="{style}"><v>{serial(value)}</v></c>', 1)
        return _letter(column), text


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _split(worksheet: str) -> tuple[str, str, str]:
    found = _PATTERN.search(worksheet)
    assert found is not None
    return _EXTENT.sub("", worksheet[: found.start()]), found[0], worksheet[found.end() :]


def _escaped(words: str) -> str:
    """``words`` within XML; ``_x0041_`` would be read as an ``A``, so its first mark is written as such a code."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ESCAPE.sub("_x005F_", safe) if "_x" in safe else safe
