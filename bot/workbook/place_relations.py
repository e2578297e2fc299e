"""The codes by which the places of a list name each other: their parents, and the places they were merged into."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.domain.places import PlaceKind
from bot.spreadsheets.faults import Code
from bot.workbook.faults import PlaceCode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from bot.domain.places import Place

_PARENTS: Final[Mapping[PlaceKind, tuple[PlaceKind, ...]]] = MappingProxyType(
    {
        PlaceKind.REGION: (),
        PlaceKind.DISTRICT: (PlaceKind.REGION,),
        PlaceKind.MUNICIPALITY: (PlaceKind.DISTRICT, PlaceKind.REGION),
        PlaceKind.VILLAGE: (PlaceKind.MUNICIPALITY,),
    }
)
"""The kinds within which each lies; a village may lie in a town too, which is a district or a region."""


@dataclass(frozen=True)
class Relations:
    """The codes by which places name each other, against the kinds of all that are known, by code.

    ``places`` are those of the list with their parents, ``csv_lines`` their lines; ``note`` takes the line, the column,
    the code of a fault and its values.
    """

    places: Mapping[str, tuple[Place, str]]
    csv_lines: Mapping[str, int]
    note: Callable[..., None]
    kinds: Mapping[str, PlaceKind]
    towns: Collection[str]

    def parents(self) -> None:
        """Note each place whose parent is not of a kind it may lie in, in this list or among the known."""
        lines, note = self.csv_lines, self.note
        for code, (place, parent) in self.places.items():
            wanted = _PARENTS[place.kind]
            fits = self.kinds.get(parent) in wanted or (place.kind is PlaceKind.VILLAGE and parent in self.towns)
            if not wanted and parent:
                note(lines[code], "parent", Code.CELL_IGNORED, value=parent)
            elif wanted and not parent:
                note(lines[code], "parent", Code.EMPTY, name="parent")
            elif wanted and parent not in self.kinds:
                if parent not in lines:  # faults of a parent in this list are noted in its own row
                    note(lines[code], "parent", PlaceCode.NO_PARENT, value=parent)
            elif wanted and not fits:
                note(lines[code], "parent", PlaceCode.WRONG_PARENT, value=parent, wanted=" / ".join(wanted))

    def successors(self) -> None:
        """Note each place whose successor is unknown, of another kind, or leads back to the place itself."""
        for code, (place, _) in self.places.items():
            if not place.successor or (place.successor not in self.kinds and place.successor in self.csv_lines):
                continue
            if place.successor not in self.kinds:
                self.note(self.csv_lines[code], "successor", PlaceCode.NO_PARENT, value=place.successor)
            elif not self._may_follow(place) or self._leads_back(code):
                values = {"value": place.successor, "wanted": place.kind}
                self.note(self.csv_lines[code], "successor", PlaceCode.WRONG_SUCCESSOR, **values)

    def _may_follow(self, place: Place) -> bool:
        town = place.kind is PlaceKind.MUNICIPALITY and place.successor in self.towns
        return self.kinds[place.successor] is place.kind or town

    def _leads_back(self, code: str) -> bool:
        places, passed, at = self.places, {code}, code
        while at in places and (at := places[at][0].successor):
            if at in passed:
                return True
            passed.add(at)
        return False
