"""The sheets Agenda, Services, Actions, Budget and Attendance targets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import AgendaItem, Attendance
from bot.domain.programme import Action, Budget, BudgetLine, Service, Side, Unit
from bot.spreadsheets import cells
from bot.spreadsheets.faults import Amount, Code, ContractWord
from bot.workbook.sheets import ACTIONS, AGENDA, ATTENDANCE, BUDGET, SERVICES
from bot.workbook.words import TOTAL

if TYPE_CHECKING:
    from bot.spreadsheets.tables import SheetRow, SheetTable
    from bot.workbook.vocabulary import Vocabulary

_HIGHEST: Final = 999
_PEOPLE: Final = 100_000_000


class NumbersInUse:
    """The numbers of a table's rows: as written, each once; an empty one follows the one before."""

    def __init__(self) -> None:
        self._cells: dict[int, str] = {}
        self._last = 0

    def take(self, row: SheetRow) -> int:
        """The number of ``row``; noted where it is already taken or no number."""
        written = row.parsed("no", lambda value: cells.whole(value, least=1, most=_HIGHEST))
        number = written if written is not None else self._last + 1
        if number in self._cells and written is not None:
            row.error(Code.NUMBER_TWICE, "no", value=number, cell=self._cells[number])
        self._cells.setdefault(number, row.cell("no"))
        self._last = number
        return number


def read_agenda(table: SheetTable) -> tuple[AgendaItem, ...]:
    """The items in the order of their numbers."""
    numbers = NumbersInUse()
    items = [
        AgendaItem(
            numbers.take(row),
            row.text(AGENDA.column("item")),
            row.line(AGENDA.column("time")),
            row.text(AGENDA.column("presenter")),
        )
        for row in table.rows
    ]
    return tuple(sorted(items, key=lambda item: item.no))


def read_services(table: SheetTable) -> tuple[tuple[Service, ...], dict[int, SheetRow]]:
    """The services without their actions, by number, and the row each stands in."""
    numbers = NumbersInUse()
    services: list[Service] = []
    rows: dict[int, SheetRow] = {}
    for row in table.rows:
        service = _service(row, numbers.take(row))
        rows.setdefault(service.no, row)
        services.append(service)
    return tuple(sorted(services, key=lambda service: service.no)), rows


def _service(row: SheetRow, no: int) -> Service:
    column = SERVICES.column
    return Service(
        no=no,
        title=row.text(column("title")),
        problem=row.text(column("problem")),
        goal=row.text(column("goal")),
        indicator=row.text(column("indicator")),
        baseline=row.text(column("baseline")),
        target=row.text(column("target")),
        target_date=row.text(column("target date")),
    )


def with_actions(services: tuple[Service, ...], table: SheetTable, unit: Unit) -> tuple[Service, ...]:
    """The services with what is to be done for each, in the order of the sheet Actions."""
    known = {service.no for service in services}
    found: dict[int, list[Action]] = {no: [] for no in known}
    for row in table.rows:
        no = row.needed(ACTIONS.column("service"), lambda value: cells.whole(value, least=1, most=_HIGHEST))
        if no is not None and no not in known:
            row.error(Code.NO_SUCH_SERVICE, "service", value=no, name=ContractWord("sheet", "Services"))
        found.setdefault(no or 0, []).append(_action(row, unit))
    return tuple(replace(service, actions=tuple(found[service.no])) for service in services)


def _action(row: SheetRow, unit: Unit) -> Action:
    return Action(
        title=row.text(ACTIONS.column("action")),
        start=row.line(ACTIONS.column("start")),
        end=row.line(ACTIONS.column("end")),
        responsible=row.text(ACTIONS.column("responsible")),
        amount=row.parsed("amount", lambda value: cells.amount(value, unit)),
        source=row.text(ACTIONS.column("source")),
    )


def read_budget(table: SheetTable, unit: Unit, vocabulary: Vocabulary) -> tuple[Budget | None, dict[str, list[int]]]:
    """The budget (None without rows) and its lines' numbers by code; totals that do not add up are warned of."""
    lines: list[BudgetLine] = []
    totals: dict[Side, SheetRow] = {}
    for row in table.rows:
        side = row.choice(BUDGET.column("side"), vocabulary)
        if side is None and ("side", "") not in row.cells:
            row.error(Code.EMPTY, "side", name=ContractWord("column", "side"))
        group = row.line(BUDGET.column("group"))
        group = vocabulary.find("budget group", group) or group
        # a row whose side is wrong is read all the same, for its other faults
        if group == TOTAL:
            _take_total(row, Side(side or Side.REVENUE), totals, known=side is not None)
        else:
            lines.append(_line(row, Side(side or Side.REVENUE), group, len(lines) + 1, unit))
    if not lines and not totals:
        return None, {}
    sums = ((side, _sum(row, unit)) for side, row in totals.items())
    budget = Budget(tuple(lines), tuple((side, total) for side, total in sums if total is not None))
    _compare(budget, totals, unit)
    codes: dict[str, list[int]] = {}
    for line in lines:
        codes.setdefault(line.code, []).append(line.no)
    return budget, codes


def _take_total(row: SheetRow, side: Side, totals: dict[Side, SheetRow], *, known: bool) -> None:
    if side in totals and known:
        row.error(Code.TOTAL_TWICE, "group", cell=totals[side].cell("amount"))
    elif known:
        totals[side] = row


def _sum(row: SheetRow, unit: Unit) -> int | None:
    return row.needed(BUDGET.column("amount"), lambda value: cells.amount(value, unit))


def _line(row: SheetRow, side: Side, group: str, no: int, unit: Unit) -> BudgetLine:
    title = row.text(BUDGET.column("line"))
    if not title and not group:
        row.error(Code.EMPTY, "line", name=ContractWord("column", "line"))
    return BudgetLine(
        no=no,
        side=side,
        group=group,
        title=title,
        amount=_sum(row, unit) or 0,
        code=row.line(BUDGET.column("code")),
        last_year=row.parsed("last year", lambda value: cells.amount(value, unit)),
        note=row.text(BUDGET.column("note")),
    )


def _compare(budget: Budget, totals: dict[Side, SheetRow], unit: Unit) -> None:
    for difference in budget.discrepancies():
        declared, summed = Amount(difference.declared, unit), Amount(difference.summed, unit)
        totals[difference.side].warn(Code.TOTAL_DIFFERS, "amount", declared=declared, summed=summed)
    for side, row in totals.items():
        declared_last = row.parsed("last year", lambda value: cells.amount(value, unit))
        summed_last = budget.last_total(side)
        if declared_last is not None and summed_last is not None and declared_last != summed_last:
            declared, summed = Amount(declared_last, unit), Amount(summed_last, unit)
            row.warn(Code.TOTAL_DIFFERS, "last year", declared=declared, summed=summed)


def read_attendance(table: SheetTable) -> tuple[Attendance, ...]:
    """Groups whose population is given."""
    found = []
    for row in table.rows:
        group = row.line(ATTENDANCE.column("group"))
        if not group and ("group", "") not in row.cells:
            row.error(Code.EMPTY, "group", name=ContractWord("column", "group"))
        population = row.parsed("population", lambda value: cells.whole(value, least=0, most=_PEOPLE, example=1250))
        if group and population is not None:
            found.append(Attendance(group, population))
    return tuple(found)
