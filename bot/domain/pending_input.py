"""What we wait for a person to type. One open draft a person, in the database, so that a restart forgets nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind, Media
from bot.domain.questions import About

if TYPE_CHECKING:
    from datetime import datetime

TYPING_LASTS: Final = timedelta(hours=24)
"""How long a draft stays open: as long as Telegram keeps a message for us."""


class PendingInputKind(StrEnum):
    """What the typed text will become."""

    COMMENT = "comment"
    AMENDMENT = "amendment"
    UNSENT = "unsent"
    """Text that came unasked: kept until its author says what it is."""
    SEARCH = "search"
    REASON = "reason"
    """Why a hearing is postponed or cancelled; ``source`` says to when."""


@dataclass(frozen=True, slots=True)
class PendingInput:
    """The open draft of one person.

    ``comment_id`` is set for an amendment; ``text``, ``media`` and ``source`` for unsent text.
    """

    resident_id: int
    kind: PendingInputKind
    expires_at: datetime
    hearing_id: int = 0
    comment_kind: CommentKind = CommentKind.COMMENT
    about: About = About()
    comment_id: int = 0
    text: str = ""
    media: Media | None = None
    source: str = ""
