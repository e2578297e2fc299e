"""Acts that decide something, and who did them. Facts only: sentences are made when somebody reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


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


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the journal. ``actor_id`` None is the clock or the command line; ``subject`` like ``hearing:3``."""

    at: datetime
    act: Act
    subject: str
    actor_id: int | None = None
    data: Mapping[str, str | int] = field(default_factory=dict)
