"""Presses that hold hearings beside one another."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class CompareHearings(Press):
    """Opens the municipality's last closed hearing beside another one: ``other``, or (0) the one before."""

    municipality: int
    other: int = 0


@dataclass(frozen=True, slots=True)
class CompareMunicipalities(Press):
    """Opens the last closed hearing of every municipality, a page of them."""

    page: int = 0
