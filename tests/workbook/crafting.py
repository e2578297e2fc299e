"""The least workbook of a hearing, and what the reader makes of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.domain.languages import Text
from bot.domain.places import Place, PlaceKind
from bot.i18n import Catalogues
from bot.workbook.reader import Reading, read
from tests.spreadsheets.crafting import Rows, xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
WORDS = Catalogues({})
"""The labels of the contract only; the shipped catalogues have tests of their own."""

HEARING: Rows = [
    ["field", "value", "value [ky]", "value [ru]"],
    ["title", None, "Угуу", "Слушания"],
    ["date", "06.12.2026", None, None],
    ["time", "14:00", None, None],
    ["place", None, "Маданият үйү", "Дом культуры"],
]
"""The least a hearing needs; further rows are from row 6 on."""
SERVICES: Rows = [["no", "title [ky]", "title [ru]"], [1, "Жол", "Дороги"], [2, "Суу", "Вода"]]
ACTIONS: Rows = [["service", "action [ky]", "action [ru]"], [1, "Шагыл", "Гравий"], [2, "Түтүк", "Труба"]]
BUDGET: Rows = [
    ["side", "group", "code", "line [ky]", "line [ru]", "amount", "last year"],
    ["revenue", "own", "1111", "Салык", "Налог", 1200, 1000],
    ["expenditure", "704", "7041", "Жол", "Дороги", 700, 650],
]


SITTINGS: Rows = [["village", "date", "time", "place [ky]", "place [ru]"]]
VILLAGES = (
    Place(7, "v-7", PlaceKind.VILLAGE, 1, Text({"ky": "Сафаровка", "ru": "Сафаровка", "uz_Cyrl": "Сафаровка"})),
    Place(8, "v-8", PlaceKind.VILLAGE, 1, Text({"ky": "Беш-Бала", "ru": "Беш-Бала"})),
    Place(9, "v-9", PlaceKind.VILLAGE, 1, Text({"ky": "Багыш", "ru": "Багыш", "uz_Cyrl": "Боғиш", "en": "Bagysh"})),
)


def book(more: Rows = (), **tables: Rows) -> dict[str, Rows]:
    """The least workbook with ``more`` rows on the sheet Hearing (from row 6) and other sheets by name."""
    return {"Hearing": [*HEARING, *more], **tables}


def reading(sheets: Mapping[str, Rows], *, now: datetime = NOW) -> Reading:
    """What the reader makes of it."""
    return read(xlsx(sheets), catalogues=WORDS, municipality_timezone="Asia/Bishkek", now=now, villages=VILLAGES)
