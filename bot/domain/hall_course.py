"""The course of sittings: what their chairs did, read from the journal; what was undone stands in it no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.journal import Act
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.domain.journal import JournalEntry

STEPS_OF_A_SITTING: Final = (
    *(Act.SITTING_STARTED, Act.ITEM_BEGUN, Act.QUESTION_ASKED, Act.ASKING_CLOSED, Act.RESULT_SHOWN),
    *(Act.HANDS_COUNTED, Act.FLOOR_GIVEN, Act.FLOOR_ENDED, Act.ANSWERED_IN_HALL, Act.SITTING_ENDED),
)


@dataclass(frozen=True, slots=True)
class SittingStep:
    """One step of a sitting: when, what, and by its kind the numbers of an item, a question, a comment, a speaker.

    ``hands`` were counted in the order of the options; so many people had ``answered`` when the question was closed.
    ``in_hall``: where the speaker is. ``people``, ``women`` and ``men`` were checked in when it ended. ``note`` is what
    was answered.
    """

    at: datetime
    act: Act
    sitting: int
    item: int = 0
    question: int = 0
    comment: int = 0
    speaker: int = 0
    in_hall: bool = False
    hands: tuple[int, ...] = ()
    answered: int = 0
    people: int = 0
    women: int = 0
    men: int = 0
    note: str = ""


def course_of_sittings(entries: Iterable[JournalEntry], notes: Mapping[int, str]) -> tuple[SittingStep, ...]:
    """The steps in the order of ``entries``, oldest first; ``notes`` are what was answered, by the comment's number."""
    found: list[SittingStep] = []
    for entry in entries:
        if entry.act is not Act.HALL_UNDONE and entry.act not in STEPS_OF_A_SITTING:
            continue  # "sitting" is a word there: which kind of change it was
        sitting = int(entry.data.get("sitting", 0))
        if entry.act is Act.HALL_UNDONE:
            last = next((step for step in reversed(found) if step.sitting == sitting), None)
            found = [step for step in found if step is not last]
        else:
            found.append(_step(entry, sitting, notes))
    return tuple(found)


def _step(entry: JournalEntry, sitting: int, notes: Mapping[int, str]) -> SittingStep:
    def number(name: str) -> int:
        return int(entry.data.get(name, 0))

    return SittingStep(
        *(entry.at, entry.act, sitting, number("item"), number("question"), number("number"), number("speaker")),
        in_hall=bool(number("here")),
        hands=tuple(map(int, str(entry.data.get("numbers", "")).split())),
        answered=number("answered"),
        people=number("people"),
        women=number("women"),
        men=number("men"),
        note=notes.get(number("number"), "") if entry.act is Act.ANSWERED_IN_HALL else "",
    )
