"""Groups of opinion: found where they are, told of five people or more, the same in whatever order supports come."""

from __future__ import annotations

import random

import pytest

from bot.domain.opinion_groups import LEAST_PEOPLE, LEAST_REACTIONS, NoGroups, OpinionGroups
from bot.reports import opinions
from tests.reports.crowds import SHARED, crowd, own


def supports(sizes: tuple[int, ...], seed: int = 0) -> list[frozenset[int]]:
    return [supported for _, supported in crowd(sizes, seed=seed)]


def found(sizes: tuple[int, ...], seed: int = 0) -> OpinionGroups:
    groups = opinions.find(supports(sizes, seed))
    assert isinstance(groups, OpinionGroups)
    return groups


@pytest.mark.parametrize("sizes", [(14, 9), (12, 11, 7), (60, 40, 25)])
@pytest.mark.parametrize("seed", [1, 2])
def test_known_groups_are_found_with_the_comments_that_are_theirs(sizes: tuple[int, ...], seed: int) -> None:
    groups = found(sizes, seed)
    assert [group.people for group in groups.groups] == list(sizes)
    for number, group in enumerate(groups.groups):
        assert group.comments
        assert set(group.comments) <= set(own(number))
    assert set(groups.shared) <= set(SHARED)
    assert groups.shared


def test_nothing_depends_on_the_order_or_on_chance() -> None:
    given = supports((12, 11, 7))
    first = opinions.find(given)
    for seed in range(3):
        random.Random(seed).shuffle(given)
        assert opinions.find(given) == first


def test_fewer_than_fifteen_people_are_no_groups() -> None:
    given = supports((9, 8))
    assert opinions.find(given[: LEAST_PEOPLE - 1]) is NoGroups.FEW
    assert isinstance(opinions.find(given), OpinionGroups)
    lazy = [frozenset(sorted(each)[: LEAST_REACTIONS - 1]) for each in given]
    assert opinions.find(lazy) is NoGroups.FEW


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_a_group_of_fewer_than_five_is_never_told(few: int) -> None:
    groups = opinions.find(supports((20, few)))
    assert groups is NoGroups.UNCLEAR or all(group.people >= 5 for group in groups.groups)  # type: ignore[union-attr]


def test_people_who_all_support_the_same_are_no_groups() -> None:
    assert opinions.find([frozenset(range(8))] * 20) is NoGroups.UNCLEAR


def test_without_numpy_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions, "find_spec", lambda _: None)
    assert opinions.find(supports((14, 9))) is NoGroups.NO_LIBRARY


def test_the_tests_of_proportions_are_those_of_polis() -> None:
    # from Polis's own tests, whose inputs are one less than those of the textbook
    assert opinions.two_proportions_test(15, 56, 24, 71) == pytest.approx(-1.518, abs=0.01)
    assert opinions.two_proportions_test(30, 1_000_000, 50, 2_000_000) == pytest.approx(
        opinions.proportion_test(30, 50), abs=0.01
    )


def test_of_very_many_comments_the_most_supported_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions, "MOST_CELLS", 23 * 19)
    assert [group.people for group in found((14, 9)).groups] == [14, 9]
