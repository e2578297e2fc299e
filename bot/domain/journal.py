"""Acts that decide something, and who did them. Facts only: sentences are made when the journal is read."""

from __future__ import annotations

import hashlib
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.people import Resident
    from bot.domain.places import Place

    JournalData = Mapping[str, str | int]

WORDS_DIGEST_LETTERS: Final = 8


class Act(StrEnum):
    """What was done."""

    INVITED = "invited"
    JOINED = "joined"
    LOADED = "loaded"
    PUBLISHED = "published"
    OPENED = "opened"
    CLOSED = "closed"
    DOWNLOADED = "downloaded"
    COMMENT_PUBLISHED = "comment published"
    COMMENT_HIDDEN = "comment hidden"
    COMMENT_PUT_BACK = "comment put back"
    """Published or hidden, it waits again."""
    COMMENTS_JOINED = "comments joined"
    """It is joined with another one that says the same; ``with`` is that one's number."""
    COMMENTS_PARTED = "comments parted"
    APPEALED = "appealed"
    """The author of a hidden comment asks that somebody else looks at it."""
    HIDING_UPHELD = "hiding upheld"
    HIDING_LIFTED = "hiding lifted"
    """After an appeal the comment was published again."""
    COMMENT_WITHDRAWN = "comment withdrawn"
    COMMENT_AMENDED = "comment amended"
    FORGOTTEN = "forgotten"
    PUBLISHING_PLANNED = "publishing planned"
    CHANGED = "changed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    REMINDERS_SET = "reminders set"
    BROADCAST_PAUSED = "broadcast paused"
    BROADCAST_RESUMED = "broadcast resumed"
    BROADCAST_CANCELLED = "broadcast cancelled"
    ROOM_LINKED = "room linked"
    ROOM_UNLINKED = "room unlinked"
    QUESTION_POSTED = "question posted"
    """In the groups and channels of the municipality."""
    POSTER_MADE = "poster made"
    POSTERS_MADE = "posters made"
    ROLE_REVOKED = "role revoked"
    INVITATION_WITHDRAWN = "invitation withdrawn"
    HANDED_OVER = "handed over"
    """A secretary gave their role to a colleague and stepped down."""
    NAMED = "named"
    """A member of staff wrote how colleagues see them; the name itself is noted nowhere."""
    JOURNAL_DOWNLOADED = "journal downloaded"
    VILLAGE_REMINDED = "village reminded"
    DECIDED = "decided"
    DECISION_TAKEN_BACK = "decision taken back"
    PROPOSED = "proposed"
    """A member of the commission proposed a decision; none is made yet."""
    PROPOSAL_SENT_BACK = "proposal sent back"
    TWO_PAIRS_ON = "two pairs on"
    """From now on members of the commission propose, and the secretary confirms."""
    TWO_PAIRS_OFF = "two pairs off"
    COMPLETED = "completed"
    """A hearing has become answered: every comment has its decision."""
    TABLE_TAKEN = "table taken"
    TABLE_APPLIED = "table applied"
    DONE = "done"
    """What was promised on a comment is done."""
    NOT_DONE = "not done"
    """It is not done after all."""
    RESOLUTION_STORED = "resolution stored"
    """What the council made of a hearing, first or in the place of what stood there."""
    DRAFT_DELETED = "draft deleted"
    ATTACHED = "attached"
    DETACHED = "detached"
    TRANSCRIBED = "transcribed"
    TRANSCRIPT_CONFIRMED = "transcript confirmed"
    """The words of a program, by somebody who has heard the voice message."""
    TRANSCRIPT_REMOVED = "transcript removed"
    COMMENT_ENTERED = "comment entered"
    ENTRY_CHANGED = "entry changed"
    ENTRY_REMOVED = "entry removed"
    VOTES_COUNTED = "votes counted"
    VOTE_COUNT_REMOVED = "vote count removed"
    PRESENCE_COUNTED = "presence counted"
    PRESENCE_REMOVED = "presence removed"
    ALL_ENTERED = "all entered"
    ENTRIES_REOPENED = "entries reopened"
    SHEET_TAKEN = "sheet taken"
    SHEET_APPLIED = "sheet applied"
    FORM_PRINTED = "form printed"
    FORM_STORED = "form stored"
    """A municipality's own form of the protocol, first or in the place of what stood there."""
    FORM_REMOVED = "form removed"
    SITTING_STARTED = "sitting started"
    ITEM_BEGUN = "item begun"
    QUESTION_ASKED = "question asked"
    """A question is open to the hall."""
    ASKING_CLOSED = "asking closed"
    RESULT_SHOWN = "result shown"
    HANDS_COUNTED = "hands counted"
    FLOOR_GIVEN = "floor given"
    FLOOR_ENDED = "floor ended"
    ANSWERED_IN_HALL = "answered in hall"
    SITTING_ENDED = "sitting ended"
    HALL_UNDONE = "hall undone"
    """The chair has undone their last act; ``undone`` says which."""
    HALL_KEYS_MADE = "hall keys made"
    HALL_KEYS_WITHDRAWN = "hall keys withdrawn"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry of the journal. ``actor_id`` None is the clock or the command line; ``subject`` like ``hearing:3``."""

    at: datetime
    act: Act
    subject: str
    actor_id: int | None = None
    data: JournalData = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A stored entry with its number, and the hearing and comment that it is about (0: none)."""

    id: int
    entry: JournalEntry
    hearing_id: int = 0
    comment_number: int = 0
    """As its author knows it."""


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Lines, newest first, with the hearings and people they name; ``page`` of pages numbered from 0 to ``last``."""

    municipality: Place
    zone: ZoneInfo
    lines: tuple[JournalLine, ...]
    hearings: Mapping[int, Hearing]
    people: Mapping[int, Resident]
    page: int = 0
    last: int = 0
    villages: Mapping[int, Place] = field(default_factory=dict)
    """Those that the lines name."""

    def name(self, resident_id: int) -> str:
        """How that person wants colleagues to see them; empty for who has not said, or was forgotten."""
        person = self.people.get(resident_id)
        return person.staff_name if person else ""


def digest_of_words(words: str) -> str:
    """What the journal notes of a resident's words: the same for the same words, and not to be read.

    Short words could be guessed, so it is as short as telling two editions of one comment apart allows.
    """
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:WORDS_DIGEST_LETTERS]


def about_hearing(
    hearing_id: int, act: Act, *, at: datetime, by: int | None = None, data: JournalData | None = None
) -> JournalEntry:
    """The entry of an act on a hearing; ``by`` is the acting resident's id."""
    return _entry("hearing", hearing_id, act, at=at, by=by, data=data)


def about_comment(
    comment_id: int, act: Act, *, at: datetime, by: int | None = None, data: JournalData | None = None
) -> JournalEntry:
    """The entry of an act on a comment; ``by`` is the acting resident's id."""
    return _entry("comment", comment_id, act, at=at, by=by, data=data)


def about_municipality(
    municipality_id: int, act: Act, *, at: datetime, by: int | None = None, data: JournalData | None = None
) -> JournalEntry:
    """The entry of an act on a municipality's staff or rooms; ``by`` is the acting resident's id."""
    return _entry("municipality", municipality_id, act, at=at, by=by, data=data)


def about_resident(resident_id: int, act: Act, *, at: datetime) -> JournalEntry:
    """The entry of an act of a resident on their own data; it names no other person."""
    return _entry("resident", resident_id, act, at=at)


def _entry(
    noun: str, number: int, act: Act, *, at: datetime, by: int | None = None, data: JournalData | None = None
) -> JournalEntry:
    return JournalEntry(at, act, f"{noun}:{number}", by, data or {})
