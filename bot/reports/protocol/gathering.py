"""From the record of a hearing to the fields of its protocol, in one language or in two."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.people import Gender
from bot.domain.programme import Side
from bot.domain.questions import QuestionKind
from bot.domain.suppression import tally_of
from bot.i18n import answers, names
from bot.reports import course_words, one_sitting, votes
from bot.reports.inert import plain
from bot.reports.overview import warnings
from bot.reports.protocol.fields import (
    AgendaField,
    AnswerField,
    CourseField,
    ProposalField,
    ProtocolFields,
    QuestionField,
    ServiceField,
    SittingField,
    SpokenFields,
)
from bot.reports.protocol.proposals import proposal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bot.domain.comments import Comment
    from bot.domain.entries import Presence
    from bot.domain.languages import Text
    from bot.domain.programme import Service
    from bot.domain.questions import Question
    from bot.domain.sittings import Sitting
    from bot.domain.tallies import Tally
    from bot.i18n import Translator
    from bot.reports.record import Minutes, Record

Fields = TypeVar("Fields", AnswerField, ProposalField)
Said = TypeVar("Said")

PROPOSALS_IN_A_PROTOCOL: Final = 2000
"""More comments than so many are in the Excel record alone: nobody signs a paper of a thousand pages."""


def fields(
    record: Record, minutes: Minutes, comments: Sequence[Comment], translators: Sequence[Translator]
) -> ProtocolFields:
    """Everything that the protocol says; ``translators`` are one or two."""
    spoken = [_spoken(record, minutes, t, left_out=len(comments) - PROPOSALS_IN_A_PROTOCOL) for t in translators]
    questions = [tuple(_questions(record, t)) if not record.sitting else () for t in translators]
    shown = [comment for comment in comments[:PROPOSALS_IN_A_PROTOCOL] if not comment.withdrawn_at]
    proposals = [tuple(proposal(record, minutes, comment, t) for comment in shown) for t in translators]
    first = spoken[0]
    return ProtocolFields(
        **{name: getattr(first, name) for name in SpokenFields.__dataclass_fields__},
        second=spoken[1] if len(spoken) > 1 else _NOTHING_SAID,
        questions=_together(questions, _both_questions),
        proposals=_together(proposals, partial(_joined, ProposalField)),
    )


def with_remark(said: ProtocolFields, translators: Sequence[Translator]) -> ProtocolFields:
    """The same, with the remark that the municipality's own form could not be filled in."""
    remarks = [t("The municipality's form could not be filled in: this is the bot's own form.") for t in translators]
    second = replace(said.second, remarks=(*said.second.remarks, *remarks[1:]))
    return replace(said, remarks=(*said.remarks, remarks[0]), second=second)


_NOTHING_SAID: Final = SpokenFields(*("",) * 11, *((),) * 5)


def _spoken(record: Record, minutes: Minutes, t: Translator, *, left_out: int) -> SpokenFields:
    dossier, zone = record.hearing.dossier, record.zone
    budget = dossier.budget
    remarks = [*one_sitting.remarks(record, t), *warnings(record, t)]
    if left_out > 0:
        remarks.append(t("Comments that stand in the Excel record alone: {n}", n=t.number(left_out)))
    return SpokenFields(
        title=plain(t.text(dossier.title).words),
        municipality=plain(t.place(record.municipality.name)),
        code=record.hearing.code,
        opened=t.moment(dossier.opens_at, zone),
        closed=t.moment(dossier.closes_at, zone),
        presenters=plain(t.text(dossier.presenters).words),
        legal_basis=plain(t.text(dossier.legal_basis).words),
        participants=t.number(record.participation.people) if not record.sitting else "",
        received=_received(record, t),
        revenue=t.money(budget.total(Side.REVENUE), dossier.unit) if budget else "",
        expenditure=t.money(budget.total(Side.EXPENDITURE), dossier.unit) if budget else "",
        remarks=tuple(remarks),
        sittings=tuple(_sitting(record, each, t) for each in dossier.sittings if record.sitting in (0, each.no)),
        agenda=tuple(
            AgendaField(str(item.no), item.time, _words(t, item.item), _words(t, item.presenter))
            for item in dossier.agenda
        ),
        services=tuple(_service(record, service, t) for service in dossier.services),
        attachments=tuple(map(plain, minutes.attachments)),
        council=_council(record, t),
        course=tuple(CourseField(when, what) for when, what in course_words.lines(record, t)),
    )


def _council(record: Record, t: Translator) -> str:
    if (made := record.resolution) is None:
        return ""
    return plain(f"№ {made.number}, {t.date(made.day)}: {made.adopted}")


