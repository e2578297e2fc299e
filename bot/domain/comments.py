"""Comments, proposals and questions of residents, and the commission's decisions on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.errors import (
    AlreadyConsidered,
    AlreadyWithdrawn,
    CommentChanged,
    DailyLimit,
    NotFound,
)
from bot.domain.people import Demographics

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.hearings import Hearing
    from bot.domain.people import Resident
    from bot.domain.questions import About

COMMENTS_A_DAY: Final = 20
"""Comments of one person to one hearing within 24 hours."""
REPEATED_WITHIN: Final = timedelta(minutes=10)
"""Within so long the same words of the same person are asked about: they may have been sent again by mistake."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class CommentKind(StrEnum):
    """As the author names it."""

    COMMENT = "comment"
    PROPOSAL = "proposal"
    QUESTION = "question"


class Channel(StrEnum):
    """How a voice reached the commission; sums over channels always say so."""

    TELEGRAM = "telegram"
    HALL = "hall"
    PAPER = "paper"
    PHONE = "phone"


class Visibility(StrEnum):
    """Whether other residents may read it. Hidden ones stay in the record and in every count."""

    WAITING = "waiting"
    PUBLISHED = "published"
    HIDDEN = "hidden"


class HidingRule(StrEnum):
    """The named rules by which a comment may be hidden from other residents."""

    PERSONAL_DATA = "personal data"
    INSULT = "insult"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off topic"


class Outcome(StrEnum):
    """The commission's decision on a comment."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    NOTED = "noted"


class Stage(StrEnum):
    """The stage of a comment, as its author follows it."""

    RECEIVED = "received"
    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"
    DONE = "done"


class MediaKind(StrEnum):
    """What a message has instead of text, or beside it, in the wrapping in which Telegram keeps it.

    Telegram gives a file back in its own wrapping alone: a recording that came as a file cannot be sent as a voice.
    """

    VOICE = "voice"
    AUDIO = "audio"
    SOUND_FILE = "sound file"
    VIDEO_NOTE = "video note"
    VIDEO = "video"
    PHOTO = "photo"
    PICTURE_FILE = "picture file"
    ANIMATION = "animation"

    @property
    def is_recording(self) -> bool:
        """True where a person speaks in it; False for a picture."""
        return self not in {MediaKind.PHOTO, MediaKind.PICTURE_FILE, MediaKind.ANIMATION}


class Order(StrEnum):
    """How others' comments are listed."""

    SUPPORT = "support"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Media:
    """A voice message or photo in any wrapping, kept at Telegram under ``file_id``."""

    kind: MediaKind
    file_id: str
    unique_id: str
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """The commission's answer to one comment."""

    outcome: Outcome
    reason: str
    responsible: str = ""
    due: date | None = None
    decided_at: datetime | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A comment before it has a number. ``source`` is a digest of the message it came in: none is stored twice."""

    kind: CommentKind
    about: About
    text: str
    language: str
    source: str
    media: Media | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as stored. ``number`` is its receipt within the hearing; ``author_id`` None once made anonymous."""

    id: int
    hearing_id: int
    number: int
    author_id: int | None
    kind: CommentKind
    about: About
    text: str
    language: str
    channel: Channel
    visibility: Visibility
    created_at: datetime
    demographics: Demographics = Demographics()
    media: Media | None = None
    hiding_rule: HidingRule | None = None
    amended_at: datetime | None = None
    withdrawn_at: datetime | None = None
    support: int = 0
    decision: Decision | None = None
    author_digest: str | None = None
    """Of an author who was forgotten, for as long as they must not support it or write more in a day than others."""
    recording_open: bool = False
    """True where the author lets others hear the voice message; else the commission alone hears it."""

    @property
    def edition(self) -> int:
        """Which of its author's words these are: the moment they were last changed, in microseconds; 0 for the first.

        Whoever decides about a comment, or supports it, says which edition they have read.
        """
        return 0 if self.amended_at is None else (self.amended_at - _EPOCH) // timedelta(microseconds=1)

    @property
    def stage(self) -> Stage:
        """The stage it has reached."""
        if self.withdrawn_at:
            return Stage.WITHDRAWN
        if self.decision:
            return Stage.DONE if self.decision.done_at else Stage.DECIDED
        return Stage.RECEIVED if self.visibility is Visibility.WAITING else Stage.RECORDED

    def is_by(self, resident: Resident | None) -> bool:
        """True if the resident wrote it; a visitor wrote nothing."""
        return resident is not None and self.author_id == resident.id

    @property
    def is_recording_public(self) -> bool:
        """True where whoever reads the comment may hear its voice message too, or see its photo."""
        return self.media is not None and (not self.media.kind.is_recording or self.recording_open)

    def ensure_by(self, author: Resident) -> None:
        """Raise NotFound unless the author wrote it: to others it is not theirs to change."""
        if not self.is_by(author):
            raise NotFound("comment", self.id)

    def is_public(self, hearing: Hearing) -> bool:
        """True while other residents may read it: published, not withdrawn, and its ``hearing`` is public."""
        return self.visibility is Visibility.PUBLISHED and self.withdrawn_at is None and hearing.is_public

    def ensure_edition(self, edition: int) -> None:
        """Raise CommentChanged unless its words are those of that ``edition``."""
        if self.edition != edition:
            raise CommentChanged

    def ensure_not_withdrawn(self) -> None:
        """Raise AlreadyWithdrawn if the author has taken it back."""
        if self.withdrawn_at is not None:
            raise AlreadyWithdrawn

    def ensure_undecided(self) -> None:
        """Raise AlreadyConsidered if the commission has decided on it."""
        if self.decision is not None:
            raise AlreadyConsidered

    def ensure_amendable(self) -> None:
        """Raise AlreadyWithdrawn or AlreadyConsidered where the author can no longer give it another text."""
        self.ensure_not_withdrawn()
        self.ensure_undecided()

    def says(self, text: str, media: Media | None) -> bool:
        """True if amending it by these words, with this voice or photo if any, changes nothing."""
        return self.text == text and media in (None, self.media)

    def amended(self, text: str, media: Media | None, at: datetime) -> Comment:
        """The comment with another text, and another voice or photo if there is one.

        It waits to be published anew, and its support starts anew. Another voice is for the commission alone until its
        author says otherwise.
        """
        return replace(
            self,
            text=text,
            media=media or self.media,
            recording_open=self.recording_open and media is None,
            amended_at=at,
            visibility=Visibility.WAITING,
            hiding_rule=None,
            support=0,
        )


def forgotten(comment: Comment, *, withdrawn_at: datetime | None, digest: str | None) -> Comment:
    """What stays of a comment of a person who is forgotten: no author, no group, and no words where it is taken back.

    What the commission has answered keeps its words. ``digest`` stands for the author while it is needed.
    """
    nameless = replace(
        comment, author_id=None, author_digest=digest, demographics=Demographics(), withdrawn_at=withdrawn_at
    )
    if withdrawn_at is None or comment.decision is not None:
        return nameless
    return replace(nameless, text="", language="", media=None)


def ensure_daily_limit(sent: int) -> None:
    """Raise DailyLimit if a person has ``sent`` as many comments to a hearing within 24 hours as are taken."""
    if sent >= COMMENTS_A_DAY:
        raise DailyLimit(COMMENTS_A_DAY)
