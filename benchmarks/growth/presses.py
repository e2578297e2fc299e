"""Every press that the bot has a route for: found under buttons, or made up of the names of what there is."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, get_type_hints

from bot.domain.comments import HidingRule
from bot.domain.questions import AboutKind
from handlers import presses
from handlers.presses.wire import nest, pack, unpack
from handlers.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handlers.presses import Press

ENDS: Final[tuple[type[Press], ...]] = (
    *(presses.RevokeRole, presses.HandOver, presses.UnlinkRoom, presses.DeleteDraft, presses.ForgetNow),
    *(presses.CompleteHearing, presses.CloseEntries, presses.PostponeHearing, presses.CancelHearing),
    presses.RemoveDocument,
)
"""Presses after which there is less to press: they are made last, once each, with what they ask confirmed."""
LIKELY: Final[Mapping[type[StrEnum], StrEnum]] = {AboutKind: AboutKind.SERVICE, HidingRule: HidingRule.INSULT}
OTHER: Final[Mapping[type[Press], Mapping[str, Any]]] = {
    presses.AddSitting: {"place": 1},
    presses.MarkOption: {"question": 9, "edition": 1},
    presses.RankOption: {"question": 10, "edition": 1, "place": 1},
    presses.GiveCoins: {"question": 11, "edition": 1},
    presses.RemoveSitting: {"no": 2},
}
"""Fields that mean something else than the same field of other presses."""


def made_up(kind: type[Press], names: Mapping[str, Any]) -> Press:
    """A press of that kind about what is named."""
    hints, given = get_type_hints(kind), {**names, **OTHER.get(kind, {})}
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        if field.name in given:
            values[field.name] = given[field.name]
        elif isinstance(hint, type) and issubclass(hint, StrEnum):
            values[field.name] = LIKELY.get(hint, next(iter(hint)))
        elif hint is str:
            values[field.name] = nest(presses.OpenHearing(names["hearing"]))
        elif hint is bool:
            values[field.name] = True
        elif field.default is dataclasses.MISSING:
            values[field.name] = 1
    return kind(**values)


class Found:
    """Presses under the buttons that were shown, by their kind, each once."""

    def __init__(self) -> None:
        self._by_kind: defaultdict[type[Press], dict[str, None]] = defaultdict(dict)
        self._under: dict[str, str] = {}

    def add(self, buttons: Iterable[str], *, under: str) -> None:
        """Note what the buttons carry that were shown after the press ``under``."""
        for data in buttons:
            press, _ = unpack(data)
            self._by_kind[type(press)].setdefault(data)
            if data != under:
                self._under[data] = under

    def of(self, kind: type[Press], most: int) -> tuple[str, ...]:
        """At most so many of that kind, those found last."""
        return tuple(self._by_kind[kind])[-most:]

    def way_to(self, data: str, most: int) -> tuple[str, ...]:
        """At most so many presses that lead to the button, in their order."""
        way: list[str] = []
        while len(way) < most and (data := self._under.get(data, "")) and data not in way:
            way.append(data)
        return tuple(reversed(way))


def every_kind() -> tuple[type[Press], ...]:
    """Every kind of press that has a route, those last after which there is less to press."""
    return (*(kind for kind in ROUTES if kind not in ENDS), *ENDS)


def written(press: Press) -> str:
    """What a button carries."""
    return pack(press, "ky")
