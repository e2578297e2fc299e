"""The list of places: regions, districts, municipalities and villages, each under its parent's code."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.folding import has_lost_letters
from bot.domain.languages import EN, KY, RU, UZ, Text
from bot.domain.places import Place, PlaceKind
from bot.domain.towns import MAY_BE_TOWNS
from bot.domain.values import dataclass
from bot.spreadsheets import cells, moments
from bot.spreadsheets.alphabet import language_of
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Choices, Code, Fault
from bot.workbook.faults import PlaceCode
from bot.workbook.place_relations import Relations
from bot.workbook.place_rows import NotAPlaceList, read_table
from bot.workbook.place_words import PLACE_COLUMNS, PLACE_KIND_WORDS, place_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from enum import StrEnum

V = TypeVar("V")

MOST_PLACES: Final = 20_000
_LEVELS: Final = tuple(PlaceKind)
"""Kinds of places, parents first."""
_LONGEST_CODE: Final = 40
_LONGEST_NAME: Final = 120
_LONGEST_CONTACT: Final = 100
_ROUNDED_BY_EXCEL: Final = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_LARGEST_POPULATION: Final = 10_000_000_000
_SAID_COLUMNS: Final = ("contact_name", "contact_phone", "contact_hours")
_LANGUAGES_BY_COLUMN: Final = {"name_ky": KY, "name_ru": RU, "name_uz": UZ, "name_en": EN}
_NO_PLACES: Final[Mapping[str, PlaceKind]] = {}


@dataclass(frozen=True, slots=True)
class PlacesReading:
    """Places with their parents' codes, parents first; empty where there are errors. Warnings can be accepted.

    ``language`` is that of the headings, English where they are in none.
    """

    places: tuple[tuple[Place, str], ...]
    errors: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    language: str = EN


def read_places(
    content: bytes, known: Mapping[str, PlaceKind] = _NO_PLACES, *, towns: Collection[str] = ()
) -> PlacesReading:
    """What a file says: CSV in any usual encoding, with any usual separator, or a workbook; never raises for its bytes.

    ``known`` are the codes in the database: a parent may be one of them; ``towns`` are those of them that are
    districts or regions, and municipalities nevertheless. The places' ids are 0: storage gives them by code. All faults
    come at once, each with its row and column.
    """
    try:
        table = read_table(content)
    except NotAPlaceList as cause:
        return PlacesReading((), (cause.fault,))
    reader = PlaceReader(table.headings)
    for column, heading in table.headings.items():
        if column not in PLACE_COLUMNS and heading:
            reader.warn(0, "", Code.COLUMN_IGNORED, value=heading)
    for csv_line, row in table.rows[:MOST_PLACES]:
        reader.add(csv_line, row)
    if len(table.rows) > MOST_PLACES:
        reader.note(MOST_PLACES + 1, "", Code.TOO_MANY_ROWS, limit=MOST_PLACES)
    check = Relations(
        *(reader.places, reader.csv_lines, reader.note), {**known, **reader.kinds()}, {*towns, *reader.towns()}
    )
    check.parents()
    check.successors()
    if reader.errors:
        errors = tuple(sorted(reader.errors, key=lambda fault: fault.csv_line))
        return PlacesReading((), errors, tuple(reader.warnings), table.language)
    found = sorted(reader.places.values(), key=lambda pair: _LEVELS.index(pair[0].kind))
    return PlacesReading(tuple(found), (), tuple(reader.warnings), table.language)


@dataclass
class PlaceReader:
    """Takes the rows one by one: places with their parents' codes, and the first row of each code, by code."""

    headings: Mapping[str, str]
    places: dict[str, tuple[Place, str]] = field(default_factory=dict)
    csv_lines: dict[str, int] = field(default_factory=dict)
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def note(self, csv_line: int, column: str, code: StrEnum, /, **values: object) -> None:
        self.errors.append(self._fault(csv_line, column, code, values))

    def warn(self, csv_line: int, column: str, code: StrEnum, /, **values: object) -> None:
        self.warnings.append(self._fault(csv_line, column, code, values))

    def _fault(self, csv_line: int, column: str, code: StrEnum, values: Mapping[str, object]) -> Fault:
        """A fault in the column as the file calls it."""
        return Fault(code, cell=self.headings.get(column, column), csv_line=csv_line, values=values)

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
        contact = [self._parsed(csv_line, row, column, _said) or "" for column in _SAID_COLUMNS]
        successor = self._parsed(csv_line, row, "successor", _code) or ""
        name_of_contact, phone, hours = contact
        return lambda code, kind: Place(
            *(0, code, kind, None, name, zone, population, women, begins, ends),
            contact_name=name_of_contact,
            contact_phone=phone,
            contact_hours=hours,
            successor=successor,
        )

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
        if written and (kind := place_vocabulary().find(PLACE_KIND_WORDS, written)) is not None:
            return PlaceKind(kind)
        if written:
            self.note(csv_line, "type", Code.NOT_CHOICE, value=written, choices=Choices(PLACE_KIND_WORDS))
        else:
            self.note(csv_line, "type", Code.EMPTY, name="type")
        return None

    def _name(self, csv_line: int, row: Mapping[str, str]) -> Text:
        found: dict[str, str] = {}
        for column, language in _LANGUAGES_BY_COLUMN.items():
            if name := self._parsed(csv_line, row, column, _name_of_place):
                found[language_of(name, language)] = name
                if has_lost_letters(name):
                    self.warn(csv_line, column, PlaceCode.LOST_LETTERS, value=name)
        if not any(row.get(column) for column in _LANGUAGES_BY_COLUMN):
            self.note(csv_line, "name_ky", PlaceCode.NO_NAME)
        return Text(found)

    def kinds(self) -> dict[str, PlaceKind]:
        """The kind of every place read, by code."""
        return {code: place.kind for code, (place, _) in self.places.items()}

    def towns(self) -> set[str]:
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
    return " ".join(cells.bounded_text(value, _LONGEST_NAME).split())


def _said(value: object) -> str:
    return " ".join(cells.bounded_text(value, _LONGEST_CONTACT).split())


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
