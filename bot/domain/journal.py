"""Acts that decide something, and who did them. Facts only: sentences are made when the journal is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    JournalData = Mapping[str, str | int]


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
    POSTER_MADE = "poster made"
    ROLE_REVOKED = "role revoked"
    INVITATION_WITHDRAWN = "invitation withdrawn"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry of the journal. ``actor_id`` None is the clock or the command line; ``subject`` like ``hearing:3``."""

    at: datetime
    act: Act
    subject: str
    actor_id: int | None = None
    data: JournalData = field(default_factory=dict)


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
