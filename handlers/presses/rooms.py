"""Presses about groups and channels."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.presses.press import Language, Press


@dataclass(frozen=True, slots=True)
class ListRooms(Press):
    """A municipality's groups and channels, a page of them."""

    municipality: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRoom(Press):
    """One group or channel."""

    room: int


@dataclass(frozen=True, slots=True)
class LinkRoom(Press):
    """Post this municipality's announcements there: sure?"""

    room: int
    municipality: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class UnlinkRoom(Press):
    """Post nothing there any more: sure?"""

    room: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ToggleRoomLanguage(Press):
    """Write posts in this language, or not."""

    room: int
    language: Language
    on: bool


@dataclass(frozen=True, slots=True)
class MoveTopic(Press):
    """Post in this topic of the group; 0 is the general one."""

    room: int
    topic: int = 0


@dataclass(frozen=True, slots=True)
class PostNow(Press):
    """Post the hearings that are announced or open now: sure?"""

    room: int
    sure: bool = False
