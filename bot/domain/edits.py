"""What staff may change of a dossier by a few taps: one text, the services, the day; and a copy of it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound
from bot.domain.hearings import Dossier
from bot.domain.languages import Text
from bot.domain.programme import Service
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.sittings import in_order
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import HearingKind
    from bot.domain.sittings import Sitting

LONGEST_EDITED_TEXT: Final = 1_000
"""Letters of a text that is typed in the chat; a longer one comes in a workbook."""
FIRST_SITTING_AFTER: Final = timedelta(days=14)
"""How far ahead the sitting of a new draft lies until its day is chosen."""


class TextField(StrEnum):
    """A text of a dossier that can be changed by itself (in wire order: append only)."""

    TITLE = "title"
    PRESENTERS = "presenters"
    PLACE = "place"
    ADDRESS = "address"
    SERVICE = "service"
    PROBLEM = "problem"
    GOAL = "goal"
    QUESTION = "question"
    OPTION = "option"


_SERVICE_FIELDS: Final = {TextField.SERVICE: "title", TextField.PROBLEM: "problem", TextField.GOAL: "goal"}
_SITTING_FIELDS: Final = {TextField.PLACE: "place", TextField.ADDRESS: "address"}
_DOSSIER_FIELDS: Final = {TextField.TITLE: "title", TextField.PRESENTERS: "presenters"}


@dataclass(frozen=True, slots=True)
class TextAt:
    """Where a text stands: ``no`` of the sitting, service or question, ``option`` of the question (from 1)."""

    field: TextField
    no: int = 0
    option: int = 0


def text_at(dossier: Dossier, at: TextAt) -> Text:
    """The text that stands there; raises NotFound where the dossier has no such place."""
    if at.field in _DOSSIER_FIELDS:
        found: Text = getattr(dossier, _DOSSIER_FIELDS[at.field])
    elif at.field in _SITTING_FIELDS:
        found = getattr(dossier.sitting(at.no), _SITTING_FIELDS[at.field])
    elif at.field in _SERVICE_FIELDS:
        found = getattr(dossier.service(at.no), _SERVICE_FIELDS[at.field])
    elif at.field is TextField.OPTION:
        found = _option(dossier.question(at.no), at.option)
    else:
        found = dossier.question(at.no).text
    return found


def with_text(dossier: Dossier, at: TextAt, text: Text) -> Dossier:
    """The dossier with another text there; raises NotFound where it has no such place."""
    text_at(dossier, at)
    if at.field in _DOSSIER_FIELDS:
        return replace(dossier, **{_DOSSIER_FIELDS[at.field]: text})  # type: ignore[arg-type]
    if at.field in _SITTING_FIELDS:
        sitting = replace(dossier.sitting(at.no), **{_SITTING_FIELDS[at.field]: text})  # type: ignore[arg-type]
        if at.field is TextField.PLACE:  # the map showed the old one
            sitting = replace(sitting, latitude=None, longitude=None)
        return with_sitting(dossier, sitting)
    if at.field in _SERVICE_FIELDS:
        service = replace(dossier.service(at.no), **{_SERVICE_FIELDS[at.field]: text})  # type: ignore[arg-type]
        return replace(dossier, services=tuple(service if s.no == at.no else s for s in dossier.services))
    question = dossier.question(at.no)
    if at.field is TextField.OPTION:
        options = (*question.options[: at.option - 1], text, *question.options[at.option :])
        question = replace(question, options=options)
    else:
        question = replace(question, text=text)
    return replace(dossier, questions=tuple(question if q.no == at.no else q for q in dossier.questions))


def with_sitting(dossier: Dossier, sitting: Sitting) -> Dossier:
    """The dossier with another sitting of that number; raises NotFound."""
    dossier.sitting(sitting.no)
    others = (each for each in dossier.sittings if each.no != sitting.no)
    return replace(dossier, sittings=in_order((*others, sitting)))


def in_language(text: Text, language: str, words: str) -> Text:
    """The text with other words in one language."""
    return Text({**text.by_language, language: words})


def number_of_sitting(dossier: Dossier, now: datetime) -> int:
    """The number of the next sitting, else of the last one; raises NotFound where there is none."""
    if not dossier.sittings:
        raise NotFound("sitting")
    return next((each.no for each in dossier.sittings if each.starts_at > now), dossier.sittings[-1].no)


def with_service(dossier: Dossier, title: Text) -> Dossier:
    """The draft with one service more, and a question about it; one that it has already changes nothing."""
    if any(service.title == title for service in dossier.services):
        return dossier
    no = max((service.no for service in dossier.services), default=0) + 1
    question = Question(len(dossier.questions) + 1, About(AboutKind.SERVICE, no), QuestionKind.STANCE)
    return replace(
        dossier, services=(*dossier.services, Service(no, title)), questions=_numbered((*dossier.questions, question))
    )


def without_service(dossier: Dossier, title: Text) -> Dossier:
    """The draft without a service and the questions about it; one that it does not have changes nothing."""
    gone = {About(AboutKind.SERVICE, service.no) for service in dossier.services if service.title == title}
    services = tuple(service for service in dossier.services if service.title != title)
    questions = _numbered(tuple(question for question in dossier.questions if question.about not in gone))
    return replace(dossier, services=services, questions=questions)


def composed(kind: HearingKind, title: Text, now: datetime, sitting: Sitting) -> Dossier:
    """A dossier of no more than is needed to announce a hearing; answers are taken until the sitting ends."""
    ends = sitting.starts_at + timedelta(minutes=sitting.minutes)
    return Dossier(title, kind, (sitting,), opens_at=now, closes_at=ends)


def rescheduled(dossier: Dossier, starts_at: datetime, now: datetime) -> Dossier:
    """The draft with its first sitting at that moment, and everything else by as much earlier or later."""
    if not dossier.sittings:
        raise NotFound("sitting")
    by = starts_at - min(sitting.starts_at for sitting in dossier.sittings)
    sittings = tuple(replace(each, starts_at=each.starts_at + by) for each in dossier.sittings)
    opens_at = dossier.opens_at + by if dossier.opens_at > now else dossier.opens_at
    return replace(dossier, sittings=sittings, opens_at=opens_at, closes_at=dossier.closes_at + by)


def copied(dossier: Dossier, now: datetime) -> Dossier:
    """The same hearing once more, whole weeks later, so that its first sitting is at least two weeks ahead.

    Every text stays as it was, with the years that are in it. Nothing was promised or answered yet.
    """
    first = min((sitting.starts_at for sitting in dossier.sittings), default=dossier.closes_at)
    weeks = max(0, -((first - now - FIRST_SITTING_AFTER) // timedelta(weeks=1)))
    by = timedelta(weeks=weeks)
    return replace(
        dossier,
        sittings=tuple(replace(each, starts_at=each.starts_at + by) for each in dossier.sittings),
        opens_at=dossier.opens_at + by,
        closes_at=dossier.closes_at + by,
        questions=tuple(replace(question, edition=1) for question in dossier.questions),
        answers_promised=None,
    )


def _numbered(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    return tuple(replace(question, no=no) for no, question in enumerate(questions, start=1))


def _option(question: Question, number: int) -> Text:
    if not 1 <= number <= len(question.options):
        raise NotFound("option", number)
    return question.options[number - 1]
