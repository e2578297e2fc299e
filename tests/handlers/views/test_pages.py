"""Long words on small screens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import presses
from handlers.views.buttons import paging
from handlers.views.pages import beginning, fair_shares, item_page, split, text_page, units
from handlers.views.screen import Screen, e, with_buttons
from tests.handlers.views.largest import HOSTILE, filled
from tests.handlers.views.screens import ENGLISH, presses_of


@given(st.text(max_size=600), st.integers(min_value=8, max_value=200))
def test_pages_lose_nothing_and_fit(words: str, limit: int) -> None:
    pieces = split(words, limit)

    assert "".join(pieces) == words
    assert all(0 < units(piece) <= limit for piece in pieces)


@given(st.text(max_size=600), st.integers(min_value=8, max_value=200))
def test_a_beginning_fits_and_says_that_there_is_more(words: str, limit: int) -> None:
    shown = beginning(words, limit)

    assert units(shown) <= limit
    assert shown == words if units(words) <= limit else shown.endswith(" …")


@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE)
def test_the_length_is_telegrams_widest(pattern: str) -> None:
    words = filled(pattern)

    assert units(words) == len(words.encode("utf-16-le")) // 2


def test_a_page_ends_at_a_line_or_a_word() -> None:
    assert split("one two\nthree four", 12) == ("one two\n", "three four")
    assert split("one two three", 9) == ("one two ", "three")


def test_a_family_of_emoji_stays_together() -> None:
    family = "👩‍👩‍👧‍👦"

    assert split("x" * 15 + family, 20) == ("x" * 15, family)


@given(st.lists(st.integers(min_value=0, max_value=5000), max_size=12), st.integers(min_value=0, max_value=4000))
def test_small_wishes_are_met_whole_and_large_ones_share_the_rest(wanted: list[int], total: int) -> None:
    shares = fair_shares(wanted, total)

    assert sum(shares) <= total
    assert all(share <= wish for share, wish in zip(shares, wanted, strict=True))
    cut = [share for share, wish in zip(shares, wanted, strict=True) if share < wish]
    assert all(share == wish for share, wish in zip(shares, wanted, strict=True) if wish < min(cut, default=0))
    assert max(cut, default=0) - min(cut, default=0) <= 1


@given(st.integers(min_value=0, max_value=40), st.integers(min_value=1, max_value=12))
def test_the_pages_of_a_list_hold_every_item_once(number: int, size: int) -> None:
    items = tuple(range(number))
    last = item_page(items, 0, size)[2]
    pages = [item_page(items, page, size)[0] for page in range(last + 1)]

    assert tuple(item for page in pages for item in page) == items
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.parametrize(("asked", "shown"), [(-1, 0), (0, 0), (2, 2), (3, 2), (10**9, 2)])
def test_a_page_that_is_not_there_any_more_is_the_nearest_one(asked: int, shown: int) -> None:
    assert item_page(range(25), asked, 10)[1] == shown
    assert text_page([e("x" * 9)] * 3, asked, limit=10)[1] == shown


@pytest.mark.parametrize(
    ("page", "last", "leads_to"), [(0, 0, []), (0, 2, [1]), (1, 2, [0, 2]), (2, 2, [1]), (5, 2, [4])]
)
def test_one_turns_to_the_pages_that_are_there(page: int, last: int, leads_to: list[int]) -> None:
    row = paging(ENGLISH, presses.SeeMine, page=page, last=last)

    assert presses_of(Screen(e(""), with_buttons(row, ()))) == [presses.SeeMine(number) for number in leads_to]


def test_no_limit_is_so_small_that_cutting_never_ends() -> None:
    for limit in (-2, 0, 1, 2):
        assert "".join(split("😀 көп", limit)) == "😀 көп"
