"""How many people of a group took part, told so that nobody in a small group is given away, not even by subtraction.

Every table of people by village, gender or age, on the desk and in the record, is made by ``sizes``; so is whatever
else breaks people down. The total beside it is always known, and so is this rule:

- while answers are taken no numbers are told, only a lower bound of each group, from one of ``BOUNDS`` on, and it moves
  with every ``LEAST_ANSWERS`` people (``newest``): a reader who looks twice cannot tell which group one person joined;
- afterwards a group of 1 to 4 people is not shown, and where the total would give it away the smallest groups that are
  shown are hidden with it, at last the empty ones: every hidden group has at least two possible sizes, even for a
  reader who knows which are hidden for their size and which with them.

``docs/decisions/0024-small-numbers.md`` has the reasons.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.comments import Channel
from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.numbers import Residence
from bot.domain.people import AgeBand, Gender
from bot.domain.tallies import SMALLEST_GROUP, Count, Tally
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.domain.numbers import Participation
    from bot.domain.people import Demographics

K = TypeVar("K")

BOUNDS: Final = (0, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""The lower bounds that may be told of a group; the first says that it has fewer people than the second."""

UNSAID_VILLAGE: Final = 0
"""Stands for the village of those of the municipality who did not name theirs."""
FEW_ENOUGH_TO_ORDER: Final = 1_000
"""Of fewer people the newest are always left out: finding them costs nothing."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A group of ``least`` people or more; where that is 0, of fewer than the second of ``BOUNDS``."""

    least: int

    @property
    def few(self) -> bool:
        """True for a group that is too small to be told from an empty one."""
        return self.least < SMALLEST_GROUP


GroupSize = int | AtLeast | None
"""How many people a group has, or at least how many; None is not shown."""

Block = tuple[Channel, ...]
"""Channels whose answers are counted together."""
Range = tuple[float, float]
"""The fewest and the most people that a group can have for a reader who does not see it."""


def sizes(counts: Mapping[K, int], *, taken: bool) -> dict[K, GroupSize]:
    """What may be told of the groups of one table, whose total is known; ``counts`` has the empty groups too."""
    return dict(bounds(counts)) if taken else dict(suppressed(counts))


def sizes_within(part: Mapping[K, int], whole: Mapping[K, int], *, taken: bool) -> dict[K, GroupSize]:
    """What may be told of a part of the people of a table (those who answered one question, say) in the same groups.

    All or nothing: a group of a part is at most that group of the whole, so one number would bound the other. Told are
    numbers, once answers are closed, where neither the part nor the whole has a small group.
    """
    if taken or any(0 < count < SMALLEST_GROUP for table in (part, whole) for count in table.values()):
        return dict.fromkeys(part, None)
    return dict(part)


def bounds(counts: Mapping[K, int]) -> dict[K, AtLeast | None]:
    """A lower bound of each group; where these and the total would tell a group's size, lower ones, or None for all."""
    told = {key: _bound(count) for key, count in counts.items()}
    while not _is_safe([_between(told[key], count) for key, count in counts.items()], sum(counts.values())):
        if (highest := max(told.values(), default=0)) <= SMALLEST_GROUP:
            return dict.fromkeys(counts, None)
        told = {key: _bound(bound - 1) if bound == highest else bound for key, bound in told.items()}
    return {key: AtLeast(bound) for key, bound in told.items()}


def suppressed(counts: Mapping[K, int]) -> dict[K, int | None]:
    """Counts with None for groups of 1 to 4 people, and for those that have to be hidden with them."""
    hidden = {key for key, count in counts.items() if 0 < count < SMALLEST_GROUP}
    while hidden and not _hides(counts, hidden):
        shown = sorted({count for key, count in counts.items() if key not in hidden and count})
        with_them = shown[0] if shown else 0
        hidden |= {key for key, count in counts.items() if count == with_them}
    return {key: None if key in hidden else count for key, count in counts.items()}


def _hides(counts: Mapping[K, int], hidden: Collection[K]) -> bool:
    """True if the total tells no hidden group's size; True too where nothing more can be hidden."""
    if len(hidden) == len(counts):
        return True
    shown = min((count for key, count in counts.items() if key not in hidden and count), default=inf)
    found = [_hidden_range(counts[key], shown - 1) for key in hidden]
    return _is_safe(found, sum(counts[key] for key in hidden))


def _hidden_range(count: int, most: float) -> Range:
    """What is known of a hidden group: small, or hidden as one of the smallest, of a size that may have been told."""
    return (1, SMALLEST_GROUP - 1) if count < SMALLEST_GROUP else (_bound(count), most)


def _is_safe(ranges: Collection[Range], total: int) -> bool:
    """True if each of several groups can have at least two sizes within its range while all add up to ``total``."""
    fewest, most = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    return len(ranges) > 1 and all(low < high for low, high in ranges) and fewest < total < most


def _bound(count: int) -> int:
    return BOUNDS[bisect_right(BOUNDS, count) - 1]


def _between(bound: int, count: int) -> Range:
    after = bisect_right(BOUNDS, bound)
    return bound, max(count, BOUNDS[after] - 1) if after < len(BOUNDS) else inf


