"""The shapes of a hearing's workbook: its sheets, their columns, the fields of the sheet Hearing, and their limits.

The template, the filled workbook and the reader share this declaration. Lengths are what a Telegram screen can show;
counts are what its buttons can carry. ``choices`` name tables of ``words.LABEL_TABLES``.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.domain.sittings import MOST_SITTINGS
from bot.spreadsheets.shape import Column, SheetShape

if TYPE_CHECKING:
    from collections.abc import Mapping

MONEY_FORMAT: Final = "#,##0.00"
WHOLE_NUMBER_FORMAT: Final = "0"
DATE_FORMAT: Final = "dd.mm.yyyy"
TIME_FORMAT: Final = "hh:mm"
MOMENT_FORMAT: Final = "dd.mm.yyyy hh:mm"
DEGREES_FORMAT: Final = "0.000000"

HEARING_SHEET: Final = SheetShape(
    "Hearing",
    (Column("field", 26, required=True), Column("value", 32, translated=True), Column("example", 44)),
    row_limit=120,
)
SITTINGS_SHEET: Final = SheetShape(
    "Sittings",
    (
        Column("village", 22, limit=100),
        Column("date", 12, number_format=DATE_FORMAT, required=True),
        Column("time", 10, number_format=TIME_FORMAT, required=True),
        Column("minutes", 12, number_format=WHOLE_NUMBER_FORMAT),
        Column("place", 30, translated=True, limit=150, required=True),
        Column("address", 30, translated=True, limit=200),
        Column("latitude", 12, number_format=DEGREES_FORMAT),
        Column("longitude", 12, number_format=DEGREES_FORMAT),
        Column("online link", 24, limit=400),
    ),
    row_limit=MOST_SITTINGS,
)
AGENDA_SHEET: Final = SheetShape(
    "Agenda",
    (
        Column("no", 8, number_format=WHOLE_NUMBER_FORMAT),
        Column("time", 10, limit=20, number_format=TIME_FORMAT),
        Column("item", 44, translated=True, limit=300, required=True),
        Column("presenter", 28, translated=True, limit=150),
    ),
    row_limit=40,
)
SERVICES_SHEET: Final = SheetShape(
    "Services",
    (
        Column("no", 8, number_format=WHOLE_NUMBER_FORMAT),
        Column("title", 30, translated=True, limit=200, required=True),
        Column("problem", 40, translated=True, limit=1000),
        Column("goal", 30, translated=True, limit=500),
        Column("indicator", 26, translated=True, limit=300),
        Column("baseline", 16, translated=True, limit=150),
        Column("target", 16, translated=True, limit=150),
        Column("target date", 14, translated=True, limit=60, number_format=DATE_FORMAT),
    ),
    row_limit=30,
)
ACTIONS_SHEET: Final = SheetShape(
    "Actions",
    (
        Column("service", 10, number_format=WHOLE_NUMBER_FORMAT, required=True, shared=True),
        Column("action", 40, translated=True, limit=300, required=True),
        Column("start", 12, limit=40, number_format=DATE_FORMAT),
        Column("end", 12, limit=40, number_format=DATE_FORMAT),
        Column("responsible", 26, translated=True, limit=150),
        Column("amount", 14, number_format=MONEY_FORMAT, counted=True),
        Column("source", 22, translated=True, limit=150),
    ),
    row_limit=300,
)
BUDGET_SHEET: Final = SheetShape(
    "Budget",
    (
        Column("side", 15, choices="side", required=True, shared=True),
        Column("group", 30, choices="budget group", limit=100, shared=True),
        Column("code", 12, limit=30),
        Column("line", 40, translated=True, limit=200),
        Column("amount", 16, number_format=MONEY_FORMAT, required=True, counted=True),
        Column("last year", 16, number_format=MONEY_FORMAT, counted=True),
        Column("note", 32, translated=True, limit=400),
        Column("service", 10, number_format=WHOLE_NUMBER_FORMAT, shared=True),
    ),
    row_limit=2_000,
)
QUESTIONS_SHEET: Final = SheetShape(
    "Questions",
    (
        Column("no", 8, number_format=WHOLE_NUMBER_FORMAT),
        Column("about", 20, choices="about", required=True),
        Column("kind", 12, choices="question kind", required=True),
        Column("text", 44, translated=True, limit=500),
        Column("options", 34, translated=True),
        Column("limit", 10, number_format=WHOLE_NUMBER_FORMAT),
    ),
    row_limit=50,
)
ATTENDANCE_SHEET: Final = SheetShape(
    "Attendance targets",
    (
        Column("group", 34, limit=100, required=True),
        Column("population", 14, number_format=WHOLE_NUMBER_FORMAT, counted=True),
    ),
    row_limit=100,
)

TABLE_SHEETS: Final = (
    SITTINGS_SHEET,
    AGENDA_SHEET,
    SERVICES_SHEET,
    ACTIONS_SHEET,
    BUDGET_SHEET,
    QUESTIONS_SHEET,
    ATTENDANCE_SHEET,
)
SHEETS_BY_KEY: Final[Mapping[str, SheetShape]] = MappingProxyType(
    {sheet.key: sheet for sheet in (HEARING_SHEET, *TABLE_SHEETS)}
)

HEARING_FIELDS: Final = (
    Column("title", translated=True, limit=200, required=True),
    Column("kind", choices="hearing kind"),
    Column("date", number_format=DATE_FORMAT, required=True),
    Column("time", number_format=TIME_FORMAT, required=True),
    Column("minutes", number_format=WHOLE_NUMBER_FORMAT),
    Column("place", translated=True, limit=150, required=True),
    Column("address", translated=True, limit=200),
    Column("latitude", number_format=DEGREES_FORMAT),
    Column("longitude", number_format=DEGREES_FORMAT),
    Column("online link", limit=400),
    Column("village", limit=100),
    Column("presenters", translated=True, limit=400),
    Column("answers open", number_format=MOMENT_FORMAT),
    Column("answers close", number_format=MOMENT_FORMAT),
    Column("answers promised", number_format=DATE_FORMAT),
    Column("results", choices="results"),
    Column("fiscal year", number_format=WHOLE_NUMBER_FORMAT),
    Column("unit", choices="unit"),
    Column("legal basis", translated=True, limit=500),
)
SITTING_FIELDS: Final = tuple(
    column.key for column in HEARING_FIELDS if column.key in {each.key for each in SITTINGS_SHEET.columns}
)
"""Fields of one sitting: a further ``date`` begins the next one, as does a row of the sheet Sittings."""

LISTS_SHEET_NAME: Final = "Lists"
"""The hidden sheet with the words that the drop-down lists offer."""
MOST_OPTIONS: Final = 60
"""Options of one question; they are shown on pages."""
MOST_OPTIONS_RANKED: Final = 30
LONGEST_OPTION: Final = 250
"""Characters of one option of a question."""
NO_OPTION: Final = "-"
"""Stands for an option that a language does not have."""
MOST_COINS: Final = 1_000_000
"""The most coins that a question may give a person to share."""
