"""The numbers of a hearing as the desk shows them and the record prints them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.comments import Channel, CommentKind
    from bot.domain.people import AgeBand, Demographics, Gender
    from bot.domain.tallies import Tally


K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class CommentCounts:
    """Comments of one hearing. Withdrawn ones are in ``withdrawn`` only."""

    by_kind: Mapping[CommentKind, int] = field(default_factory=dict)
    by_channel: Mapping[Channel, int] = field(default_factory=dict)
    waiting: int = 0
    """Not yet published or hidden."""
    hidden: int = 0
    undecided: int = 0
    withdrawn: int = 0

    @property
    def total(self) -> int:
        """All that stand in the record."""
        return sum(self.by_kind.values())


@dataclass(frozen=True, slots=True)
class Participation:
    """People who voted, commented or supported, each counted once, by their demographics."""

    groups: Mapping[Demographics, int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """Everybody."""
        return sum(self.groups.values())

    def by_village(self) -> dict[int, int]:
        """People by village id; 0 is unsaid."""
        return _summed((demographics.village_id, count) for demographics, count in self.groups.items())

    def by_gender(self) -> dict[Gender, int]:
        """People by gender."""
        return _summed((demographics.gender, count) for demographics, count in self.groups.items())

    def by_age(self) -> dict[AgeBand, int]:
        """People by age band."""
        return _summed((demographics.age_band, count) for demographics, count in self.groups.items())


def _summed(pairs: Iterable[tuple[K, int]]) -> dict[K, int]:
    sums: dict[K, int] = {}
    for key, count in pairs:
        sums[key] = sums.get(key, 0) + count
    return sums


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the desk shows."""

    participation: Participation
    tallies: Mapping[int, Tally]
    """By question number."""
    comments: CommentCounts
    followers: int = 0
