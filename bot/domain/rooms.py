"""Groups and channels of Telegram where a municipality's people meet, and what was posted there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class RoomKind(StrEnum):
    """As Telegram calls them."""

    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Room:
    """A group or channel the bot was let into.

    ``municipality_id`` is None until staff link it. ``introduced_by`` is the member of staff who brought the bot in or
    called it there: only they are offered to link it. ``left_at`` is set when the bot was thrown out.
    """

    id: int
    telegram_id: int
    kind: RoomKind
    title: str
    topic_id: int | None = None
    municipality_id: int | None = None
    languages: tuple[str, ...] = ("ky", "ru")
    introduced_by: int | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GroupPost:
    """The announcement of a hearing as it stands in a room."""

    room_id: int
    hearing_id: int
    message_id: int
