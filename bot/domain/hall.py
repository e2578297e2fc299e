"""The hall of a sitting: what its chair has begun, asked and closed. Each act makes the next state of the one before.

Whoever acts says which state they saw by its number of ``moves``: a nervous double tap moves on once.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound
from bot.domain.hall_errors import HallMoved, HallNotRunning, HallQuestionClosed
from bot.domain.journal import Act
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.hearings import AgendaItem
    from bot.domain.questions import Question

DAY_LASTS: Final = timedelta(hours=24)
"""How long the code and the keys of the day are good."""
TAKING_PART_KEPT: Final = timedelta(days=30)
"""How long it is known who took part in a sitting; the journal keeps how many."""
FORGOTTEN_AFTER: Final = timedelta(hours=12)
"""A sitting that nobody has ended is over after so long."""
CODE_DIGITS: Final = 8
USUAL_SPEAKING_MINUTES: Final = 3
SPEAKING_MINUTES: Final = (1, 2, 3, 5, 10)
WRONG_CODES: Final = 5
"""Codes that one person may get wrong within ``WRONG_CODES_LAST``."""
WRONG_CODES_LAST: Final = timedelta(minutes=15)


class HallDoor(StrEnum):
    """Which served page a key of the day opens."""

    CHAIR = "chair"
    PROJECTOR = "projector"


class HallPhase(StrEnum):
    """How far the sitting is."""

    NOT_BEGUN = "not begun"
    RUNNING = "running"
    ENDED = "ended"


TURNING: Final = frozenset(
    {Act.SITTING_STARTED, Act.SITTING_ENDED, Act.QUESTION_ASKED, Act.ASKING_CLOSED, Act.RESULT_SHOWN}
)
"""Acts after which the screens of all who take part turn by themselves."""


@dataclass(frozen=True, slots=True)
class Hall:
    """The hall of a sitting as it stands; ``sitting`` is its number in the dossier. Moments are aware UTC.

    ``moves`` counts the acts of the chair, ``turned`` is its number at the last one that turned everybody's screen.
    ``item`` is the number of the agenda item that is dealt with, 0 before the first. ``question`` is the number of the
    question that was asked last (0: none), in the hall's ``round``-th asking; ``hands`` are the numbers that were
    counted for it, in the order of its options. ``speaker`` is the number of the request that has the floor, 0 nobody.
    ``answered`` is the comment that the last act said was answered. ``last`` is the act that can be undone.
    """

    hearing_id: int
    sitting: int
    moves: int = 0
    turned: int = 0
    chair: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    item: int = 0
    item_since: datetime | None = None
    question: int = 0
    round: int = 0
    asked_at: datetime | None = None
    closed_at: datetime | None = None
    result_shown: bool = False
    hands: tuple[int, ...] = ()
    speaker: int = 0
    speaker_since: datetime | None = None
    minutes: int = USUAL_SPEAKING_MINUTES
    answered: int = 0
    last: Act | None = None

    @property
    def phase(self) -> HallPhase:
        """Not begun, running or ended."""
        if self.started_at is None:
            return HallPhase.NOT_BEGUN
        return HallPhase.RUNNING if self.ended_at is None else HallPhase.ENDED

    @property
    def is_asking(self) -> bool:
        """True while a question is open to the hall."""
        return self.phase is HallPhase.RUNNING and bool(self.question) and self.closed_at is None

    @property
    def deals_with_question(self) -> bool:
        """True while a question is open, and then until the next item begins."""
        later = self.closed_at is not None and self.item_since is not None and self.item_since > self.closed_at
        return self.phase is HallPhase.RUNNING and bool(self.question) and not later

    def ensure_running(self) -> None:
        """Raise HallNotRunning unless the sitting has begun and is not over."""
        if self.phase is not HallPhase.RUNNING:
            raise HallNotRunning

    def ensure_seen(self, moves: int) -> None:
        """Raise HallMoved where it is not the state that the presser saw."""
        if moves != self.moves:
            raise HallMoved(self.hearing_id, self.sitting)

    def ensure_asking(self, question_no: int, round_no: int) -> None:
        """Raise HallQuestionClosed unless that question is open, in that asking of it."""
        if not self.is_asking or (self.question, self.round) != (question_no, round_no):
            raise HallQuestionClosed

    def started(self, chair: int | None, now: datetime) -> Hall:
        """It begins, with whoever opened it in the chair; one that was over begins anew. Raises HallNotRunning."""
        if self.phase is HallPhase.RUNNING:
            raise HallNotRunning
        anew = Hall(self.hearing_id, self.sitting, self.moves, self.turned, round=self.round, minutes=self.minutes)
        return anew._moved(Act.SITTING_STARTED, started_at=now, chair=chair)

    def at_item(self, no: int, now: datetime) -> Hall:
        """That agenda item is dealt with from now on. Raises HallNotRunning."""
        self.ensure_running()
        return self._moved(Act.ITEM_BEGUN, item=no, item_since=now)

    def asking(self, question_no: int, now: datetime) -> Hall:
        """A question is open to the hall; one that was open is closed. Raises HallNotRunning."""
        self.ensure_running()
        asked = {"question": question_no, "round": self.round + 1, "asked_at": now, "closed_at": None}
        return self._moved(Act.QUESTION_ASKED, **asked, result_shown=False, hands=())

    def closed(self, now: datetime) -> Hall:
        """No press counts any more. Raises HallNotRunning, HallQuestionClosed where none is open."""
        self.ensure_running()
        if not self.is_asking:
            raise HallQuestionClosed
        return self._moved(Act.ASKING_CLOSED, closed_at=now)

    def showing(self) -> Hall:
        """The result of the question is shown. Raises HallQuestionClosed before it is closed, HallNotRunning."""
        self.ensure_running()
        if not self.question or self.closed_at is None:
            raise HallQuestionClosed
        return self._moved(Act.RESULT_SHOWN, result_shown=True)

    def with_hands(self, numbers: tuple[int, ...]) -> Hall:
        """Hands were counted for the question. Raises HallNotRunning, HallQuestionClosed where none was asked."""
        self.ensure_running()
        if not self.question:
            raise HallQuestionClosed
        return self._moved(Act.HANDS_COUNTED, hands=numbers)

    def speaking(self, number: int, now: datetime) -> Hall:
        """The request with that number has the floor; 0: nobody. Raises HallNotRunning."""
        self.ensure_running()
        act = Act.FLOOR_GIVEN if number else Act.FLOOR_ENDED
        return self._moved(act, speaker=number, speaker_since=now if number else None)

    def with_answered(self, comment_id: int) -> Hall:
        """A question to the presenters was answered in the hall. Raises HallNotRunning."""
        self.ensure_running()
        return self._moved(Act.ANSWERED_IN_HALL, answered=comment_id)

    def with_minutes(self, minutes: int) -> Hall:
        """So many minutes for each speaker; no act that is undone. Raises NotFound for a time that there is not."""
        if minutes not in SPEAKING_MINUTES:
            raise NotFound("minutes", minutes)
        return replace(self, minutes=minutes)

    def ended(self, now: datetime) -> Hall:
        """It is over; an open question is closed with it. Raises HallNotRunning."""
        self.ensure_running()
        closed_at = now if self.is_asking else self.closed_at
        return self._moved(Act.SITTING_ENDED, ended_at=now, closed_at=closed_at, speaker=0, speaker_since=None)

    def undone(self, before: Hall) -> Hall:
        """As it was ``before`` the last act; that cannot be undone again."""
        moves = self.moves + 1
        turned = moves if self.last in TURNING else self.turned
        return replace(before, moves=moves, turned=turned, minutes=self.minutes, last=None)

    def _moved(self, act: Act, **changed: object) -> Hall:
        moves = self.moves + 1
        turned = moves if act in TURNING else self.turned
        return replace(self, **changed, moves=moves, turned=turned, last=act)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class StoredHall:
    """A hall with the state before its last act (None: nothing can be undone) and the code of the day (0: none)."""

    hall: Hall
    before: Hall | None = None
    code: int = 0
    code_at: datetime | None = None

    def code_at_moment(self, now: datetime) -> int:
        """The code while it is good, else 0."""
        return self.code if self.code_at is not None and now < self.code_at + DAY_LASTS else 0


@dataclass(frozen=True, slots=True)
class HallKey:
    """A key of the day, by its digest: which page it opens, of which sitting, who made it."""

    digest: str
    hearing_id: int
    sitting: int
    door: HallDoor
    made_at: datetime
    made_by: int

    def opens(self, door: HallDoor, now: datetime) -> bool:
        """True where it opens that page at that moment."""
        return self.door is door and now < self.made_at + DAY_LASTS


@dataclass(frozen=True, slots=True)
class HallPerson:
    """Somebody who takes part: in the hall with the code of the day, or from elsewhere.

    ``message_id`` is their message with the hall's screen (0: not known), ``shown`` the ``turned`` it shows.
    """

    hearing_id: int
    sitting: int
    resident_id: int
    in_hall: bool
    at: datetime
    message_id: int = 0
    shown: int = 0


@dataclass(frozen=True, slots=True)
class HallPresence:
    """How many people are checked in; who has not said it is in neither ``women`` nor ``men``."""

    people: int = 0
    women: int = 0
    men: int = 0


@dataclass(frozen=True, slots=True)
class HallAnswer:
    """What was answered in a hall to a question: ``note`` in the words of staff, perhaps none."""

    comment_id: int
    hearing_id: int
    sitting: int
    at: datetime
    note: str = ""
    by: int | None = None


def new_code() -> int:
    """A code of the day: eight digits that nobody can guess by trying."""
    least = int("1" + "0" * (CODE_DIGITS - 1))
    return least + secrets.randbelow(9 * least)


def typed_code(text: str) -> int:
    """The code that was typed, whatever spaces are in it; 0 where the text is something else."""
    digits = "".join(text.split())
    is_code = len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit() and digits[0] != "0"
    return int(digits) if is_code else 0


def next_item(hall: Hall, agenda: Sequence[AgendaItem]) -> AgendaItem | None:
    """The agenda item after the present one; None after the last."""
    numbers = [item.no for item in agenda]
    place = numbers.index(hall.item) + 1 if hall.item in numbers else 0
    return agenda[place] if place < len(agenda) else None


def next_question(hall: Hall, questions: Sequence[Question]) -> Question | None:
    """The question after the one that was asked last; None after the last."""
    numbers = [question.no for question in questions]
    place = numbers.index(hall.question) + 1 if hall.question in numbers else 0
    return questions[place] if place < len(questions) else None
