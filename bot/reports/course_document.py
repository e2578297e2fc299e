"""The course of a hearing in JSON as another program reads it, and types it shares with the rest of the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import PlainSerializer

from bot.domain.comments import HidingRule
from bot.domain.journal import Act
from bot.domain.meaning import Aspect
from bot.domain.notices import NoticeKind
from bot.domain.questions import AboutKind

Moment = Annotated[datetime, PlainSerializer(lambda at: at.isoformat(), return_type=str, when_used="json")]
Sizes = dict[str, int | None]
"""People by group; null is not shown."""


@dataclass(frozen=True, slots=True)
class RecordedAbout:
    """A service, budget line or agenda item by its number; else 0."""

    kind: AboutKind
    no: int


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """What a version of the draft changed of the one before: of a question, or of what it is about."""

    about: RecordedAbout
    question: int | None
    aspect: Aspect
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RecordedVersion:
    """A version of the draft that people could read, from when on; null is not known."""

    version: int
    at: Moment | None
    rescheduled: bool
    changes: tuple[RecordedChange, ...]


@dataclass(frozen=True, slots=True)
class RecordedNotice:
    """What the public was told; ``people`` it reached: null is not shown."""

    kind: NoticeKind
    at: Moment
    people: int | None
    rooms: int


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """What was done about the hearing as a whole; ``staff`` is a number, null of the program and of residents."""

    at: Moment
    act: Act
    staff: int | None
    data: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class RecordedCheckIns:
    """People who were checked in for a sitting; who did not say it is neither of ``women`` nor of ``men``."""

    people: int
    women: int
    men: int


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A step of a sitting; null is what a step of its kind has not. A speaker is a number that was called.

    ``hands`` were raised for each option, in their order; so many people had ``answered`` when a question was closed.
    ``note`` is what was answered to the question ``comment``.
    """

    at: Moment
    sitting: int
    act: Act
    item: int | None
    question: int | None
    comment: int | None
    speaker: int | None
    in_hall: bool | None
    hands: tuple[int, ...] | None
    answered: int | None
    checked_in: RecordedCheckIns | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RecordedCourse:
    """How a hearing went. Of people who came by a poster (-: one for all villages) and of languages: lower bounds."""

    versions: tuple[RecordedVersion, ...]
    notices: tuple[RecordedNotice, ...]
    arrivals_at_least: Sizes
    languages_at_least: Sizes
    changed_minds: Sizes
    hidden_by_rule: dict[HidingRule, int]
    consent: tuple[str, ...]
    sittings: tuple[RecordedStep, ...]
