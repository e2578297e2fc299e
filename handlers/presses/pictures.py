"""Presses about pictures for a chat."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class SeeAnswerPicture(Press):
    """Opens the picture of how people answered a question (0: all questions); ``desk`` goes back to the desk."""

    hearing: int
    question: int = 0
    desk: bool = False


@dataclass(frozen=True, slots=True)
class SeeTurnoutPicture(Press):
    """Opens the picture of who was heard."""

    hearing: int
