"""What the council made of a hearing: its resolution, as the secretary types it once the hearing is answered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from bot.domain.errors import DayOutside, HearingNotAnswered, TextTooLong
from bot.domain.hearings import Phase
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from bot.domain.hearings import Hearing
    from bot.domain.pending_input import PendingInput

LONGEST_NUMBER: Final = 40
"""Letters of a resolution's number: ``12/3-VII`` and its like."""
LONGEST_ADOPTED: Final = 700
"""Letters of what was adopted."""
MARK_LETTERS: Final = 8


class ResolutionField(StrEnum):
    """What is typed of a resolution, in this order and in wire order (append only)."""

    NUMBER = "number"
    DAY = "day"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The council's resolution on a hearing: its number, its day, and what was adopted."""

    hearing_id: int
    number: str
    day: date
    adopted: str
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class ResolutionDraft:
    """A resolution while it is typed, one thing after another."""

    hearing_id: int
    waits_for: ResolutionField = ResolutionField.NUMBER
    number: str = ""
    day: date | None = None
    adopted: str = ""

    @classmethod
    def correcting(cls, stored: Resolution) -> ResolutionDraft:
        """A draft that says what is stored."""
        return cls(stored.hearing_id, number=stored.number, day=stored.day, adopted=stored.adopted)

    @property
    def missing(self) -> ResolutionField | None:
        """What has to be typed yet; None where all is there."""
        if not self.number:
            return ResolutionField.NUMBER
        if self.day is None:
            return ResolutionField.DAY
        return None if self.adopted else ResolutionField.ADOPTED

    @property
    def mark(self) -> str:
        """A digest of what it says: whoever stores it has seen these very words."""
        said = json.dumps([self.number, str(self.day), self.adopted])
        return sha256(said.encode()).hexdigest()[:MARK_LETTERS]

    def with_words(self, words: str) -> ResolutionDraft:
        """The draft with its number or what was adopted; raises TextTooLong."""
        limit = LONGEST_NUMBER if self.waits_for is ResolutionField.NUMBER else LONGEST_ADOPTED
        if len(words) > limit:
            raise TextTooLong(limit, len(words))
        if self.waits_for is ResolutionField.NUMBER:
            return replace(self, number=" ".join(words.split()))
        return replace(self, adopted=words)

    def resolution(self, at: datetime) -> Resolution | None:
        """What will be stored; None while something is missing."""
        if self.day is None or self.missing is not None:
            return None
        return Resolution(self.hearing_id, self.number, self.day, self.adopted, at)

    @property
    def stored(self) -> str:
        """The draft as words, as it is kept with the pending input."""
        day = self.day.isoformat() if self.day else ""
        return json.dumps([self.waits_for.value, self.number, day, self.adopted], ensure_ascii=False)

    @classmethod
    def of(cls, pending: PendingInput) -> ResolutionDraft:
        """The draft that is kept with the pending input."""
        field, number, day, adopted = json.loads(pending.text)
        return cls(
            pending.hearing_id,
            ResolutionField(field),
            number,
            date.fromisoformat(day) if day else None,
            adopted,
        )


def ensure_answered(hearing: Hearing) -> None:
    """Raise HearingNotAnswered before every comment of the hearing has its answer."""
    if hearing.phase is not Phase.ANSWERED:
        raise HearingNotAnswered


def ensure_council_day(day: date, hearing: Hearing, *, now: datetime, zone: tzinfo) -> None:
    """Raise DayOutside unless the council met after the hearing's answers had closed, and not in the future."""
    first, last = hearing.closes_at.astimezone(zone).date(), now.astimezone(zone).date()
    if not first <= day <= last:
        raise DayOutside(first, last)
