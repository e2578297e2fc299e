"""How much room words need in a workbook: the height of rows, the size of remarks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT_HEIGHT: Final = 13.5
"""Points that a row of a cell's text needs."""
_HIGHEST_ROW: Final = 400
_NOTE_LETTERS: Final = 38
"""Characters in a line of a remark."""
_NOTE_LINES: Final = 5
"""Lines of a remark as high as a program makes it by itself."""


def note_size(remark: str) -> dict[str, float]:
    """The size of a remark's box: its whole text is in it, and it covers no more than it must."""
    lines = math.ceil(len(remark) / _NOTE_LETTERS) + 1
    return {"x_scale": 2, "y_scale": max(0.6, lines / _NOTE_LINES), "font_size": 9}


def height(texts: Iterable[tuple[object, float]]) -> float:
    """Points that a row needs to show the longest of (value of a cell, width of its column) whole, with a limit."""
    rows = 1
    for value, width in texts:
        if isinstance(value, str):
            rows = max(rows, sum(math.ceil(max(1, len(part)) / width) for part in value.split("\n")))
    return min(rows * TEXT_HEIGHT + 2, _HIGHEST_ROW)
