"""Presses about finding one's municipality and village."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ChoosePlace(Press):
    """What lies within a place (0: everything), a page of it."""

    parent: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickMunicipality(Press):
    """This is my municipality."""

    place: int


@dataclass(frozen=True, slots=True)
class ChooseVillage(Press):
    """The villages of a municipality."""

    municipality: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickVillage(Press):
    """This is my village; 0 is none of them."""

    municipality: int
    village: int = 0


@dataclass(frozen=True, slots=True)
class OpenPlace(Press):
    """A link to a municipality or village."""

    place: int
