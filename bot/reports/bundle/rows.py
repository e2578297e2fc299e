"""The rows of a bundle's tables, each value as a program reads it; ``columns`` has what stands where.

A bundle is for staff, or open to everybody. An open one tells of channels and of questions that few answered what
others than staff may know, of comments what other residents read, and nothing of single votes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bot.domain.attendance import Populations
from bot.domain.comments import Visibility
from bot.domain.languages import OWN_NAMES
from bot.domain.masking import masked
from bot.domain.people import AgeBand, Gender
from bot.domain.questions import QuestionKind
from bot.domain.suppression import AtLeast, tally_of
from bot.domain.tallies import SMALLEST_GROUP, Tally
from bot.i18n import answers, names
from bot.i18n.transcripts import heading
from bot.reports import votes
from bot.reports.bundle import columns
from bot.reports.bundle.columns import ALL_PEOPLE, UNSAID, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from bot.domain.cast_answers import CastAnswer
    from bot.domain.comments import Comment, Decision
    from bot.domain.hearings import Dossier
    from bot.domain.questions import Question
    from bot.domain.suppression import Block, GroupSize
    from bot.i18n import Translator
    from bot.reports.record import FormerQuestion, Record

    Value = str | int | float | date | None
    Row = tuple[Value, ...]

WEIGHED: Final = (QuestionKind.RANK, QuestionKind.COINS)
"""The kinds of question of which points are told."""


@dataclass(frozen=True)
class Source:
    """Of what a bundle is made: the record, in which language, and whether it is ``open`` to everybody."""

    record: Record
    t: Translator
    open: bool

    @cached_property
    def village_codes(self) -> Mapping[int, str]:
        """The codes of the villages by their ids."""
        return {village.id: village.code for village in self.record.villages}

    @property
    def seal(self) -> str:
        """The line by which the bundle is compared with the database."""
        return self.record.seal_line("open-data" if self.open else "csv-bundle", (self.t.language,))


def questions(source: Source) -> Iterator[Row]:
    """A row for each option of each question, then those of questions whose answers were put aside."""
    record = source.record
    for question in record.hearing.dossier.questions:
        yield from _question(source, record.hearing.version, record.hearing.dossier, question)
    for former in record.former:
        yield from _question(source, former.version, former.dossier, former.question)


def _question(source: Source, version: int, dossier: Dossier, question: Question) -> Iterator[Row]:
    t, what = source.t, question.about
    limit = question.cap if question.kind is QuestionKind.COINS else question.limit
    text = answers.recorded_question(t, dossier, question)
    asked = (question.no, version, what.kind.value, what.no or None, question.kind.value, text, limit)
    for option in question.option_numbers:
        yield (*asked, option, answers.recorded_option(t, question, option))


def tallies(source: Source) -> Iterator[Row]:
    """For each question and channel all who answered, then each option."""
    record = source.record
    apart = tuple((channel,) for channel in votes.channels(record))
    blocks = votes.blocks(record) if source.open else apart
    for question in record.hearing.dossier.questions:
        counted = {block: tally_of(record.tallies, question.no, block) for block in blocks}
        yield from _tallies(source, question, record.hearing.version, counted)
    for former in record.former:
        yield from _tallies(source, former.question, former.version, _former(source, former))


def _former(source: Source, former: FormerQuestion) -> Mapping[Block, Tally]:
    if not source.open:
        return {(channel,): tally for channel, tally in former.tallies.items()}
    told = {block: tally_of(former.by_channel, former.question.no, block) for block in former.told}
    return {block: tally for block, tally in told.items() if tally.voters}


def _tallies(source: Source, question: Question, version: int, counted: Mapping[Block, Tally]) -> Iterator[Row]:
    for block, tally in counted.items():
        begin = (question.no, version, "+".join(block))
        if source.open and 0 < tally.voters < SMALLEST_GROUP:
            yield (*begin, ALL_PEOPLE, None, None, None)
            continue
        yield (*begin, ALL_PEOPLE, tally.voters, None, None)
        for option in question.option_numbers:
            count = tally.count(option)
            points = count.points if question.kind in WEIGHED else None
            yield (*begin, option, count.voters, points, votes.average(question, tally, count))


def participation(source: Source) -> Iterator[Row]:
    """A row for each group of those who took part, also of those from which nobody came."""
    record, t, sizes = source.record, source.t, source.record.sizes
    known = Populations.of(record.hearing.dossier, record.municipality, record.villages)
    villages = {village.id: (village.code, t.text(village.name).words) for village in record.villages}
    for village, size in sizes.by_village.items():
        code, name = villages.get(village, (UNSAID, t("Not said")))
        yield _group("village", code, name, size, known.by_village.get(village))
    for gender, size in sizes.by_gender.items():
        code = UNSAID if gender is Gender.UNSAID else gender.value
        yield _group("gender", code, t(names.GENDER_NAMES[gender]), size, known.by_gender.get(gender))
    for band, size in sizes.by_age.items():
        yield _group("age", columns.age(band), t(names.AGE_BAND_NAMES[band]), size, known.by_age.get(band))
    for residence, size in sizes.by_residence.items():
        code = residence.value if residence.value != Gender.UNSAID else UNSAID
        yield _group("residence", code, t(names.RESIDENCE_NAMES[residence]), size, None)
    for language, size in record.languages.items():
        name = OWN_NAMES.get(language) or t("Not said")
        yield _group("language", language or UNSAID, name, size, known.by_language.get(language))


def _group(by: str, code: str, name: str, size: GroupSize, population: int | None) -> Row:
    people = size if isinstance(size, int) else None
    least = size.least if isinstance(size, AtLeast) else None
    return (by, code, name, people, least, population)


def comments(source: Source, page: Iterable[Comment]) -> Iterator[Row]:
    """A row for each comment; in an open bundle what residents cannot read is a number and where it stands."""
    for comment in page:
        if comment.withdrawn_at:
            yield _only(comment.number, WITHDRAWN, "")
        elif source.open and comment.visibility is not Visibility.PUBLISHED:
            rule = comment.hiding_rule.value if comment.hiding_rule else ""
            yield _only(comment.number, comment.visibility.value, rule)
        else:
            yield _comment(source, comment)


def _only(number: int, status: str, rule: str) -> Row:
    told: dict[str, Value] = {"number": number, "status": status, "rule": rule}
    return tuple(told.get(column.name) for column in columns.COMMENTS.columns)


def _comment(source: Source, comment: Comment) -> Row:
    record = source.record
    joined = record.joined.get(comment.id)
    said = record.safe.said(comment.demographics)
    return (
        comment.number,
        comment.created_at.astimezone(record.zone).date(),
        comment.kind.value,
        comment.about.kind.value,
        comment.about.no or None,
        text_of(source, comment),
        comment.language,
        comment.channel.value,
        source.village_codes.get(said.village_id, ""),
        said.gender.value if said.gender is not Gender.UNSAID else "",
        columns.age(said.age_band) if said.age_band is not AgeBand.UNSAID else "",
        comment.support,
        comment.visibility.value,
        comment.hiding_rule.value if comment.hiding_rule else "",
        joined.head if joined and joined.head != comment.number else None,
        *_decision(comment.decision),
    )


def text_of(source: Source, comment: Comment) -> str:
    """Its words, with what came beside them named, and what is said in it; in an open bundle as others may read it."""
    shown: Callable[[str], str] = masked if source.open else str
    if comment.transcript is None and not comment.attachments:
        return shown(comment.text)
    media = comment.public_attachments if source.open else comment.attachments
    beside = [f"[{name}]" for name in names.attachments(source.t, media)]
    spoken = comment.transcript
    heard = spoken is not None and (not source.open or (comment.recording_open and not spoken.machine))
    written = [f"[{heading(source.t, spoken)}: {shown(spoken.words)}]"] if spoken and spoken.words and heard else []
    return " ".join([*beside, *([shown(comment.text)] if comment.text else ()), *written])


def _decision(decision: Decision | None) -> Row:
    if decision is None:
        return ("", "", "", None, "", None)
    return (
        decision.outcome.value,
        decision.reason,
        decision.responsible,
        decision.due,
        str(decision.changes) if decision.changes else "",
        decision.done_on if decision.is_done else None,
    )


def votes_of(source: Source, question: Question, given: Iterable[CastAnswer]) -> Iterator[tuple[Row, int]]:
    """Rows of single votes on a question, each with how many are equal."""
    for each in given:
        options = tuple(sorted(each.answer, key=each.answer.__getitem__)) if _ranks(question) else each.options
        points = " ".join(str(each.answer[option]) for option in options) if _shares(question) else ""
        row = (question.no, source.record.hearing.version, each.channel.value, each.day, _listed(options), points)
        yield row, each.people


def _ranks(question: Question) -> bool:
    return question.kind is QuestionKind.RANK


def _shares(question: Question) -> bool:
    return question.kind is QuestionKind.COINS


def _listed(options: Iterable[int]) -> str:
    return " ".join(map(str, options))
