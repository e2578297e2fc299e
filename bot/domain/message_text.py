"""What may be written in a message: the text of a comment or of a reason, as it is kept."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.domain.errors import TextEmpty, TextTooLong

if TYPE_CHECKING:
    from bot.domain.comments import Media

LONGEST_COMMENT: Final = 4096
"""Characters of a comment: Telegram's own limit for a message."""
BLANK: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""Letters, marks and signs that show nothing: Unicode's Default_Ignorable_Code_Point, the empty Braille pattern and the
null notehead."""


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
    clean = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd").strip()
    if not any(_visible(letter) for letter in clean):
        raise TextEmpty
    if len(clean) > LONGEST_COMMENT:
        raise TextTooLong(LONGEST_COMMENT, len(clean))
    return clean


def _visible(letter: str) -> bool:
    return unicodedata.category(letter)[0] not in "ZC" and not BLANK.match(letter)
