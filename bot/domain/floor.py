"""Who may speak next: one queue for the hall and for people elsewhere, those who have spoken least go first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class FloorRequest:
    """Somebody asks for the floor in a sitting: ``number`` is called out, so that no name is stored.

    ``resident_id`` is None for a hand that the chair has seen, and for who was forgotten since.
    """

    hearing_id: int
    sitting: int
    number: int
    asked_at: datetime
    resident_id: int | None = None
    in_hall: bool = True
    called_at: datetime | None = None
    ended_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """True until it is called or withdrawn."""
        return self.called_at is None and self.withdrawn_at is None


def in_turn(requests: Iterable[FloorRequest]) -> tuple[FloorRequest, ...]:
    """The requests that wait, in the order in which they are called.

    Who has spoken less often in the sitting goes first, of those the one who asked first, wherever they are.
    """
    every = tuple(requests)
    spoken = Counter(each.resident_id for each in every if each.called_at is not None and each.resident_id is not None)
    waiting = (each for each in every if each.waits)
    return tuple(sorted(waiting, key=lambda each: (spoken[each.resident_id] if each.resident_id else 0, each.number)))
