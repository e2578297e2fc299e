"""A dossier becomes an ordinary workbook: what the reader makes of it is the same dossier again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.languages import EN, KY, RU, UZ, UZ_CYRL, Text
from bot.domain.programme import TYIYN, Side, Unit
from bot.domain.questions import AboutKind
from bot.workbook import words
from bot.workbook.pen import WorkbookWriter
from bot.workbook.sheets import LATIN, NO_OPTION, TABLES
from bot.workbook.words import ITEM, LINE, SERVICE, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from bot.domain.hearings import Dossier, Sitting
    from bot.domain.questions import About, Question
    from bot.i18n import Translator

Values = dict[str, object]
"""Column to what stands in it."""


def fill(dossier: Dossier, t: Translator, *, municipality_timezone: str) -> bytes:
    """An XLSX of the dossier with labels in the language of ``t``; dates and times are the municipality's.

    Moments are kept to the second.
    """
    book = _Filling(dossier, t, ZoneInfo(municipality_timezone))
    pen = WorkbookWriter(t, book.languages())
    pen.hearing(list(book.hearing()))
    rows = {
        "Agenda": book.agenda(),
        "Services": book.services(),
        "Actions": book.actions(),
        "Budget": book.budget(),
        "Questions": book.questions(),
        "Attendance targets": book.attendance(),
    }
    for sheet in TABLES:
        pen.table(sheet, rows[sheet.key])
    pen.help()
    return pen.done()


class _Filling:
    def __init__(self, dossier: Dossier, t: Translator, zone: ZoneInfo) -> None:
        self.dossier = dossier
        self.t = t
        self.zone = zone

    def languages(self) -> tuple[str, ...]:
        """Columns of the languages used; Kyrgyz, Russian and Uzbek in any case."""
        used = {code for text in _texts(self) for code in text.by_language}
        uzbek = tuple(tag for tag, code in ((UZ_CYRL, UZ_CYRL), (LATIN, UZ)) if code in used) or (UZ,)
        return (KY, RU, *uzbek, *((EN,) if EN in used else ()))

    def hearing(self) -> Iterator[tuple[str, object]]:
        one = self.dossier
        t = self.t
        yield "title", one.title
        yield "kind", words.kinds(t)[one.kind]
        for sitting in one.sittings:
            yield from self._sitting(sitting)
        yield "presenters", one.presenters
        yield "answers open", self._local(one.opens_at)
        yield "answers close", self._local(one.closes_at)
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

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone).replace(tzinfo=None, microsecond=0)

    def agenda(self) -> list[Values]:
        return [
            {"no": item.no, "time": item.time, "item": item.item, "presenter": item.presenter}
            for item in self.dossier.agenda
        ]

    def services(self) -> list[Values]:
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

    def actions(self) -> list[Values]:
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

    def budget(self) -> list[Values]:
        budget = self.dossier.budget
        sides, groups = words.sides(self.t), words.groups(self.t)
        lines: list[Values] = [
            {
                "side": sides[line.side],
                "group": groups.get(line.group, line.group),
                "code": line.code,
                "line": line.title,
                "amount": self._money(line.amount),
                "last year": self._money(line.last_year),
                "note": line.note,
            }
            for line in (budget.lines if budget else ())
        ]
        return lines + [self._total(side, declared) for side, declared in (budget.declared if budget else ())]

    def _total(self, side: Side, declared: int) -> Values:
        name, group = words.sides(self.t)[side], words.groups(self.t)[TOTAL]
        return {"side": name, "group": group, "amount": self._money(declared)}

    def _money(self, tyiyn: int | None) -> Decimal | None:
        each = TYIYN * (1000 if self.dossier.unit is Unit.THOUSAND else 1)
        return None if tyiyn is None else Decimal(tyiyn) / each

    def questions(self) -> list[Values]:
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
                return f"{subjects[SERVICE]} {about.no}"
            case AboutKind.AGENDA:
                return f"{subjects[ITEM]} {about.no}"
            case AboutKind.LINE:
                return f"{subjects[LINE]} {self._line(about.no)}"
        return subjects[about.kind]

    def _line(self, no: int) -> str:
        """The line's code where it is the only one with it, else its place in the budget."""
        codes = [line.code for line in self.dossier.budget.lines] if self.dossier.budget else []
        code = codes[no - 1]
        return code if code and codes.count(code) == 1 else f"#{no}"

    def attendance(self) -> list[Values]:
        return [{"group": one.group, "population": one.population} for one in self.dossier.attendance]


def _texts(book: _Filling) -> Iterator[Text]:
    """Every text of the dossier."""
    rows: Iterable[Values] = [dict([pair]) for pair in book.hearing()]
    for values in (*rows, *book.agenda(), *book.services(), *book.actions(), *book.budget(), *book.questions()):
        yield from (value for value in values.values() if isinstance(value, Text))


def _options(question: Question) -> Text:
    """One option per line and language; ``-`` where an option is not in a language that others are in."""
    used = {code for option in question.options for code in option.by_language}
    return Text(
        {code: "\n".join(option.by_language.get(code, NO_OPTION) for option in question.options) for code in used}
    )
