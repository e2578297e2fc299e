"""Long words on small screens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.pages import beginning, fair_shares, split, units
from tests.handlers.views.largest import HOSTILE, filled


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