@dataclass(frozen=True, slots=True)
class GroupSizes:
    """What may be told of the groups that took part, those nobody came from too.

    ``by_village`` breaks down the people of the municipality: nothing of it is told unless their number is.
    """

    by_village: Mapping[int, GroupSize]
    by_gender: Mapping[Gender, GroupSize]
    by_age: Mapping[AgeBand, GroupSize]
    by_residence: Mapping[Residence, GroupSize]

    @classmethod
    def of(cls, people: Participation, villages: Iterable[int], *, taken: bool, home: int = 0) -> GroupSizes:
        """The groups of the municipality ``home`` with these villages, while answers are ``taken`` or afterwards."""
        by_village = {village: people.by_village().get(village, 0) for village in villages}
        living = _living(people, home, at_least=sum(by_village.values()))
        by_village[UNSAID_VILLAGE] = living[Residence.HERE] - sum(by_village.values())
        by_residence = sizes(living, taken=taken)
        here = by_residence[Residence.HERE]
        hidden = here is None or (isinstance(here, AtLeast) and here.few)
        return cls(
            dict.fromkeys(by_village, None) if hidden else sizes(by_village, taken=taken),
            sizes({gender: people.by_gender().get(gender, 0) for gender in Gender}, taken=taken),
            sizes({band: people.by_age().get(band, 0) for band in AgeBand}, taken=taken),
            by_residence,
        )


def _living(people: Participation, home: int, *, at_least: int) -> dict[Residence, int]:
    """How many live in ``home`` (``at_least`` those in its villages), how many elsewhere; the others have not said."""
    found = people.by_residence(home)
    here = max(at_least, found.get(Residence.HERE, 0))
    elsewhere = min(people.people - here, found.get(Residence.ELSEWHERE, 0))
    return {Residence.HERE: here, Residence.ELSEWHERE: elsewhere, Residence.UNSAID: people.people - here - elsewhere}


def channel_blocks(tallies: Mapping[tuple[int, Channel], Tally], channels: Iterable[Channel]) -> tuple[Block, ...]:
    """The channels that stand apart, and those that are counted together since too few people used one of them.

    ``tallies`` are by question number and channel. In every block each question has no voter or enough of them, unless
    there is but one block: its tallies are those of the questions, which staff see anyway.
    """
    blocks: list[Block] = [(channel,) for channel in channels]
    while len(blocks) > 1 and (small := [block for block in blocks if _has_few(tallies, block)]):
        blocks.sort(key=lambda block: _answers(tallies, block))
        least = min(small, key=blocks.index)
        other = next(block for block in blocks if block != least)
        blocks = [block for block in blocks if block not in (least, other)] + [least + other]
    order = list(Channel)
    return tuple(sorted((tuple(sorted(block, key=order.index)) for block in blocks), key=lambda b: order.index(b[0])))


def told_blocks(tallies: Mapping[tuple[int, Channel], Tally], channels: Iterable[Channel]) -> tuple[Block, ...]:
    """The channels as others than staff may know them: each apart, or all as one block where any is too small.

    How only the small ones were joined would tell their sizes.
    """
    order = tuple(channels)
    blocks = channel_blocks(tallies, order)
    return (order,) if any(len(block) > 1 for block in blocks) else blocks


def told_channels(tallies: Mapping[tuple[int, Channel], Tally], question_no: int) -> tuple[tuple[Block, int], ...]:
    """What others than staff may know of the channels through which a question was answered: the voters of each block.

    Nothing where there is one channel alone, or where all are one block.
    """
    used = {channel for (_, channel), tally in tallies.items() if tally.voters}
    blocks = told_blocks(tallies, (channel for channel in Channel if channel in used))
    voters = tuple((block, tally_of(tallies, question_no, block).voters) for block in blocks)
    return tuple((block, count) for block, count in voters if count) if used != {Channel.TELEGRAM} else ()


def told_voices(voices: Mapping[Channel, int]) -> tuple[tuple[Block, int], ...]:
    """What others than staff may know of the channels through which people stand behind one comment.

    A channel stands apart from five people on; where one that was used has fewer, all are told together.
    """
    tallies = {(0, channel): Tally(count) for channel, count in voices.items() if count}
    blocks = told_blocks(tallies, (channel for channel in Channel if voices.get(channel)))
    return tuple((block, tally_of(tallies, 0, block).voters) for block in blocks)


def tally_of(tallies: Mapping[tuple[int, Channel], Tally], question_no: int, block: Block) -> Tally:
    """The answers to a question through the channels of a block together."""
    found = [tallies[question_no, channel] for channel in block if (question_no, channel) in tallies]
    counts: dict[int, Count] = {}
    for tally in found:
        for option, count in tally.counts.items():
            counts[option] = counts.get(option, Count()) + count
    return Tally(sum(tally.voters for tally in found), counts)


def _answers(tallies: Mapping[tuple[int, Channel], Tally], block: Block) -> int:
    return sum(tally.voters for (_, channel), tally in tallies.items() if channel in block)


def _has_few(tallies: Mapping[tuple[int, Channel], Tally], block: Block) -> bool:
    questions = {question for question, _ in tallies}
    return any(0 < tally_of(tallies, question, block).voters < SMALLEST_GROUP for question in questions)


def newest(people: Participation) -> int:
    """How many of the people who took part last are left out of what is told while answers are taken.

    0 also where there are so many people that it makes no difference.
    """
    rest = people.people % LEAST_ANSWERS
    municipalities = people.municipalities.values()
    others = (people.people - people.municipalities.get(0, 0) - count for count in municipalities)
    groups = (people.by_village(), people.by_gender(), people.by_age(), people.municipalities)
    counts = (*(count for group in groups for count in group.values()), *others)
    moved = any(_bound(count) != _bound(max(0, count - rest)) for count in counts)
    return rest if moved or people.people < FEW_ENOUGH_TO_ORDER else 0


def without(people: Participation, left_out: Iterable[tuple[Demographics, int]]) -> Participation:
    """The people without some of them, given by their demographics and municipality."""
    groups, municipalities = Counter(people.groups), Counter(people.municipalities)
    for demographics, municipality in left_out:
        groups[demographics] -= 1
        municipalities[municipality] -= 1
    return replace(
        people,
        groups={group: count for group, count in groups.items() if count > 0},
        municipalities={place: count for place, count in municipalities.items() if count > 0},
    )
