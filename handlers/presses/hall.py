"""Presses of who takes part in a sitting, in the hall or from elsewhere."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import AboutHall


@dataclass(frozen=True, slots=True)
class CheckIn(AboutHall):
    """Says with the code of the day that its presser is in the hall."""

    code: int


@dataclass(frozen=True, slots=True)
class OpenHall(AboutHall):
    """Shows the hall of a sitting as it stands for its presser."""


@dataclass(frozen=True, slots=True)
class FollowHall(AboutHall):
    """Takes part in a sitting from elsewhere."""


@dataclass(frozen=True, slots=True)
class AnswerInHall(AboutHall):
    """Chooses a stance, or one option, of the question that is open in the hall, in that asking of it."""

    question: int
    asking: int
    option: int
    edition: int = 1


@dataclass(frozen=True, slots=True)
class AskFloor(AboutHall):
    """Asks for the floor; no longer where ``on`` is False."""

    on: bool = True
