"""Why a hearing, or one of its sittings, does not take place as it was announced."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime


class SetbackReason(StrEnum):
    """Why a hearing is postponed or cancelled; ``OWN`` is in the secretary's words."""

    ROOM = "room"
    WEATHER = "weather"
    ILLNESS = "illness"
    PAPERS = "papers"
    OWN = "own"


LONGEST_REASON: Final = 500
"""Letters of a reason in the secretary's own words."""


@dataclass(frozen=True, slots=True)
class Setback:
    """A postponement (``was``: when the sitting was to begin) or a cancellation, with its reason."""

    why: SetbackReason
    words: str = ""
    was: datetime | None = None
