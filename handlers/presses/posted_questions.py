"""Presses about questions that stand in groups and channels."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class AnswerInRoom(Press):
    """Chooses a stance under a post: the only press that counts outside of a private chat."""

    hearing: int
    question: int
    option: int
    edition: int = 1


@dataclass(frozen=True, slots=True)
class ListRoomQuestions(Press):
    """Opens the questions that can be asked in a group or channel now, a page of them, from 0."""

    room: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskInRooms(Press):
    """Asks whether to post a question in the groups and channels of the municipality; posts it where ``sure``."""

    room: int
    hearing: int
    question: int
    sure: bool = False
