"""Presses about groups and channels."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Language, Press


@dataclass(frozen=True, slots=True)
class ListRooms(Press):
    """Opens a municipality's groups and channels, a page of them.

    ``caller`` stands in the link by which the bot is brought into a group: a digest of whose desk the link is on, so
    that they are known in a group in whose name they speak.
    """

    municipality: int
    page: int = 0
    caller: str = ""


@dataclass(frozen=True, slots=True)
class OpenRoom(Press):
    """Opens one group or channel."""

    room: int


@dataclass(frozen=True, slots=True)
class LinkRoom(Press):
    """Asks whether to post a municipality's announcements there; links it where ``sure``."""

    room: int
    municipality: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class UnlinkRoom(Press):
    """Asks whether to post nothing there any more; unlinks it where ``sure``."""

    room: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ToggleRoomLanguage(Press):
    """Adds a language to the posts in a room, or takes it out."""

    room: int
    language: Language
    on: bool


@dataclass(frozen=True, slots=True)
class MoveTopic(Press):
    """Posts in this topic of the group from now on; 0 is the general one."""

    room: int
    topic: int = 0


@dataclass(frozen=True, slots=True)
class PostNow(Press):
    """Asks whether to post the hearings that are announced or open; posts them where ``sure``."""

    room: int
    sure: bool = False
