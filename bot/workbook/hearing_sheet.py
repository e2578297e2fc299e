"""The sheet Hearing: a field in each row; a further ``date`` begins a further sitting, as a row of Sittings does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import HearingKind, Results
from bot.domain.languages import Text
from bot.domain.programme import Unit
from bot.domain.values import dataclass
from bot.spreadsheets import cells, moments
from bot.spreadsheets.faults import Code, Label
from bot.spreadsheets.opening import Broken, Unsaved
from bot.spreadsheets.tables import SheetRow
from bot.workbook.faults import HearingCode
from bot.workbook.sheets import HEARING_FIELDS, SITTING_FIELDS
from bot.workbook.sitting_rows import SittingReader
from bot.workbook.words import FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, tzinfo

    from bot.domain.places import Place
    from bot.domain.sittings import Sitting
    from bot.spreadsheets.tables import FaultLog, SheetTable
    from bot.spreadsheets.vocabulary import Vocabulary

FieldRows = dict[str, SheetRow]
"""Key of a field to its row."""
_FIELDS_BY_KEY: Final = {column.key: column for column in HEARING_FIELDS}
_MEANINGS: Final[Mapping[str, Callable[[object], object]]] = {
    "date": moments.day,
    "time": moments.clock,
    "minutes": cells.number,
    "fiscal year": cells.number,
    "answers open": partial(moments.moment, ends=False),
    "answers close": partial(moments.moment, ends=True),
}
"""What the values of a field mean that may be written in several ways."""


@dataclass(frozen=True, slots=True)
class HearingFields:
    """What the sheet Hearing says; ``kind`` is None where the other sheets decide it."""

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
    answers_promised: date | None


def read_hearing(
    table: SheetTable,
    *,
    vocabulary: Vocabulary,
    zone: tzinfo,
    now: datetime,
    faults: FaultLog,
    villages: Sequence[Place] = (),
    more: SheetTable | None = None,
) -> HearingFields:
    """All fields, with the sittings of the sheet Sittings (``more``); what is missing or wrong is noted and left empty.

    A sitting may be for one of the ``villages``.
    """
    once, rows_of_sittings = _rows_by_field(table, vocabulary, faults)
    reader = _FieldReader(table.name, vocabulary, zone, now, faults)
    for rows in rows_of_sittings:
        reader.note_missing(rows)
    sittings = SittingReader(zone, now, villages).all_of(rows_of_sittings, more)
    opens_at, closes_at = reader.answers_span(once, sittings)
    kind, results, unit = (reader.choice(once, key) for key in ("kind", "results", "unit"))
    return HearingFields(
        title=reader.text(once, "title"),
        kind=HearingKind(kind) if kind else None,
        sittings=sittings,
        opens_at=opens_at,
        closes_at=closes_at,
        presenters=reader.text(once, "presenters"),
        results=Results(results) if results else Results.AFTER_VOTING,
        fiscal_year=reader.whole(once, "fiscal year", least=2000, most=2100),
        unit=Unit(unit) if unit else Unit.THOUSAND,
        legal_basis=reader.text(once, "legal basis"),
        answers_promised=reader.answers_promised(once, closes_at),
    )


def _rows_by_field(table: SheetTable, vocabulary: Vocabulary, faults: FaultLog) -> tuple[FieldRows, list[FieldRows]]:
    """Rows by the key of their field: those of the hearing, and those of each sitting."""
    once: FieldRows = {}
    sittings: list[FieldRows] = [{}]
    unknown: list[tuple[SheetRow, str]] = []
    for row in table.rows:
        name = row.value("field")
        key = vocabulary.find(FIELD_WORDS, cells.plain_text(name)) if name is not None else None
        if key is None:
            used = next((column for column in row.values if column[0] == "value"), None)
            if used and name is not None:
                unknown.append((row, cells.plain_text(name)))
            elif used and ("field", "") not in row.values:
                row.warn(HearingCode.FIELD_UNNAMED, used)
            continue
        if key == "date" and "date" in sittings[-1]:
            sittings.append({})
        rows = sittings[-1] if key in SITTING_FIELDS else once
        if key in rows:
            row.error(HearingCode.FIELD_TWICE, "field", name=Label(FIELD_WORDS, key))
        rows.setdefault(key, _field_row(row, key, vocabulary, faults))
    _note_unknown(unknown, set(_FIELDS_BY_KEY) - set(once) - set(sittings[0]), vocabulary)
    return once, sittings


def _note_unknown(rows: list[tuple[SheetRow, str]], missing: set[str], vocabulary: Vocabulary) -> None:
    """Ask about rows whose name is nearly that of one that is missing; say of the others that they are ignored."""
    for row, name in rows:
        if (near := vocabulary.nearest(FIELD_WORDS, name, missing)) is not None:
            row.error(Code.NEARLY_KNOWN, "field", value=name, name=Label(FIELD_WORDS, near))
        else:
            row.warn(HearingCode.FIELD_IGNORED, "field", value=name)


def _field_row(row: SheetRow, key: str, vocabulary: Vocabulary, faults: FaultLog) -> SheetRow:
    """The row with its values under the key of its field; a value without a language may stand in any column, once."""
    values = {language: value for (column, language), value in row.values.items() if column == "value"}
    columns = {language: at for (column, language), at in row.columns.items() if column == "value"}
    if not _FIELDS_BY_KEY[key].translated:
        used = next(iter(values), "")
        for language, value in values.items():
            if _meaning(key, value, vocabulary) != _meaning(key, values[used], vocabulary):
                first, other = cells.plain_text(values[used]), cells.plain_text(value)
                column = ("value", language)
                row.error(HearingCode.TWO_VALUES, column, value=other, other=first, cell=row.cell_name("value", used))
        values = {"": values[used]} if used in values else {}
        columns = {"": columns.get(used, 0)}
    elif "" not in values and len(columns) > 1:
        columns.pop("", None)  # a text belongs in a language's column: a fault of an empty text names that cell
    return SheetRow(
        row.sheet,
        row.number,
        {(key, language): value for language, value in values.items()},
        {(key, language): at for language, at in columns.items()},
        faults,
    )


def _meaning(key: str, value: object, vocabulary: Vocabulary) -> object:
    """What a value means to its field, to be compared; its words where it means nothing."""
    field = _FIELDS_BY_KEY[key]
    if isinstance(value, Broken | Unsaved):
        return value
    words = cells.plain_text(value)
    try:
        if field.choices:
            return vocabulary.find(field.choices, words) or words
        return _MEANINGS[key](value) if key in _MEANINGS else words
    except cells.BadCell:
        return words


@dataclass(frozen=True)
class _FieldReader:
    sheet: str
    vocabulary: Vocabulary
    zone: tzinfo
    now: datetime
    faults: FaultLog

    def text(self, rows: FieldRows, key: str) -> Text:
        column = _FIELDS_BY_KEY[key]
        if row := rows.get(key):
            return row.text(column, FIELD_WORDS)
        if column.required:
            self._note_missing(key)
        return Text()

    def choice(self, rows: FieldRows, key: str) -> str | None:
        return row.choice(_FIELDS_BY_KEY[key], self.vocabulary) if (row := rows.get(key)) else None

    def whole(self, rows: FieldRows, key: str, *, least: int, most: int) -> int | None:
        if not (row := rows.get(key)):
            return None
        return row.parsed(key, lambda value: cells.whole(value, least=least, most=most))

    def _note_missing(self, key: str) -> None:
        self.faults.error(HearingCode.NO_FIELD, self.sheet, name=Label(FIELD_WORDS, key))

    def note_missing(self, rows: FieldRows) -> None:
        """Note what a sitting needs and has no row for."""
        for key in ("date", "time", "place"):
            if key not in rows:
                self._note_missing(key)

    def answers_span(self, rows: FieldRows, sittings: tuple[Sitting, ...]) -> tuple[datetime, datetime]:
        """From ``answers open`` (empty: now) until ``answers close`` (empty: the last sitting's end)."""
        opens = self._moment(rows, "answers open", ends=False)
        closes = self._moment(rows, "answers close", ends=True)
        last_end = max((one.ends_at for one in sittings), default=None)
        closes_at = closes or last_end or self.now
        now = self.now.replace(microsecond=0)
        opens_at = opens or (now if closes else min(now, closes_at - timedelta(minutes=1)))
        if opens_at >= closes_at and sittings:
            key = "answers close" if closes else "answers open"
            told = {"closes": self._shown(closes_at), "opens": self._shown(opens_at)}
            rows[key].error(HearingCode.CLOSES_FIRST, key, **told)
        begins = max((one.starts_at for one in sittings), default=closes_at)
        if closes is not None and begins > closes and "answers close" in rows:
            told = {"closes": self._shown(closes), "begins": self._shown(begins)}
            rows["answers close"].warn(HearingCode.SITTING_AFTER_CLOSING, "answers close", **told)
        return opens_at, closes_at

    def _shown(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%d.%m.%Y %H:%M}"

    def answers_promised(self, rows: FieldRows, closes_at: datetime) -> date | None:
        """The day until which the commission answers; one before closing is a mistake."""
        row = rows.get("answers promised")
        day = row.parsed("answers promised", moments.day) if row else None
        closing = closes_at.astimezone(self.zone).date()
        if row and day is not None and day < closing:
            told = {"promised": f"{day:%d.%m.%Y}", "closes": f"{closing:%d.%m.%Y}"}
            row.error(HearingCode.PROMISED_FIRST, "answers promised", **told)
        return day

    def _moment(self, rows: FieldRows, key: str, *, ends: bool) -> datetime | None:
        if not (row := rows.get(key)):
            return None
        wall = row.parsed(key, lambda value: moments.moment(value, ends=ends))
        return wall.replace(tzinfo=self.zone).astimezone(UTC) if wall else None
