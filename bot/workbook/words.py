"""The words a workbook is labelled with, in every language.

The template takes its labels from here and the reader its understanding, so the two cannot drift apart. The English
words are the workbook's contract (they never change); the others come from the catalogues.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.i18n import Translator

Names = dict[str, str]
"""A key of the contract to the word for it."""

TOTAL: Final = "TOTAL"
SERVICE: Final = "service"
LINE: Final = "budget line"
ITEM: Final = "agenda item"


def sheets(t: Translator) -> Names:
    """Names of the sheets."""
    return {
        "Hearing": t.p("sheet", "Hearing"),
        "Agenda": t.p("sheet", "Agenda"),
        "Services": t.p("sheet", "Services"),
        "Actions": t.p("sheet", "Actions"),
        "Budget": t.p("sheet", "Budget"),
        "Questions": t.p("sheet", "Questions"),
        "Attendance targets": t.p("sheet", "Attendance targets"),
        "How to fill": t.p("sheet", "How to fill"),
    }


def fields(t: Translator) -> Names:
    """What the sheet Hearing asks for, one row each."""
    return {
        "title": t.p("field", "title"),
        "kind": t.p("field", "kind"),
        "date": t.p("field", "date"),
        "time": t.p("field", "time"),
        "minutes": t.p("field", "minutes"),
        "place": t.p("field", "place"),
        "address": t.p("field", "address"),
        "latitude": t.p("field", "latitude"),
        "longitude": t.p("field", "longitude"),
        "online link": t.p("field", "online link"),
        "presenters": t.p("field", "presenters"),
        "answers open": t.p("field", "answers open"),
        "answers close": t.p("field", "answers close"),
        "results": t.p("field", "results"),
        "fiscal year": t.p("field", "fiscal year"),
        "unit": t.p("field", "unit"),
        "legal basis": t.p("field", "legal basis"),
    }


def columns(t: Translator) -> Names:
    """Headings of columns, whatever the sheet."""
    return {
        "field": t.p("column", "field"),
        "value": t.p("column", "value"),
        "example": t.p("column", "example"),
        "no": t.p("column", "no"),
        "time": t.p("column", "time"),
        "item": t.p("column", "item"),
        "presenter": t.p("column", "presenter"),
        "group": t.p("column", "group"),
        "population": t.p("column", "population"),
        **_programme_columns(t),
        **_question_columns(t),
    }


def _programme_columns(t: Translator) -> Names:
    return {
        "title": t.p("column", "title"),
        "problem": t.p("column", "problem"),
        "goal": t.p("column", "goal"),
        "indicator": t.p("column", "indicator"),
        "baseline": t.p("column", "baseline"),
        "target": t.p("column", "target"),
        "target date": t.p("column", "target date"),
        "service": t.p("column", "service"),
        "action": t.p("column", "action"),
        "start": t.p("column", "start"),
        "end": t.p("column", "end"),
        "responsible": t.p("column", "responsible"),
        "amount": t.p("column", "amount"),
        "source": t.p("column", "source"),
        "side": t.p("column", "side"),
        "code": t.p("column", "code"),
        "line": t.p("column", "line"),
        "last year": t.p("column", "last year"),
        "note": t.p("column", "note"),
    }


def _question_columns(t: Translator) -> Names:
    return {
        "about": t.p("column", "about"),
        "kind": t.p("column", "kind"),
        "text": t.p("column", "text"),
        "options": t.p("column", "options"),
        "limit": t.p("column", "limit"),
    }


def kinds(t: Translator) -> Names:
    """What is heard."""
    return {
        "strategy": t.p("hearing kind", "strategy"),
        "budget": t.p("hearing kind", "budget"),
        "strategy and budget": t.p("hearing kind", "strategy and budget"),
        "budget execution": t.p("hearing kind", "budget execution"),
        "other": t.p("hearing kind", "other"),
    }


def results(t: Translator) -> Names:
    """When residents see how others answered."""
    return {
        "always": t.p("results", "always"),
        "after voting": t.p("results", "after voting"),
        "after closing": t.p("results", "after closing"),
    }


def units(t: Translator) -> Names:
    """Units of money."""
    return {"som": t.p("money", "som"), "thousand som": t.p("money", "thousand som")}


def sides(t: Translator) -> Names:
    """Sides of the budget."""
    return {"revenue": t.p("side", "revenue"), "expenditure": t.p("side", "expenditure")}


def groups(t: Translator) -> Names:
    """Groups of budget lines the house knows, and the mark of a declared total."""
    return {
        "own": t("Local revenues"),
        "shared": t("Shared national taxes"),
        "special": t("Special means (paid services)"),
        "grants": t("Grants"),
        "701": t("General public services"),
        "702": t("Defence"),
        "703": t("Public order and safety"),
        "704": t("Economic affairs"),
        "705": t("Environmental protection"),
        "706": t("Housing and community amenities"),
        "707": t("Health"),
        "708": t("Recreation, culture and religion"),
        "709": t("Education"),
        "710": t("Social protection"),
        TOTAL: t.p("budget group", "TOTAL"),
    }


def question_kinds(t: Translator) -> Names:
    """How a question is answered."""
    return {
        "stance": t.p("question kind", "stance"),
        "one": t.p("question kind", "one"),
        "several": t.p("question kind", "several"),
        "rank": t.p("question kind", "rank"),
        "coins": t.p("question kind", "coins"),
    }


def subjects(t: Translator) -> Names:
    """What a question is about; a number or a code follows the last three."""
    return {
        "hearing": t.p("about", "hearing"),
        "strategy": t.p("about", "strategy"),
        "budget": t.p("about", "budget"),
        SERVICE: t.p("about", "service"),
        LINE: t.p("about", "budget line"),
        ITEM: t.p("about", "agenda item"),
    }


def marks(t: Translator) -> Names:
    """The mark of a row that only shows how it is done."""
    return {"example": t.p("mark", "EXAMPLE")}


TABLES: Final = MappingProxyType(
    {
        "sheet": sheets,
        "field": fields,
        "column": columns,
        "hearing kind": kinds,
        "results": results,
        "unit": units,
        "side": sides,
        "budget group": groups,
        "question kind": question_kinds,
        "about": subjects,
        "mark": marks,
    }
)
