"""What a person is sending: messages that belong together, and what came unasked.

What comes unasked is kept, all of it, until its author says what it is.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import CommentKind
    from bot.domain.parts import Part
    from bot.domain.questions import About

PART_FOLLOWS_WITHIN: Final = timedelta(seconds=5)
"""A message belongs to the one before if it was sent so soon after it; and the receipt waits so long for the next."""
BUNDLE_LASTS: Final = timedelta(seconds=60)
"""What was sent so long after the first message is something else, and the receipt waits no longer."""
UNSENT_KEPT: Final = 50
"""Of one person at once."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a person is sending now: the comment, or what came unasked, that the next message may be a part of.

    ``update_key`` names the reply that is owed for it; ``began`` and ``last`` are the dates of its first and its last
    message, ``handled`` is when the first was handled, ``first`` its number in the chat. ``left_out`` counts the photos
    and voice messages that found no room.
    """

    resident_id: int
    update_key: str
    began: datetime
    last: datetime
    handled: datetime
    first: int
    album: str = ""
    comment_id: int = 0
    unsent_id: int = 0
    left_out: int = 0

    def takes(self, sent_at: datetime, album: str) -> bool:
        """True if a message with this date belongs to it."""
        if abs(sent_at - self.began) > BUNDLE_LASTS:
            return False
        return bool(album and album == self.album) or abs(sent_at - self.last) <= PART_FOLLOWS_WITHIN

    def due(self, now: datetime) -> datetime:
        """When its reply leaves, if nothing more comes."""
        return min(now + PART_FOLLOWS_WITHIN, self.handled + BUNDLE_LASTS)


@dataclass(frozen=True, slots=True)
class Unsent:
    """What came unasked and waits for its author to say what it is; about what they were reading, where that is known.

    ``hearing_id`` is 0 where it is not known. ``comment_id`` is what was made of it; then it has no parts.
    """

    id: int
    resident_id: int
    kept_at: datetime
    expires_at: datetime
    hearing_id: int
    comment_kind: CommentKind
    about: About
    parts: tuple[Part, ...] = ()
    comment_id: int | None = None


@dataclass(frozen=True, slots=True)
class CurrentReading:
    """What the screen is about that a resident was shown last: words that come unasked are about that."""

    resident_id: int
    hearing_id: int
    about: About
    expires_at: datetime


READING_LASTS: Final = timedelta(hours=1)
