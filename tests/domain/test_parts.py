"""Messages that belong together, and the words and addresses of each."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.media import Media, MediaKind
from bot.domain.message_text import LONGEST_ADDRESSES, Link, with_addresses
from bot.domain.parts import PARTS_OF_A_COMMENT, Part, attachments, before, fits, is_full, joined, placed
from bot.domain.unsent import Bundle
from tests.samples import NOW
from tests.scale import examples

PHOTO = Media(MediaKind.PHOTO, "file", "unique")
SECOND = timedelta(seconds=1)


def test_words_are_joined_in_rows_and_a_text_that_was_cut_goes_on_where_it_was_cut() -> None:
    parts = (
        Part("Салам"),
        Part("", PHOTO, 1),
        Part("я" * 4096, None, 2),
        Part("жана", None, 3),
        Part("дарек", None, 4),
    )
    assert joined(parts) == f"Салам\n{'я' * 4096}жана\nдарек"
    assert attachments(parts) == (PHOTO,)
    assert joined(()) == ""


def test_a_comment_takes_so_many_photos_parts_and_letters() -> None:
    photos = tuple(Part("", PHOTO, place) for place in range(10))
    assert is_full(photos)
    assert not is_full(photos[1:])
    assert fits(photos, Part("сөз"))
    assert not fits(tuple(Part("а", None, place) for place in range(PARTS_OF_A_COMMENT)), Part("б"))
    assert not fits(tuple(Part("😀" * 2048, None, place) for place in range(7)), Part("😀" * 2048))


def test_every_part_has_a_position_of_its_own() -> None:
    first, second = Part("а"), Part("б")
    assert placed((first,), second).position == 1
    assert placed((first,), Part("б", None, -3)).position == -3
    assert [part.position for part in before((first, second))] == [-2, -1]


def test_what_belongs_together_is_sent_within_seconds_or_is_one_album() -> None:
    bundle = Bundle(1, "key", NOW, NOW + 50 * SECOND, NOW, first=7, album="a")
    assert bundle.takes(NOW + 55 * SECOND, "")
    assert not bundle.takes(NOW + 56 * SECOND, "")
    assert bundle.takes(NOW + 60 * SECOND, "a")
    assert not bundle.takes(NOW + 61 * SECOND, "a")
    assert not bundle.takes(NOW + 56 * SECOND, "b")
    assert bundle.due(NOW) == NOW + 5 * SECOND
    assert bundle.due(NOW + 58 * SECOND) == NOW + 60 * SECOND


def test_an_address_stands_in_brackets_behind_its_words() -> None:
    text = "Мына бул жерди караңыз 👉 мында"
    assert with_addresses(text, [Link(26, 5, "https://maps.example.org/?q=42.34,78.00")]) == (
        "Мына бул жерди караңыз 👉 мында (https://maps.example.org/?q=42.34,78.00)"
    )
    assert with_addresses("👉👉 бул", [Link(1, 2, "https://a.kg")]) == "👉👉 (https://a.kg) бул"  # within an emoji


def test_an_address_is_not_said_twice_and_a_number_of_an_account_never() -> None:
    assert with_addresses("example.org бар", [Link(0, 11, "https://Example.org/")]) == "example.org бар"
    assert with_addresses("Бакыт айтты", [Link(0, 5, "tg://user?id=7012345678")]) == "Бакыт айтты"


whole = st.integers(-(2**63), 2**63) | st.integers(-3, 12)
links = st.builds(Link, whole, whole, st.text(max_size=40) | st.sampled_from(["https://a.kg", "y" * 5000]))


@given(st.text(max_size=10), st.lists(links, max_size=8))
@settings(max_examples=examples(200))
def test_no_link_takes_words_away_or_breaks_them(text: str, found: list[Link]) -> None:
    shown = with_addresses(text, found)
    assert len(shown) <= len(text) + LONGEST_ADDRESSES + 3 * len(found)
    left = iter(shown)
    assert all(letter in left for letter in with_addresses(text, ()))
