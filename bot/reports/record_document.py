"""The record in JSON as another program reads it: every field with its type, read and written again, and its schema.

``json`` writes it from the record of a hearing; what stands there is what may be told, so this, and not that record, is
what can be read back. ``dump`` of what ``load`` has read is the same file again, byte for byte.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from pydantic import TypeAdapter

from bot.domain.comments import Channel, CommentKind, HidingRule, Outcome, Visibility
from bot.domain.hearings import HearingKind, Phase
from bot.domain.people import AgeBand, Gender
from bot.domain.questions import QuestionKind
from bot.reports.course_document import Moment, RecordedAbout, RecordedAct, RecordedCourse, Sizes
from bot.reports.json import END, beginning, line

SCHEMA_ADDRESS: Final = "https://json-schema.org/draft/2020-12/schema"

Words = dict[str, str]
"""A text by its languages: ky, ru, uz_Cyrl, uz, en."""


@dataclass(frozen=True, slots=True)
class RecordedPlace:
    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class RecordedVenue:
    """A sitting; without a village it is for everybody."""

    sitting: int
    starts_at: Moment
    minutes: int
    place: Words
    address: Words
    village: str | None


@dataclass(frozen=True, slots=True)
class RecordedHearing:
    code: str
    title: Words
    kind: HearingKind
    phase: Phase
    municipality: RecordedPlace
    opens_at: Moment
    closes_at: Moment
    sittings: tuple[Moment, ...]
    venues: tuple[RecordedVenue, ...]


@dataclass(frozen=True, slots=True)
class RecordedPresence:
    """People present at a sitting."""

    sitting: int
    people: int
    women: int
    men: int


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A document; its digest is the SHA-256 of its bytes, null where they are not kept."""

    title: str
    name: str | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class LeastSizes:
    """Lower bounds of groups while answers are taken (0: fewer than five)."""

    by_village: Sizes
    by_gender: Sizes
    by_age: Sizes
    by_residence: Sizes


@dataclass(frozen=True, slots=True)
class RecordedParticipants:
    """Who took part through the bot."""

    people: int
    by_village: Sizes
    by_gender: Sizes
    by_age: Sizes
    by_residence: Sizes
    at_least: LeastSizes


@dataclass(frozen=True, slots=True)
class RecordedOption:
    """How many chose an option; coins as they were given, of a ranking n points for the first of n places."""

    option: int
    voters: int
    points: int
    average: float | None


@dataclass(frozen=True, slots=True)
class RecordedAnswers:
    voters: int
    options: tuple[RecordedOption, ...]


@dataclass(frozen=True, slots=True)
class RecordedQuestion:
    """A question; its answers by channel, joined by + where too few used one of them."""

    no: int
    about: RecordedAbout
    kind: QuestionKind
    text: Words
    options: tuple[Words, ...]
    answers: dict[str, RecordedAnswers]


@dataclass(frozen=True, slots=True)
class FormerRecordedQuestion:
    """A question of an earlier version of the draft, whose answers were put aside."""

    given_to_version: int
    no: int
    about: RecordedAbout
    kind: QuestionKind
    text: Words
    options: tuple[Words, ...]
    answers: dict[str, RecordedAnswers]


@dataclass(frozen=True, slots=True)
class RecordedAppeals:
    made: int
    lifted: int
    upheld: int
    waiting: int


@dataclass(frozen=True, slots=True)
class RecordedCounts:
    total: int
    by_kind: dict[CommentKind, int]
    by_channel: dict[Channel, int]
    waiting: int
    hidden: int
    appeals: RecordedAppeals
    undecided: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class RecordedCouncil:
    number: str
    day: date
    adopted: str


@dataclass(frozen=True, slots=True)
class RecordedPart:
    """A message of a comment."""

    text: str
    attachment: Literal["photo", "voice"] | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class RecordedTranscript:
    """What is said in the voice messages; not checked while a program alone has written it down."""

    text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class RecordedJoining:
    """Comments that say the same and have one decision, by their numbers."""

    head: int
    others: tuple[int, ...]
    people_at_least: int | None


@dataclass(frozen=True, slots=True)
class RecordedAuthor:
    """As much of an author's groups as may stand beside a comment."""

    village: str | None
    gender: Gender
    age: AgeBand


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    outcome: Outcome
    reason: str
    responsible: str
    due: date | None
    changes: str | None
    done_on: date | None
    decided_at: Moment | None


@dataclass(frozen=True, slots=True)
class RecordedComment:
    number: int
    received_at: Moment
    changed_at: Moment | None
    kind: CommentKind
    about: RecordedAbout
    text: str
    language: str
    channel: Channel
    support: int
    status: Visibility
    hidden_by_rule: HidingRule | None
    attachment: Literal["photo", "voice"] | None
    parts: tuple[RecordedPart, ...]
    transcript: RecordedTranscript | None
    joined: RecordedJoining | None
    author: RecordedAuthor
    decision: RecordedDecision | None


@dataclass(frozen=True, slots=True)
class WithdrawnComment:
    """A comment that was taken back: its number is left."""

    number: int
    status: Literal["withdrawn"]


@dataclass(frozen=True, slots=True)
class RecordDocument:
    """The record of a hearing. ``format`` grows when a field changes its meaning or goes away; new ones may come."""

    format: int
    as_of: Moment
    sha256: str | None
    seal: str
    preliminary: bool
    present: tuple[RecordedPresence, ...]
    hearing: RecordedHearing
    documents: tuple[RecordedFile, ...]
    participants: RecordedParticipants
    questions: tuple[RecordedQuestion, ...]
    former_questions: tuple[FormerRecordedQuestion, ...]
    comment_counts: RecordedCounts
    council: RecordedCouncil | None
    course: RecordedCourse
    journal: tuple[RecordedAct, ...]
    comments: tuple[RecordedComment | WithdrawnComment, ...]


@cache
def _adapter() -> TypeAdapter[RecordDocument]:
    return TypeAdapter(RecordDocument)


def load(content: bytes) -> RecordDocument:
    """The record that stands in a file. Raises ValueError where it does not follow the schema."""
    return _adapter().validate_json(content)


def dump(document: RecordDocument) -> bytes:
    """The file in which a record stands."""
    numbers: dict[str, Any] = _adapter().dump_python(document, mode="json")
    comments = numbers.pop("comments")
    lines = ",".join(line(comment) for comment in comments)
    return f"{beginning(numbers)}{lines}{END}".encode()


def schema() -> str:
    """The JSON Schema of the record, as it is published."""
    told = {"$schema": SCHEMA_ADDRESS, **_adapter().json_schema()}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
