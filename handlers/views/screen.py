"""What a person sees: text, rows of buttons, perhaps a picture.

``Html`` is text that Telegram may parse: nothing becomes ``Html`` except through the few functions here, which
escape what they are given, so a resident's ``<b>`` stays four letters.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.i18n import Translator
    from handlers.presses import Press


class Html(str):
    """Text that Telegram may parse as HTML.

    It is neither escaped again nor put into an f-string, which would make plain text of it and letters of its marks.
    """

    __slots__ = ()

    def __format__(self, form: str) -> str:
        raise TypeError(f"markup within words: {self!r}")


_DIRECTION_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates; ordinary right-to-left letters and their marks stay."""
_VARIATION: Final = "\N{VARIATION SELECTOR-16}"
EMPTY_HTML: Final = Html("")
ROOM_SIDE_BY_SIDE: Final = {2: 15.2, 3: 9.45}
"""Letters of middling width of a label that a phone of 320 px shows whole, by how many buttons stand in the row."""
_WIDTHS: Final = {
    letter: width
    for letters, width in (
        (" .,:;!'ʻʼ’()-ijlIJ", 0.46),
        ("frt", 0.65),
        ("гғсзтэcsz", 0.83),
        ("укхүўvxykFГL", 0.91),
        ("бийнөопрцчңbdghnopquАБВКРСУҒЎЭЯABCKPRXV", 1.09),
        ("фмжыДИЛНОӨПЦЧwDGHNOQU", 1.31),
        ("шщюШЩЮЖМФmMW№…", 1.58),
    )
    for letter in letters
}
"""Of letters that are wider or narrower than most, as Noto Sans has them: few phones have wider ones."""
_EMOJI: Final = 2.1
_FIRST_SIGN: Final = "\u2190"
"""Emoji begin with the arrows."""
LETTERS_ON_A_BUTTON: Final = 34
"""More does not fit a narrow phone."""


def e(words: object) -> Html:
    """Escape words; raises TypeError for ``Html``, whose marks people would read as letters."""
    if isinstance(words, Html):
        raise TypeError(f"escaped twice: {words!r}")
    return Html(html.escape(straight(str(words)), quote=False))


def straight(words: str) -> str:
    """Words without what turns the direction of writing round: with it, somebody's words would turn ours round too."""
    return _DIRECTION_CONTROLS.sub("", words)


def b(words: object) -> Html:
    """Set words in bold; raises TypeError for ``Html``."""
    return Html("<b>" + e(words) + "</b>")


def i(words: object) -> Html:
    """Set words in italics; raises TypeError for ``Html``."""
    return Html("<i>" + e(words) + "</i>")


def fold(content: Html) -> Html:
    """Make a quotation that opens on a tap: long text folds, nothing is cut."""
    return Html("<blockquote expandable>" + content + "</blockquote>")


def quote(content: Html) -> Html:
    """Make a quotation."""
    return Html("<blockquote>" + content + "</blockquote>")


def stacked(*parts: Html | None) -> Html:
    """Join parts one under the other; absent ones leave no gap, ``Html("")`` leaves an empty row."""
    return Html("\n".join(part for part in parts if part is not None))


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it does: exactly one of ``data`` (an encoded press, at most 64 bytes), ``url`` and ``copy``.

    ``copy`` are words that a tap copies. A message with such a button stays: no later screen takes its place.
    """

    label: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture under a name; ``content`` is PNG bytes, or empty where ``file_id`` says that Telegram has it already.

    ``key`` names the very same pixels for ever (it carries a digest), so a file id learned once serves everybody.
    """

    key: str
    content: bytes = b""
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: ``text`` up to 4,096 characters once parsed (1,024 under a picture), at most three buttons a row."""

    text: Html
    rows: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A file for a person: its name as it will be saved, its bytes (or a stored file id), and a short caption."""

    name: str
    content: bytes = b""
    file_id: str | None = None
    caption: Html = EMPTY_HTML
    kind: str = "document"
    """How Telegram shows it, by the name of its field in a message: ``document``, ``voice``, ``video_note``."""
    unique_id: str = ""
    """What Telegram knows it by for good: by that its bytes are found where it has it no more."""
    key: str = ""
    """Of a file that is sent again while it says the same: under which Telegram's id of it is stored."""
    rows: tuple[tuple[Button, ...], ...] = ()
    """Buttons below it: it stays where one is pressed."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map with its name and address; degrees, WGS 84."""

    latitude: float
    longitude: float
    title: str
    address: str
    rows: tuple[tuple[Button, ...], ...] = ()
    """Buttons below it: it stays where one is pressed."""


ButtonRow = tuple[Button, ...]


def tap(t: Translator, label: str, press: Press) -> Button:
    """A button that means ``press``; it carries the language it is shown in."""
    return Button(straight(label), data=pack(press, t.language))


def in_rows(buttons: Iterable[Button], *, width: int = 1) -> tuple[ButtonRow, ...]:
    """Buttons in rows of at most ``width``; three is the widest a phone shows well.

    None is left alone in the last row where the row before can spare one.
    """
    listed: Sequence[Button] = tuple(buttons)
    rows = [tuple(listed[start : start + width]) for start in range(0, len(listed), width)]
    if width > 2 and len(rows) > 1 and len(rows[-1]) == 1:
        rows[-2:] = [rows[-2][:-1], (rows[-2][-1], *rows[-1])]
    return tuple(rows)


@lru_cache(maxsize=8192)  # thousands of people are shown the same few hundred labels
def room_of(label: str) -> float:
    """How wide a label is, in letters of middling width: an emoji takes two, a space half of one."""
    return sum(
        _WIDTHS.get(letter, _EMOJI if letter >= _FIRST_SIGN else 1.0) for letter in label.replace(_VARIATION, "")
    )


def fitting(rows: Iterable[ButtonRow]) -> tuple[ButtonRow, ...]:
    """The rows so that no label is cut where buttons stand side by side, in equal parts of the row."""
    found: list[ButtonRow] = []
    for row in rows:
        limit = ROOM_SIDE_BY_SIDE.get(len(row))
        if limit is None or max(room_of(button.label) for button in row) <= limit:
            found.append(row)
        else:
            found += [*fitting([row[:-1]]), row[-1:]]
    return tuple(found)


def with_buttons(*rows: ButtonRow) -> tuple[ButtonRow, ...]:
    """The rows that have buttons, in order."""
    return tuple(row for row in rows if row)


def short(words: str, limit: int = LETTERS_ON_A_BUTTON) -> str:
    """``words`` without line breaks, cut to ``limit`` characters with an ellipsis, as a button shows them."""
    unbroken = " ".join(words.split())
    return unbroken if len(unbroken) <= limit else unbroken[: limit - 1].rstrip() + "…"
