"""The list of places as CSV: regions, districts, municipalities and villages, each under its parent's code."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.errors import HearingBotError
from bot.domain.folding import has_lost_letters, restored
from bot.domain.languages import EN, KY, RU, UZ, Text
from bot.domain.places import Place, PlaceKind
from bot.domain.towns import MAY_BE_TOWNS
from bot.spreadsheets import cells, moments
from bot.spreadsheets.alphabet import language_of
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Code, Fault
from bot.spreadsheets.text_tables import LoneQuote, NoText, read_rows
from bot.workbook.faults import PlaceCode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from enum import StrEnum

V = TypeVar("V")

PLACE_COLUMNS: Final = (
    *("code", "type", "parent", "name_ky", "name_ru", "name_uz", "name_en"),
    *("timezone", "population", "women", "valid_from", "valid_to"),
)
_COLUMNS_BY_HEADING: Final = {restored(column): column for column in PLACE_COLUMNS}
REQUIRED_COLUMNS: Final = ("code", "type", "parent")
LARGEST_PLACE_LIST: Final = 10 << 20
MOST_PLACES: Final = 20_000
_LEVELS: Final = tuple(PlaceKind)
"""Kinds of places, parents first."""
_PARENTS: Final[Mapping[PlaceKind, tuple[PlaceKind, ...]]] = MappingProxyType(
    {
        PlaceKind.REGION: (),
        PlaceKind.DISTRICT: (PlaceKind.REGION,),
        PlaceKind.MUNICIPALITY: (PlaceKind.DISTRICT, PlaceKind.REGION),
        PlaceKind.VILLAGE: (PlaceKind.MUNICIPALITY,),
    }
)
"""The kinds within which each lies; a village may lie in a town too, which is a district or a region."""
_LONGEST_CODE: Final = 40
_LONGEST_NAME: Final = 120
_ROUNDED_BY_EXCEL: Final = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_LARGEST_POPULATION: Final = 10_000_000_000
_LANGUAGES_BY_COLUMN: Final = {"name_ky": KY, "name_ru": RU, "name_uz": UZ, "name_en": EN}
_NO_PLACES: Final[Mapping[str, PlaceKind]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PlacesReading:
    """Places with their parents' codes, parents first; empty where there are errors."""

    places: tuple[tuple[Place, str], ...]
    errors: tuple[Fault, ...] = ()


def read_places(
    content: bytes, known: Mapping[str, PlaceKind] = _NO_PLACES, *, towns: Collection[str] = ()
) -> PlacesReading:
    """What a CSV says, in any usual encoding, with any usual separator; never raises for its bytes.

    ``known`` are the codes in the database: a parent may be one of them; ``towns`` are those of them that are
    districts or regions, and municipalities nevertheless. The places' ids are 0: storage gives them by code. All faults
    come at once, each with its row and column.
    """
    reader = _PlaceReader()
    try:
        rows = list(_rows(content))
    except (NoText, LoneQuote, _NotAPlaceList) as cause:
        return PlacesReading((), (_fault(cause),))
    for csv_line, row in rows[:MOST_PLACES]:
        reader.add(csv_line, row)
    if len(rows) > MOST_PLACES:
        reader.note(MOST_PLACES + 1, "", Code.TOO_MANY_ROWS, limit=MOST_PLACES)
    reader.check_parents(known, towns)
    if reader.errors:
        return PlacesReading((), tuple(sorted(reader.errors, key=lambda fault: fault.csv_line)))
    found = sorted(reader.places.values(), key=lambda pair: _LEVELS.index(pair[0].kind))
    return PlacesReading(tuple(found))


def _fault(cause: HearingBotError) -> Fault:
    """Why no row can be read."""
    match cause:
        case LoneQuote(line=line):
            return Fault(PlaceCode.LONE_QUOTE, csv_line=line)
        case NoText():
            return Fault(PlaceCode.NO_TEXT)
    return Fault(PlaceCode.NOT_A_TABLE, values={"names": ", ".join(REQUIRED_COLUMNS)})


class _NotAPlaceList(HearingBotError):
    """The file is too large, or lacks a required column."""


def _rows(content: bytes) -> Iterable[tuple[int, dict[str, str]]]:
    """(its first line in the file, column to value) of every row that is not empty."""
    if len(content) > LARGEST_PLACE_LIST:
        raise _NotAPlaceList
    rows = read_rows(content)
    header = [_COLUMNS_BY_HEADING.get(restored(name), name) for name in next(rows, (1, []))[1]]
    if not set(REQUIRED_COLUMNS) <= set(header):
        raise _NotAPlaceList
    for csv_line, values in rows:
        row = {name: value.strip().replace("\x00", "") for name, value in zip(header, values, strict=False)}
        if any(row.values()):
            yield csv_line, row


