"""A returned entry sheet becomes what it says, or everything that is wrong with it, at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.domain.entry_sheet import EntrySheet, question_mark
from bot.entry_sheet.columns import ATTENDANCE_SHEET, KEY, MOST_OPTIONS, PAPERS_SHEET, votes_sheet
from bot.entry_sheet.counts import read_attendance, read_counts
from bot.entry_sheet.faults import SheetCode
from bot.entry_sheet.papers import read_papers
from bot.entry_sheet.words import SHEET_WORDS
from bot.spreadsheets.fault_log import FaultLog
from bot.spreadsheets.faults import Code, Fault
from bot.spreadsheets.headings import find_headings
from bot.spreadsheets.stamps import STAMP_NAME
from bot.spreadsheets.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.entry_sheet.words import SheetWords
    from bot.spreadsheets.grids import Grid
    from bot.spreadsheets.shape import SheetShape
    from bot.spreadsheets.tables import SheetRow
    from bot.spreadsheets.vocabulary import Vocabulary

QUESTION_MARK: Final = re.compile(r"([0-9]{1,6})\.([0-9a-f]{8})", re.ASCII)
"""The mark of a question on the hidden sheet, in the column after the stamp's."""


@dataclass
class ReadSheet:
    """What a file says, which counts only where there are no ``errors``; ``warnings`` are said beside it."""

    sheet: EntrySheet
    errors: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = field(default=())


def read(
    grids: tuple[Grid, ...],
    hearing_id: int,
    words: SheetWords,
    vocabulary: Vocabulary,
    *,
    first: date,
    last: date,
    stamped: bool = True,
) -> ReadSheet:
    """What the file says of the hearing with these ``words``; comments were given from ``first`` to ``last``.

    Of a file that is not ``stamped`` its sender has said of which hearing it is: its questions are taken for those.
    """
    log, votes = FaultLog(), votes_sheet(words.options)
    shown = [grid for grid in grids if grid.name.casefold() != STAMP_NAME]
    found = _sheets(shown, (PAPERS_SHEET, votes, ATTENDANCE_SHEET), vocabulary)
    if not found:
        return ReadSheet(EntrySheet(hearing_id), (Fault(Code.NO_SHEET),))
    marks = _marks(grids) if stamped else {each.no: question_mark(each) for each in words.dossier.questions}
    rows = {key: _rows(grid, shape, vocabulary, log) for key, (grid, shape) in found.items()}
    sheet = EntrySheet(
        hearing_id,
        tuple(read_papers(rows.get(PAPERS_SHEET.key, ()), vocabulary, first=first, last=last)),
        tuple(read_counts(rows.get(votes.key, ()), vocabulary, words.dossier, votes, marks)),
        tuple(read_attendance(rows.get(ATTENDANCE_SHEET.key, ()), vocabulary)),
    )
    if not (sheet.papers or sheet.counts or sheet.present or log.errors):
        log.error(SheetCode.NOTHING)
    order = {grid.name: at for at, grid in enumerate(shown)}
    errors = sorted(log.errors, key=lambda fault: (order.get(fault.sheet, -1), *_place(fault)))
    return ReadSheet(sheet, tuple(errors), tuple(log.warnings))


def is_sheet(grids: tuple[Grid, ...], vocabulary: Vocabulary) -> bool:
    """True for the sheets of an entry sheet, also where the hidden one with the stamp was lost."""
    shown = [grid for grid in grids if grid.name.casefold() != STAMP_NAME]
    found = _sheets(shown, (PAPERS_SHEET, votes_sheet(MOST_OPTIONS), ATTENDANCE_SHEET), vocabulary)
    return any(
        _fits(grid, shape, vocabulary, *(() if shape is PAPERS_SHEET else (KEY.key,)))  # a record has votes too
        for grid, shape in found.values()
    )


def foreign() -> tuple[Fault, ...]:
    """The fault of a sheet whose hearing is not there, or is none of the reader's: the two are not told apart."""
    return (Fault(SheetCode.OTHER_PLACE),)


def _sheets(
    grids: list[Grid], shapes: tuple[SheetShape, ...], vocabulary: Vocabulary
) -> dict[str, tuple[Grid, SheetShape]]:
    """The grid of each shape: by its name, else by its headings, as somebody may have renamed it."""
    found: dict[str, tuple[Grid, SheetShape]] = {}
    left = list(grids)
    for shape in shapes:
        grid = next((each for each in left if vocabulary.find(SHEET_WORDS, each.name) == shape.key), None)
        if grid is not None:
            found[shape.key] = (grid, shape)
            left.remove(grid)
    for shape in shapes:
        grid = next((each for each in left if shape.key not in found and _fits(each, shape, vocabulary)), None)
        if grid is not None:
            found[shape.key] = (grid, shape)
            left.remove(grid)
    return found


def _fits(grid: Grid, shape: SheetShape, vocabulary: Vocabulary, *more: str) -> bool:
    headings = find_headings(grid, {column.key for column in shape.columns}, vocabulary)
    known = {key for _, (key, _) in headings.known} if headings else set()
    return {*more, *(column.key for column in shape.columns if column.required)} <= known


def _rows(grid: Grid, shape: SheetShape, vocabulary: Vocabulary, log: FaultLog) -> tuple[SheetRow, ...]:
    table = read_table(grid, shape, vocabulary, log)
    return table.rows if table else ()


def _marks(grids: tuple[Grid, ...]) -> Mapping[int, str]:
    """The marks of the questions for which the sheet was written, by their numbers."""
    hidden = next((grid for grid in grids if grid.name.casefold() == STAMP_NAME), None)
    cells = [values[1] for _, values in hidden.rows if len(values) > 1] if hidden else []
    found = (QUESTION_MARK.fullmatch(cell.strip()) for cell in cells if isinstance(cell, str))
    return {int(mark[1]): mark[2] for mark in found if mark}


def _place(fault: Fault) -> tuple[int, int, str]:
    letters = fault.cell.rstrip("0123456789")
    return int(fault.cell[len(letters) :] or 0), len(letters), letters
