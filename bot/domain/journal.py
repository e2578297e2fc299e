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


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. ``actor_id`` None is the clock or the command line; ``subject`` like ``hearing:3``."""

    at: datetime
    act: Act
    subject: str
    actor_id: int | None = None
    data: Mapping[str, str | int] = field(default_factory=dict)
