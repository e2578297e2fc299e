"""A notice with all that is needed to render it, and what a courier says became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime, timedelta
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


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has accepted it, as that message."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nobody is there any more: blocked, deleted, thrown out. To be marked."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this message; nothing is wrong with the recipient."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: again after ``wait``. ``tried`` counts as an attempt; ``doubtful``: it may have arrived all the same."""

    wait: timedelta
    tried: bool = True
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become a supergroup with this number: again, there."""

    telegram_id: int


Outcome = Sent | Unreachable | Refused | Later | Moved


class Courier(Protocol):
    """Takes letters to people and rooms, at the pace Telegram allows."""

    @property
    def held(self) -> float:
        """Seconds for which Telegram wants no bulk from us, 0 where it takes some."""
        ...

    def give_up(self) -> None:
        """Let everything that waits for its turn come back as Later, untried."""
        ...

    async def deliver(self, letter: Letter, *, patience: float) -> Outcome:
        """Send one; raises nothing for one recipient's sake.

        What could not leave within ``patience`` seconds (others were more urgent) comes back as Later, untried.
        """
        ...
