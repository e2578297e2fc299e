"""A hearing in a few figures that can be held beside those of others: who took part, what came, what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase
from bot.domain.tallies import SMALLEST_GROUP
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.places import Place

SECONDS_OF_A_DAY: Final = 86_400


ENDED: Final = (Phase.CLOSED, Phase.ANSWERED)
"""Phases of hearings whose figures are compared."""


@dataclass(frozen=True, slots=True)
class HearingCounts:
    """What the database counts of a hearing; ``last_decided`` is when the newest decision that stands was made."""

    people: int = 0
    present: int = 0
    comments: int = 0
    decided: int = 0
    support: int = 0
    last_decided: datetime | None = None


@dataclass(frozen=True, slots=True)
class HearingFigures:
    """A hearing with its counts."""

    hearing: Hearing
    counts: HearingCounts

    @property
    def people(self) -> int | None:
        """People who took part through the bot; None where they are fewer than five, but not nobody."""
        return None if 0 < self.counts.people < SMALLEST_GROUP else self.counts.people

    @property
    def answered_share(self) -> float | None:
        """Comments with a decision as a part (0 to 1) of all; None without comments."""
        return self.counts.decided / self.counts.comments if self.counts.comments else None

    @property
    def days_to_answer(self) -> int | None:
        """Whole days from closing to the last decision, once the hearing is answered; None before, or without one."""
        last = self.counts.last_decided
        if self.hearing.phase is not Phase.ANSWERED or last is None:
            return None
        return max(0, int((last - self.hearing.closes_at).total_seconds() // SECONDS_OF_A_DAY))


@dataclass(frozen=True, slots=True)
class MunicipalityFigures:
    """The last hearing of a municipality that has closed."""

    municipality: Place
    figures: HearingFigures


def before(hearing: Hearing, others: Iterable[Hearing]) -> Hearing | None:
    """Of the others the one that closed last before it."""
    earlier = (each for each in others if each.id != hearing.id and each.closes_at < hearing.closes_at)
    return max(earlier, key=lambda each: (each.closes_at, each.id), default=None)
