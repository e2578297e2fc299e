"""The sheet Budget: its lines, the totals it declares, and totals that stand among the lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.domain.programme import Budget, BudgetLine, Side, Unit, group_of
from bot.spreadsheets import amounts, cells
from bot.spreadsheets.faults import Amount, Code, Label
from bot.spreadsheets.vocabulary import COLUMN_WORDS
from bot.workbook.faults import HearingCode
from bot.workbook.programme_sheets import named_service, row_number
from bot.workbook.sheets import BUDGET_SHEET
from bot.workbook.totals import Entry, is_total, parts_above, parts_by_code
from bot.workbook.words import GROUP_WORDS, TOTAL_GROUP

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.spreadsheets.tables import SheetRow, SheetTable
    from bot.spreadsheets.vocabulary import Vocabulary

_A_THOUSAND_TIMES: Final = range(300, 3_001)
"""How many times last year's amount says that one of the two was written in another unit."""
_CELLS_NAMED: Final = 3


@dataclass(frozen=True)
class _Row:
    """A row that is not a declared total; ``line`` has 0 where its amount is empty or cannot be read."""

    row: SheetRow
    line: BudgetLine
    amount: int | None

    @property
    def entry(self) -> Entry:
        return Entry(self.line.code, self.amount)

    @property
    def title(self) -> str:
        return str(self.line.title)


def read_budget(
    table: SheetTable, unit: Unit, vocabulary: Vocabulary, services: Collection[int] = ()
) -> tuple[Budget | None, dict[str, list[int]]]:
    """The budget (None without rows), and the numbers of its lines by code; a line may be for one of ``services``.

    A total among the lines is not counted, and said; warns of totals that do not add up, where every amount of the
    side could be read.
    """
    rows: list[_Row] = []
    totals: dict[Side, SheetRow] = {}
    for row in table.rows:
        side = row.choice(BUDGET_SHEET.column("side"), vocabulary)
        if side is None and ("side", "") not in row.values:
            row.error(Code.EMPTY, "side", name=Label(COLUMN_WORDS, "side"))
        group = row.plain_text(BUDGET_SHEET.column("group"))
        group = vocabulary.find(GROUP_WORDS, group) or group
        # a row with a wrong side is read too, for its other faults
        if group == TOTAL_GROUP:
            _take_total(row, Side(side or Side.REVENUE), totals, known=side is not None)
        else:
            line = _read_row(row, Side(side or Side.REVENUE), group, unit)
            service = named_service(row, row.parsed("service", row_number), services)
            rows.append(replace(line, line=replace(line.line, service=service)))
    if not rows and not totals:
        return None, {}
    return _budget(rows, totals, unit)


def _budget(rows: list[_Row], totals: dict[Side, SheetRow], unit: Unit) -> tuple[Budget, dict[str, list[int]]]:
    declared = {side: total for side, row in totals.items() if (total := _declared(row, unit)) is not None}
    counted: set[int] = set()
    for side in Side:
        of_side = [each for each in rows if each.line.side is side]
        lines, total = _Recogniser(of_side, unit).sort_out()
        counted.update(each.row.number for each in lines)
        if total is not None:
            declared.setdefault(side, total)
    kept = [each for each in rows if each.row.number in counted]
    lines_of_budget = tuple(replace(each.line, no=no) for no, each in enumerate(kept, 1))
    budget = Budget(lines_of_budget, tuple(declared.items()))
    _warn_of_differences(budget, kept, totals, unit)
    _warn_of_units(kept)
    lines_by_code: dict[str, list[int]] = {}
    for line in budget.lines:
        lines_by_code.setdefault(line.code, []).append(line.no)
    return budget, lines_by_code


def _take_total(row: SheetRow, side: Side, totals: dict[Side, SheetRow], *, known: bool) -> None:
    if side in totals and known:
        row.error(HearingCode.TOTAL_TWICE, "group", cell=totals[side].cell_name("amount"))
    elif known:
        totals[side] = row


def _declared(row: SheetRow, unit: Unit) -> int | None:
    return row.required(BUDGET_SHEET.column("amount"), lambda value: amounts.amount(value, unit))


def _read_row(row: SheetRow, side: Side, group: str, unit: Unit) -> _Row:
    title = row.text(BUDGET_SHEET.column("line"))
    if not title and not group:
        row.error(Code.EMPTY, "line", name=Label(COLUMN_WORDS, "line"))
    if row.values.get(("amount", "")) is None:
        row.warn(HearingCode.NO_AMOUNT, "amount", value=str(title) or group)
        amount: int | None = 0
    else:
        amount = row.parsed("amount", lambda value: amounts.amount(value, unit))
    if amount is not None and amount < 0:
        row.warn(HearingCode.BELOW_ZERO, "amount", value=Amount(amount, unit))
    code = row.parsed("code", lambda value: cells.code(value, BUDGET_SHEET.column("code").limit)) or ""
    line = BudgetLine(
        no=0,
        side=side,
        group=group_of(side, group, code),
        title=title,
        amount=amount or 0,
        code=code,
        last_year=row.parsed("last year", lambda value: amounts.amount(value, unit)),
        note=row.text(BUDGET_SHEET.column("note")),
    )
    return _Row(row, line, amount)