@dataclass
class _PlaceReader:
    """Takes the rows one by one: places with their parents' codes, and the first row of each code, by code."""

    places: dict[str, tuple[Place, str]] = field(default_factory=dict)
    csv_lines: dict[str, int] = field(default_factory=dict)
    errors: list[Fault] = field(default_factory=list)

    def note(self, csv_line: int, column: str, code: StrEnum, /, **values: object) -> None:
        self.errors.append(Fault(code, cell=column, csv_line=csv_line, values=values))

    def add(self, csv_line: int, row: Mapping[str, str]) -> None:
        errors_before = len(self.errors)
        code = self._parsed(csv_line, row, "code", _code) or ""
        self._parsed(csv_line, row, "parent", _code)
        kind = self._kind(csv_line, row.get("type", ""))
        if not row.get("code"):
            self.note(csv_line, "code", Code.EMPTY, name="code")
        elif code and code in self.csv_lines:
            self.note(csv_line, "code", PlaceCode.CODE_TWICE, value=code, first=self.csv_lines[code])
        name = self._name(csv_line, row)
        place = self._place(csv_line, row, name)
        if kind and len(self.errors) == errors_before:
            self.places[code] = (place(code, kind), row.get("parent", ""))
        self.csv_lines.setdefault(code, csv_line)

    def _place(self, csv_line: int, row: Mapping[str, str], name: Text) -> Callable[[str, PlaceKind], Place]:
        zone = self._parsed(csv_line, row, "timezone", _zone) or ""
        population = self._parsed(csv_line, row, "population", _population)
        women = self._parsed(csv_line, row, "women", _population)
        begins = self._parsed(csv_line, row, "valid_from", moments.day)
        ends = self._parsed(csv_line, row, "valid_to", moments.day)
        if population is not None and women is not None and women > population:
            self.note(csv_line, "women", PlaceCode.MORE_WOMEN, value=women, population=population)
        if begins and ends and ends < begins:
            self.note(csv_line, "valid_to", PlaceCode.ENDS_FIRST, value=f"{ends:%d.%m.%Y}")
        return lambda code, kind: Place(0, code, kind, None, name, zone, population, women, begins, ends)

    def _parsed(self, csv_line: int, row: Mapping[str, str], column: str, parse: Callable[[object], V]) -> V | None:
        """What ``parse`` makes of the value; None where it is empty, or wrong and so noted."""
        if not (value := row.get(column)):
            return None
        try:
            return parse(value)
        except BadCell as bad:
            self.note(csv_line, column, bad.code, **bad.values)
            return None

    def _kind(self, csv_line: int, written: str) -> PlaceKind | None:
        if restored(written) in _LEVELS:
            return PlaceKind(restored(written))
        if written:
            self.note(csv_line, "type", Code.NOT_CHOICE, value=written, choices=", ".join(_LEVELS))
        else:
            self.note(csv_line, "type", Code.EMPTY, name="type")
        return None

    def _name(self, csv_line: int, row: Mapping[str, str]) -> Text:
        found: dict[str, str] = {}
        for column, language in _LANGUAGES_BY_COLUMN.items():
            if name := self._parsed(csv_line, row, column, _name_of_place):
                found[language_of(name, language)] = name
        if not any(row.get(column) for column in _LANGUAGES_BY_COLUMN):
            self.note(csv_line, "name_ky", PlaceCode.NO_NAME)
        return Text(found)

    def check_parents(self, known: Mapping[str, PlaceKind], towns: Collection[str]) -> None:
        """Note each place whose parent is not of a kind it may lie in, in this list or among the known."""
        kinds = {**known, **{code: place.kind for code, (place, _) in self.places.items()}}
        towns = {*towns, *self._towns()}
        for code, (place, parent) in self.places.items():
            wanted = _PARENTS[place.kind]
            fits = kinds.get(parent) in wanted or (place.kind is PlaceKind.VILLAGE and parent in towns)
            if not wanted and parent:
                self.note(self.csv_lines[code], "parent", Code.CELL_IGNORED, value=parent)
            elif wanted and not parent:
                self.note(self.csv_lines[code], "parent", Code.EMPTY, name="parent")
            elif wanted and parent not in kinds:
                if parent not in self.csv_lines:  # faults of a parent in this list are noted in its own row
                    self.note(self.csv_lines[code], "parent", PlaceCode.NO_PARENT, value=parent)
            elif wanted and not fits:
                kinds_named = " / ".join(wanted)
                self.note(self.csv_lines[code], "parent", PlaceCode.WRONG_PARENT, value=parent, wanted=kinds_named)

    def _towns(self) -> set[str]:
        """The districts and regions of this list in whose branch there is no municipality."""
        leading: set[str] = set()
        for place, parent in self.places.values():
            above = parent if place.kind is PlaceKind.MUNICIPALITY else ""
            while above and above not in leading:
                leading.add(above)
                above = self.places[above][1] if above in self.places else ""
        return {code for code, (place, _) in self.places.items() if place.kind in MAY_BE_TOWNS} - leading


def _code(value: object) -> str:
    code = cells.bounded_text(value, _LONGEST_CODE)
    if _ROUNDED_BY_EXCEL.fullmatch(code):
        raise BadCell(PlaceCode.ROUNDED_CODE, value=code)
    return code


def _name_of_place(value: object) -> str:
    name = " ".join(cells.bounded_text(value, _LONGEST_NAME).split())
    if has_lost_letters(name):
        raise BadCell(PlaceCode.LOST_LETTERS, value=name)
    return name


def _zone(value: object) -> str:
    name = cells.plain_text(value)
    if name not in _zone_names():
        raise BadCell(PlaceCode.NO_ZONE, value=name, example="Asia/Bishkek")
    return name


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _population(value: object) -> int:
    return cells.whole(value, least=0, most=_LARGEST_POPULATION)
