"""The sheets Agenda, Services, Actions, Budget and Attendance targets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import AgendaItem, Attendance
from bot.domain.programme import Action, Budget, BudgetLine, Service, Side, Unit
from bot.spreadsheets import cells
from bot.spreadsheets.faults import Amount, Code, Label
from bot.spreadsheets.vocabulary import COLUMN_WORDS
from bot.workbook.faults import HearingCode
from bot.workbook.sheets import ACTIONS_SHEET, AGENDA_SHEET, ATTENDANCE_SHEET, BUDGET_SHEET, SERVICES_SHEET
from bot.workbook.words import SHEET_WORDS, TOTAL_GROUP

if TYPE_CHECKING:
    from bot.spreadsheets.tables import SheetRow, SheetTable
    from bot.spreadsheets.vocabulary import Vocabulary

_HIGHEST_NUMBER: Final = 999
_LARGEST_POPULATION: Final = 100_000_000


class NumbersInUse:
    """The numbers of a table's rows: as written, each once; a row without one follows the row before."""

    def __init__(self) -> None:
        self._cells: dict[int, str] = {}
        self._last = 0

    def take(self, row: SheetRow) -> int:
        """The number of ``row``; a number that is taken or cannot be read is noted."""
        written = row.parsed("no", _number)
        number = written if written is not None else self._last + 1
        if number in self._cells and written is not None:
            row.error(HearingCode.NUMBER_TWICE, "no", value=number, cell=self._cells[number])
        self._cells.setdefault(number, row.cell_name("no"))
        self._last = number
        return number


def _number(value: object) -> int:
    return cells.whole(value, least=1, most=_HIGHEST_NUMBER)


def read_agenda(table: SheetTable) -> tuple[AgendaItem, ...]:
    """The items in the order of their numbers."""
    numbers = NumbersInUse()
    items = [
        AgendaItem(
            numbers.take(row),
            row.text(AGENDA_SHEET.column("item")),
            row.plain_text(AGENDA_SHEET.column("time")),
            row.text(AGENDA_SHEET.column("presenter")),
        )
        for row in table.rows
    ]
    return tuple(sorted(items, key=lambda item: item.no))


def read_services(table: SheetTable) -> tuple[tuple[Service, ...], dict[int, SheetRow]]:
    """The services without their actions, in the order of their numbers, and the row of each."""
    numbers = NumbersInUse()
    services: list[Service] = []
    rows: dict[int, SheetRow] = {}
    for row in table.rows:
        service = _service(row, numbers.take(row))
        rows.setdefault(service.no, row)
        services.append(service)
    return tuple(sorted(services, key=lambda service: service.no)), rows


def _service(row: SheetRow, no: int) -> Service:
    column = SERVICES_SHEET.column
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
    """The services with their actions, in the order of the sheet Actions."""
    known = {service.no for service in services}
    found: dict[int, list[Action]] = {no: [] for no in known}
    for row in table.rows:
        no = row.required(ACTIONS_SHEET.column("service"), _number)
        if no is not None and no not in known:
            row.error(HearingCode.NO_SUCH_SERVICE, "service", value=no, name=Label(SHEET_WORDS, "Services"))
        found.setdefault(no or 0, []).append(_action(row, unit))
    return tuple(replace(service, actions=tuple(found[service.no])) for service in services)


def _action(row: SheetRow, unit: Unit) -> Action:
    return Action(
        title=row.text(ACTIONS_SHEET.column("action")),
        start=row.plain_text(ACTIONS_SHEET.column("start")),
        end=row.plain_text(ACTIONS_SHEET.column("end")),
        responsible=row.text(ACTIONS_SHEET.column("responsible")),
        amount=row.parsed("amount", lambda value: cells.amount(value, unit)),
        source=row.text(ACTIONS_SHEET.column("source")),
    )


def read_budget(table: SheetTable, unit: Unit, vocabulary: Vocabulary) -> tuple[Budget | None, dict[str, list[int]]]:
    """The budget (None without rows), and the numbers of its lines by code; warns of totals that do not add up."""
    lines: list[BudgetLine] = []
    totals: dict[Side, SheetRow] = {}
    for row in table.rows:
        side = row.choice(BUDGET_SHEET.column("side"), vocabulary)
        if side is None and ("side", "") not in row.values:
            row.error(Code.EMPTY, "side", name=Label(COLUMN_WORDS, "side"))
        group = row.plain_text(BUDGET_SHEET.column("group"))
        group = vocabulary.find("budget group", group) or group
        # a row with a wrong side is read too, for its other faults
        if group == TOTAL_GROUP:
            _take_total(row, Side(side or Side.REVENUE), totals, known=side is not None)
        else:
            lines.append(_budget_line(row, Side(side or Side.REVENUE), group, len(lines) + 1, unit))
    if not lines and not totals:
        return None, {}
    sums = ((side, _amount(row, unit)) for side, row in totals.items())
    budget = Budget(tuple(lines), tuple((side, total) for side, total in sums if total is not None))
    _warn_of_differences(budget, totals, unit)
    lines_by_code: dict[str, list[int]] = {}
    for line in lines:
        lines_by_code.setdefault(line.code, []).append(line.no)
    return budget, lines_by_code


def _take_total(row: SheetRow, side: Side, totals: dict[Side, SheetRow], *, known: bool) -> None:
    if side in totals and known:
        row.error(HearingCode.TOTAL_TWICE, "group", cell=totals[side].cell_name("amount"))
    elif known:
        totals[side] = row


def _amount(row: SheetRow, unit: Unit) -> int | None:
    return row.required(BUDGET_SHEET.column("amount"), lambda value: cells.amount(value, unit))


def _budget_line(row: SheetRow, side: Side, group: str, no: int, unit: Unit) -> BudgetLine:
    title = row.text(BUDGET_SHEET.column("line"))
    if not title and not group:
        row.error(Code.EMPTY, "line", name=Label(COLUMN_WORDS, "line"))
    return BudgetLine(
        no=no,
        side=side,
        group=group,
        title=title,
        amount=_amount(row, unit) or 0,
        code=row.plain_text(BUDGET_SHEET.column("code")),
        last_year=row.parsed("last year", lambda value: cells.amount(value, unit)),
        note=row.text(BUDGET_SHEET.column("note")),
    )


def _warn_of_differences(budget: Budget, totals: dict[Side, SheetRow], unit: Unit) -> None:
    for difference in budget.discrepancies():
        declared, summed = Amount(difference.declared, unit), Amount(difference.summed, unit)
        totals[difference.side].warn(HearingCode.TOTAL_DIFFERS, "amount", declared=declared, summed=summed)
    for side, row in totals.items():
        declared_last = row.parsed("last year", lambda value: cells.amount(value, unit))
        summed_last = budget.last_total(side)
        if declared_last is not None and summed_last is not None and declared_last != summed_last:
            declared, summed = Amount(declared_last, unit), Amount(summed_last, unit)
            row.warn(HearingCode.TOTAL_DIFFERS, "last year", declared=declared, summed=summed)


def read_attendance(table: SheetTable) -> tuple[Attendance, ...]:
    """Groups whose population is given."""
    found = []
    for row in table.rows:
        group = row.plain_text(ATTENDANCE_SHEET.column("group"))
        if not group and ("group", "") not in row.values:
            row.error(Code.EMPTY, "group", name=Label(COLUMN_WORDS, "group"))
        population = row.parsed("population", _population)
        if group and population is not None:
            found.append(Attendance(group, population))
    return tuple(found)


def _population(value: object) -> int:
    return cells.whole(value, least=0, most=_LARGEST_POPULATION, example=1250)
