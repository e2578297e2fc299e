"""The sheets Agenda, Services, Actions and Attendance targets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import AgendaItem, Attendance
from bot.domain.programme import Action, Service, Unit
from bot.spreadsheets import amounts, cells, moments
from bot.spreadsheets.faults import Code, Label
from bot.spreadsheets.vocabulary import COLUMN_WORDS
from bot.workbook.faults import HearingCode
from bot.workbook.sheets import ACTIONS_SHEET, AGENDA_SHEET, ATTENDANCE_SHEET, SERVICES_SHEET
from bot.workbook.words import SHEET_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.spreadsheets.tables import SheetRow, SheetTable

_HIGHEST_NUMBER: Final = 999
_LARGEST_POPULATION: Final = 100_000_000


class NumbersInUse:
    """The numbers of a table's rows: as written, each once; a row without one follows the row before."""

    def __init__(self) -> None:
        self._cells: dict[int, str] = {}
        self._last = 0

    def take(self, row: SheetRow) -> int:
        """The number of ``row``; a number that is taken or cannot be read is noted."""
        written = row.parsed("no", row_number)
        number = written if written is not None else self._last + 1
        if number in self._cells and written is not None:
            row.error(HearingCode.NUMBER_TWICE, "no", value=number, cell=self._cells[number])
        self._cells.setdefault(number, row.cell_name("no"))
        self._last = number
        return number


def row_number(value: object) -> int:
    """The number of a row as a cell has it, from 1."""
    return cells.whole(value, least=1, most=_HIGHEST_NUMBER)


def read_agenda(table: SheetTable) -> tuple[AgendaItem, ...]:
    """The items in the order of their numbers."""
    numbers = NumbersInUse()
    items = [
        AgendaItem(
            numbers.take(row),
            row.text(AGENDA_SHEET.column("item")),
            _time(row),
            row.text(AGENDA_SHEET.column("presenter")),
        )
        for row in table.rows
    ]
    return tuple(sorted(items, key=lambda item: item.no))


def _time(row: SheetRow) -> str:
    """The time of an item: a number is hours and minutes (Excel makes 10.3 of 10.30), words stay as they are."""
    value = row.values.get(("time", ""))
    if isinstance(value, int | float):
        return f"{clock:%H:%M}" if (clock := row.parsed("time", moments.clock)) is not None else ""
    return row.plain_text(AGENDA_SHEET.column("time"))


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


def named_service(row: SheetRow, no: int | None, known: Collection[int]) -> int:
    """The number of a service that a row names, 0 for none; one that is not ``known`` is noted."""
    if no is not None and no not in known:
        row.error(HearingCode.NO_SUCH_SERVICE, "service", value=no, name=Label(SHEET_WORDS, "Services"))
    return no or 0


def with_actions(services: tuple[Service, ...], table: SheetTable, unit: Unit) -> tuple[Service, ...]:
    """The services with their actions, in the order of the sheet Actions."""
    known = {service.no for service in services}
    found: dict[int, list[Action]] = {no: [] for no in known}
    for row in table.rows:
        no = named_service(row, row.required(ACTIONS_SHEET.column("service"), row_number), known)
        found.setdefault(no, []).append(_action(row, unit))
    return tuple(replace(service, actions=tuple(found[service.no])) for service in services)


def _action(row: SheetRow, unit: Unit) -> Action:
    return Action(
        title=row.text(ACTIONS_SHEET.column("action")),
        start=row.plain_text(ACTIONS_SHEET.column("start")),
        end=row.plain_text(ACTIONS_SHEET.column("end")),
        responsible=row.text(ACTIONS_SHEET.column("responsible")),
        amount=row.parsed("amount", lambda value: amounts.amount(value, unit)),
        source=row.text(ACTIONS_SHEET.column("source")),
    )


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
    return cells.whole(value, least=0, most=_LARGEST_POPULATION)
