"""What staff enter for somebody who spoke in the hall, handed in a paper or called: comments, and people present."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from bot.domain.errors import BadPresence
from bot.domain.folding import fold
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.domain.comments import Channel, CommentKind, Submission
    from bot.domain.questions import About

LONGEST_NAME: Final = 120
"""Letters of a name for the minutes."""
MOST_VOICES: Final = 100_000
"""People who may stand behind one entry, or be present at one sitting; a larger number is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class HandEntry:
    """What is known of a comment beside its words, since staff entered it for somebody.

    ``given_on`` is the day on which it was given; the day of entering is the comment's own. ``sitting`` is its number
    in the dossier, from 1; 0 is none. ``voices`` are the people who support it on paper or by hand: they are part of
    the comment's support. ``words`` is a digest by which an identical entry is found. ``paper`` is the number
    of the commission's own under which an entry sheet has it; empty where it was typed in the chat.
    """

    comment_id: int
    hearing_id: int
    given_on: date
    sitting: int = 0
    voices: int = 0
    words: str = ""
    paper: str = ""
    entered_by: int | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry of words alone that is not stored yet: its comment has no id, and no number.

    ``name`` is for the minutes. ``folded`` are the words as they are searched, once they are known: long words take
    long.
    """

    submission: Submission
    channel: Channel
    entry: HandEntry
    name: str = ""
    folded: str = ""


@dataclass(frozen=True, slots=True)
class NumberedEntry:
    """An entry with the receipt of its comment."""

    entry: HandEntry
    number: int


@dataclass(frozen=True, slots=True)
class Presence:
    """How many people were present at a sitting (its number, from 1); those who were not counted apart are in neither.

    ``entered_by`` is a resident's id; None is the command line.
    """

    hearing_id: int
    sitting: int
    people: int
    women: int
    men: int
    entered_at: datetime
    entered_by: int | None = None


def words_digest(channel: Channel, kind: CommentKind, about: About, text: str, folded: str = "") -> str:
    """The same for entries that say the same of the same thing, whatever letters stand for one another.

    ``folded`` is the text folded, where that is done already.
    """
    words = " ".join((folded or fold(text)).split())
    said = f"{channel.value}\0{kind.value}\0{about.kind.value}\0{about.no}\0{words}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def ensure_voices(voices: int) -> int:
    """The number of people behind an entry. Raises BadPresence."""
    if not 0 <= voices <= MOST_VOICES:
        raise BadPresence
    return voices


def ensure_presence(people: int, women: int, men: int) -> None:
    """Raise BadPresence where so many people cannot have been present."""
    if not 0 < people <= MOST_VOICES or min(women, men) < 0 or women + men > people:
        raise BadPresence
