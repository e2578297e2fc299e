"""Comments, proposals and questions of residents, and the commission's decisions on them."""

from __future__ import annotations

import re
from dataclasses import replace
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
from bot.domain.parts import Part, attachments, before, joined, nameless_parts, placed
from bot.domain.people import Demographics
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.hearings import Hearing
    from bot.domain.media import Media
    from bot.domain.people import Resident
    from bot.domain.programme import DraftPoint
    from bot.domain.questions import About
    from bot.domain.transcripts import Transcript

COMMENTS_A_DAY: Final = 20
"""Comments of one person to one hearing within 24 hours."""
REPEATED_WITHIN: Final = timedelta(minutes=10)
"""Within so long the same words of the same person are asked about: they may have been sent again by mistake."""
_RECEIPT: Final = re.compile(r"(?:№|#|n|no|номер[иу]?|рақам)?[.:\s]*(\d{1,7})\.?", re.ASCII | re.IGNORECASE)
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
    DUPLICATE = "duplicate"


class Outcome(StrEnum):
    """The commission's decision on a comment."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    NOTED = "noted"
    ANSWERED = "answered"
    """Of a question: its answer is the reason."""


PROMISING: Final = frozenset({Outcome.ACCEPTED, Outcome.PARTLY})
"""Outcomes that promise something, which is done some day."""


class Stage(StrEnum):
    """The stage of a comment, as its author follows it."""

    RECEIVED = "received"
    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"
    DONE = "done"


class Order(StrEnum):
    """How others' comments are listed."""

    SUPPORT = "support"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Decision:
    """The commission's answer to one comment."""

    outcome: Outcome
    reason: str
    responsible: str = ""
    due: date | None = None
    decided_at: datetime | None = None
    done_at: datetime | None = None
    changes: DraftPoint | None = None
    """What in the drafts it changes."""
    done_on: date | None = None
    """The day on which it was done, as staff say; ``done_at`` is when they said so."""
    done_photo: Media | None = None

    @property
    def is_done(self) -> bool:
        """True where what it promises is done."""
        return self.done_at is not None and self.outcome in PROMISING


@dataclass(frozen=True, slots=True)
class Submission:
    """A comment before it has a number. ``source`` is a digest of the message it came in: none is stored twice."""

    kind: CommentKind
    about: About
    text: str
    language: str
    source: str
    media: Media | None = None
    more: tuple[Part, ...] = ()
    """The parts that came after the first."""
    village_id: int = 0
    """Of a comment that staff enter for somebody without an account: where they live, if they have said."""


