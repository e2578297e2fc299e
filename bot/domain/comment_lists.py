"""Which comments of a hearing staff look at: by where they stand, what they are, and the words in them."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Visibility
from bot.domain.folding import fold
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.comments import Channel, Comment, CommentKind
    from bot.domain.questions import About

WORDS_OF_A_SEARCH: Final = 6
LETTERS_OF_A_SEARCH: Final = 80
SEARCHED_AT_ONCE: Final = 10_000
"""Receipt numbers of a hearing among which words are looked for at once, the newest first."""
LETTERS_AT_A_GLANCE: Final = 240
"""A comment of so many letters stands whole in a list of five."""


class Standing(StrEnum):
    """Where a comment stands, as staff look for it."""

    ALL = "all"
    WAITING = "waiting"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """What a list of comments is narrowed to; what is empty narrows nothing. ``words`` are folded: see ``searched``."""

    state: Standing = Standing.ALL
    kind: CommentKind | None = None
    about: About | None = None
    village_id: int = 0
    language: str = ""
    channel: Channel | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentsSeen:
    """The comments that a list showed whole, by a ``digest`` of which they are and of their editions."""

    count: int
    digest: int

    @classmethod
    def of(cls, comments: Iterable[Comment]) -> CommentsSeen:
        """Those of the comments that are read at a glance."""
        seen = [f"{comment.id} {comment.edition}" for comment in comments if read_at_a_glance(comment)]
        digest = hashlib.sha256("\n".join(seen).encode()).digest()
        return cls(len(seen), int.from_bytes(digest[:6]))


def searched(text: str) -> tuple[str, ...]:
    """The words that somebody looks for, folded, the longest first; none for a text without letters or digits."""
    words = sorted(set(fold(text[:LETTERS_OF_A_SEARCH]).split()), key=lambda word: (-len(word), word))
    return tuple(words[:WORDS_OF_A_SEARCH])


def read_at_a_glance(comment: Comment) -> bool:
    """True for a comment that waits, is read whole in a list, and has nothing that must be heard or looked at."""
    waits = comment.visibility is Visibility.WAITING and comment.withdrawn_at is None
    return waits and not comment.attachments and len(comment.text) <= LETTERS_AT_A_GLANCE
