"""The sheets and columns of the entry sheet; the writer and the reader share this declaration."""

from __future__ import annotations

from typing import Final

from bot.domain.entries import LONGEST_NAME
from bot.domain.entry_sheet import BOXES_OF_A_SHEET, LONGEST_CODE, PAPERS_OF_A_SHEET
from bot.domain.message_text import LONGEST_COMMENT
from bot.spreadsheets.shape import Column, SheetShape

FILE_KIND: Final = "entries"
"""What the stamp of such a file says."""
DATE_FORMAT: Final = "dd.mm.yyyy"
MOST_OPTIONS: Final = 12
"""Options of a question that the sheet has columns for, at least; of a hearing with more there are more."""
MOST_SITTINGS: Final = 100
KEY: Final = Column("mark", 10)
"""The hidden first column: a mark of what stood there when the sheet was taken."""
READ_ONLY: Final = frozenset({"number", "options"})
"""Columns that we fill in for her to read."""
PAPERS_SHEET: Final = SheetShape(
    "Papers",
    (
        KEY,
        Column("code", 13, limit=LONGEST_CODE, required=True),
        Column("text", 60, limit=LONGEST_COMMENT, required=True),
        Column("kind", 13, choices="kind", shared=True),
        Column("about", 28, choices="about", shared=True),
        Column("voices", 13, counted=True),
        Column("channel", 13, choices="channel", shared=True),
        Column("village", 18, choices="village", shared=True),
        Column("sitting", 18, choices="sitting", shared=True),
        Column("given", 13, number_format=DATE_FORMAT, shared=True),
        Column("name", 24, limit=LONGEST_NAME),
        Column("number", 8),
    ),
    row_limit=PAPERS_OF_A_SHEET,
)
ATTENDANCE_SHEET: Final = SheetShape(
    "Attendance",
    (
        KEY,
        Column("sitting", 50, choices="sitting", required=True),
        Column("people", 12, counted=True),
        Column("women", 12, counted=True),
        Column("men", 12, counted=True),
    ),
    row_limit=MOST_SITTINGS,
)


def option_key(option: int) -> str:
    """The column with the papers that chose an option."""
    return f"option {option}"


def points_key(option: int) -> str:
    """The column with the points of an option."""
    return f"points {option}"


def votes_sheet(options: int) -> SheetShape:
    """The sheet of counts, with columns for so many options."""
    numbers = range(1, options + 1)
    return SheetShape(
        "Votes",
        (
            KEY,
            Column("village", 20, choices="village", shared=True),
            Column("box", 8, shared=True),
            Column("channel", 13, choices="channel", shared=True),
            Column("question", 46, choices="question", required=True, shared=True),
            Column("options", 46),
            Column("papers", 11, counted=True),
            *(Column(option_key(number), 11, counted=True) for number in numbers),
            *(Column(points_key(number), 11, counted=True) for number in numbers),
        ),
        row_limit=BOXES_OF_A_SHEET,
    )
