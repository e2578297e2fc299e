"""The budget line by line, with its sums, the change from last year, and how many comments are about each line."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from bot.domain.programme import TYIYN, Side, Unit
from bot.domain.questions import About, AboutKind
from bot.domain.values import dataclass
from bot.i18n import budget_words, names
from bot.reports.formulas import Cells, Formula, cell
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.domain.hearings import Dossier
    from bot.domain.programme import BudgetLine
    from bot.i18n import Translator
    from bot.reports.record import Record
    from bot.reports.sheets import CellValue, SheetWriter

WIDTHS: Final = (14, 30, 44, 14, 14, 13, 10, 15)
_GROUP, _LAST, _AMOUNT, _CHANGE, _COMMENTS = 1, 3, 4, 5, 7


@dataclass(frozen=True, slots=True)
class GroupSums:
    """The rows with the sums of one side by group: the name in column 1, the sums in columns 3 and 4."""

    side: Side
    first: int
    last: int
    name_column: int = _GROUP
    last_year_column: int = _LAST
    amount_column: int = _AMOUNT


def write(sheet: SheetWriter, record: Record, t: Translator) -> tuple[GroupSums, ...]:
    """Write the sheet; where the sums by group are."""
    dossier = record.hearing.dossier
    looks = sheet.formats
    money = looks.money(_decimals(dossier))
    sheet.columns({3: money.cell, 4: money.cell, 5: looks.share, 6: looks.text, 7: looks.number})
    sheet.head(_headings(dossier, t))
    budget = dossier.budget
    if budget is None:
        return ()
    blocks = {side: _side(sheet, record, t, side) for side in Side if budget.of(side)}
    sheet.finish()
    sheet.append(())
    return tuple(_groups(sheet, dossier, t, lines=lines) for lines in blocks.values())


@dataclass(frozen=True, slots=True)
class _Lines:
    side: Side
    first: int
    last: int


def _side(sheet: SheetWriter, record: Record, t: Translator, side: Side) -> _Lines:
    dossier, looks = record.hearing.dossier, sheet.formats
    budget = dossier.budget
    assert budget is not None
    first = sheet.next
    for line in budget.of(side):
        sheet.append(_line(record, t, line, at=sheet.next))
    lines = _Lines(side, first, sheet.next - 1)
    last_year = budget.last_total(side)
    comments = sum(record.subjects.get(About(AboutKind.LINE, line.no), 0) for line in budget.of(side))
    bold = looks.money(_decimals(dossier)).total
    sheet.append(
        (
            *(t(names.SIDE_NAMES[side]), " ", t("All together")),
            None if last_year is None else _column(sheet, lines, _LAST).sum(_in_unit(last_year, dossier.unit)),
            _column(sheet, lines, _AMOUNT).sum(_in_unit(budget.total(side), dossier.unit)),
            _changed(sheet.next, budget.total(side), last_year),
            " ",
            _column(sheet, lines, _COMMENTS).sum(comments),
        ),
        {
            **dict.fromkeys((0, 1, 2, 6), looks.total_name),
            _LAST: bold,
            _AMOUNT: bold,
            _CHANGE: looks.total_share,
            _COMMENTS: looks.total,
        },
    )
    return lines


def _column(sheet: SheetWriter, lines: _Lines, column: int) -> Cells:
    return Cells(sheet.sheet.name, column, lines.first, lines.last)


def _line(record: Record, t: Translator, line: BudgetLine, *, at: int) -> tuple[CellValue, ...]:
    unit = record.hearing.dossier.unit
    return (
        t(names.SIDE_NAMES[line.side]),
        plain(budget_words.group_name(t, line.group)),
        plain(t.marked(line.title)),
        None if line.last_year is None else _in_unit(line.last_year, unit),
        _in_unit(line.amount, unit),
        _changed(at, line.amount, line.last_year),
        plain(line.code),
        record.subjects.get(About(AboutKind.LINE, line.no), 0),
    )


def _changed(at: int, amount: int, last_year: int | None) -> Formula | None:
    if not last_year or last_year < 0:
        return None
    return Formula(f"={cell(at, _AMOUNT)}/{cell(at, _LAST)}-1", amount / last_year - 1)


def _groups(sheet: SheetWriter, dossier: Dossier, t: Translator, *, lines: _Lines) -> GroupSums:
    """A row for each group of a side, whose sums look up the lines by the group's name."""
    budget, first = dossier.budget, sheet.next
    assert budget is not None
    named: dict[str, list[BudgetLine]] = {}
    for line in budget.of(lines.side):
        named.setdefault(line.group, []).append(line)
    for group in sorted(named, key=lambda each: -sum(line.amount for line in named[each])):
        title, found = plain(budget_words.group_name(t, group)), named[group]
        sheet.append(
            (
                *(t(names.SIDE_NAMES[lines.side]), title, t("The whole group")),
                _of_group(dossier, lines, found, column=_LAST),
                _of_group(dossier, lines, found, column=_AMOUNT),
            )
        )
    return GroupSums(lines.side, first, sheet.next - 1)


def _of_group(dossier: Dossier, lines: _Lines, found: list[BudgetLine], *, column: int) -> Formula | None:
    """The sum of some lines of a side, cell by cell: their names may be anything, and are never part of a formula."""
    assert dossier.budget is not None
    amounts = [line.last_year if column == _LAST else line.amount for line in found]
    if any(amount is None for amount in amounts):
        return None
    places = {line.no: lines.first + offset for offset, line in enumerate(dossier.budget.of(lines.side))}
    cells = ",".join(
        f"{cell(first, column)}:{cell(last, column)}" for first, last in runs(places[line.no] for line in found)
    )
    return Formula(f"=SUM({cells})", _in_unit(sum(amount or 0 for amount in amounts), dossier.unit))


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of ascending numbers that follow one another."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def _in_unit(tyiyn: int, unit: Unit) -> int | float:
    """An amount in the unit in which the budget is shown."""
    whole = TYIYN * (1000 if unit is Unit.THOUSAND else 1)
    return tyiyn // whole if tyiyn % whole == 0 else tyiyn / whole


def _decimals(dossier: Dossier) -> int:
    """How many decimals show every amount as it is."""
    lines = dossier.budget.lines if dossier.budget else ()
    amounts = [each for line in lines for each in (line.amount, line.last_year) if each is not None]
    digits = 5 if dossier.unit is Unit.THOUSAND else 2
    return next(places for places in range(digits + 1) if not any(each % 10 ** (digits - places) for each in amounts))


def _headings(dossier: Dossier, t: Translator) -> tuple[str, ...]:
    unit, year = t.unit(dossier.unit), dossier.fiscal_year
    this = t("{year}, {unit}", year=year, unit=unit) if year else t("In the draft, {unit}", unit=unit)
    before = t("{year}, {unit}", year=year - 1, unit=unit) if year else t("Year before, {unit}", unit=unit)
    kind, group, line = t("Revenue or expenditure"), t("Group"), t("Budget line")
    return (kind, group, line, before, this, t("Change"), t("Code"), t("Comments"))
