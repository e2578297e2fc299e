"""What stands beside a comment points at nobody."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import Participation
from bot.domain.people import AgeBand, Demographics, Gender
from bot.domain.shown_groups import ShownGroups
from bot.domain.suppression import GroupSizes
from tests.reports.samples import GROUPS


def shown_groups(people: Participation, *, taken: bool = False) -> ShownGroups:
    """What may stand beside the comments of these people."""
    return ShownGroups.of(people, GroupSizes.of(people, people.by_village(), taken=taken))


GROUP = st.builds(Demographics, st.integers(0, 3), st.sampled_from(Gender), st.sampled_from(AgeBand))


def test_a_group_of_five_is_said_in_full() -> None:
    many = Demographics(20, Gender.FEMALE, AgeBand.TO_44)
    assert shown_groups(Participation({many: 5})).said(many) == many


def test_a_small_group_is_not_said_and_neither_is_its_village_if_that_is_small() -> None:
    few = Demographics(22, Gender.MALE, AgeBand.TO_28)
    assert shown_groups(Participation({**GROUPS, few: 3})).said(few) == Demographics()


def test_a_small_group_of_a_large_village_is_said_as_the_village() -> None:
    groups = {Demographics(20, Gender.FEMALE, band): 3 for band in (AgeBand.TO_28, AgeBand.TO_44)}
    groups[Demographics(20, Gender.MALE, AgeBand.TO_44)] = 9
    assert shown_groups(Participation(groups)).said(Demographics(20, Gender.FEMALE, AgeBand.TO_28)) == Demographics(20)


def test_the_only_one_left_out_takes_a_larger_group_along() -> None:
    many, one = Demographics(20, Gender.FEMALE, AgeBand.TO_44), Demographics(20, Gender.MALE, AgeBand.FROM_60)
    safe = shown_groups(Participation({many: 29, one: 1}))
    assert safe.said(one) == safe.said(many) == Demographics(20)


@given(st.dictionaries(GROUP, st.integers(1, 40), max_size=30))
def test_every_description_fits_at_least_five_people(groups: dict[Demographics, int]) -> None:
    safe = shown_groups(Participation(groups))
    fits: Counter[Demographics] = Counter()
    for demographics, count in groups.items():
        fits[safe.said(demographics)] += count
    everybody = sum(groups.values())
    assert all(count >= min(5, everybody) for count in fits.values())