def _received(record: Record, t: Translator) -> str:
    """Comments, proposals and questions together, and by channel where there are several."""
    counts, channels = record.comments, votes.channels(record)
    if record.sitting:
        channels = tuple(channel for channel in channels if channel in counts.by_channel)
    total = t.number(counts.total)
    if len(channels) < 2:
        return total
    by_channel = (
        f"{t(names.CHANNEL_NAMES[channel])} {t.number(counts.by_channel.get(channel, 0))}" for channel in channels
    )
    return f"{total} ({', '.join(by_channel)})"


def _sitting(record: Record, sitting: Sitting, t: Translator) -> SittingField:
    start = sitting.starts_at.astimezone(record.zone)
    where = (_words(t, sitting.place), _words(t, sitting.address), plain(sitting.online_link))
    present = next((each for each in record.present if each.sitting == sitting.no), None)
    return SittingField(
        f"{t.day(start.date())}, {t.time(start)}",
        ", ".join(filter(None, where)),
        _present(present, t) if present else "",
    )


def _present(presence: Presence, t: Translator) -> str:
    people = t.number(presence.people)
    if not presence.women and not presence.men:
        return people
    counted = ((Gender.FEMALE, presence.women), (Gender.MALE, presence.men))
    return f"{people} ({', '.join(f'{t(names.GENDER_NAMES[who])} {t.number(count)}' for who, count in counted)})"


def _service(record: Record, service: Service, t: Translator) -> ServiceField:
    target = ", ".join(filter(None, (_words(t, service.indicator), _words(t, service.target))))
    cost = "" if service.cost is None else t.money(service.cost, record.hearing.dossier.unit)
    return ServiceField(
        str(service.no), _words(t, service.title), _words(t, service.problem), _words(t, service.goal), target, cost
    )


def _questions(record: Record, t: Translator) -> Iterator[QuestionField]:
    channels = votes.channels(record)
    for question in record.hearing.dossier.questions:
        by_channel = [
            (t(names.CHANNEL_NAMES[each]), tally_of(record.tallies, question.no, (each,))) for each in channels
        ]
        together = tally_of(record.tallies, question.no, channels)
        voters = t.number(together.voters)
        if len(by_channel) > 1:
            apart = ", ".join(f"{name} {t.number(tally.voters)}" for name, tally in by_channel)
            voters = f"{voters} ({apart})"
        asked = plain(answers.recorded_question(t, record.hearing.dossier, question))
        options = tuple(_answer(question, option, by_channel, together, t) for option in question.option_numbers)
        yield QuestionField(str(question.no), asked, voters, options)


def _answer(
    question: Question, option: int, by_channel: Sequence[tuple[str, Tally]], together: Tally, t: Translator
) -> AnswerField:
    weighed = question.kind in (QuestionKind.RANK, QuestionKind.COINS)

    def shown(tally: Tally) -> str:
        count = tally.count(option)
        return t.number(count.points if weighed else count.voters)

    apart = ", ".join(f"{name} {shown(tally)}" for name, tally in by_channel) if len(by_channel) > 1 else ""
    mean = votes.average(question, together, together.count(option))
    if weighed:
        share = "" if mean is None else t.number(round(mean, 1))
    else:
        share = t.percent(together.count(option).voters / together.voters) if together.voters else ""
    return AnswerField(plain(answers.recorded_option(t, question, option)), apart, shown(together), share)


def _words(t: Translator, text: Text) -> str:
    return plain(t.text(text).words)


def _both(words: Iterable[str]) -> str:
    """What is said in each language, once where it is the same but for blanks (``91 %`` and ``91%``)."""
    found: dict[str, str] = {}
    for each in filter(None, words):
        found.setdefault("".join(each.split()), each)
    return "\n".join(found.values())


def _together(said: Sequence[tuple[Said, ...]], joined: Callable[[Sequence[Said]], Said]) -> tuple[Said, ...]:
    """What is said in one language as it stands, what is said in two joined."""
    return said[0] if len(said) == 1 else tuple(map(joined, zip(*said, strict=True)))


def _both_questions(said: Sequence[QuestionField]) -> QuestionField:
    options = zip(*(question.answers for question in said), strict=True)
    return QuestionField(
        said[0].no,
        _both(each.text for each in said),
        _both(each.voters for each in said),
        tuple(_joined(AnswerField, each) for each in options),
    )


def _joined(kind: type[Fields], said: Sequence[Fields]) -> Fields:
    return kind(*(_both(getattr(each, name) for each in said) for name in kind.__dataclass_fields__))
