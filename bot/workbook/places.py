"""The list of places as CSV: regions, districts, municipalities and villages, each under its parent's code."""

from __future__ import annotations

import csv
import io
import zoneinfo
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.errors import HearingBotError
from bot.domain.languages import EN, KY, RU, UZ, Text
from bot.domain.places import Place, PlaceKind
from bot.spreadsheets import cells
from bot.spreadsheets.alphabet import language_of
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Code, Fault
from bot.spreadsheets.tables import fitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

V = TypeVar("V")

COLUMNS: Final = (
    *("code", "type", "parent", "name_ky", "name_ru", "name_uz", "name_en"),
    *("timezone", "population", "women", "valid_from", "valid_to"),
)
REQUIRED: Final = ("code", "type", "parent")
SIZE: Final = 10 << 20
ROWS: Final = 20_000
_KINDS: Final = tuple(PlaceKind)
_NAME: Final = 120
_CODE: Final = 40
_PEOPLE: Final = 10_000_000_000
_NAMES: Final = {"name_ky": KY, "name_ru": RU, "name_uz": UZ, "name_en": EN}
_NONE: Final[Mapping[str, PlaceKind]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PlacesReading:
    """Places with their parents' codes, parents first; empty where there are errors."""

    places: tuple[tuple[Place, str], ...]
    errors: tuple[Fault, ...] = ()


def read_places(content: bytes, known: Mapping[str, PlaceKind] = _NONE) -> PlacesReading:
    """What a CSV in UTF-8 (with or without BOM, ``,`` or ``;``) says; never raises for its bytes.

    ``known`` are the codes stored already: a parent may be one of them. The places' ids are 0: storage gives them by
    code. All faults come at once, each with its line and column.
    """
    lines = _Lines()
    try:
        rows = list(_records(content))
    except (UnicodeDecodeError, csv.Error, _NotATable):
        names = ", ".join(REQUIRED)
        return PlacesReading((), (Fault(Code.NOT_A_TABLE, values={"names": names}),))
    for number, row in rows[:ROWS]:
        lines.add(number, row)
    if len(rows) > ROWS:
        lines.note(ROWS + 1, "", Code.TOO_MANY_ROWS, limit=ROWS)
    lines.check_parents(known)
    if lines.errors:
        return PlacesReading((), tuple(sorted(lines.errors, key=lambda fault: fault.line)))
    found = sorted(lines.places.values(), key=lambda pair: _KINDS.index(pair[0].kind))
    return PlacesReading(tuple(found))


class _NotATable(HearingBotError):
    """Too large, or without the columns a list of places has."""


def _records(content: bytes) -> Iterable[tuple[int, dict[str, str]]]:
    """(line of the file, column to value) of every row that holds something."""
    if len(content) > SIZE:
        raise _NotATable
    text = content.decode("utf-8-sig")
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    if not set(REQUIRED) <= set(header):
        raise _NotATable
    for values in reader:
        row = {name: value.strip().replace("\x00", "") for name, value in zip(header, values, strict=False)}
        if any(row.values()):
            yield reader.line_num, row


@dataclass
class _Lines:
    places: dict[str, tuple[Place, str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    errors: list[Fault] = field(default_factory=list)

    def note(self, line: int, column: str, code: Code, /, **values: object) -> None:
        self.errors.append(Fault(code, cell=column, line=line, values=values))

    def add(self, line: int, row: Mapping[str, str]) -> None:
        before = len(self.errors)
        code = self._parsed(line, row, "code", lambda value: fitting(value, _CODE)) or ""
        kind = self._kind(line, row.get("type", ""))
        if not code:
            self.note(line, "code", Code.EMPTY, name="code")
        elif code in self.lines:
            self.note(line, "code", Code.CODE_TWICE, value=code, first=self.lines[code])
        name = self._name(line, row)
        place = self._place(line, row, name)
        if kind and len(self.errors) == before:
            self.places[code] = (place(code, kind), row.get("parent", ""))
        self.lines.setdefault(code, line)

    def _place(self, line: int, row: Mapping[str, str], name: Text) -> Callable[[str, PlaceKind], Place]:
        zone = self._parsed(line, row, "timezone", _zone) or ""
        people = self._parsed(line, row, "population", _people)
        women = self._parsed(line, row, "women", _people)
        begins = self._parsed(line, row, "valid_from", cells.day)
        ends = self._parsed(line, row, "valid_to", cells.day)
        if people is not None and women is not None and women > people:
            self.note(line, "women", Code.MORE_WOMEN, value=women, population=people)
        if begins and ends and ends < begins:
            self.note(line, "valid_to", Code.ENDS_FIRST, value=f"{ends:%d.%m.%Y}")
        return lambda code, kind: Place(0, code, kind, None, name, zone, people, women, begins, ends)

    def _parsed(self, line: int, row: Mapping[str, str], column: str, parse: Callable[[object], V]) -> V | None:
        if not (value := row.get(column)):
            return None
        try:
            return parse(value)
        except BadCell as bad:
            self.note(line, column, bad.code, **bad.values)
            return None

    def _kind(self, line: int, written: str) -> PlaceKind | None:
        if written.lower() in _KINDS:
            return PlaceKind(written.lower())
        if written:
            self.note(line, "type", Code.NOT_CHOICE, value=written, choices=", ".join(_KINDS))
        else:
            self.note(line, "type", Code.EMPTY, name="type")
        return None

    def _name(self, line: int, row: Mapping[str, str]) -> Text:
        found: dict[str, str] = {}
        for column, language in _NAMES.items():
            if name := self._parsed(line, row, column, lambda value: fitting(value, _NAME)):
                found[language_of(name, language)] = name
        if not any(row.get(column) for column in _NAMES):
            self.note(line, "name_ky", Code.NO_NAME)
        return Text(found)

    def check_parents(self, known: Mapping[str, PlaceKind]) -> None:
        """Each place lies within one of the kind before its own, in this list or among the known."""
        kinds = {**known, **{code: place.kind for code, (place, _) in self.places.items()}}
        for code, (place, parent) in self.places.items():
            level = _KINDS.index(place.kind)
            wanted = _KINDS[level - 1] if level else None
            if wanted is None and parent:
                self.note(self.lines[code], "parent", Code.CELL_IGNORED, value=parent)
            elif wanted and not parent:
                self.note(self.lines[code], "parent", Code.EMPTY, name="parent")
            elif wanted and parent not in kinds:
                if parent not in self.lines:  # a parent with faults of its own is named by those
                    self.note(self.lines[code], "parent", Code.NO_PARENT, value=parent)
            elif wanted and kinds[parent] is not wanted:
                self.note(self.lines[code], "parent", Code.WRONG_PARENT, value=parent, wanted=wanted)


def _zone(value: object) -> str:
    name = cells.words(value)
    if name not in _zones():
        raise BadCell(Code.NO_ZONE, value=name, example="Asia/Bishkek")
    return name


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _people(value: object) -> int:
    return cells.whole(value, least=0, most=_PEOPLE, example=1250)
