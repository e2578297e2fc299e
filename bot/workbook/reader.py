"""A workbook becomes a dossier, or the list of faults that keep it from becoming one."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.hearings import Dossier, HearingKind, default_questions
from bot.domain.languages import EN, LANGUAGES
from bot.domain.values import dataclass
from bot.spreadsheets import opening
from bot.spreadsheets.faults import Fault, Label
from bot.spreadsheets.tables import FaultLog, SheetTable
from bot.workbook import words
from bot.workbook.budget_sheet import read_budget
from bot.workbook.faults import HearingCode
from bot.workbook.finding import find_tables
from bot.workbook.gaps import warn_of_gaps
from bot.workbook.hearing_sheet import read_hearing
from bot.workbook.programme_sheets import read_agenda, read_attendance, read_services, with_actions
from bot.workbook.question_sheet import Subjects, read_questions
from bot.workbook.sheets import (
    ACTIONS_SHEET,
    AGENDA_SHEET,
    ATTENDANCE_SHEET,
    BUDGET_SHEET,
    HEARING_SHEET,
    QUESTIONS_SHEET,
    SERVICES_SHEET,
    SITTINGS_SHEET,
)
from bot.workbook.spellings import hearing_vocabulary
from bot.workbook.words import SHEET_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.domain.hearings import AgendaItem, Attendance
    from bot.domain.places import Place
    from bot.domain.programme import Budget, Service, Unit
    from bot.domain.questions import Question
    from bot.i18n import Catalogues
    from bot.spreadsheets.opening import Grid
    from bot.spreadsheets.vocabulary import Vocabulary
    from bot.workbook.hearing_sheet import HearingFields


@dataclass(frozen=True, slots=True)
class Reading:
    """``dossier`` is None exactly where there are ``errors``; warnings are for the secretary to accept.

    ``language`` is that of the sheets' names, English where they are in none.
    """

    dossier: Dossier | None
    errors: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    language: str = EN


def read(
    content: bytes, *, catalogues: Catalogues, municipality_timezone: str, now: datetime, villages: Sequence[Place] = ()
) -> Reading:
    """What an XLSX file says of a hearing; never raises for its bytes.

    ``municipality_timezone`` is an IANA name (``ZoneInfoNotFoundError`` for another); ``now`` is aware UTC, and the
    moment answers open where the workbook leaves that empty. ``villages`` are those of the municipality: a sitting may
    be for one. All faults come at once, in the order of the file.
    """
    try:
        grids = opening.read_grids(content)
    except opening.CannotOpen as cannot:
        return Reading(None, (cannot.fault,))
    reader = _WorkbookReader(hearing_vocabulary(catalogues), ZoneInfo(municipality_timezone), now, villages)
    dossier = reader.dossier(grids)
    order = {grid.name: at for at, grid in enumerate(grids)}
    errors, warnings = (_ordered(faults, order) for faults in (reader.faults.errors, reader.faults.warnings))
    return Reading(None if errors else dossier, errors, warnings, _language(grids, catalogues))


def _language(grids: tuple[Grid, ...], catalogues: Catalogues) -> str:
    """The language in which most sheets are named as in its template."""
    named = {grid.name for grid in grids}
    labels = {language: named & set(words.sheets(catalogues[language]).values()) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: (len(labels[language]), language == EN))
    return best if labels[best] else EN


def _ordered(faults: Iterable[Fault], order: Mapping[str, int]) -> tuple[Fault, ...]:
    """By sheet, row and column; each once."""
    unique = {(fault.code, fault.sheet, fault.cell, repr(fault.values)): fault for fault in faults}
    return tuple(sorted(unique.values(), key=lambda fault: (order.get(fault.sheet, -1), *_position(fault.cell))))


def _position(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


@dataclass
class _WorkbookReader:
    vocabulary: Vocabulary
    zone: ZoneInfo
    now: datetime
    villages: Sequence[Place]
    faults: FaultLog = field(default_factory=FaultLog)
    tables: dict[str, SheetTable] = field(default_factory=dict)

    def dossier(self, grids: tuple[Grid, ...]) -> Dossier | None:
        """The dossier as far as it can be read; None without the sheet Hearing."""
        self.tables.update(find_tables(grids, self.vocabulary, self.faults))
        warn_of_gaps(self.tables, self.vocabulary, self.faults)
        if (table := self.tables.get(HEARING_SHEET.key)) is None:
            return None
        fields = self._hearing(table)
        services = self._services(fields.unit)
        known = frozenset(service.no for service in services)
        budget, lines_by_code = self._budget(fields.unit, known)
        agenda = self._agenda()
        kind = fields.kind or _kind(services, budget)
        self._warn_of_missing_tables(kind, services, budget)
        subjects = Subjects(
            known,
            frozenset(item.no for item in agenda),
            lines_by_code,
            len(budget.lines) if budget else 0,
        )
        return Dossier(
            title=fields.title,
            kind=kind,
            sittings=fields.sittings,
            opens_at=fields.opens_at,
            closes_at=fields.closes_at,
            presenters=fields.presenters,
            results=fields.results,
            fiscal_year=fields.fiscal_year,
            unit=fields.unit,
            legal_basis=fields.legal_basis,
            answers_promised=fields.answers_promised,
            agenda=agenda,
            services=services,
            budget=budget,
            questions=self._questions(subjects) or _default_questions(services, budget),
            attendance=self._attendance(),
        )

    def _hearing(self, table: SheetTable) -> HearingFields:
        return read_hearing(
            table,
            vocabulary=self.vocabulary,
            zone=self.zone,
            now=self.now,
            faults=self.faults,
            villages=self.villages,
            more=self.tables.get(SITTINGS_SHEET.key),
        )

    def _agenda(self) -> tuple[AgendaItem, ...]:
        table = self.tables.get(AGENDA_SHEET.key)
        return read_agenda(table) if table else ()

    def _services(self, unit: Unit) -> tuple[Service, ...]:
        table = self.tables.get(SERVICES_SHEET.key)
        services, rows = read_services(table) if table else ((), {})
        if actions := self.tables.get(ACTIONS_SHEET.key):
            services = with_actions(services, actions, unit)
        for service in services:
            if not service.actions and service.title:
                rows[service.no].warn(HearingCode.NO_ACTIONS, "title", value=str(service.title))
        return services

    def _budget(self, unit: Unit, services: frozenset[int]) -> tuple[Budget | None, Mapping[str, list[int]]]:
        table = self.tables.get(BUDGET_SHEET.key)
        return read_budget(table, unit, self.vocabulary, services) if table else (None, {})

    def _questions(self, subjects: Subjects) -> tuple[Question, ...]:
        table = self.tables.get(QUESTIONS_SHEET.key)
        return read_questions(table, subjects, self.vocabulary) if table else ()

    def _attendance(self) -> tuple[Attendance, ...]:
        table = self.tables.get(ATTENDANCE_SHEET.key)
        return read_attendance(table) if table else ()

    def _warn_of_missing_tables(self, kind: HearingKind, services: tuple[Service, ...], budget: Budget | None) -> None:
        name = self.tables[HEARING_SHEET.key].name
        if kind in (HearingKind.STRATEGY, HearingKind.BOTH) and not services:
            self.faults.warn(HearingCode.NO_SERVICES, name, name=Label(SHEET_WORDS, SERVICES_SHEET.key))
        if kind in (HearingKind.BUDGET, HearingKind.BOTH, HearingKind.EXECUTION) and budget is None:
            self.faults.warn(HearingCode.NO_BUDGET, name, name=Label(SHEET_WORDS, BUDGET_SHEET.key))


def _default_questions(services: tuple[Service, ...], budget: Budget | None) -> tuple[Question, ...]:
    return default_questions(services, strategy=bool(services), budget=budget is not None)


def _kind(services: tuple[Service, ...], budget: Budget | None) -> HearingKind:
    """The kind of a hearing with these services and this budget."""
    if services and budget:
        return HearingKind.BOTH
    if services:
        return HearingKind.STRATEGY
    return HearingKind.BUDGET if budget else HearingKind.OTHER
