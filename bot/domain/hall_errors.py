"""What is refused in the hall of a sitting. ``handlers.errors`` has a sentence for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import Refusal

if TYPE_CHECKING:
    from datetime import datetime


class HallMoved(Refusal):
    """Somebody has gone on in the hall since its presser saw it: nothing was done, they see how it stands."""

    def __init__(self, hearing_id: int, sitting: int) -> None:
        super().__init__(f"the hall of hearing {hearing_id}, sitting {sitting}, has moved on")
        self.hearing_id = hearing_id
        self.sitting = sitting


class HallNotRunning(Refusal):
    """The sitting has not begun, or is over."""


class HallQuestionClosed(Refusal):
    """No question is open in the hall, or another one than that which was pressed."""


class HallCodeRefused(Refusal):
    """The code of the day is another one; after too many wrong ones codes are taken again from ``until`` on."""

    def __init__(self, until: datetime | None = None) -> None:
        super().__init__("wrong code of the day")
        self.until = until


class HallKeyRefused(Refusal):
    """A key of the day opens nothing: it is wrong, withdrawn, too old, or its maker's role was taken back."""


class NobodyWaits(Refusal):
    """Nobody has asked for the floor."""


class NothingToUndo(Refusal):
    """The last act was undone already, or there was none."""
