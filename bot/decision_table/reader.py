"""A returned table of decisions becomes its filled rows, or everything that is wrong with it, at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import TYPE_CHECKING

from bot.decision_table.columns import DECISIONS_SHEET, FILE_KIND, FILLED_COLUMNS
from bot.decision_table.faults import TableCode
from bot.decision_table.words import OUTCOME_WORDS, SHEET_WORDS
from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import ReturnedDecision, RowKey, TableComparison, words_mark
from bot.domain.decisions import outcomes_of
from bot.domain.programme import DraftPoint
from bot.domain.values import dataclass
from bot.spreadsheets import cells, moments
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.fault_log import FaultLog
from bot.spreadsheets.faults import Choices, Code, Fault, Label
from bot.spreadsheets.grids import CannotOpen
from bot.spreadsheets.headings import find_headings
from bot.spreadsheets.opening import read_grids
from bot.spreadsheets.stamps import STAMP_NAME, find_stamp
from bot.spreadsheets.tables import read_table
from bot.spreadsheets.vocabulary import COLUMN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from bot.domain.comments import Comment
    from bot.domain.hearings import Dossier
    from bot.spreadsheets.grids import Grid
    from bot.spreadsheets.tables import SheetRow
    from bot.spreadsheets.vocabulary import Vocabulary

_WANTED = frozenset(column.key for column in DECISIONS_SHEET.columns)
_FILLED = {column.key: column for column in FILLED_COLUMNS}
_LOOKALIKES = str.maketrans("СЛ", "SL")
"""Letters of another keyboard that stand before the number of a service or a line."""


@dataclass(frozen=True, slots=True)
class ReturnedTable:
    """What a file says, held against what is stored: its decisions, which count only where there are no faults.

    ``hearing`` is 0 where it is not told; ``conflicting`` are the comments of the conflicts, by number.
    """

    hearing: int
    rows: tuple[ReturnedDecision, ...] = ()
    faults: tuple[Fault, ...] = ()
    comparison: TableComparison = field(default_factory=TableComparison)
    conflicting: Mapping[int, Comment] = field(default_factory=dict)
    copy: bytes | None = None
    """The file with its mistakes marked, where there are any and it could be made."""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row with a decision, and where in the file it stands; the decision is None where its cells are wrong."""

    row: SheetRow
    key: RowKey
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """What a file says by itself; ``hearing`` is that of its stamp, else of its rows; 0 where nothing tells."""

    hearing: int
    rows: tuple[FilledRow, ...]
    faults: FaultLog

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the comments that its rows are of."""
        return frozenset(filled.key.number for filled in self.rows)


def read(content: bytes, vocabulary: Vocabulary) -> OpenedTable:
    """The filled rows of a file, and what is wrong with it by itself; never raises for its bytes."""
    faults = FaultLog()
    try:
        grids = read_grids(content)
    except CannotOpen as cannot:
        faults.errors.append(cannot.fault)
        return OpenedTable(0, (), faults)
    stamp, grid = find_stamp(grids), _sheet(grids, vocabulary)
    if stamp is not None and stamp.kind != FILE_KIND:
        faults.error(TableCode.OTHER_KIND)
        return OpenedTable(0, (), faults)
    if grid is None:
        if stamp is None:
            faults.error(TableCode.NO_STAMP)
        else:
            faults.error(Code.NO_SHEET, name=Label(SHEET_WORDS, DECISIONS_SHEET.key))
        return OpenedTable(stamp.hearing if stamp else 0, (), faults)
    table = read_table(grid, DECISIONS_SHEET, vocabulary, faults)
    found = table.rows if table else ()
    hearing = stamp.hearing if stamp else _hearing_of(found)
    if not hearing:
        faults.errors[:] = [Fault(TableCode.NO_STAMP)]
        return OpenedTable(0, (), faults)
    rows = tuple(_filled_rows(found, vocabulary, hearing))
    if not rows and not faults.errors:
        faults.error(TableCode.NO_ROWS)
    return OpenedTable(hearing, rows, faults)


def is_table(grids: tuple[Grid, ...], vocabulary: Vocabulary) -> bool:
    """True for the sheets of a table of decisions, also where the hidden one with the stamp was lost."""
    grid = _sheet(grids, vocabulary)
    headings = find_headings(grid, set(_WANTED), vocabulary) if grid else None
    return headings is not None and {"key", "decision"} <= {key for _, (key, _) in headings.known}


def _hearing_of(rows: tuple[SheetRow, ...]) -> int:
    """The hearing that most rows name in their hidden keys; 0 where none does."""
    keys = (RowKey.parse(row.plain_text(DECISIONS_SHEET.column("key"))) for row in rows)
    named = Counter(key.hearing for key in keys if key is not None)
    return named.most_common(1)[0][0] if named else 0


def foreign() -> tuple[Fault, ...]:
    """The fault of a table whose hearing is not there, or is none of the reader's: the two are not told apart."""
    return (Fault(TableCode.OTHER_PLACE),)