class _Recogniser:
    """Tells the lines of one side from the totals among them."""

    def __init__(self, rows: Sequence[_Row], unit: Unit) -> None:
        self._rows = rows
        self._unit = unit
        self._entries = [each.entry for each in rows]
        self._parts = parts_by_code(self._entries)
        self._totals: set[int] = set()

    def sort_out(self) -> tuple[list[_Row], int | None]:
        """The lines, and the total of the side if one stood among them."""
        since = 0
        for at in range(len(self._rows)) if len(self._rows) > 1 else ():
            if self._is_total(at, since):
                since = at + 1
        lines = [each for at, each in enumerate(self._rows) if at not in self._totals]
        summed = sum(each.line.amount for each in lines)
        whole = any(self._entries[at].amount == summed for at in self._totals)
        if not whole:
            self._warn_of_lines_below()
        return lines, summed if whole else None

    def _is_total(self, at: int, since: int) -> bool:
        """Whether the row is a total; said, where it is or may be one."""
        row, entry = self._rows[at].row, self._entries[at]
        if entry.amount is None:
            return False
        by_words = any(is_total(words) for words in self._rows[at].line.title.by_language.values())
        by_code = self._parts[at]
        above = parts_above(self._entries, at, since)
        if (by_words or by_code) and (parts := self._adding_up(at, by_code, above)):
            self._totals.add(at)
            row.warn(HearingCode.TAKEN_AS_TOTAL, "amount", value=self._rows[at].title, cells=self._cells(parts))
            return True
        total = Label(GROUP_WORDS, TOTAL_GROUP)
        if by_words and any(each.amount is None for each in self._entries):
            self._totals.add(at)  # whether it is one shows once the other amounts are corrected
            return True
        if by_words:
            summed = self._summed(tuple(other for other in range(at) if other not in self._totals))
            row.error(HearingCode.LIKE_A_TOTAL, "amount", value=self._rows[at].title, summed=summed, total=total)
        elif by_code:
            row.warn(HearingCode.ABOVE_BY_CODE, "amount", cells=self._cells(by_code), summed=self._summed(by_code))
        elif above:
            row.warn(HearingCode.EQUALS_LINES, "amount", cells=self._cells(above), total=total)
        return False

    def _warn_of_lines_below(self) -> None:
        """Warn of lines below the last total: they may be parts of lines above it, printed once more."""
        by_words = [at for at in self._totals if any(map(is_total, self._rows[at].line.title.by_language.values()))]
        last = max(by_words, default=len(self._rows))
        below = tuple(at for at in range(last + 1, len(self._rows)) if at not in self._totals)
        if below and None not in [each.amount for each in self._entries]:
            row = self._rows[below[0]].row
            row.warn(HearingCode.BELOW_A_TOTAL, "amount", value=self._rows[last].title, cells=self._cells(below))

    def _adding_up(self, at: int, by_code: tuple[int, ...], above: tuple[int, ...]) -> tuple[int, ...]:
        """The rows that add up to the row: those below it by code, those above it, or all others of the side."""
        others = tuple(other for other in range(len(self._rows)) if other != at and other not in self._totals)
        for parts in (by_code, above, others):
            known = [amount for each in parts if (amount := self._entries[each].amount) is not None]
            if parts and len(known) == len(parts) and sum(known) == self._entries[at].amount:
                return parts
        return ()

    def _summed(self, parts: tuple[int, ...]) -> Amount:
        return Amount(sum(self._entries[each].amount or 0 for each in parts), self._unit)

    def _cells(self, parts: tuple[int, ...]) -> str:
        names = [self._rows[each].row.cell_name("amount") for each in parts]
        if len(parts) > 1 and parts[-1] - parts[0] == len(parts) - 1:
            return f"{names[0]}–{names[-1]}"
        return ", ".join(names[:_CELLS_NAMED]) + (", …" if len(names) > _CELLS_NAMED else "")


def _warn_of_differences(budget: Budget, rows: Sequence[_Row], totals: dict[Side, SheetRow], unit: Unit) -> None:
    """Warn of declared totals that are not what the lines add up to; not where an amount could not be read."""
    unread = {each.line.side for each in rows if each.amount is None}
    for difference in budget.discrepancies():
        if difference.side in totals and difference.side not in unread:
            declared, summed = Amount(difference.declared, unit), Amount(difference.summed, unit)
            totals[difference.side].warn(HearingCode.TOTAL_DIFFERS, "amount", declared=declared, summed=summed)
    for side, row in totals.items():
        declared_last = row.parsed("last year", lambda value: amounts.amount(value, unit))
        summed_last = budget.last_total(side)
        if declared_last is not None and summed_last is not None and declared_last != summed_last:
            declared, summed = Amount(declared_last, unit), Amount(summed_last, unit)
            row.warn(HearingCode.TOTAL_DIFFERS, "last year", declared=declared, summed=summed)


def _warn_of_units(rows: Sequence[_Row]) -> None:
    """Ask about the first line that is about a thousand times what it was last year, or a thousandth, and how many."""
    doubtful = [each for each in rows if _in_another_unit(each.line)]
    if doubtful:
        doubtful[0].row.warn(HearingCode.UNIT_DOUBTFUL, "amount", count=len(doubtful))


def _in_another_unit(line: BudgetLine) -> bool:
    now, last = abs(line.amount), abs(line.last_year or 0)
    return bool(now and last) and max(now, last) // min(now, last) in _A_THOUSAND_TIMES
