"""What is told of channels, languages and the voices behind a comment: by an exhaustive search nobody is given away."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import pytest

from bot.domain.comments import Channel
from bot.domain.suppression import AtLeast, bounds, tally_of, told_blocks, told_voices
from bot.domain.tallies import Tally
from tests.domain.test_suppression import possible, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.domain.suppression import Block, GroupSize

    Table = tuple[int, ...]
    Told = tuple[GroupSize, ...]
    Seen = tuple[tuple[Block, int], ...]

CHANNELS: Final = (Channel.TELEGRAM, Channel.PAPER, Channel.PHONE)


def of_a_comment(table: Table) -> Seen:
    """What everybody reads behind a comment."""
    return told_voices(dict(zip(CHANNELS, table, strict=True)))


def of_a_question(table: Table) -> Seen:
    """What the record for programs says of one question."""
    tallies = {(1, channel): Tally(count) for channel, count in zip(CHANNELS, table, strict=True) if count}
    blocks = told_blocks(tallies, [channel for channel in CHANNELS if (1, channel) in tallies])
    return tuple((block, tally_of(tallies, 1, block).voters) for block in blocks)


@pytest.mark.parametrize("rule", [of_a_comment, of_a_question])
def test_of_a_channel_that_is_not_told_apart_two_sizes_are_possible(rule: Callable[[Table], Seen]) -> None:
    every = (table for table in product(range(12), repeat=3) if sum(table) >= 5)
    for seen, values in possible((rule(table), table) for table in every):
        apart = {channel for block, _ in seen if len(block) == 1 for channel in block}
        named = {channel for block, _ in seen for channel in block}
        assert all(count >= 5 for _, count in seen)
        for channel, each in zip(CHANNELS, values, strict=True):
            assert channel in apart or channel not in named or len(each) > 1, seen


def test_small_channels_are_not_joined_among_themselves() -> None:
    assert of_a_question((20, 3, 2)) == of_a_comment((20, 3, 2)) == ((CHANNELS, 25),)
    assert of_a_comment((5, 0, 1)) == (((Channel.TELEGRAM, Channel.PHONE), 6),)
    assert of_a_comment((7, 5, 0)) == (((Channel.TELEGRAM,), 7), ((Channel.PAPER,), 5))
    assert of_a_comment((0, 0, 0)) == ()


def test_two_looks_at_languages_tell_no_small_group_together_whoever_changes_theirs_between() -> None:
    """Every pair of tables of three languages with as many people: what is told of a closed hearing, twice."""

    def pairs() -> Iterator[tuple[tuple[Told, Told, int], Table]]:
        for people in (5, 10, 15):
            tables = [(one, two, people - one - two) for one in range(people + 1) for two in range(people + 1 - one)]
            seen = {table: told(table, bounds) for table in tables}
            for before, after in product(tables, repeat=2):
                yield (seen[before], seen[after], people), before + after

    for looks, values in possible(pairs()):
        before, after, _ = looks
        for shown, each in zip(before + after, values, strict=True):
            assert shown != AtLeast(0) or len(each) > 1, looks
