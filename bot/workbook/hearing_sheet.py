"""The sheet Hearing: a field in each row; a further ``date`` begins a further sitting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import HearingKind, Results, Sitting
from bot.domain.languages import Text
from bot.domain.programme import Unit
from bot.spreadsheets import cells
from bot.spreadsheets.faults import Code, ContractWord
from bot.spreadsheets.tables import SheetRow
from bot.workbook.sheets import FIELDS, SITTING

if TYPE_CHECKING:
    from datetime import tzinfo

    from bot.spreadsheets.tables import Findings, SheetTable
    from bot.workbook.vocabulary import Vocabulary

Rows = dict[str, SheetRow]
_BY_KEY: Final = {column.key: column for column in FIELDS}
_MINUTES: Final = 120


@dataclass(frozen=True, slots=True)
class Head:
    """What the sheet says; ``kind`` None where it is left to the other sheets."""

    title: Text
    kind: HearingKind | None
    sittings: tuple[Sitting, ...]
    opens_at: datetime
    closes_at: datetime
    presenters: Text
    results: Results
    fiscal_year: int | None
    unit: Unit
    legal_basis: Text


def read_head(table: SheetTable, *, vocabulary: Vocabulary, zone: tzinfo, now: datetime, findings: Findings) -> Head:
    """Everything at once; where something is missing or wrong it is noted and stands empty."""
    once, meetings = _fields(table, vocabulary, findings)
    reader = _Reader(table.name, vocabulary, zone, now, findings)
    sittings = [reader.sitting(rows) for rows in meetings]
    known = tuple(sorted((one for one in sittings if one is not None), key=lambda one: one.starts_at))
    opens_at, closes_at = reader.span(once, known)
    kind, results, unit = (reader.choice(once, key) for key in ("kind", "results", "unit"))
    return Head(
        title=reader.text(once, "title"),
        kind=HearingKind(kind) if kind else None,
        sittings=known,
        opens_at=opens_at,
        closes_at=closes_at,
        presenters=reader.text(once, "presenters"),
        results=Results(results) if results else Results.AFTER_VOTING,
        fiscal_year=reader.whole(once, "fiscal year", least=2000, most=2100, example=2027),
        unit=Unit(unit) if unit else Unit.THOUSAND,
        legal_basis=reader.text(once, "legal basis"),
    )


def _fields(table: SheetTable, vocabulary: Vocabulary, findings: Findings) -> tuple[Rows, list[Rows]]:
    """Rows by field: those of the hearing, and those of each sitting."""
    once: Rows = {}
    sittings: list[Rows] = [{}]
    for row in table.rows:
        name = row.raw("field")
        key = vocabulary.find("field", cells.words(name)) if name is not None else None
        if key is None:
            if name is not None and any(column == "value" for column, _ in row.cells):
                row.warn(Code.FIELD_IGNORED, "field", value=cells.words(name))
            continue
        if key == "date" and "date" in sittings[-1]:
            sittings.append({})
        rows = sittings[-1] if key in SITTING else once
        if key in rows:
            row.error(Code.FIELD_TWICE, "field", name=ContractWord("field", key))
        rows.setdefault(key, _as_field(row, key, findings))
    return once, sittings


def _as_field(row: SheetRow, key: str, findings: Findings) -> SheetRow:
    """The same row with its values under the field's own name; a single value may stand in any of the columns."""
    values = {language: value for (column, language), value in row.cells.items() if column == "value"}
    places = {language: at for (column, language), at in row.places.items() if column == "value"}
    if not _BY_KEY[key].translated:
        used = next(iter(values), "")
        values = {"": values[used]} if used in values else {}
        places = {"": places.get(used, 0)}
    elif "" not in values and len(places) > 1:
        places.pop("", None)  # a text belongs in a language's column: there an empty one is shown
    return SheetRow(
        row.sheet,
        row.number,
        {(key, language): value for language, value in values.items()},
        {(key, language): at for language, at in places.items()},
        findings,
    )


@dataclass(frozen=True)
class _Reader:
    sheet: str
    vocabulary: Vocabulary
    zone: tzinfo
    now: datetime
    findings: Findings

    def text(self, rows: Rows, key: str) -> Text:
        column = _BY_KEY[key]
        if row := rows.get(key):
            return row.text(column, "field")
        if column.required:
            self._missing(key)
        return Text()

    def choice(self, rows: Rows, key: str) -> str | None:
        return row.choice(_BY_KEY[key], self.vocabulary) if (row := rows.get(key)) else None

    def whole(self, rows: Rows, key: str, *, least: int, most: int, example: int) -> int | None:
        if not (row := rows.get(key)):
            return None
        return row.parsed(key, lambda value: cells.whole(value, least=least, most=most, example=example))

    def _missing(self, key: str) -> None:
        self.findings.error(Code.NO_FIELD, self.sheet, name=ContractWord("field", key))

    def sitting(self, rows: Rows) -> Sitting | None:
        for key in ("date", "time"):
            if key not in rows:
                self._missing(key)
        day = rows["date"].needed(_BY_KEY["date"], cells.day, "field") if "date" in rows else None
        clock = rows["time"].needed(_BY_KEY["time"], cells.clock, "field") if "time" in rows else None
        latitude, longitude = self._location(rows)
        place, address = self.text(rows, "place"), self.text(rows, "address")
        minutes = self.whole(rows, "minutes", least=5, most=1440, example=_MINUTES) or _MINUTES
        link = rows["online link"].parsed("online link", cells.link) if "online link" in rows else None
        if day is None or clock is None:
            return None
        starts_at = datetime.combine(day, clock, self.zone).astimezone(UTC)
        if starts_at < self.now:
            rows["date"].warn(Code.IN_THE_PAST, "date", value=f"{day:%d.%m.%Y} {clock:%H:%M}")
        return Sitting(starts_at, minutes, place, address, latitude, longitude, link or "")

    def _location(self, rows: Rows) -> tuple[float | None, float | None]:
        found: list[float | None] = []
        for key, most in (("latitude", 90), ("longitude", 180)):
            row = rows.get(key)
            found.append(row.parsed(key, partial(cells.degrees, most=most)) if row else None)
        given = [bool(row and row.cells) for row in (rows.get("latitude"), rows.get("longitude"))]
        if given[0] != given[1]:
            key = "latitude" if given[0] else "longitude"
            rows[key].error(Code.HALF_LOCATION, key)
        return found[0], found[1]

    def span(self, rows: Rows, sittings: tuple[Sitting, ...]) -> tuple[datetime, datetime]:
        """From ``answers open`` (empty: now) until ``answers close`` (empty: the last sitting's end)."""
        opens = self._moment(rows, "answers open", ends=False)
        closes = self._moment(rows, "answers close", ends=True)
        last = max((one.starts_at + timedelta(minutes=one.minutes) for one in sittings), default=None)
        closes_at = closes or last or self.now
        now = self.now.replace(microsecond=0)
        opens_at = opens or (now if closes else min(now, closes_at - timedelta(minutes=1)))
        if opens_at >= closes_at and sittings:
            key = "answers close" if closes else "answers open"
            local = [f"{at.astimezone(self.zone):%d.%m.%Y %H:%M}" for at in (closes_at, opens_at)]
            rows[key].error(Code.CLOSES_FIRST, key, closes=local[0], opens=local[1])
        return opens_at, closes_at

    def _moment(self, rows: Rows, key: str, *, ends: bool) -> datetime | None:
        if not (row := rows.get(key)):
            return None
        wall = row.parsed(key, lambda value: cells.moment(value, ends=ends))
        return wall.replace(tzinfo=self.zone).astimezone(UTC) if wall else None
