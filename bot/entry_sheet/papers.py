"""The papers of an entry sheet: a comment in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import Channel, CommentKind
from bot.domain.entries import MOST_VOICES
from bot.domain.entry_sheet import SheetPaper, code_of
from bot.domain.errors import TextEmpty
from bot.domain.message_text import LONGEST_COMMENT, checked
from bot.domain.questions import About, AboutKind
from bot.entry_sheet.cells import count, is_filled, listed, seen
from bot.entry_sheet.columns import PAPERS_SHEET
from bot.entry_sheet.faults import SheetCode
from bot.spreadsheets import cells, moments
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Code, Label
from bot.spreadsheets.vocabulary import COLUMN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from bot.spreadsheets.tables import SheetRow
    from bot.spreadsheets.vocabulary import Vocabulary

_COLUMN = PAPERS_SHEET.column
_SAID = ("text", "voices", "given", "name", "about")
"""Cells of which one at least is filled in a row that is meant; the rest may have been copied down."""


def read_papers(rows: Iterable[SheetRow], vocabulary: Vocabulary, *, first: date, last: date) -> Iterator[SheetPaper]:
    """The papers that have no faults; they were given between ``first`` and ``last``."""
    cells_by_code: dict[str, str] = {}
    for row in rows:
        if not is_filled(row, "code", *_SAID):
            continue
        before = len(row.faults.errors)
        paper = _paper(row, vocabulary, first, last)
        if paper.code and (cell := cells_by_code.setdefault(paper.code, row.cell_name("code"))) != row.cell_name(
            "code"
        ):
            row.error(SheetCode.CODE_TWICE, "code", value=paper.code, cell=cell)
        if len(row.faults.errors) == before:
            yield paper


def _paper(row: SheetRow, vocabulary: Vocabulary, first: date, last: date) -> SheetPaper:
    code = row.parsed("code", lambda value: code_of(cells.code(value, _COLUMN("code").limit))) or ""
    if not is_filled(row, "code"):
        row.error(SheetCode.NO_CODE, "code")
    channel, kind, about = (listed(row, _COLUMN(key), vocabulary) for key in ("channel", "kind", "about"))
    village, sitting = (listed(row, _COLUMN(key), vocabulary) for key in ("village", "sitting"))
    return SheetPaper(
        code,
        _text(row),
        channel=Channel(channel) if channel else Channel.PAPER,
        sitting=int(sitting or 0),
        kind=CommentKind(kind) if kind else CommentKind.COMMENT,
        about=_about(about),
        voices=count(row, "voices", most=MOST_VOICES) or 0,
        village_id=int(village or 0),
        given_on=row.parsed("given", lambda value: _day(value, first, last)),
        name=" ".join(row.plain_text(_COLUMN("name")).split()),
        seen=seen(row, "code", code),
    )


def _text(row: SheetRow) -> str:
    if not is_filled(row, "text"):
        row.error(Code.EMPTY, "text", name=Label(COLUMN_WORDS, "text"))
        return ""
    return row.parsed("text", _words) or ""


def _words(value: object) -> str:
    try:
        return checked(cells.bounded_text(value, LONGEST_COMMENT))
    except TextEmpty:
        raise BadCell(SheetCode.NOT_VISIBLE) from None


def _day(value: object, first: date, last: date) -> date:
    day = moments.day(value)
    if not first <= day <= last:
        shown = {"value": day, "first": first, "last": last}
        raise BadCell(SheetCode.DAY_OUTSIDE, **{name: cells.plain_text(each) for name, each in shown.items()})
    return day


def _about(key: str | None) -> About:
    kind, _, no = (key or f"{AboutKind.HEARING.value} 0").partition(" ")
    return About(AboutKind(kind), int(no))
