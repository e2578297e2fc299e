"""The sittings of a workbook: fields below each other on the sheet Hearing, or a row each on the sheet Sittings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.domain.languages import Text
from bot.domain.place_names import forms_of
from bot.domain.sittings import USUAL_MINUTES, Sitting, numbered
from bot.domain.values import dataclass
from bot.spreadsheets import cells, moments
from bot.spreadsheets.vocabulary import COLUMN_WORDS
from bot.workbook.faults import HearingCode
from bot.workbook.sheets import HEARING_FIELDS, SITTING_FIELDS, SITTINGS_SHEET
from bot.workbook.words import FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from bot.domain.places import Place
    from bot.spreadsheets.shape import Column
    from bot.spreadsheets.tables import SheetRow, SheetTable

VILLAGES_NAMED: Final = 30
"""In the sentence about one that there is not."""


@dataclass(frozen=True, slots=True)
class SittingReader:
    """Reads sittings on the wall clock of ``zone``; ``villages`` are those that one may be for."""

    zone: tzinfo
    now: datetime
    villages: Sequence[Place]

    def all_of(self, fields: Iterable[Mapping[str, SheetRow]], table: SheetTable | None) -> tuple[Sitting, ...]:
        """Those of the sheet Hearing and of the sheet Sittings, numbered as they follow each other.

        One that stands on both is taken once, and said.
        """
        columns = {column.key: column for column in HEARING_FIELDS}
        found = [one for rows in fields if (one := self._sitting(rows, columns, FIELD_WORDS)) is not None]
        columns = {column.key: column for column in SITTINGS_SHEET.columns}
        for row in table.rows if table else ():
            one = self._sitting(dict.fromkeys(SITTING_FIELDS, row), columns, COLUMN_WORDS)
            if one is None:
                continue
            twin = next((each for each in found if _is_same(each, one)), None)
            if twin is None:
                found.append(one)
            else:
                row.warn(HearingCode.SITTING_TWICE, "date")
                found[found.index(twin)] = replace(twin, village=twin.village or one.village)
        return numbered(found)

    def _sitting(self, rows: Mapping[str, SheetRow], columns: Mapping[str, Column], names: str) -> Sitting | None:
        """One sitting; None where its day or its hour is not known."""

        def text(key: str) -> Text:
            return rows[key].text(columns[key], names) if key in rows else Text()

        day = rows["date"].required(columns["date"], moments.day, names) if "date" in rows else None
        clock = rows["time"].required(columns["time"], moments.clock, names) if "time" in rows else None
        latitude, longitude = _location(rows)
        place, address, village = text("place"), text("address"), self._village(rows)
        least_and_most = partial(cells.whole, least=5, most=1440)
        minutes = rows["minutes"].parsed("minutes", least_and_most) if "minutes" in rows else None
        link = rows["online link"].parsed("online link", cells.link) if "online link" in rows else None
        if day is None or clock is None:
            return None
        starts_at = datetime.combine(day, clock, self.zone).astimezone(UTC)
        if starts_at < self.now:
            rows["date"].warn(HearingCode.IN_THE_PAST, "date", value=f"{day:%d.%m.%Y} {clock:%H:%M}")
        return Sitting(
            *(starts_at, minutes or USUAL_MINUTES, place, address, latitude, longitude), link or "", village or 0
        )

    def _village(self, rows: Mapping[str, SheetRow]) -> int | None:
        """The id of the village that is named, by any of its names or its code; one that there is not is a fault."""
        row = rows.get("village")
        name = row.parsed("village", lambda value: cells.bounded_text(value, 100)) if row else None
        if row is None or not name:
            return None
        wanted = set(forms_of(name).folded)
        for village in self.villages:
            names = village.name.by_language.values()
            if village.code == name or any(wanted & set(forms_of(each).folded) for each in names):
                return village.id
        known = ", ".join(str(village.name) for village in self.villages[:VILLAGES_NAMED])
        row.error(HearingCode.NO_SUCH_VILLAGE, "village", value=name, names=known or "—")
        return None


def _is_same(one: Sitting, other: Sitting) -> bool:
    villages = {one.village, other.village} - {0}
    return (one.starts_at, one.place) == (other.starts_at, other.place) and len(villages) < 2


def _location(rows: Mapping[str, SheetRow]) -> tuple[float | None, float | None]:
    found: list[float | None] = []
    for key, most in (("latitude", 90), ("longitude", 180)):
        row = rows.get(key)
        found.append(row.parsed(key, partial(cells.degrees, most=most)) if row else None)
    given = [bool((row := rows.get(key)) and (key, "") in row.values) for key in ("latitude", "longitude")]
    if given[0] != given[1]:
        key = "latitude" if given[0] else "longitude"
        rows[key].error(HearingCode.HALF_LOCATION, key)
    return found[0], found[1]
