"""Files that staff send in the chat, kept until it is clear what they are and what becomes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

FILE_KEPT: Final = timedelta(hours=24)
"""How long a file waits for its sender's choice."""
MOST_FILES_KEPT: Final = 10
"""Files that wait for one person; the oldest gives way."""
LARGEST_DOWNLOAD: Final = 20_000_000
"""Bytes that Telegram lets a bot download."""
LONGEST_FILE_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file of staff, as Telegram keeps it; without a ``file_id`` it is still awaited.

    ``municipality_id`` and ``hearing_id`` say what it is for: a new hearing of the municipality, or a correction of the
    hearing; 0 where nobody has said. ``loaded_id`` is the hearing that it became. ``said`` is what is wrong with it,
    a sentence on a line.
    """

    id: int
    resident_id: int
    expires_at: datetime
    file_id: str = ""
    name: str = ""
    municipality_id: int = 0
    hearing_id: int = 0
    loaded_id: int = 0
    said: str = ""

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with it, sentence by sentence."""
        return tuple(self.said.splitlines())
