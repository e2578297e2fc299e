"""The words that label a hearing's workbook, in every language.

The template takes its labels from here and the reader its vocabulary, so the two cannot drift apart. The English words
are the workbook's contract (they never change); the others come from the catalogues.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.spreadsheets.vocabulary import COLUMN_WORDS, EXAMPLE_WORDS

if TYPE_CHECKING:
    from bot.i18n import Translator

Labels = dict[str, str]
"""A key of the contract to its word in a reader's language."""

SHEET_WORDS: Final = "sheet"
FIELD_WORDS: Final = "field"
GROUP_WORDS: Final = "budget group"
TOTAL_GROUP: Final = "TOTAL"
SERVICE_SUBJECT: Final = "service"
LINE_SUBJECT: Final = "budget line"
AGENDA_ITEM_SUBJECT: Final = "agenda item"


def sheets(t: Translator) -> Labels:
    """Labels of the sheets."""
    return {
        "Hearing": t.p("sheet", "Hearing"),
        "Sittings": t.p("sheet", "Sittings"),
        "Agenda": t.p("sheet", "Agenda"),
        "Services": t.p("sheet", "Services"),
        "Actions": t.p("sheet", "Actions"),
        "Budget": t.p("sheet", "Budget"),
        "Questions": t.p("sheet", "Questions"),
        "Attendance targets": t.p("sheet", "Attendance targets"),
        "How to fill": t.p("sheet", "How to fill"),
    }


def fields(t: Translator) -> Labels:
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
        "village": t.p("field", "village"),
        "presenters": t.p("field", "presenters"),
        "answers open": t.p("field", "answers open"),
        "answers close": t.p("field", "answers close"),
        "answers promised": t.p("field", "answers promised"),
        "results": t.p("field", "results"),
        "fiscal year": t.p("field", "fiscal year"),
        "unit": t.p("field", "unit"),
        "legal basis": t.p("field", "legal basis"),
    }


def columns(t: Translator) -> Labels:
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
        **_sitting_columns(t),
        **_programme_columns(t),
        **_question_columns(t),
    }


def _sitting_columns(t: Translator) -> Labels:
    return {
        "village": t.p("column", "village"),
        "date": t.p("column", "date"),
        "minutes": t.p("column", "minutes"),
        "place": t.p("column", "place"),
        "address": t.p("column", "address"),
        "latitude": t.p("column", "latitude"),
        "longitude": t.p("column", "longitude"),
        "online link": t.p("column", "online link"),
    }


def _programme_columns(t: Translator) -> Labels:
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


def _question_columns(t: Translator) -> Labels:
    return {
        "about": t.p("column", "about"),
        "kind": t.p("column", "kind"),
        "text": t.p("column", "text"),
        "options": t.p("column", "options"),
        "limit": t.p("column", "limit"),
    }


def kinds(t: Translator) -> Labels:
    """Kinds of hearings."""
    return {
        "strategy": t.p("hearing kind", "strategy"),
        "budget": t.p("hearing kind", "budget"),
        "strategy and budget": t.p("hearing kind", "strategy and budget"),
        "budget execution": t.p("hearing kind", "budget execution"),
        "other": t.p("hearing kind", "other"),
    }


def results(t: Translator) -> Labels:
    """When residents see how others answered."""
    return {
        "always": t.p("results", "always"),
        "after voting": t.p("results", "after voting"),
        "after closing": t.p("results", "after closing"),
    }


def units(t: Translator) -> Labels:
    """Units of money."""
    return {"som": t.p("money", "som"), "thousand som": t.p("money", "thousand som")}


def sides(t: Translator) -> Labels:
    """Sides of the budget."""
    return {"revenue": t.p("side", "revenue"), "expenditure": t.p("side", "expenditure")}


def groups(t: Translator) -> Labels:
    """Groups of budget lines with a name in every language, and the mark of a declared total."""
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
        TOTAL_GROUP: t.p("budget group", "TOTAL"),
    }


def attendance_groups(t: Translator) -> Labels:
    """Groups whose attendance is compared with how many live there, beside the villages."""
    return {"women": t("Women"), "men": t("Men")}


def question_kinds(t: Translator) -> Labels:
    """How a question is answered."""
    return {
        "stance": t.p("question kind", "stance"),
        "one": t.p("question kind", "one"),
        "several": t.p("question kind", "several"),
        "rank": t.p("question kind", "rank"),
        "coins": t.p("question kind", "coins"),
    }


def subjects(t: Translator) -> Labels:
    """What a question is about; a number or a code follows the last three."""
    return {
        "hearing": t.p("about", "hearing"),
        "strategy": t.p("about", "strategy"),
        "budget": t.p("about", "budget"),
        SERVICE_SUBJECT: t.p("about", "service"),
        LINE_SUBJECT: t.p("about", "budget line"),
        AGENDA_ITEM_SUBJECT: t.p("about", "agenda item"),
    }


def marks(t: Translator) -> Labels:
    """The mark of a row that only shows how it is done."""
    return {"example": t.p("mark", "EXAMPLE")}


LABEL_TABLES: Final = MappingProxyType(
    {
        SHEET_WORDS: sheets,
        FIELD_WORDS: fields,
        COLUMN_WORDS: columns,
        "hearing kind": kinds,
        "results": results,
        "unit": units,
        "side": sides,
        GROUP_WORDS: groups,
        "question kind": question_kinds,
        "about": subjects,
        EXAMPLE_WORDS: marks,
    }
)
