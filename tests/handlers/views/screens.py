"""What every screen must be: readable by Telegram, small enough for a message, pressable on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Catalogues
from bot.simulator.markup import formatted, width
from handlers.presses.wire import unpack
from handlers.views.screen import LETTERS_ON_A_BUTTON

if TYPE_CHECKING:
    from bot.i18n import Translator
    from handlers.presses import Press
    from handlers.views.screen import Screen

CATALOGUES = Catalogues.load()
ENGLISH: Translator = CATALOGUES["en"]


def text_of(screen: Screen) -> str:
    """The words people read, once Telegram has parsed them."""
    words, _ = formatted(screen.text, "HTML")
    return words


def quoted_in(screen: Screen) -> str:
    """The words that stand in quotations, joined."""
    words, marks = formatted(screen.text, "HTML")
    wide = words.encode("utf-16-le")
    quotes = [mark for mark in marks if mark["type"].endswith("blockquote")]
    spans = [(mark["offset"] * 2, (mark["offset"] + mark["length"]) * 2) for mark in quotes]
    return "".join(wide[begin:end].decode("utf-16-le") for begin, end in spans)


def presses_of(screen: Screen) -> list[Press]:
    """What the buttons mean, in order."""
    return [unpack(button.data)[0] for row in screen.rows for button in row if button.data]


def labels_of(screen: Screen) -> list[str]:
    """What stands on the buttons."""
    return [button.label for row in screen.rows for button in row]


def ensure_fits(screen: Screen) -> None:
    """Raise AssertionError for a screen that Telegram would refuse or a phone would not show well."""
    words = text_of(screen)
    assert words.strip()
    assert width(words) <= 4096, width(words)
    assert all(1 <= len(row) <= 3 for row in screen.rows)
    assert sum(map(len, screen.rows)) <= 100
    for button in (button for row in screen.rows for button in row):
        assert button.label.strip()
        assert len(button.label) <= LETTERS_ON_A_BUTTON, button.label
        assert [button.data, button.url, button.copy].count(None) == 2
        if button.data:
            unpack(button.data)
