"""The headings of a sheet: the row that has them, the meaning of each, and those that are not understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.spreadsheets import cells
from bot.spreadsheets.alphabet import split_heading
from bot.spreadsheets.faults import Code, Label
from bot.spreadsheets.names import column_letters
from bot.spreadsheets.vocabulary import COLUMN_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.spreadsheets.fault_log import FaultLog
    from bot.spreadsheets.grids import Grid
    from bot.spreadsheets.layout import Merge
    from bot.spreadsheets.vocabulary import Vocabulary

ColumnKey = tuple[str, str]
"""The key of a column and its language; "" for a column without a language."""

_SEARCHED_ROWS: Final = 10
"""Rows, of those that are not empty, in which headings are looked for: a title may stand above them."""


@dataclass(frozen=True)
class Headings:
    """A row of headings: its number, its words by column, and where in the grid the rows below it begin."""

    number: int
    words: tuple[object, ...]
    known: tuple[tuple[int, ColumnKey], ...]
    below: int


def find_headings(grid: Grid, wanted: set[str], vocabulary: Vocabulary) -> Headings | None:
    """The row with most of the wanted headings; None where none has any."""
    candidates = [_headings(grid, at, wanted, vocabulary) for at in range(min(_SEARCHED_ROWS, len(grid.rows)))]
    best = max(candidates, key=lambda candidate: len(candidate.known), default=None)
    return best if best and best.known else None


def _headings(grid: Grid, at: int, wanted: set[str], vocabulary: Vocabulary) -> Headings:
    number, values = grid.rows[at]
    words, below = _with_row_below(grid, at, _with_cells_above(grid, number, list(values)))
    known = []
    for index, value in enumerate(words):
        name, language = split_heading(cells.plain_text(value)) if isinstance(value, str) else ("", "")
        key = vocabulary.find(COLUMN_WORDS, name) if name else None
        if key in wanted and language is not None:
            known.append((index, (key or "", language)))
    return Headings(number, tuple(words), tuple(known), below)


def _with_cells_above(grid: Grid, number: int, words: list[object]) -> list[object]:
    """The headings with those whose merged cells begin in a row above."""
    rows = dict(grid.rows[:_SEARCHED_ROWS])
    for merge in grid.layout.merges:
        if merge.top < number <= merge.bottom and merge.left == merge.right:
            above = rows.get(merge.top, ())
            value = above[merge.left - 1] if merge.left <= len(above) else None
            words += [None] * (merge.left - len(words))
            words[merge.left - 1] = words[merge.left - 1] or value
    return words


def _with_row_below(grid: Grid, at: int, words: list[object]) -> tuple[list[object], int]:
    """The headings with the languages that stand below those that are merged over several columns."""
    number = grid.rows[at][0]
    below = grid.rows[at + 1] if at + 1 < len(grid.rows) else (0, ())
    across = [merge for merge in grid.layout.merges if merge.top == merge.bottom == number < below[0] == number + 1]
    joined = list(words)
    for merge in across:
        for index in range(merge.left - 1, min(merge.right, len(below[1]))):
            tag = below[1][index]
            if isinstance(tag, str) and split_heading(f"- [{tag.strip(' []()')}]")[1]:
                joined += [None] * (index + 1 - len(joined))
                joined[index] = f"{words[merge.left - 1]} [{tag.strip(' []()')}]"
    tags = sum(value is not None for value in below[1])
    changed = sum(word is not before for word, before in zip(joined, words, strict=False)) + len(joined) - len(words)
    return (joined, at + 2) if tags and changed >= tags else (words, at + 1)


def columns_of(
    grid: Grid, headings: Headings, wanted: set[str], vocabulary: Vocabulary, faults: FaultLog
) -> dict[ColumnKey, int]:
    """The index of each column.

    Headings that come twice, stand over several columns or are unknown are noted; one that is nearly that of a missing
    column is asked about.
    """
    columns: dict[ColumnKey, int] = {}
    for index, column in headings.known:
        if column in columns:
            name = cells.plain_text(headings.words[index])
            faults.error(Code.COLUMN_TWICE, grid.name, _cell(index, headings), name=name)
        columns.setdefault(column, index)
    known = {index for index, _ in headings.known}
    for index, value in enumerate(headings.words):
        if index not in known and isinstance(value, str):
            written, cell = cells.plain_text(value), _cell(index, headings)
            if (near := _near(written, columns, wanted, vocabulary)) is not None:
                label = Label(COLUMN_WORDS, near)
                faults.error(Code.NEARLY_KNOWN, grid.name, cell, value=written, name=label)
            else:
                faults.warn(Code.COLUMN_IGNORED, grid.name, cell, value=written)
    merged = [each for each in grid.layout.merges if each.top <= headings.number <= each.bottom]
    for merge in merged:
        if merge.left - 1 in known:
            _note_merged(grid, headings, merge, known, faults)
    _warn_of_nameless(grid, headings, {at for each in merged for at in range(each.left - 1, each.right)}, faults)
    return columns


def _near(value: str, columns: Mapping[ColumnKey, int], wanted: set[str], vocabulary: Vocabulary) -> str | None:
    """The key of a missing column whose heading is nearly this one; None where the heading means something else."""
    name, language = split_heading(value)
    if vocabulary.find(COLUMN_WORDS, name) is not None:
        return None
    missing = wanted - {key for key, found in columns if found == (language or "")}
    return vocabulary.nearest(COLUMN_WORDS, name, missing)


def _note_merged(grid: Grid, headings: Headings, merge: Merge, known: set[int], faults: FaultLog) -> None:
    """A heading over several columns that have values of their own."""
    others = [index for index in range(merge.left, merge.right) if index not in known]
    rows = grid.rows[headings.below :]
    if any(index < len(values) and values[index] is not None for _, values in rows for index in others):
        value = cells.plain_text(headings.words[merge.left - 1])
        faults.error(Code.MERGED_HEADING, grid.name, merge.anchor, value=value, range=str(merge))


def _warn_of_nameless(grid: Grid, headings: Headings, covered: set[int], faults: FaultLog) -> None:
    """Say which columns have values below no heading at all."""
    filled = {at for _, values in grid.rows[headings.below :] for at, value in enumerate(values) if value is not None}
    named = {at for at, value in enumerate(headings.words) if value is not None}
    for index in sorted(filled - named - covered):
        faults.warn(Code.NO_HEADING, grid.name, _cell(index, headings), column=column_letters(index + 1))


def _cell(index: int, headings: Headings) -> str:
    return f"{column_letters(index + 1)}{headings.number}"
