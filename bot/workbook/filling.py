"""A dossier becomes a filled workbook; the reader makes the same dossier of it again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.domain.languages import EN, KY, RU, UZ, UZ_CYRL, Text
from bot.domain.programme import TYIYN, Side, Unit
from bot.domain.questions import AboutKind
from bot.spreadsheets.alphabet import UZ_LATN
from bot.spreadsheets.stamps import WORKBOOK, Stamp
from bot.workbook import words
from bot.workbook.sheets import (
    ACTIONS_SHEET,
    AGENDA_SHEET,
    ATTENDANCE_SHEET,
    BUDGET_SHEET,
    NO_OPTION,
    QUESTIONS_SHEET,
    SERVICES_SHEET,
    SITTINGS_SHEET,
    TABLE_SHEETS,
)
from bot.workbook.words import AGENDA_ITEM_SUBJECT, LINE_SUBJECT, SERVICE_SUBJECT, TOTAL_GROUP
from bot.workbook.writer import WorkbookWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from bot.domain.hearings import Dossier
    from bot.domain.places import Place
    from bot.domain.questions import About, Question
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator

_NO_HEARING: Final = Stamp(WORKBOOK)
RowValues = dict[str, object]
"""Key of a column to its value."""


def fill(
    dossier: Dossier,
    t: Translator,
    *,
    municipality_timezone: str,
    stamp: Stamp = _NO_HEARING,
    villages: Sequence[Place] = (),
) -> bytes:
    """An XLSX of the dossier with labels in the language of ``t``; dates and times are the municipality's.

    Its ``villages`` are named where a sitting is for one. Moments are kept to the second. The ``stamp`` says of which
    hearing and version it is.
    """
    rows = _DossierRows(dossier, t, ZoneInfo(municipality_timezone), villages)
    fields, tables = list(rows.fields()), rows.tables()
    writer = WorkbookWriter(t, _languages(fields, tables), stamp)
    writer.write_hearing(fields)
    for shape in TABLE_SHEETS:
        writer.write_table(shape, tables[shape.key])
    writer.write_instructions()
    return writer.finish()


class _DossierRows:
    """The rows of each sheet."""

    def __init__(self, dossier: Dossier, t: Translator, zone: ZoneInfo, villages: Sequence[Place]) -> None:
        self.dossier = dossier
        self.t = t
        self.zone = zone
        self._villages = {village.id: t.text(village.name).words for village in villages}
        self._sittings = sorted(dossier.sittings, key=lambda each: each.no)

    def tables(self) -> dict[str, list[RowValues]]:
        """Rows by the key of their sheet."""
        return {
            SITTINGS_SHEET.key: [dict(self._sitting(each)) for each in self._sittings[1:]],
            AGENDA_SHEET.key: self._agenda(),
            SERVICES_SHEET.key: self._services(),
            ACTIONS_SHEET.key: self._actions(),
            BUDGET_SHEET.key: self._budget(),
            QUESTIONS_SHEET.key: self._questions(),
            ATTENDANCE_SHEET.key: self._attendance(),
        }

    def fields(self) -> Iterator[tuple[str, object]]:
        """(key of a field, its value), in the order of the sheet Hearing."""
        one = self.dossier
        t = self.t
        yield "title", one.title
        yield "kind", words.kinds(t)[one.kind]
        for sitting in self._sittings[:1]:
            yield from self._sitting(sitting)
        yield "presenters", one.presenters
        yield "answers open", self._local(one.opens_at)
        yield "answers close", self._local(one.closes_at)
        yield "answers promised", one.answers_promised
        yield "results", words.results(t)[one.results]
        yield "fiscal year", one.fiscal_year
        yield "unit", words.units(t)[one.unit]
        yield "legal basis", one.legal_basis

    def _sitting(self, sitting: Sitting) -> Iterator[tuple[str, object]]:
        start = self._local(sitting.starts_at)
        yield "date", start.date()
        yield "time", start.time()
        yield "minutes", sitting.minutes
        yield "place", sitting.place
        yield "address", sitting.address
        yield "latitude", sitting.latitude
        yield "longitude", sitting.longitude
        yield "online link", sitting.online_link
        yield "village", self._villages.get(sitting.village)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone).replace(tzinfo=None, microsecond=0)

    def _agenda(self) -> list[RowValues]:
        return [
            {"no": item.no, "time": item.time, "item": item.item, "presenter": item.presenter}
            for item in self.dossier.agenda
        ]

    def _services(self) -> list[RowValues]:
        return [
            {
                "no": service.no,
                "title": service.title,
                "problem": service.problem,
                "goal": service.goal,
                "indicator": service.indicator,
                "baseline": service.baseline,
                "target": service.target,
                "target date": service.target_date,
            }
            for service in self.dossier.services
        ]

    def _actions(self) -> list[RowValues]:
        return [
            {
                "service": service.no,
                "action": action.title,
                "start": action.start,
                "end": action.end,
                "responsible": action.responsible,
                "amount": self._money(action.amount),
                "source": action.source,
            }
            for service in self.dossier.services
            for action in service.actions
        ]

    def _budget(self) -> list[RowValues]:
        budget = self.dossier.budget
        sides, groups = words.sides(self.t), words.groups(self.t)
        lines: list[RowValues] = [
            {
                "side": sides[line.side],
                "group": groups.get(line.group, line.group),
                "code": line.code,
                "line": line.title,
                "amount": self._money(line.amount),
                "last year": self._money(line.last_year),
                "note": line.note,
                "service": line.service or None,
            }
            for line in (budget.lines if budget else ())
        ]
        return lines + [self._total(side, declared) for side, declared in (budget.declared if budget else ())]

    def _total(self, side: Side, declared: int) -> RowValues:
        name, group = words.sides(self.t)[side], words.groups(self.t)[TOTAL_GROUP]
        return {"side": name, "group": group, "amount": self._money(declared)}

    def _money(self, tyiyn: int | None) -> Decimal | None:
        each = TYIYN * (1000 if self.dossier.unit is Unit.THOUSAND else 1)
        return None if tyiyn is None else Decimal(tyiyn) / each

    def _questions(self) -> list[RowValues]:
        return [
            {
                "no": question.no,
                "about": self._about(question.about),
                "kind": words.question_kinds(self.t)[question.kind],
                "text": question.text,
                "options": _options(question),
                "limit": question.limit or None,
            }
            for question in self.dossier.questions
        ]

    def _about(self, about: About) -> str:
        subjects = words.subjects(self.t)
        match about.kind:
            case AboutKind.SERVICE:
                return f"{subjects[SERVICE_SUBJECT]} {about.no}"
            case AboutKind.AGENDA:
                return f"{subjects[AGENDA_ITEM_SUBJECT]} {about.no}"
            case AboutKind.LINE:
                return f"{subjects[LINE_SUBJECT]} {self._line_name(about.no)}"
        return subjects[about.kind]

    def _line_name(self, no: int) -> str:
        """The code of a budget line where no other line has it, else its number in the budget."""
        codes = [line.code for line in self.dossier.budget.lines] if self.dossier.budget else []
        code = codes[no - 1]
        return code if code and codes.count(code) == 1 else f"#{no}"

    def _attendance(self) -> list[RowValues]:
        return [{"group": one.group, "population": one.population} for one in self.dossier.attendance]


def _languages(fields: Iterable[tuple[str, object]], tables: Mapping[str, Iterable[RowValues]]) -> tuple[str, ...]:
    """Languages of the columns: those in use; Kyrgyz, Russian and Uzbek in any case."""
    values = [value for _, value in fields]
    values += [value for rows in tables.values() for row in rows for value in row.values()]
    used = {code for value in values if isinstance(value, Text) for code in value.by_language}
    uzbek = tuple(tag for tag, code in ((UZ_CYRL, UZ_CYRL), (UZ_LATN, UZ)) if code in used) or (UZ,)
    return (KY, RU, *uzbek, *((EN,) if EN in used else ()))


def _options(question: Question) -> Text:
    """One option per row of the cell; ``-`` for an option without a language that others have."""
    used = {code for option in question.options for code in option.by_language}
    return Text(
        {code: "\n".join(option.by_language.get(code, NO_OPTION) for option in question.options) for code in used}
    )
