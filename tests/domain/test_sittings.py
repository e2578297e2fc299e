"""Of several sittings people are told of the one for their village first, and of each day once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.languages import Text
from bot.domain.places import Place, PlaceKind
from bot.domain.sittings import Sitting, Venues, numbered, renumbered
from tests import samples, scale

BISHKEK = ZoneInfo("Asia/Bishkek")
VILLAGES = tuple(
    Place(number, f"v{number}", PlaceKind.VILLAGE, 1, Text({"ky": name}))
    for number, name in ((7, "Сафаровка"), (8, "Беш-Бала"), (9, "Кара-Дарыя"))
)
MORNING = samples.NOW + timedelta(days=3)

ONE = st.builds(
    Sitting,
    st.integers(0, 60).map(lambda hours: MORNING + timedelta(hours=hours)),
    place=st.sampled_from(("Клуб", "Сафаровка айылы, клуб")).map(samples.words),
    village=st.sampled_from((0, 0, 7, 8, 99)),
)
SITTINGS = st.lists(ONE, min_size=1, max_size=5).map(numbered)


@settings(max_examples=scale.examples(60))
@given(SITTINGS, st.sampled_from((0, 7, 8, 9)))
def test_everybody_is_reminded_of_each_day_of_their_sittings_once(
    sittings: tuple[Sitting, ...], village_id: int
) -> None:
    venues = Venues.of(sittings, VILLAGES)
    told = [each.no for each in venues.told(village_id)]
    reminded = [each for each in venues.sittings if village_id in venues.first_of_day(BISHKEK)[each.no]]
    days = [each.starts_at.astimezone(BISHKEK).date() for each in reminded]
    assert len(days) == len(set(days))
    named = [each.no for one in reminded for each in venues.same_day(one, village_id, BISHKEK)]
    assert named == told != []


def test_the_sitting_of_ones_village_comes_first_until_it_is_over() -> None:
    main, theirs, other = numbered(
        (
            Sitting(MORNING, place=samples.words("Маданият үйү")),
            Sitting(MORNING + timedelta(hours=5), village=7),
            Sitting(MORNING + timedelta(hours=9), village=8),
        )
    )
    venues = Venues.of((main, theirs, other), VILLAGES)
    assert [each.no for each in venues.own_first(8)] == [3, 1, 2]
    assert venues.told(8) == (main, other)
    assert venues.told(9) == (main,)
    assert venues.told(0) == (main, theirs, other)
    assert [venues.next_for(village, samples.NOW) for village in (7, 8, 9, 0)] == [theirs, other, main, main]
    afterwards = theirs.ends_at + timedelta(minutes=1)
    assert [venues.next_for(village, afterwards) for village in (7, 8, 9, 0)] == [other] * 4
    assert venues.next_for(7, MORNING + timedelta(days=9)) == other


def test_a_sitting_that_names_a_village_is_for_it_unless_another_was_chosen() -> None:
    club = samples.words("Сафаровка айылы, клуб")
    named, chosen = numbered((Sitting(MORNING, place=club), Sitting(MORNING, place=club, village=8)))
    venues = Venues.of((named, chosen), VILLAGES)
    assert (venues.told(7), venues.told(8)) == ((named,), (chosen,))
    assert venues.told(9) == (named, chosen)  # who has none may go to any


def test_a_corrected_workbook_keeps_the_numbers_of_its_sittings() -> None:
    old = numbered(Sitting(MORNING + timedelta(days=day), village=village) for day, village in ((0, 0), (1, 7), (2, 8)))
    first, second, third = old
    assert renumbered(old, numbered((first, third))) == (first, third)
    later = replace(second, starts_at=MORNING + timedelta(days=5))
    assert renumbered(old, numbered((first, later, third))) == (first, third, later)
    new = Sitting(MORNING + timedelta(days=1), village=9)
    assert [each.no for each in renumbered(old, numbered((first, second, third, new)))] == [1, 2, 4, 3]
    assert renumbered((first,), numbered((later,))) == (replace(later, no=1),)
    assert renumbered((third,), (first, second, third)) == (replace(first, no=4), replace(second, no=5), third)
