"""Presses about the entry sheet: taking it, and what becomes of one that was sent back."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import AboutEntries, Press


@dataclass(frozen=True, slots=True)
class TakeEntrySheet(AboutEntries):
    """Sends the entry sheet of a hearing as a file."""


@dataclass(frozen=True, slots=True)
class ApplyEntrySheet(Press):
    """Stores what a sheet says that was sent back, as it was shown (``check``); ``twins``: what says the same too.

    ``hearing`` is the one of which a sheet without a stamp is.
    """

    file: int
    check: int
    twins: bool = False
    hearing: int = 0


@dataclass(frozen=True, slots=True)
class LoadEntrySheet(Press):
    """Says of which hearing an entry sheet is that has lost its stamp."""

    file: int
    hearing: int
