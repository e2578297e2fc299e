"""The shape of a hearing workbook: sheets, columns, fields, and how much each may hold.

One declaration for the template, for filling and for reading. Lengths are what a Telegram screen can show; counts are
what its buttons can carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MONEY: Final = "#,##0.00"
MONEY_WHOLE: Final = "#,##0"
WHOLE: Final = "0"
DAY: Final = "dd.mm.yyyy"
CLOCK: Final = "hh:mm"
MOMENT: Final = "dd.mm.yyyy hh:mm"
DEGREES: Final = "0.000000"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a field of the sheet Hearing.

    ``limit`` is in characters (0: not text), ``choices`` names a table of ``words.TABLES``, ``number`` is the format.
    """

    key: str
    width: int = 12
    translated: bool = False
    limit: int = 0
    choices: str = ""
    number: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class SheetShape:
    """A table: its key in the contract, its columns in order, and how many rows it may have."""

    key: str
    columns: tuple[Column, ...]
    rows: int

    def column(self, key: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.key == key)


HEARING: Final = SheetShape(
    "Hearing",
    (Column("field", 26, required=True), Column("value", 32, translated=True), Column("example", 44)),
    rows=120,
)
AGENDA: Final = SheetShape(
    "Agenda",
    (
        Column("no", 8, number=WHOLE),
        Column("time", 10, limit=20, number=CLOCK),
        Column("item", 44, translated=True, limit=300, required=True),
        Column("presenter", 28, translated=True, limit=150),
    ),
    rows=40,
)
SERVICES: Final = SheetShape(
    "Services",
    (
        Column("no", 8, number=WHOLE),
        Column("title", 30, translated=True, limit=200, required=True),
        Column("problem", 40, translated=True, limit=1000),
        Column("goal", 30, translated=True, limit=500),
        Column("indicator", 26, translated=True, limit=300),
        Column("baseline", 16, translated=True, limit=150),
        Column("target", 16, translated=True, limit=150),
        Column("target date", 14, translated=True, limit=60, number=DAY),
    ),
    rows=30,
)
ACTIONS: Final = SheetShape(
    "Actions",
    (
        Column("service", 10, number=WHOLE, required=True),
        Column("action", 40, translated=True, limit=300, required=True),
        Column("start", 12, limit=40, number=DAY),
        Column("end", 12, limit=40, number=DAY),
        Column("responsible", 26, translated=True, limit=150),
        Column("amount", 14, number=MONEY),
        Column("source", 22, translated=True, limit=150),
    ),
    rows=300,
)
BUDGET: Final = SheetShape(
    "Budget",
    (
        Column("side", 15, choices="side", required=True),
        Column("group", 30, choices="budget group", limit=100),
        Column("code", 12, limit=30),
        Column("line", 40, translated=True, limit=200),
        Column("amount", 16, number=MONEY, required=True),
        Column("last year", 16, number=MONEY),
        Column("note", 32, translated=True, limit=400),
    ),
    rows=500,
)
QUESTIONS: Final = SheetShape(
    "Questions",
    (
        Column("no", 8, number=WHOLE),
        Column("about", 20, choices="about", required=True),
        Column("kind", 12, choices="question kind", required=True),
        Column("text", 44, translated=True, limit=500),
        Column("options", 34, translated=True),
        Column("limit", 10, number=WHOLE),
    ),
    rows=50,
)
ATTENDANCE: Final = SheetShape(
    "Attendance targets",
    (Column("group", 34, limit=100, required=True), Column("population", 14, number=WHOLE)),
    rows=100,
)

TABLES: Final = (AGENDA, SERVICES, ACTIONS, BUDGET, QUESTIONS, ATTENDANCE)
BY_KEY: Final[Mapping[str, SheetShape]] = MappingProxyType({sheet.key: sheet for sheet in (HEARING, *TABLES)})

FIELDS: Final = (
    Column("title", translated=True, limit=200, required=True),
    Column("kind", choices="hearing kind"),
    Column("date", number=DAY, required=True),
    Column("time", number=CLOCK, required=True),
    Column("minutes", number=WHOLE),
    Column("place", translated=True, limit=150, required=True),
    Column("address", translated=True, limit=200),
    Column("latitude", number=DEGREES),
    Column("longitude", number=DEGREES),
    Column("online link", limit=400),
    Column("presenters", translated=True, limit=400),
    Column("answers open", number=MOMENT),
    Column("answers close", number=MOMENT),
    Column("results", choices="results"),
    Column("fiscal year", number=WHOLE),
    Column("unit", choices="unit"),
    Column("legal basis", translated=True, limit=500),
)
SITTING: Final = ("date", "time", "minutes", "place", "address", "latitude", "longitude", "online link")
"""Fields of one sitting: a further ``date`` begins the next one."""

LATIN: Final = "uz_Latn"
"""The heading that says Latin and nothing else; ``uz`` takes either script."""
LISTS: Final = "Lists"
"""The hidden sheet with what the drop-down lists offer."""
OPTIONS: Final = 20
OPTION: Final = 100
"""At most so many options, each at most so long."""
NO_OPTION: Final = "-"
"""Stands for an option that a language does not have."""
LARGEST: Final = 10**15
"""Amounts stay below this (tyiyn)."""
LIMIT: Final = 1_000_000
"""The largest cap of coins."""
