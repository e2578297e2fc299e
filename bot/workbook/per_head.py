"""What a budget may be for each person: a value that the bot knows without what it is held against."""

from __future__ import annotations

from bot.domain.programme import TYIYN
from bot.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PerHead:
    """The som a head between which a budget of a municipality lies, and its people (0: not known)."""

    population: int
    least: int
    most: int

    def each(self, tyiyn: int) -> int:
        """Whole som of a total for one of them."""
        return tyiyn // TYIYN // self.population
