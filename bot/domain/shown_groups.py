"""Whose demographics may stand beside a single comment without pointing at a person.

The table of participants hides small groups (``suppression``). Beside a comment more is at stake: village, gender and
age together, in one row, with the text. The rule here is stricter: a combination is shown only if at least five
participants share it and the table tells each of its parts, and the people whose combination is not shown must
themselves be five or more, so that "not shown" is no description either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.domain.people import AgeBand, Demographics, Gender
from bot.domain.suppression import AtLeast
from bot.domain.tallies import SMALLEST_GROUP
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.numbers import Participation
    from bot.domain.suppression import GroupSize, GroupSizes

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class ShownGroups:
    """What may be said: ``villages`` (ids) alone, and ``groups`` in full."""

    villages: frozenset[int]
    groups: frozenset[Demographics]

    @classmethod
    def of(cls, participation: Participation, sizes: GroupSizes) -> ShownGroups:
        """What these participants are numerous enough for, and what ``sizes`` tells of them in the tables anyway.

        A lower bound of a village lets it be named; nothing more of a person is said before the numbers are told.
        """
        named = _told(sizes.by_village)
        villages = _numerous(participation.by_village()) & named
        genders, ages = _told(sizes.by_gender, numbers=True), _told(sizes.by_age, numbers=True)
        groups: set[Demographics] = set()
        for village in villages:
            numerous = _numerous(
                {each: count for each, count in participation.groups.items() if each.village_id == village}
            )
            groups |= {each for each in numerous if each.gender in genders and each.age_band in ages}
        return cls(villages, frozenset(groups))

    def said(self, demographics: Demographics) -> Demographics:
        """As much of the demographics as may stand beside one comment; the rest is left unsaid."""
        if demographics in self.groups:
            return demographics
        village = demographics.village_id if demographics.village_id in self.villages else 0
        return Demographics(village, Gender.UNSAID, AgeBand.UNSAID)


def _told(sizes: Mapping[K, GroupSize], *, numbers: bool = False) -> frozenset[K]:
    """The groups of which the tables tell that they have people enough."""
    return frozenset(key for key, size in sizes.items() if isinstance(size, int) or (_is_many(size) and not numbers))


def _is_many(size: GroupSize) -> bool:
    return isinstance(size, AtLeast) and not size.few


def _numerous(counts: Mapping[K, int]) -> frozenset[K]:
    shown = {key for key, count in counts.items() if count >= SMALLEST_GROUP}
    while shown and 0 < sum(count for key, count in counts.items() if key not in shown) < SMALLEST_GROUP:
        shown.remove(min(shown, key=lambda key: counts[key]))
    return frozenset(shown)
