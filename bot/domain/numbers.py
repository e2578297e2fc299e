"""The numbers of a hearing as the desk shows them and the record prints them."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.comments import Channel, CommentKind
    from bot.domain.people import AgeBand, Demographics, Gender
    from bot.domain.tallies import Tally


K = TypeVar("K")


class Residence(StrEnum):
    """Where the people of a hearing live: in its municipality, in another one, or they have not said."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    UNSAID = "-"


@dataclass(frozen=True, slots=True)
class CommentCounts:
    """Comments of one hearing. Withdrawn ones are in ``withdrawn`` only."""

    by_kind: Mapping[CommentKind, int] = field(default_factory=dict)
    by_channel: Mapping[Channel, int] = field(default_factory=dict)
    waiting: int = 0
    """Not yet published or hidden."""
    published: int = 0
    hidden: int = 0
    undecided: int = 0
    withdrawn: int = 0

    @property
    def total(self) -> int:
        """All that stand in the record."""
        return sum(self.by_kind.values())

    @property
    def received(self) -> int:
        """Everything that ever came: what waits, what is published, what is hidden, what was taken back."""
        return self.waiting + self.published + self.hidden + self.withdrawn


@dataclass(frozen=True, slots=True)
class Participation:
    """People who voted, commented or supported, each counted once, by their demographics."""

    groups: Mapping[Demographics, int] = field(default_factory=dict)
    municipalities: Mapping[int, int] = field(default_factory=dict)
    """The same people by the municipality they live in; 0 is unsaid."""

    @property
    def people(self) -> int:
        """Everybody."""
        return sum(self.groups.values())

    def by_village(self) -> dict[int, int]:
        """People by village id; 0 is unsaid."""
        return _summed((demographics.village_id, count) for demographics, count in self.groups.items())

    def by_residence(self, municipality_id: int) -> dict[Residence, int]:
        """People by whether they live in that municipality."""
        return by_residence(self.municipalities, municipality_id)

    def by_gender(self) -> dict[Gender, int]:
        """People by gender."""
        return _summed((demographics.gender, count) for demographics, count in self.groups.items())

    def by_age(self) -> dict[AgeBand, int]:
        """People by age band."""
        return _summed((demographics.age_band, count) for demographics, count in self.groups.items())


def by_residence(municipalities: Mapping[int, int], home: int) -> dict[Residence, int]:
    """Counts by municipality (0: unsaid) as those of the people of ``home``, of others, and of who did not say."""
    places = {home: Residence.HERE, 0: Residence.UNSAID}
    return _summed((places.get(place, Residence.ELSEWHERE), count) for place, count in municipalities.items())


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
    by_channel: Mapping[tuple[int, Channel], Tally] = field(default_factory=dict)
    """The same tallies by question number and channel."""
    support: int = 0
    """How often comments are supported."""
