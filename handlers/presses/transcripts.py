"""Presses about what is said in a voice message, in writing."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class WriteTranscript(Press):
    """Asks what is said in the voice messages of a comment."""

    comment: int


@dataclass(frozen=True, slots=True)
class ConfirmTranscript(Press):
    """Confirms the words of a program; ``seen`` says which were read."""

    comment: int
    seen: int = 0


@dataclass(frozen=True, slots=True)
class RemoveTranscript(Press):
    """Asks whether to remove a transcript; removes it where ``sure``."""

    comment: int
    sure: bool = False
