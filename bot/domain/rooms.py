"""Groups and channels of Telegram where people of a municipality meet, and the posts in them."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.errors import Forbidden, TooManyChoices
from bot.domain.permissions import Permission, may, municipalities_where
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import Phase
    from bot.domain.people import Actor
    from bot.domain.places import PlaceTree

ROOM_LANGUAGES_AT_MOST: Final = 2
"""In how many languages a post is written."""


class RoomKind(StrEnum):
    """As Telegram calls them."""

    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Room:
    """A group or channel into which the bot was added.

    ``municipality_id`` is None until staff link it. ``introduced_by`` is the member of staff who added the bot or
    called it there: only they are offered to link it. ``left_at`` is set when the bot was removed.
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

    def seen_as(self, seen: Room) -> Room:
        """The room as Telegram shows it now; its id, its municipality and its languages stay."""
        return replace(
            self,
            kind=seen.kind,
            title=seen.title,
            topic_id=seen.topic_id,
            introduced_by=seen.introduced_by,
            left_at=None,
        )

    def with_language(self, language: str, *, on: bool) -> Room:
        """The room with posts in one language more, as the last one, or less; the last one stays.

        Raises TooManyChoices above ``ROOM_LANGUAGES_AT_MOST``.
        """
        others = tuple(code for code in self.languages if code != language)
        chosen = (*others, language) if on else others or self.languages
        if len(chosen) > ROOM_LANGUAGES_AT_MOST:
            raise TooManyChoices(ROOM_LANGUAGES_AT_MOST)
        return replace(self, languages=chosen)

    def ensure_run_by(self, actor: Actor) -> None:
        """Raise Forbidden unless the actor prepares the hearings of the room's municipality.

        A room that is not linked is run by the member of staff who introduced it, and by administrators.
        """
        if self.municipality_id is not None:
            allowed = may(actor, Permission.PREPARE, self.municipality_id)
        else:
            allowed = actor.administrator or (
                self.introduced_by is not None and self.introduced_by == actor.resident_id
            )
        if not allowed:
            raise Forbidden("not their room")


def is_news(before: Room | None, room: Room) -> bool:
    """True if a room that was seen again is new, was left meanwhile, or has another introducer or topic."""
    if before is None or before.left_at is not None:
        return True
    return (before.introduced_by, before.topic_id) != (room.introduced_by, room.topic_id)


def is_staff_in(actor: Actor, room: Room | None, places: PlaceTree) -> bool:
    """True if the actor prepares the hearings of the room's municipality; of any, where the room is not linked."""
    if room is None or room.municipality_id is None:
        return bool(municipalities_where(actor, Permission.PREPARE, places))
    return may(actor, Permission.PREPARE, room.municipality_id)


@dataclass(frozen=True, slots=True)
class PostedState:
    """What a posted question tells: how many have answered, of how many the answers are shown; phase and version."""

    voters: int
    told: int
    phase: Phase
    version: int


@dataclass(frozen=True, slots=True)
class PostedQuestion:
    """A question of a hearing as it stands in a room; without a ``message_id`` it is still to be posted.

    ``state`` is what the message tells, None before it is posted. It is left alone until ``due_at``.
    """

    room_id: int
    hearing_id: int
    question_no: int
    due_at: datetime
    message_id: int | None = None
    state: PostedState | None = None

    @property
    def key(self) -> tuple[int, int, int]:
        """What there is once: room, hearing, number of the question."""
        return self.room_id, self.hearing_id, self.question_no


@dataclass(frozen=True, slots=True)
class GroupPost:
    """The announcement of a hearing as it stands in a room."""

    room_id: int
    hearing_id: int
    message_id: int
