"""Groups of opinion: people who support the same comments, found by arithmetic; what each stands for, what all share.

``bot.reports.opinions`` finds them. Who is in which group is nowhere, and a group has five people or more.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from bot.domain.tallies import SMALLEST_GROUP
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LEAST_PEOPLE: Final = 15
"""People who reacted to enough comments, below whom no groups are looked for."""
LEAST_REACTIONS: Final = 7
"""Comments that a person has to support to be among them."""
MOST_PEOPLE_COMPARED: Final = 20_000
MOST_COMMENTS_COMPARED: Final = 1_000
"""As many as are compared with one another: of more people the first, of more comments the most supported."""
MOST_GROUPS: Final = 5
"""Groups that are looked for."""
SMALLEST_OPINION_GROUP: Final = SMALLEST_GROUP
"""People of a group; a division with a smaller one is none."""
MOST_COMMENTS: Final = 5
"""Comments that a group is told by, and that all groups share."""


class NoGroups(Enum):
    """Why there are no groups of opinion to be told."""

    STILL_OPEN = auto()
    """Answers are taken: between two looks a person could be seen to move."""
    FEW = auto()
    """Too few people have reacted to enough comments."""
    UNCLEAR = auto()
    """People do not fall into groups, or into one that would be too small."""
    NO_LIBRARY = auto()
    """What computes them is not installed."""


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """A group of ``people``, five or more, and the comments (ids) that it stands for, the most typical first."""

    people: int
    comments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpinionGroups:
    """The groups, the largest first, and the comments (ids) that most people of every group support."""

    groups: tuple[OpinionGroup, ...]
    shared: tuple[int, ...]

    @property
    def people(self) -> int:
        """Everybody in a group."""
        return sum(group.people for group in self.groups)

    @property
    def comments(self) -> frozenset[int]:
        """Every comment that is told of."""
        return frozenset(self.shared).union(*(group.comments for group in self.groups))


def eligible(supports: Iterable[Collection[int]]) -> tuple[frozenset[int], ...]:
    """What those people support who reacted to enough comments, in an order that depends on what they support alone."""
    people = map(frozenset, supports)
    return tuple(sorted((each for each in people if len(each) >= LEAST_REACTIONS), key=sorted))
