"""What may be written in a message: the text of a comment or of a reason, as it is kept."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.domain.errors import TextEmpty, TextTooLong
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.media import Media

LONGEST_COMMENT: Final = 4096
"""Characters of a message of a comment: Telegram's own limit."""
LONGEST_ADDRESSES: Final = 4096
"""Characters of the addresses behind the words of one message; more are left out."""
BLANK: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""Letters, marks and signs that show nothing: Unicode's Default_Ignorable_Code_Point, the empty Braille pattern and the
null notehead."""

_ACCOUNT: Final = re.compile("tg:", re.IGNORECASE)
"""Addresses within Telegram: they may name an account by its number."""


def checked_message(text: str, media: Media | None) -> str:
    """The text as it is kept of a message; a voice or a photo may come without any. Raises as ``checked``."""
    try:
        return checked(text)
    except TextEmpty:
        if media is None:
            raise
        return ""


def checked(text: str) -> str:
    """The text as it will be kept: as typed, outer white space and nothing else removed.

    Raises TextEmpty when no character of it can be seen, TextTooLong above 4,096 characters. Lone surrogates, which no
    database takes, and NUL become U+FFFD.
    """
    clean = _clean(text)
    if not any(_visible(letter) for letter in clean):
        raise TextEmpty
    if len(clean) > LONGEST_COMMENT:
        raise TextTooLong(LONGEST_COMMENT, len(clean))
    return clean


@dataclass(frozen=True, slots=True)
class Link:
    """An address behind some words of a message, which are counted in UTF-16 units as Telegram counts them."""

    offset: int
    length: int
    address: str


def with_addresses(text: str, links: Iterable[Link]) -> str:
    """The text as it is kept, with each address in brackets behind its words.

    An address that stands there already is not said again, nor one that leads to a person's account by its number.
    What points outside the text is left out.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    pieces, done, left = [], 0, LONGEST_ADDRESSES
    for link in sorted(links, key=lambda each: each.offset + each.length):
        begin, end = link.offset * 2, (link.offset + link.length) * 2
        if 0 < end < len(units) and 0xD8 <= units[end - 1] < 0xDC:  # within a character of two units
            end += 2
        address = " ".join(_clean(link.address).split())
        if not 0 <= begin < end <= len(units) or len(address) > left or _ACCOUNT.match(address) or not address:
            continue
        if _same(units[begin:end].decode("utf-16-le", "replace"), address):
            continue
        pieces += [units[done:end], f" ({address})".encode("utf-16-le")]
        done, left = end, left - len(address)
    return _clean(b"".join([*pieces, units[done:]]).decode("utf-16-le", "surrogatepass"))


def _same(words: str, address: str) -> bool:
    """True where the words are their own address."""
    bare = [re.sub(r"^\w+://|/+$", "", each.strip().casefold()) for each in (words, address)]
    return bare[0] == bare[1]


def _clean(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd").strip()


def _visible(letter: str) -> bool:
    return unicodedata.category(letter)[0] not in "ZC" and not BLANK.match(letter)
