"""The parts of a comment: people tell one thing in several messages, and it is one comment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.message_text import LONGEST_COMMENT
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.domain.media import Media

ATTACHMENTS_OF_A_COMMENT: Final = 10
"""Photos and voice messages of one comment: as many as Telegram takes into an album."""
PARTS_OF_A_COMMENT: Final = 40
UNITS_OF_A_COMMENT: Final = 30_000
"""UTF-16 units of all parts together: a cell of a spreadsheet takes 32,767, what stands around the words too."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a comment.

    ``position`` orders the parts; ``source`` is a digest of the message, ``at`` when it came: both are empty for the
    message that the comment was made of, and where they are needed no more.
    """

    text: str
    media: Media | None = None
    position: int = 0
    source: str = ""
    at: datetime | None = None

    @property
    def is_cut(self) -> bool:
        """True where a client has cut a longer text after it: the next part goes on within the word."""
        letters = len(self.text)
        return letters * 2 >= LONGEST_COMMENT and LONGEST_COMMENT in (letters, _units(self.text))

    def says(self, text: str, media: Media | None) -> bool:
        """True for the same words with the same recording."""
        return self.text == text and _name(self.media) == _name(media)


def joined(parts: Sequence[Part]) -> str:
    """The words of the parts in their order, each in a row of its own unless a client has cut them apart."""
    if len(parts) == 1:
        return parts[0].text
    words, between = "", ""
    for part in parts:
        if part.text:
            words += between + part.text if words else part.text
            between = "" if part.is_cut else "\n"
    return words


def attachments(parts: Iterable[Part]) -> tuple[Media, ...]:
    """The photos and voice messages of the parts in their order."""
    return tuple([part.media for part in parts if part.media is not None])


def is_full(parts: Sequence[Part]) -> bool:
    """True where the parts have as many photos and voice messages as one comment takes."""
    return len(attachments(parts)) >= ATTACHMENTS_OF_A_COMMENT


def fits(parts: Sequence[Part], part: Part) -> bool:
    """True where a comment of these parts takes one more."""
    return len(parts) < PARTS_OF_A_COMMENT and _units(joined((*parts, part))) <= UNITS_OF_A_COMMENT


def placed(parts: Sequence[Part], part: Part) -> Part:
    """The part with a position of its own among the others: the one it has, or the last where that is taken."""
    taken = {each.position for each in parts}
    return replace(part, position=max(taken) + 1) if part.position in taken else part


def nameless_parts(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts in their order, without what leads to the messages they came in."""
    return tuple(replace(part, position=place, source="", at=None) for place, part in enumerate(parts))


def before(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts as what stands before the message at position 0, without what they were known by."""
    first = -len(parts)
    return tuple(replace(part, position=place, source="", at=None) for place, part in enumerate(parts, first))


def _units(words: str) -> int:
    return len(words) if words.isascii() else len(words.encode("utf-16-le", "surrogatepass")) // 2


def _name(media: Media | None) -> str | None:
    """What Telegram knows a file by, whichever message it came in."""
    return None if media is None else media.unique_id
