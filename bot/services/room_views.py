"""What the service of rooms returns: a room as its staff see it, and as people meet the bot in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.places import Place
    from bot.domain.rooms import Room

HEARINGS_IN_OVERVIEW: Final = 10


@dataclass(frozen=True, slots=True)
class RoomIntroduction:
    """A room to which the actor has added the bot, or in which they have called it, and what they may do there.

    ``municipalities`` are those the actor may link it to, ``news`` says whether anything about it is new, and
    ``elsewhere`` that announcements go to another topic than the one they called in.
    """

    room: Room
    municipalities: tuple[Place, ...]
    news: bool = True
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class RoomGreeting:
    """The answer to a person who addresses the bot in a room; ``room`` is None where it is not stored.

    ``hearing`` is the next one of the room's municipality; ``staff``: the person may link the room, or run it.
    """

    room: Room | None
    municipality: Place | None = None
    hearing: Hearing | None = None
    staff: bool = False


@dataclass(frozen=True, slots=True)
class RoomOverview:
    """A room on the desk; ``municipality`` is what it is linked to, or would be.

    ``current`` are its hearings announced or open now, at most ``HEARINGS_IN_OVERVIEW``: those that sit soonest.
    ``running`` counts all of them, ``drafts`` those that are still to be announced.
    """

    room: Room
    municipality: Place | None
    current: tuple[Hearing, ...] = ()
    running: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class RoomList:
    """A municipality's rooms, also those the bot was removed from, and those the actor may link to it.

    ``caller`` is the actor's digest for the link that brings the bot into a group.
    """

    municipality: Place
    linked: tuple[Room, ...]
    offered: tuple[Room, ...]
    caller: str = ""
