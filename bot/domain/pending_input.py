"""What the bot waits for a person to type. One row a person, in the database, so that a restart forgets nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.questions import About

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.people import Actor

TYPING_LASTS: Final = timedelta(hours=24)
"""How long an input stays open: as long as Telegram keeps a message for the bot."""


class PendingInputKind(StrEnum):
    """What the typed text is for."""

    COMMENT = "comment"
    AMENDMENT = "amendment"
    SEARCH = "search"
    VILLAGE = "village"
    """The name of a village of one's municipality; other words are what they are without it."""
    REASON = "reason"
    """Why a hearing is postponed or cancelled."""


@dataclass(frozen=True, slots=True)
class PendingInput:
    """The open input of one person.

    ``comment_id`` is set for an amendment, ``text`` for a reason that was typed, ``moment`` for the reason of a
    postponement: to when.
    """

    resident_id: int
    kind: PendingInputKind
    expires_at: datetime
    hearing_id: int = 0
    comment_kind: CommentKind = CommentKind.COMMENT
    about: About = About()
    comment_id: int = 0
    text: str = ""
    moment: datetime | None = None


def expected_kind(actor: Actor, pending: PendingInput | None) -> PendingInputKind | None:
    """What the actor's next text is for, with the input they have open.

    A person without a municipality types the name of a place, except where staff type a reason.
    """
    kind = pending.kind if pending else None
    settled = actor.resident is not None and actor.resident.municipality_id is not None
    return kind if settled or kind is PendingInputKind.REASON else PendingInputKind.SEARCH
