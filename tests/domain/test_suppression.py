"""No table of people gives a small group away, not by subtraction and not to a reader who looks twice."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.comments import Channel
from bot.domain.numbers import Participation, Residence
from bot.domain.people import AgeBand, Demographics, Gender
from bot.domain.suppression import (
    UNSAID_VILLAGE,
    AtLeast,
    GroupSize,
    GroupSizes,
    bounds,
    channel_blocks,
    newest,
    sizes,
    sizes_within,
    suppressed,
    tally_of,
    told_channels,
    without,
)
from bot.domain.tallies import Count, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Table = tuple[int, ...]
Told = tuple[GroupSize, ...]
Seen = TypeVar("Seen")

COUNTS = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 300)), min_size=2, max_size=40)


def told(table: Table, rule: Callable[[Mapping[int, int]], Mapping[int, GroupSize]]) -> Told:
    """What a reader sees of a table."""
    return tuple(rule(dict(enumerate(table))).values())


def possible(tables: Iterable[tuple[Seen, Table]]) -> Iterator[tuple[Seen, list[set[int]]]]:
    """For all that a reader may see, what each group can have been: the exhaustive search."""
    found: dict[Seen, list[set[int]]] = {}
    for seen, table in tables:
        values = found.setdefault(seen, [set() for _ in table])
        for place, count in enumerate(table):
            values[place].add(count)
    yield from found.items()


def tables(groups: int, most: int) -> Iterator[Table]:
    """Every table of so many groups with at most so many people."""
    if groups == 0:
        yield ()
        return
    for count in range(most + 1):
        yield from ((count, *rest) for rest in tables(groups - 1, most - count))


def sums(ranges: Sequence[range]) -> set[int]:
    """Every sum of one number from each range."""
    found = {0}
    for each in ranges:
        found = {total + number for total in found for number in each}
    return found


def values_of(place: int, ranges: Sequence[range], total: int) -> list[int]:
    """The numbers in one range for which numbers of the others make up the total: feasibility in integers."""
    others = sums([each for other, each in enumerate(ranges) if other != place])
    return [number for number in ranges[place] if total - number in others]


def test_a_small_group_is_hidden_and_the_smallest_other_where_the_total_would_tell_it() -> None:
    assert suppressed({"a": 100, "b": 3, "c": 20}) == {"a": 100, "b": None, "c": None}
    assert suppressed({"a": 4, "b": 3, "c": 20}) == {"a": None, "b": None, "c": 20}
    assert suppressed({"a": 5, "b": 0}) == {"a": 5, "b": 0}


def test_where_the_hidden_sum_would_tell_more_is_hidden() -> None:
    assert suppressed({"a": 1, "b": 1, "c": 23, "d": 30}) == {"a": None, "b": None, "c": None, "d": 30}
    assert suppressed({"a": 4, "b": 4, "c": 23, "d": 30}) == {"a": None, "b": None, "c": None, "d": 30}
    assert suppressed({"a": 3, "b": 0, "c": 0}) == {"a": None, "b": None, "c": None}


def test_groups_of_one_size_are_hidden_together() -> None:
    assert suppressed({"a": 2, "b": 7, "c": 7, "d": 9}) == {"a": None, "b": None, "c": None, "d": 9}


@pytest.mark.parametrize(("groups", "most"), [(2, 60), (3, 30), (4, 22)])
def test_of_every_hidden_group_two_sizes_are_possible_even_for_who_knows_the_rule(groups: int, most: int) -> None:
    """Every table there is, by what is shown of it: whoever turns the rule round finds at least two."""
    every = tables(groups, most)
    for (seen, _), values in possible(((told(table, suppressed), sum(table)), table) for table in every):
        assert all(len(each) > 1 for shown, each in zip(seen, values, strict=True) if shown is None), seen


@given(COUNTS)
def test_of_every_hidden_group_two_sizes_are_possible_even_for_who_knows_why_it_is_hidden(counts: list[int]) -> None:
    seen = suppressed(dict(enumerate(counts)))
    hidden = [place for place, shown in seen.items() if shown is None]
    assert all(place in hidden for place, count in enumerate(counts) if 0 < count < 5)
    smallest = min((shown for shown in seen.values() if shown), default=sum(counts) + 1)
    ranges = [range(1, 5) if counts[place] < 5 else range(5, smallest) for place in hidden]
    if len(hidden) == len(counts):  # then an empty group is hidden as well
        ranges = [range(sum(counts) + 1)] * len(counts)
    total = sum(counts[place] for place in hidden)
    assert all(len(values_of(place, ranges, total)) > 1 for place in range(len(hidden)))


@given(COUNTS)
def test_no_more_is_hidden_than_needed(counts: list[int]) -> None:
    seen = suppressed(dict(enumerate(counts)))
    if not any(0 < count < 5 for count in counts):
        assert list(seen.values()) == counts


def test_while_answers_are_taken_a_lower_bound_is_told() -> None:
    assert bounds({"a": 27, "b": 7, "c": 3, "d": 0}) == {
        "a": AtLeast(20),
        "b": AtLeast(5),
        "c": AtLeast(0),
        "d": AtLeast(0),
    }
    assert AtLeast(0).few
    assert not AtLeast(5).few
    assert sizes({"a": 27, "b": 7}, taken=True) == {"a": AtLeast(20), "b": AtLeast(5)}
    assert sizes({"a": 27, "b": 7}, taken=False) == {"a": 27, "b": 7}


def test_a_lower_bound_is_told_where_the_highest_would_be_the_total() -> None:
    assert bounds({"a": 20, "b": 0, "c": 0}) == {"a": AtLeast(10), "b": AtLeast(0), "c": AtLeast(0)}
    assert bounds({"a": 50, "b": 10}) == {"a": AtLeast(20), "b": AtLeast(10)}


def test_nothing_is_told_where_the_bounds_add_up_to_the_total() -> None:
    assert bounds({"a": 5, "b": 0, "c": 0}) == {"a": None, "b": None, "c": None}
    assert bounds({"a": 0, "b": 0}) == {"a": None, "b": None}
    assert bounds({"a": 9, "b": 4}) == {"a": None, "b": None}


@pytest.mark.parametrize(("groups", "most"), [(2, 60), (3, 30), (4, 22)])
def test_a_bound_tells_no_groups_size(groups: int, most: int) -> None:
    every = tables(groups, most)
    for (seen, _), values in possible(((told(table, bounds), sum(table)), table) for table in every):
        if any(seen):
            assert all(len(each) > 1 for each in values), seen


def growing(most: int, step: int) -> Iterator[tuple[Table, Table]]:
    """Every table of three groups, and every one that it may have been earlier, after a whole number of steps."""
    for later in tables(3, most):
        for earlier in product(*(range(count + 1) for count in later)):
            if sum(earlier) % step == 0:
                yield earlier, later


def test_a_part_of_the_people_is_told_whole_or_not_at_all() -> None:
    whole = {"a": 50, "b": 5, "c": 7}
    assert sizes_within({"a": 49, "b": 5, "c": 0}, whole, taken=False) == {"a": 49, "b": 5, "c": 0}
    nothing = {"a": None, "b": None, "c": None}
    assert sizes_within({"a": 49, "b": 4, "c": 7}, whole, taken=False) == nothing
    assert sizes_within({"a": 49, "b": 0, "c": 7}, {**whole, "b": 1}, taken=False) == nothing
    assert sizes_within({"a": 49, "b": 5, "c": 7}, whole, taken=True) == nothing


def test_a_part_and_the_whole_tell_no_small_group_together() -> None:
    """Where the whole is told and the part is not, each group of the part can have two sizes at least."""
    for part, whole in growing(15, 1):
        cells, groups = dict(enumerate(part)), dict(enumerate(whole))
        told_of = sizes_within(cells, groups, taken=False)
        if any(shown is None for shown in suppressed(groups).values()):
            assert set(told_of.values()) == {None}
        elif None in told_of.values() and sum(map(bool, whole)) > 1:
            possible_sizes = [range(count + 1) for count in whole]
            values = [values_of(place, possible_sizes, sum(part)) for place in range(len(part))]
            assert all(len(each) > 1 for each, count in zip(values, whole, strict=True) if count), (part, whole)


def between(told_of: GroupSize) -> range:
    """What a reader knows of a group while answers are taken."""
    if not isinstance(told_of, AtLeast):
        return range(1_000)
    return range(5) if told_of.few else range(told_of.least, 1_000)


def was_possible(seen: Told, people: int, later: Table) -> bool:
    """True if some earlier table fits what was seen of it and has not more people of any group than the later one."""
    fewest = [between(each).start for each in seen]
    most = [min(between(each).stop - 1, count) for each, count in zip(seen, later, strict=True)]
    return all(low <= high for low, high in zip(fewest, most, strict=True)) and sum(fewest) <= people <= sum(most)


def test_the_records_of_an_open_and_of_the_closed_hearing_tell_no_more_together() -> None:
    """Of every hidden group two sizes are possible, whatever was told of it before."""
    looks = {
        (told(before, bounds), sum(before), told(after, suppressed), sum(after)) for before, after in growing(18, 5)
    }
    for before, people, seen, total in looks:
        numbers = [shown if isinstance(shown, int) else None for shown in seen]
        smallest = min((shown for shown in numbers if shown), default=total + 1)
        hidden = range(total + 1) if seen == (None,) * 3 else range(1, max(5, smallest))
        fitting = [
            table
            for table in product(*(hidden if shown is None else (shown,) for shown in numbers))
            if sum(table) == total and was_possible(before, people, table)
        ]
        for place, shown in enumerate(seen):
            assert shown is not None or len({table[place] for table in fitting}) > 1, (before, people, seen, total)


def test_two_records_of_an_open_hearing_tell_no_small_group_together() -> None:
    def pairs() -> Iterator[tuple[tuple[Told, int, Told, int], Table]]:
        for earlier, later in growing(16, 5):
            if sum(later) % 5 == 0:
                seen = told(earlier, bounds), sum(earlier), told(later, bounds), sum(later)
                yield seen, earlier + later

    for seen, values in possible(pairs()):
        before, _, after, _ = seen
        for shown, each in zip(before + after, values, strict=True):
            if shown == AtLeast(0):
                assert len(each) > 1, seen


HOME = 7
PEOPLE = Participation(
    {
        Demographics(1, Gender.FEMALE, AgeBand.TO_28): 6,
        Demographics(1, Gender.MALE, AgeBand.TO_28): 5,
        Demographics(99, Gender.MALE): 1,
    },
    {HOME: 11, 8: 1},
)


def test_the_villages_are_of_the_municipality_and_whoever_lives_elsewhere_stands_apart() -> None:
    people = Participation({Demographics(1): 20, Demographics(): 19, Demographics(99): 6}, {HOME: 30, 8: 6, 0: 9})
    told_of = GroupSizes.of(people, (1, 2), taken=False, home=HOME)
    assert told_of.by_residence == {Residence.HERE: 30, Residence.ELSEWHERE: 6, Residence.UNSAID: 9}
    assert told_of.by_village == {1: 20, 2: 0, UNSAID_VILLAGE: 10}
    assert set(told_of.by_gender) == set(Gender)
    assert set(told_of.by_age) == set(AgeBand)


def test_no_village_is_told_where_the_municipality_is_not() -> None:
    told_of = GroupSizes.of(PEOPLE, (1, 2), taken=False, home=HOME)
    assert told_of.by_residence == {Residence.HERE: None, Residence.ELSEWHERE: None, Residence.UNSAID: 0}
    assert told_of.by_village == {1: None, 2: None, UNSAID_VILLAGE: None}


def test_while_answers_are_taken_villages_are_told_by_bounds_too() -> None:
    people = Participation({Demographics(1): 12, Demographics(2): 7, Demographics(): 6}, {HOME: 21, 0: 4})
    told_of = GroupSizes.of(people, (1, 2), taken=True, home=HOME)
    assert told_of.by_residence == {
        Residence.HERE: AtLeast(20),
        Residence.ELSEWHERE: AtLeast(0),
        Residence.UNSAID: AtLeast(0),
    }
    assert told_of.by_village == {1: AtLeast(10), 2: AtLeast(5), UNSAID_VILLAGE: AtLeast(0)}


@pytest.mark.parametrize("taken", [True, False])
def test_villages_and_where_people_live_tell_no_small_group_together(taken: bool) -> None:
    """Every hearing of few people in two villages, by all that is told of both tables: the exhaustive search."""

    def every() -> Iterator[tuple[tuple[Told, Told, int], Table]]:
        for first, second, unsaid, elsewhere, nowhere in tables(5, 15):
            here = first + second + unsaid
            groups = {Demographics(1): first, Demographics(2): second, Demographics(): unsaid + elsewhere + nowhere}
            people = Participation(groups, {HOME: here, 8: elsewhere, 0: nowhere})
            told_of = GroupSizes.of(people, (1, 2), taken=taken, home=HOME)
            seen = tuple(told_of.by_residence.values()), tuple(told_of.by_village.values()), people.people
            yield seen, (here, elsewhere, nowhere, first, second, unsaid)

    for (residence, villages, people), values in possible(every()):
        if people == 0 or (taken and people % 5):  # while answers are taken people are told in fives
            continue
        for shown, each in zip(residence + villages, values, strict=True):
            hidden = shown is None or (isinstance(shown, AtLeast) and shown.few)
            assert not hidden or len(each) > 1 or min(each) >= 5, (residence, villages, people)


def test_the_newest_people_are_left_out_until_five_more_have_come() -> None:
    assert newest(PEOPLE) == 2
    assert without(PEOPLE, [(Demographics(99, Gender.MALE), 0)] * 2).people == 11
    assert newest(without(PEOPLE, [(Demographics(1, Gender.MALE, AgeBand.TO_28), 0)] * 2)) == 0
    assert newest(Participation({Demographics(): 3})) == 3


def test_of_many_people_the_newest_are_looked_for_only_where_they_make_a_difference() -> None:
    assert newest(Participation({Demographics(): 7_003})) == 0
    assert newest(Participation({Demographics(1): 10_000, Demographics(2): 1})) == 1


def answers(voters: int) -> Tally:
    """All for the first option."""
    return Tally(voters, {1: Count(voters, voters)} if voters else {})


def test_a_channel_that_few_people_used_is_counted_with_the_smallest_other() -> None:
    tallies = {
        (1, Channel.TELEGRAM): answers(50),
        (1, Channel.HALL): answers(30),
        (1, Channel.PAPER): answers(3),
        (2, Channel.TELEGRAM): answers(20),
        (2, Channel.PAPER): answers(9),
    }
    blocks = channel_blocks(tallies, (Channel.TELEGRAM, Channel.HALL, Channel.PAPER))
    assert blocks == ((Channel.TELEGRAM,), (Channel.HALL, Channel.PAPER))
    assert tally_of(tallies, 1, blocks[1]) == answers(33)
    assert tally_of(tallies, 2, blocks[1]) == answers(9)


def test_channels_that_enough_people_used_stand_apart() -> None:
    tallies = {(1, Channel.TELEGRAM): answers(50), (1, Channel.HALL): answers(5)}
    assert channel_blocks(tallies, (Channel.TELEGRAM, Channel.HALL)) == ((Channel.TELEGRAM,), (Channel.HALL,))
    assert channel_blocks({(1, Channel.TELEGRAM): answers(2)}, (Channel.TELEGRAM,)) == ((Channel.TELEGRAM,),)


@given(st.dictionaries(st.tuples(st.integers(1, 4), st.sampled_from(Channel)), st.integers(1, 12).map(answers)))
def test_no_block_of_channels_has_few_voters_unless_it_is_the_only_one(
    tallies: dict[tuple[int, Channel], Tally],
) -> None:
    blocks = channel_blocks(tallies, Channel)
    assert sorted(channel for block in blocks for channel in block) == sorted(Channel)
    for question in range(1, 5):
        voters = [tally_of(tallies, question, block).voters for block in blocks]
        assert len(blocks) == 1 or not any(0 < each < 5 for each in voters)


def test_what_residents_are_told_of_channels_gives_no_small_one_away() -> None:
    """Every hearing of three channels with at most eleven voters each, by all that is told of it."""
    channels = (Channel.TELEGRAM, Channel.HALL, Channel.PAPER)

    def every() -> Iterator[tuple[object, Table]]:
        for table in product(range(12), repeat=3):
            if sum(table) >= 5:
                tallies = {
                    (1, channel): answers(count) for channel, count in zip(channels, table, strict=True) if count
                }
                yield (told_channels(tallies, 1), sum(table)), table

    for seen, values in possible(every()):
        told_apart = {channel for block, _ in seen[0] if len(block) == 1 for channel in block}  # type: ignore[index]
        named = {channel for block, _ in seen[0] for channel in block}  # type: ignore[index]
        for channel, each in zip(channels, values, strict=True):
            assert channel in told_apart or channel not in named or len(each) > 1, seen
