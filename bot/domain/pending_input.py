"""What the bot waits for a person to type. One row a person, in the database, so that a restart forgets nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.questions import About
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

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
    STAFF_NAME = "staff name"
    """How a member of staff wants to be seen by colleagues."""
    ENTRY = "entry"
    """What staff enter for somebody, as ``EntryDraft`` has it."""
    COMMENT_SEARCH = "comment search"
    """Staff: the words by which comments of a hearing are looked for; ``CommentSearch`` says what else is kept."""
    ATTACHMENT = "attachment"
    """Files that become documents of a hearing; words are what they are without it."""
    DECISION = "decision"
    """The reason of a decision; ``text`` has its outcome and what its author has seen."""
    RESOLUTION = "resolution"
    """What the council made of a hearing, as ``ResolutionDraft`` has it."""
    DONE = "done"
    """The day on which something was done, or a photo of it; ``text`` has the day once it is known."""
    APPEAL = "appeal"
    """What an author says against the hiding of a comment; ``text`` has the words until they are sent."""
    TRANSCRIPT = "transcript"
    """What is said in a voice message; ``text`` names the recordings that were heard."""
    TEXT = "text"
    """Other words for one text of a hearing, or the place of a new sitting; ``text`` says which, and from its second
    line on the words."""
    HALL = "hall"
    """Hands that were counted in a hall, or a note to what was answered there, as ``HallTyping`` has it."""


STAFF_TYPE: Final = (
    PendingInputKind.REASON,
    PendingInputKind.STAFF_NAME,
    PendingInputKind.COMMENT_SEARCH,
    PendingInputKind.ATTACHMENT,
    PendingInputKind.ENTRY,
    PendingInputKind.DECISION,
    PendingInputKind.RESOLUTION,
    PendingInputKind.TRANSCRIPT,
    PendingInputKind.DONE,
    PendingInputKind.TEXT,
    PendingInputKind.HALL,
)
LEFT_AT_THE_DESK: Final = frozenset(
    {PendingInputKind.RESOLUTION, PendingInputKind.TRANSCRIPT, PendingInputKind.DONE, PendingInputKind.HALL}
)
"""Waited for no longer when who types it opens the desk: it would be told to people."""
NOT_TYPED: Final = frozenset({PendingInputKind.DECISION, PendingInputKind.TRANSCRIPT, PendingInputKind.HALL})
"""Kinds whose ``text`` the program writes for itself: it is nothing that a person has typed."""
PLACES_TYPED: Final = (PendingInputKind.SEARCH, PendingInputKind.VILLAGE)


@dataclass(frozen=True, slots=True)
class PendingInput:
    """The open input of one person.

    ``comment_id`` is set for an amendment or an appeal, ``text`` for what was typed and waits, ``moment`` for the
    reason of a postponement: to when. A search for a place may be begun while something is being written: it has its
    fields too, and ``moment`` is when the search ends.
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

    @property
    def writing(self) -> PendingInput | None:
        """What is being written, without the search that was begun since; None where nothing is."""
        if self.kind in (*STAFF_TYPE, PendingInputKind.APPEAL) or not self.hearing_id:
            return None
        kind = PendingInputKind.AMENDMENT if self.comment_id else PendingInputKind.COMMENT
        return replace(self, kind=kind, moment=None)

    def at(self, now: datetime) -> PendingInput:
        """The input as it stands at that moment: without a search that has ended over what is being written."""
        ended = self.kind in PLACES_TYPED and self.moment is not None and self.moment <= now
        return self.writing or self if ended else self


@dataclass(frozen=True, slots=True)
class CommentSearch:
    """Words by which comments are looked for, empty before they are typed, and the decision draft kept meanwhile."""

    words: str = ""
    draft: str = ""

    def to_text(self) -> str:
        """The words in the first line, the draft below."""
        return f"{self.words}\n{self.draft}" if self.draft else self.words

    @classmethod
    def of(cls, pending: PendingInput | None) -> CommentSearch | None:
        """What is looked for; None where something else is waited for."""
        if pending is None or pending.kind is not PendingInputKind.COMMENT_SEARCH:
            return None
        words, _, draft = pending.text.partition("\n")
        return cls(words, draft)


def typed_words(pending: PendingInput | None) -> str:
    """What a person has typed of a pending input, without what the program keeps with it."""
    if pending is None or pending.kind in NOT_TYPED:
        return ""
    match pending.kind:
        case PendingInputKind.COMMENT_SEARCH:
            return pending.text.partition("\n")[0]
        case PendingInputKind.REASON:
            return TypedReason.from_text(pending.text).words
        case PendingInputKind.TEXT:
            return pending.text.partition("\n")[2]
    return pending.text


NEW_PLACE: Final = "sitting"
"""What the text begins with that waits for the place of a new sitting."""


def is_new_place(pending: PendingInput) -> bool:
    """True where the place of a new sitting is waited for, and no text of a hearing."""
    return pending.kind is PendingInputKind.TEXT and pending.text.startswith(f"{NEW_PLACE} ")


@dataclass(frozen=True, slots=True)
class TypedReason:
    """The reason of a setback as it is waited for: of which ``sitting`` (0: the whole hearing), and the words."""

    sitting: int = 0
    words: str = ""

    def to_text(self) -> str:
        """The number in the first line, the words below."""
        return f"{self.sitting}\n{self.words}"

    @classmethod
    def from_text(cls, text: str) -> TypedReason:
        """The reason in the text."""
        head, line, words = text.partition("\n")
        return cls(int(head), words) if line and head.isascii() and head.isdigit() else cls(0, text)


def search_over(
    pending: PendingInput | None, resident_id: int, kind: PendingInputKind, until: datetime
) -> PendingInput:
    """The search for a place or a village; what is being written is waited for after it, as before."""
    writing = pending.writing if pending else None
    if writing is None:
        return PendingInput(resident_id, kind, until)
    return replace(writing, kind=kind, moment=until)


@dataclass(frozen=True, slots=True)
class HallTyping:
    """What is waited for in a hall: the hands raised for the question, or a note to the answer to a ``comment``.

    ``seen`` is the state of the hall for which hands were asked.
    """

    sitting: int
    seen: int = 0
    comment: int = 0

    @property
    def stored(self) -> str:
        """As a pending input keeps it."""
        return f"{self.sitting} {self.seen} {self.comment}"

    @classmethod
    def of(cls, pending: PendingInput) -> HallTyping:
        """What is waited for."""
        return cls(*map(int, pending.text.split()))
