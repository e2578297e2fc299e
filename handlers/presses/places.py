"""Presses that find one's municipality and village."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ChoosePlace(Press):
    """Opens the places within a place (0: the whole country), a page of them."""

    parent: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickMunicipality(Press):
    """Makes this the reader's municipality; who lives in another one is asked first, unless ``sure``."""

    place: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ChooseVillage(Press):
    """Opens the villages of a municipality, a page of them."""

    municipality: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickVillage(Press):
    """Makes this the reader's village, 0 is none; who lives in another municipality is asked first, unless ``sure``."""

    municipality: int
    village: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class OpenPlace(Press):
    """Leads to a municipality or village; it stands in links, and asks who lives elsewhere before anything changes."""

    place: int