def check(
    opened: OpenedTable, comments: Mapping[int, Comment], *, dossier: Dossier, first_day: date
) -> tuple[tuple[ReturnedDecision, ...], tuple[Fault, ...]]:
    """The decisions, and the faults in the order of the file; decisions count only where there are no faults.

    ``comments`` are those of the hearing by number; nothing is due before its ``first_day``, and nothing changes what
    its ``dossier`` does not have.
    """
    seen: dict[int, str] = {}
    for filled in opened.rows:
        _check_comment(filled, opened.hearing, comments, seen)
        if filled.decision and filled.decision.due and filled.decision.due < first_day:
            value, day = cells.plain_text(filled.decision.due), cells.plain_text(first_day)
            filled.row.error(TableCode.DUE_EARLY, "due", value=value, day=day)
        if filled.decision and filled.decision.changes and not dossier.has(filled.decision.changes):
            filled.row.error(TableCode.NO_POINT, "changes", value=filled.row.plain_text(_FILLED["changes"]))
    decided = tuple(
        ReturnedDecision(each.key, _with_changes(each.row, each.decision, comments.get(each.key.number)))
        for each in opened.rows
        if each.decision is not None
    )
    return decided, tuple(sorted(opened.faults.errors, key=_place))


def _sheet(grids: tuple[Grid, ...], vocabulary: Vocabulary) -> Grid | None:
    """The sheet of that name, else the one with most of the headings: somebody may have renamed it."""
    shown = [grid for grid in grids if grid.name.casefold() != STAMP_NAME]
    named = [grid for grid in shown if vocabulary.find(SHEET_WORDS, grid.name)]
    found = {grid.name: find_headings(grid, set(_WANTED), vocabulary) for grid in named or shown}
    known = {name: len(headings.known) for name, headings in found.items() if headings is not None}
    best = max(known, key=lambda name: known[name], default=None)
    return next((grid for grid in shown if grid.name == best), None)


def _filled_rows(rows: tuple[SheetRow, ...], vocabulary: Vocabulary, hearing: int) -> Iterator[FilledRow]:
    for row in rows:
        if all(row.values.get((key, "")) is None for key in _FILLED):
            continue
        key = RowKey.parse(row.plain_text(DECISIONS_SHEET.column("key")))
        decision = _decision(row, vocabulary)
        if key is None:
            row.error(TableCode.NO_KEY, "number")
            continue
        _check_key(row, key, hearing)
        yield FilledRow(row, key, decision)


def _decision(row: SheetRow, vocabulary: Vocabulary) -> Decision | None:
    """The decision of a row; None (noted) where a cell of it is wrong."""
    before = len(row.faults.errors)
    chosen = row.choice(_FILLED["decision"], vocabulary)
    reason = row.plain_text(_FILLED["reason"])
    responsible = row.plain_text(_FILLED["responsible"])
    due = row.parsed("due", moments.day)
    if row.values.get(("decision", "")) is None:
        name = Label(COLUMN_WORDS, "decision")
        row.error(TableCode.NO_DECISION, "decision", name=name, choices=Choices(OUTCOME_WORDS))
    if row.values.get(("reason", "")) is None and chosen not in {None, Outcome.NOTED.value}:
        row.error(TableCode.NO_REASON, "reason", name=Label(COLUMN_WORDS, "reason"))
    if chosen is None or len(row.faults.errors) > before:
        return None
    return Decision(Outcome(chosen), reason, responsible, due, changes=_point(row))


def _point(row: SheetRow) -> DraftPoint | None:
    """What the decision changes: its code stands first in the cell; None for an empty cell, and (noted) a wrong one."""
    written = row.plain_text(_FILLED["changes"])
    code = written.partition(" ")[0].strip(".:").upper().translate(_LOOKALIKES)
    if (point := DraftPoint.parse(code)) is None and written:
        row.error(TableCode.NO_POINT, "changes", value=written)
    return point


def _with_changes(row: SheetRow, decision: Decision, comment: Comment | None) -> Decision:
    """The decision; of a table from before there was such a column with what it changes by now."""
    if ("changes", "") in row.columns or comment is None or comment.decision is None:
        return decision
    return replace(decision, changes=comment.decision.changes)


def _check_key(row: SheetRow, key: RowKey, hearing: int) -> None:
    if key.hearing != hearing:
        row.error(TableCode.OTHER_HEARING, "number")
    elif (written := _number(row)) != key.number:
        shown = cells.plain_text(row.values.get(("number", ""), "")) if written is None else written
        row.error(TableCode.NUMBER_CHANGED, "number", number=key.number, value=shown)
    elif ("text", "") in row.columns and key.words not in _word_marks(row):
        row.error(TableCode.TEXT_CHANGED, "text", number=key.number)


def _number(row: SheetRow) -> int | None:
    try:
        return cells.whole(row.values.get(("number", ""), ""), least=1, most=10**9)
    except BadCell:
        return None


def _word_marks(row: SheetRow) -> frozenset[str]:
    """The marks of the words, read as either family of formats writes them."""
    value = row.values.get(("text", ""), "")
    return frozenset({words_mark(cells.plain_text(value)), words_mark(str(value))})


def _check_comment(filled: FilledRow, hearing: int, comments: Mapping[int, Comment], seen: dict[int, str]) -> None:
    row, number = filled.row, filled.key.number
    if filled.key.hearing != hearing:
        return
    comment = comments.get(number)
    if comment is None:
        row.error(TableCode.NO_COMMENT, "number", number=number)
    elif comment.withdrawn_at is not None:
        row.error(TableCode.WITHDRAWN, "number", number=number)
    elif number in seen:
        row.error(TableCode.ROW_TWICE, "number", number=number, cell=seen[number])
    elif filled.decision is not None and filled.decision.outcome not in outcomes_of(comment.kind):
        shown = row.plain_text(_FILLED["decision"])
        row.error(TableCode.NO_QUESTION, "decision", value=shown, number=number)
    seen.setdefault(number, row.cell_name("number"))


def _place(fault: Fault) -> tuple[int, int, str]:
    letters = fault.cell.rstrip("0123456789")
    return int(fault.cell[len(letters) :] or 0), len(letters), letters
