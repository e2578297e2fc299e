"""What Telegram may parse, and what people would read as letters."""

from __future__ import annotations

import pytest

from handlers import presses
from handlers.views.screen import Html, b, e, fold, i, stacked, tap
from tests.handlers.views.screens import CATALOGUES

MAKERS = (e, b, i)


@pytest.mark.parametrize("maker", MAKERS)
def test_markup_of_people_becomes_letters(maker: object) -> None:
    assert callable(maker)
    made = maker("<b>1 & 2</b>")

    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in made
    assert isinstance(made, Html)


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("made", [e("1 < 2"), b("fat"), i("slanted"), fold(e("long")), stacked(e("one"), e("two"))])
def test_markup_of_ours_never_becomes_letters(maker: object, made: Html) -> None:
    assert callable(maker)
    with pytest.raises(TypeError, match="escaped twice"):
        maker(made)


def test_markup_is_not_put_into_words() -> None:
    with pytest.raises(TypeError, match="markup within words"):
        f"• {b('fat')}"


def test_parts_stand_one_under_the_other() -> None:
    assert stacked(e("one"), None, e(""), b("two")) == "one\n\n<b>two</b>"


def test_words_cannot_turn_the_direction_of_writing_round() -> None:
    hostile = "сунуш\u202e lluf si \u2066budget\u2069\u202c"
    assert e(hostile) == "сунуш lluf si budget"
    assert tap(CATALOGUES["ky"], hostile, presses.OpenHelp()).label == "сунуш lluf si budget"
    assert e("عربي\u200f") == "عربي\u200f"
