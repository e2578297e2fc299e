"""Presses of who chairs a sitting. ``seen`` is the state of the hall on the pressed screen: a second tap is refused."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.values import dataclass
from handlers.presses.press import AboutChair, Press


class HallStep(StrEnum):
    """A step of the chair in wire order (append only)."""

    START = "start"
    NEXT_ITEM = "next item"
    CLOSE = "close"
    SHOW = "show"
    NEXT_SPEAKER = "next speaker"
    END_SPEAKER = "end speaker"
    UNDO = "undo"
    END = "end"


@dataclass(frozen=True, slots=True)
class OpenChair(Press):
    """Shows the hall of a sitting to who chairs it; of several sittings (``sitting`` 0) asks which."""

    hearing: int
    sitting: int = 0


@dataclass(frozen=True, slots=True)
class StepInHall(AboutChair):
    """Takes a step; the end is asked about once, unless ``sure``."""

    step: HallStep
    seen: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class AskHall(AboutChair):
    """Opens a question to the hall; 0 lists those that there are, a page of them."""

    question: int = 0
    seen: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class CountHands(AboutChair):
    """Waits for how many hands were raised for each option."""

    seen: int


@dataclass(frozen=True, slots=True)
class AddHand(AboutChair):
    """Puts somebody without a phone into the queue for the floor."""


@dataclass(frozen=True, slots=True)
class SetSpeakingMinutes(AboutChair):
    """Gives each speaker so many minutes; 0 asks how many."""

    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ListHallQuestions(AboutChair):
    """Lists the questions to the presenters: those that wait to be published, then the ranked ones."""


@dataclass(frozen=True, slots=True)
class PublishHallQuestion(AboutChair):
    """Lets everybody read a question to the presenters."""

    comment: int
    edition: int = 0


@dataclass(frozen=True, slots=True)
class CloseHallQuestion(AboutChair):
    """Says that a question to the presenters was answered in the hall."""

    comment: int
    seen: int


@dataclass(frozen=True, slots=True)
class NoteAnswer(AboutChair):
    """Waits for a note to what was answered."""

    comment: int


@dataclass(frozen=True, slots=True)
class OpenHallLinks(AboutChair):
    """Shows the code of the day with its QR code, and whether keys open the pages of the hall."""


@dataclass(frozen=True, slots=True)
class MakeHallKeys(AboutChair):
    """Makes keys of the day and shows the links with them, once."""


@dataclass(frozen=True, slots=True)
class WithdrawHallKeys(AboutChair):
    """Lets every key of the day open nothing any more."""
