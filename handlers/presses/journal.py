"""Presses of a municipality's journal."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenJournal(Press):
    """Opens a page of a municipality's journal, the newest lines first."""

    municipality: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class DownloadJournal(Press):
    """Sends a municipality's journal as a file."""

    municipality: int
