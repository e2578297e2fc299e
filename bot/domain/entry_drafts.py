"""What a member of staff is entering for somebody, before it is stored: kept with the pending input, as words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.domain.comments import Channel, CommentKind
from bot.domain.media import Media, MediaKind
from bot.domain.parts import Part, joined
from bot.domain.questions import About, AboutKind
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from bot.domain.pending_input import PendingInput


class EntryField(StrEnum):
    """What is typed next, in wire order (append only)."""

    WORDS = "words"
    VOICES = "voices"
    NAME = "name"
    VOTES = "votes"
    PEOPLE = "people"
    NOTHING = "nothing"
    """All that is needed is there; what is sent nevertheless is added to the words."""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """A comment, a count of votes (``question_no``) or of people present (``waits_for`` or ``numbers``) being entered.

    ``numbers`` are as ``counted_votes.from_numbers`` takes them; of people: all, women, men. ``seen`` are the numbers
    that stood there when it was begun: what somebody else has entered since is not replaced. ``comment_id`` is set
    where an entry is changed. ``village_id`` is of a ballot box, or of a comment where an entry sheet says it.
    """

    hearing_id: int
    waits_for: EntryField = EntryField.WORDS
    channel: Channel = Channel.HALL
    sitting: int = 0
    kind: CommentKind = CommentKind.COMMENT
    about: About = About()
    parts: tuple[Part, ...] = ()
    voices: int = 0
    name: str = ""
    given_on: date | None = None
    comment_id: int = 0
    question_no: int = 0
    village_id: int = 0
    box: int = 1
    numbers: tuple[int, ...] = ()
    seen: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The words of the comment."""
        return joined(self.parts)

    @property
    def is_of_people(self) -> bool:
        """True where people present are counted."""
        return self.waits_for is EntryField.PEOPLE

    def with_part(self, part: Part) -> EntryDraft:
        """The draft with a message more of the comment."""
        parts = (*self.parts, replace(part, position=len(self.parts), source="", at=None))
        return replace(self, parts=parts, waits_for=EntryField.NOTHING)

    @property
    def stored(self) -> str:
        """The draft as words."""
        said: dict[str, Any] = {
            "waits_for": self.waits_for.value,
            "channel": self.channel.value,
            "sitting": self.sitting,
            "kind": self.kind.value,
            "about": [self.about.kind.value, self.about.no],
            "parts": [[part.text, _media_fields(part.media)] for part in self.parts],
            "voices": self.voices,
            "name": self.name,
            "given_on": self.given_on.isoformat() if self.given_on else None,
            "comment_id": self.comment_id,
            "votes": [self.question_no, self.village_id, self.box],
            "numbers": self.numbers,
            "seen": self.seen,
        }
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def of(cls, pending: PendingInput) -> EntryDraft:
        """The draft that is kept with the pending input."""
        said = json.loads(pending.text)
        question_no, village_id, box = said["votes"]
        kind, no = said["about"]
        return cls(
            pending.hearing_id,
            waits_for=EntryField(said["waits_for"]),
            channel=Channel(said["channel"]),
            sitting=said["sitting"],
            kind=CommentKind(said["kind"]),
            about=About(AboutKind(kind), no),
            parts=tuple(Part(text, _media(fields), at) for at, (text, fields) in enumerate(said["parts"])),
            voices=said["voices"],
            name=said["name"],
            given_on=date.fromisoformat(said["given_on"]) if said["given_on"] else None,
            comment_id=said["comment_id"],
            question_no=question_no,
            village_id=village_id,
            box=box,
            numbers=tuple(said["numbers"]),
            seen=tuple(said["seen"]),
        )


def _media_fields(media: Media | None) -> list[str | int] | None:
    return None if media is None else [media.kind.value, media.file_id, media.unique_id, media.seconds]


def _media(fields: list[Any] | None) -> Media | None:
    if fields is None:
        return None
    kind, file_id, unique_id, seconds = fields
    return Media(MediaKind(kind), file_id, unique_id, seconds)
