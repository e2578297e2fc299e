"""Made-up people who support comments, in groups that are known."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from bot.domain.opinion_groups import LEAST_REACTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARED: Final = (1, 2, 3)
"""Comments that nearly everybody supports."""
OWN_COMMENTS: Final = 8
"""Comments that one group supports and the others hardly."""


def own(group: int) -> tuple[int, ...]:
    """The comments of a group, by its number from 0."""
    first = 10 * (group + 1)
    return tuple(range(first, first + OWN_COMMENTS))


def crowd(sizes: Sequence[int], *, seed: int = 0) -> list[tuple[int, frozenset[int]]]:
    """People in groups of these sizes, mixed: the number of each one's group, and the comments they support."""
    drawn = random.Random(seed)
    people = [(group, _person(drawn, group, len(sizes))) for group, size in enumerate(sizes) for _ in range(size)]
    drawn.shuffle(people)
    return people


def _person(drawn: random.Random, group: int, groups: int) -> frozenset[int]:
    likely = dict.fromkeys(SHARED, 0.92)
    likely |= {comment: 0.85 if each == group else 0.08 for each in range(groups) for comment in own(each)}
    while True:
        supported = frozenset(comment for comment, chance in likely.items() if drawn.random() < chance)
        if len(supported) >= LEAST_REACTIONS:
            return supported
