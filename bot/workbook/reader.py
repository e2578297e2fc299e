"""A workbook becomes a dossier, or everything that keeps it from becoming one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.domain.hearings import Dossier, HearingKind, default_questions
from bot.spreadsheets import opening
from bot.spreadsheets.faults import Code, ContractWord, Fault
from bot.spreadsheets.tables import Findings, SheetTable, table
from bot.workbook import sheets
from bot.workbook.gaps import warn_of_gaps
from bot.workbook.hearing_sheet import read_head
from bot.workbook.programme_sheets import read_agenda, read_attendance, read_budget, read_services, with_actions
from bot.workbook.question_sheet import Subjects, read_questions
from bot.workbook.sheets import LISTS
from bot.workbook.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.domain.programme import Budget, Service, Unit
    from bot.domain.questions import Question
    from bot.i18n import Catalogues
    from bot.spreadsheets.opening import Grid

ATTENDANCE: Final = sheets.ATTENDANCE.key


@dataclass(frozen=True, slots=True)
class Reading:
    """``dossier`` is None exactly where there are ``errors``; warnings are for the secretary to accept."""

    dossier: Dossier | None
    errors: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def read(content: bytes, *, catalogues: Catalogues, municipality_timezone: str, now: datetime) -> Reading:
    """What an XLSX file says of a hearing; never raises for its bytes.

    ``municipality_timezone`` is an IANA name (``ZoneInfoNotFoundError`` for another); ``now`` is aware UTC, and the
    moment answers open where the workbook leaves that empty. All faults come at once, in the order of the file.
    """
    try:
        grids = opening.grids(content)
    except opening.CannotOpen as cannot:
        return Reading(None, (cannot.fault,))
    book = _Book(Vocabulary(catalogues), ZoneInfo(municipality_timezone), now)
    dossier = book.dossier(grids)
    order = {grid.name: at for at, grid in enumerate(grids)}
    errors, warnings = (_ordered(faults, order) for faults in (book.findings.errors, book.findings.warnings))
    return Reading(None if errors else dossier, errors, warnings)


def _ordered(faults: Iterable[Fault], order: Mapping[str, int]) -> tuple[Fault, ...]:
    """By sheet, row and column; each once."""
    unique = {(fault.code, fault.sheet, fault.cell, repr(fault.values)): fault for fault in faults}
    return tuple(sorted(unique.values(), key=lambda fault: (order.get(fault.sheet, -1), *_position(fault.cell))))


def _position(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


@dataclass
class _Book:
    vocabulary: Vocabulary
    zone: ZoneInfo
    now: datetime
    findings: Findings = field(default_factory=Findings)
    tables: dict[str, SheetTable] = field(default_factory=dict)

    def dossier(self, grids: tuple[Grid, ...]) -> Dossier | None:
        """The dossier as far as it can be read; None without the sheet Hearing."""
        self._find_tables(grids)
        warn_of_gaps(self.tables, self.vocabulary, self.findings)
        if (hearing := self.tables.get("Hearing")) is None:
            return None
        head = read_head(hearing, vocabulary=self.vocabulary, zone=self.zone, now=self.now, findings=self.findings)
        services = self._services(head.unit)
        budget, codes = self._budget(head.unit)
        agenda = read_agenda(self.tables["Agenda"]) if "Agenda" in self.tables else ()
        items = frozenset(item.no for item in agenda)
        subjects = Subjects(frozenset(service.no for service in services), items, codes, _count(budget))
        kind = head.kind or _kind(services, budget)
        self._warn_of_holes(kind, services, budget)
        return Dossier(
            title=head.title,
            kind=kind,
            sittings=head.sittings,
            opens_at=head.opens_at,
            closes_at=head.closes_at,
            presenters=head.presenters,
            results=head.results,
            fiscal_year=head.fiscal_year,
            unit=head.unit,
            legal_basis=head.legal_basis,
            agenda=agenda,
            services=services,
            budget=budget,
            questions=self._questions(subjects) or _asked(services, budget),
            attendance=read_attendance(self.tables[ATTENDANCE]) if ATTENDANCE in self.tables else (),
        )

    def _find_tables(self, grids: tuple[Grid, ...]) -> None:
        names: dict[str, str] = {}
        for grid in grids:
            key = self.vocabulary.find("sheet", grid.name)
            sheet = sheets.BY_KEY.get(key or "")
            if sheet is None:
                if key is None and grid.rows and grid.name != LISTS:
                    self.findings.warn(Code.SHEET_IGNORED, grid.name)
            elif sheet.key in names:
                self.findings.error(Code.SHEET_TWICE, grid.name, other=names[sheet.key])
            else:
                names[sheet.key] = grid.name
                found = table(grid, sheet, self.vocabulary, self.findings) if grid.rows else None
                if found is not None:
                    self.tables[sheet.key] = found
        if "Hearing" not in self.tables and not self.findings.errors:
            self.findings.error(Code.NO_SHEET, name=ContractWord("sheet", "Hearing"))

    def _services(self, unit: Unit) -> tuple[Service, ...]:
        services, rows = read_services(self.tables["Services"]) if "Services" in self.tables else ((), {})
        if "Actions" in self.tables:
            services = with_actions(services, self.tables["Actions"], unit)
        for service in services:
            if not service.actions and service.title:
                rows[service.no].warn(Code.NO_ACTIONS, "title", value=str(service.title))
        return services

    def _budget(self, unit: Unit) -> tuple[Budget | None, Mapping[str, list[int]]]:
        if "Budget" not in self.tables:
            return None, {}
        return read_budget(self.tables["Budget"], unit, self.vocabulary)

    def _questions(self, subjects: Subjects) -> tuple[Question, ...]:
        return read_questions(self.tables["Questions"], subjects, self.vocabulary) if "Questions" in self.tables else ()

    def _warn_of_holes(self, kind: HearingKind, services: tuple[Service, ...], budget: Budget | None) -> None:
        name = self.tables["Hearing"].name
        if kind in (HearingKind.STRATEGY, HearingKind.BOTH) and not services:
            self.findings.warn(Code.NO_SERVICES, name, name=ContractWord("sheet", "Services"))
        if kind in (HearingKind.BUDGET, HearingKind.BOTH, HearingKind.EXECUTION) and budget is None:
            self.findings.warn(Code.NO_BUDGET, name, name=ContractWord("sheet", "Budget"))


def _count(budget: Budget | None) -> int:
    return len(budget.lines) if budget else 0


def _asked(services: tuple[Service, ...], budget: Budget | None) -> tuple[Question, ...]:
    return default_questions(services, strategy=bool(services), budget=budget is not None)


def _kind(services: tuple[Service, ...], budget: Budget | None) -> HearingKind:
    """What is heard, by what is there."""
    if services and budget:
        return HearingKind.BOTH
    if services:
        return HearingKind.STRATEGY
    return HearingKind.BUDGET if budget else HearingKind.OTHER
