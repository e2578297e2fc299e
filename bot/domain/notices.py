"""Messages owed to somebody. Stored as facts, rendered at delivery in the language the person reads then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class NoticeKind(StrEnum):
    """Why somebody is written to."""

    ANNOUNCED = "announced"
    OPENED = "opened"
    CLOSED = "closed"


class Delivery(StrEnum):
    """What became of a notice."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message owed to ``recipient_id`` from ``due_at`` on (aware UTC)."""

    id: int
    recipient_id: int
    kind: NoticeKind
    hearing_id: int
    due_at: datetime
    attempts: int = 0
