"""The fields that a form of the protocol may name. Every value is text, as it stands on paper.

A form names them as ``{{ title }}``, ``{{ question.text }}`` within ``{%p for question in questions %}``, and what is
said in a second language as ``{{ second.title }}``. Tables hold both languages in their cells.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, Final, get_args, get_type_hints

from bot.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class SittingField:
    """A sitting: when and where it was, and how many people were present (empty: nobody counted)."""

    when: str
    where: str
    present: str


@dataclass(frozen=True, slots=True)
class CourseField:
    """Something that was done before the protocol was made: a draft published or changed, a notice sent."""

    when: str
    what: str


@dataclass(frozen=True, slots=True)
class AgendaField:
    """An item of the agenda."""

    no: str
    time: str
    item: str
    presenter: str


@dataclass(frozen=True, slots=True)
class ServiceField:
    """A priority service of the draft strategy; ``cost`` is empty where no action has an amount."""

    no: str
    title: str
    problem: str
    goal: str
    target: str
    cost: str


@dataclass(frozen=True, slots=True)
class AnswerField:
    """An answer to a question: its words, people (or points) by channel, together, and their share."""

    words: str
    by_channel: str
    together: str
    share: str


@dataclass(frozen=True, slots=True)
class QuestionField:
    """A question, how many answered it, and each answer."""

    no: str
    text: str
    voters: str
    answers: tuple[AnswerField, ...]


@dataclass(frozen=True, slots=True)
class ProposalField:
    """A comment, proposal or question with its decision. ``speaker`` is the name given for the minutes, else empty.

    ``changes`` is what the decision changes in the drafts, ``joined`` with which others it shares the decision.
    """

    no: str
    kind: str
    about: str
    text: str
    channel: str
    speaker: str
    support: str
    decision: str
    reason: str
    responsible: str
    due: str
    changes: str = ""
    joined: str = ""


@dataclass(frozen=True, slots=True)
class SpokenFields:
    """What the protocol says in one language; ``remarks`` are what a reader of the numbers must know.

    ``council`` is the council's resolution, empty before there is one; ``course`` is oldest first.
    """

    title: str
    municipality: str
    code: str
    opened: str
    closed: str
    presenters: str
    legal_basis: str
    participants: str
    received: str
    revenue: str
    expenditure: str
    remarks: tuple[str, ...]
    sittings: tuple[SittingField, ...]
    agenda: tuple[AgendaField, ...]
    services: tuple[ServiceField, ...]
    attachments: tuple[str, ...]
    council: str = ""
    course: tuple[CourseField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolFields(SpokenFields):
    """Everything a form may name: the first language, the ``second`` one (empty texts where there is one only)."""

    second: SpokenFields
    questions: tuple[QuestionField, ...]
    proposals: tuple[ProposalField, ...]


def as_data(said: Any) -> Any:
    """Fields as a form gets them: mappings, tuples and texts."""
    if isinstance(said, str):
        return said
    if isinstance(said, tuple):
        return tuple(map(as_data, said))
    return {name: as_data(getattr(said, name)) for name in said.__dataclass_fields__}


Shape = dict[str, "Shape"] | list["Shape"] | None
"""What a field is: fields by name, a list of equal things, or text (None)."""


def shape_of(kind: Any) -> Shape:
    """The shape of a class of fields."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return {field.name: shape_of(hints[field.name]) for field in fields(kind)}
    return None if kind is str else [shape_of(get_args(kind)[0])]


PROTOCOL_SHAPE: Final = shape_of(ProtocolFields)


def sample(shape: Shape = PROTOCOL_SHAPE, name: str = "…") -> Any:
    """Fields that say their own names, two of each list: what a form is tried with."""
    if shape is None:
        return f"«{name}»"
    if isinstance(shape, list):
        return [sample(shape[0], f"{name} {number}") for number in (1, 2)]
    return {field: sample(within, field) for field, within in shape.items()}
