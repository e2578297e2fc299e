"""A notice with all that is needed to render it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast, Notice
    from bot.domain.numbers import Numbers
    from bot.domain.people import Resident
    from bot.domain.places import Place
    from bot.domain.rooms import GroupPost, Room


@dataclass(frozen=True, slots=True)
class Letter:
    """To ``recipient`` or to ``room``, one of the two; the hearing is as it is now."""

    notice: Notice
    broadcast: Broadcast
    hearing: Hearing
    municipality: Place
    zone: ZoneInfo
    now: datetime
    recipient: Resident | None = None
    room: Room | None = None
    post: GroupPost | None = None
    """What the room has of this hearing."""
    answered: int = 0
    """Questions the recipient has answered."""
    receipts: tuple[Comment, ...] = ()
    """What the recipient wrote, oldest first."""
    numbers: Numbers | None = None
    """For results and digests."""