@dataclass(frozen=True, slots=True)
class CommentState:
    """What may change of a comment while somebody decides on it; ``parts`` are the messages after the first."""

    amended_at: datetime | None
    parts: int
    withdrawn_at: datetime | None
    decided_at: datetime | None
    merged_into: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as stored. ``number`` is its receipt within the hearing; ``author_id`` None once made anonymous.

    Its ``parts`` are the messages in which its author told it, in their order.
    """

    id: int
    hearing_id: int
    number: int
    author_id: int | None
    kind: CommentKind
    about: About
    parts: tuple[Part, ...]
    language: str
    channel: Channel
    visibility: Visibility
    created_at: datetime
    demographics: Demographics = Demographics()
    hiding_rule: HidingRule | None = None
    amended_at: datetime | None = None
    withdrawn_at: datetime | None = None
    support: int = 0
    decision: Decision | None = None
    author_digest: str | None = None
    """Of an author who was forgotten, for as long as they must not support it or write more in a day than others."""
    recording_open: bool = False
    """True where the author lets others hear the voice messages; else the commission alone hears them."""
    hidden_at: datetime | None = None
    """When it was hidden as it is now."""
    hidden_by: int | None = None
    """The resident who hid it; None for the command line."""
    merged_into: int | None = None
    """The id of the comment with which it is joined, as they say the same: it has that one's decision."""
    in_turn: bool = True
    """False where a word of it is one at which those who publish look first (``rough_words``)."""
    transcript: Transcript | None = None
    """What is said in its voice messages, where it was written down, or a program tried to."""

    @property
    def text(self) -> str:
        """The words of all its parts."""
        return joined(self.parts)

    @property
    def attachments(self) -> tuple[Media, ...]:
        """The photos and voice messages of all its parts."""
        return attachments(self.parts)

    @property
    def edition(self) -> int:
        """Which of its author's words these are: when they were last changed, in microseconds, and the parts after it.

        0 for words that were never changed, and one more with each part that has followed the first.
        Whoever decides about a comment, or supports it, says which edition they have read.
        """
        changed = 0 if self.amended_at is None else (self.amended_at - _EPOCH) // timedelta(microseconds=1)
        return changed + max(0, len(self.parts) - 1)

    @property
    def state(self) -> CommentState:
        """What may change of it while somebody decides on it."""
        parts = sum(part.position != 0 for part in self.parts)
        decided_at = self.decision.decided_at if self.decision else None
        return CommentState(self.amended_at, parts, self.withdrawn_at, decided_at, self.merged_into)

    @property
    def takes_parts(self) -> bool:
        """True while what its author sends next may be a part of it: nobody has decided about its words."""
        return self.visibility is Visibility.WAITING and self.withdrawn_at is None and self.decision is None

    @property
    def stage(self) -> Stage:
        """The stage it has reached."""
        if self.withdrawn_at:
            return Stage.WITHDRAWN
        if self.decision:
            return Stage.DONE if self.decision.is_done else Stage.DECIDED
        return Stage.RECEIVED if self.visibility is Visibility.WAITING else Stage.RECORDED

    def standing_as(self, visibility: Visibility, rule: HidingRule | None, *, at: datetime, by: int | None) -> Comment:
        """The comment as others may read it from ``at`` on; hidden ``by`` that resident where there is a ``rule``."""
        hidden_at, hidden_by = (at, by) if rule is not None else (None, None)
        return replace(self, visibility=visibility, hiding_rule=rule, hidden_at=hidden_at, hidden_by=hidden_by)

    def is_by(self, resident: Resident | None) -> bool:
        """True if the resident wrote it; a visitor wrote nothing."""
        return resident is not None and self.author_id == resident.id

    @property
    def public_attachments(self) -> tuple[Media, ...]:
        """The photos, and the voice messages that whoever reads the comment may hear."""
        return tuple(each for each in self.attachments if not each.kind.is_recording or self.recording_open)

    @property
    def has_voice(self) -> bool:
        """True where a part of it is spoken."""
        return any(each.kind.is_recording for each in self.attachments)

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
        known = media is None or media.unique_id in {each.unique_id for each in self.attachments}
        return known and (self.text == text or (not text and media is not None))

    def is_whole(self, text: str, media: Media | None) -> bool:
        """True if such a message says all that it says."""
        return self.text == text and self.says(text, media)

    def repeats(self, text: str, media: Media | None) -> bool:
        """True if such a message says what one of its parts says, or all of them together."""
        return any(part.says(text, media) for part in self.parts) or self.is_whole(text, media)

    def with_part(self, part: Part) -> Comment:
        """The comment with one part more, at its position."""
        parts = (*self.parts, placed(self.parts, part))
        return replace(
            self,
            parts=tuple(sorted(parts, key=lambda each: each.position)),
            recording_open=self.recording_open and part.media is None,
            transcript=self.transcript if part.media is None else None,
        )

    def amended(self, text: str, media: Media | None, at: datetime) -> Comment:
        """The comment with another text, and with a voice or photo more if there is one; without a text with its own.

        It waits to be published anew, and its support starts anew. Another voice is for the commission alone until its
        author says otherwise.
        """
        kept = [replace(part, text="") for part in self.parts if part.media] if text else self.parts
        return replace(
            self,
            parts=(*before(kept), Part(text, media)),
            recording_open=self.recording_open and media is None,
            amended_at=at,
            visibility=Visibility.WAITING,
            hiding_rule=None,
            hidden_at=None,
            hidden_by=None,
            support=0,
            transcript=self.transcript if media is None else None,
        )


def forgotten(comment: Comment, *, withdrawn_at: datetime | None, digest: str | None) -> Comment:
    """What stays of a comment of a person who is forgotten: no author, no group, and no words where it is taken back.

    What the commission has answered keeps its words. ``digest`` stands for the author while it is needed.
    """
    nameless = replace(
        comment, author_id=None, author_digest=digest, demographics=Demographics(), withdrawn_at=withdrawn_at
    )
    if withdrawn_at is None or comment.decision is not None:
        return replace(nameless, parts=nameless_parts(comment.parts))
    return replace(nameless, parts=(), language="", transcript=None)


def receipt_number(words: str) -> int:
    """The number of a comment where the words are one, as people write it (``№ 41``, ``#41``, ``41``); else 0."""
    found = _RECEIPT.fullmatch(words.strip())
    return int(found[1]) if found else 0


def ensure_daily_limit(sent: int) -> None:
    """Raise DailyLimit if a person has ``sent`` as many comments to a hearing within 24 hours as are taken."""
    if sent >= COMMENTS_A_DAY:
        raise DailyLimit(COMMENTS_A_DAY)
