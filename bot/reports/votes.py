"""The answers to the questions as rows: one for each question, channel and answer.

They are for staff: channels stand apart and are added up. Who hands answers on tells ``blocks`` of channels alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Channel
from bot.domain.questions import QuestionKind
from bot.domain.suppression import tally_of, told_blocks
from bot.domain.values import dataclass
from bot.i18n import answers, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.questions import Question
    from bot.domain.suppression import Block
    from bot.domain.tallies import Count, Tally
    from bot.i18n import Translator
    from bot.reports.record import Record

_WEIGHED_KINDS: Final = (QuestionKind.RANK, QuestionKind.COINS)


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One answer, or (``whole``) everybody who answered the question through that channel.

    ``share`` (0 to 1) is of those who answered. ``points`` and ``average`` belong to rankings (first of n: n points;
    the average place among those who placed it) and coins (their sum; the average over all who answered).
    """

    no: int
    question: str
    kind: str
    channel: str
    answer: str
    voters: int
    share: float | None = None
    points: int | None = None
    average: float | None = None
    whole: bool = False


def headings(t: Translator) -> tuple[str, ...]:
    """The names of the columns."""
    return (
        t.p("column", "No"),
        t("Question"),
        t("Kind"),
        t("Channel"),
        t("Answer"),
        t("People"),
        t("Share"),
        t("Points or coins"),
        t("Average place or coins"),
    )


def channels(record: Record) -> tuple[Channel, ...]:
    """The channels answers or comments came through; Telegram always."""
    used = {channel for (_, channel), tally in record.tallies.items() if tally.voters}
    used |= {channel for channel, count in record.comments.by_channel.items() if count}
    return tuple(channel for channel in Channel if channel in used or channel is Channel.TELEGRAM)


def blocks(record: Record) -> tuple[Block, ...]:
    """The channels of ``channels``, all together where too few people used one to stand apart: for other than staff."""
    return told_blocks(record.tallies, channels(record))


def rows(record: Record, t: Translator) -> Iterator[VoteRow]:
    """Every question in order, every channel in use, every answer, chosen or not; then those of earlier versions."""
    dossier = record.hearing.dossier
    for question in dossier.questions:
        asked = answers.recorded_question(t, dossier, question)
        used = channels(record)
        for channel in used:
            tally = tally_of(record.tallies, question.no, (channel,))
            yield from _block(t, question, asked, t(names.CHANNEL_NAMES[channel]), tally)
        if len(used) > 1:
            together = tally_of(record.tallies, question.no, used)
            yield from _block(t, question, asked, t("All channels together"), together)
    for former in record.former:
        asked = answers.recorded_question(t, former.dossier, former.question)
        asked = t("Given to version {n}: {question}", n=former.version, question=asked)
        for channel, tally in former.tallies.items():
            yield from _block(t, former.question, asked, t(names.CHANNEL_NAMES[channel]), tally)
        if len(former.tallies) > 1:
            together = tally_of(former.by_channel, former.question.no, tuple(former.tallies))
            yield from _block(t, former.question, asked, t("All channels together"), together)


def _block(t: Translator, question: Question, asked: str, channel: str, tally: Tally) -> Iterator[VoteRow]:
    kind = t(names.QUESTION_KIND_NAMES[question.kind])
    yield VoteRow(question.no, asked, kind, channel, t("All who answered"), tally.voters, whole=True)
    for number in question.option_numbers:
        count = tally.count(number)
        yield VoteRow(
            no=question.no,
            question=asked,
            kind=kind,
            channel=channel,
            answer=answers.recorded_option(t, question, number),
            voters=count.voters,
            share=count.voters / tally.voters if tally.voters else None,
            points=count.points if tally.voters and question.kind in _WEIGHED_KINDS else None,
            average=average(question, tally, count),
        )


def average(question: Question, tally: Tally, count: Count) -> float | None:
    """The average place of an option in a ranking, or coins of each who answered; None for other kinds or nobody."""
    if question.kind is QuestionKind.RANK and count.voters:
        return len(question.options) + 1 - count.points / count.voters
    if question.kind is QuestionKind.COINS and tally.voters:
        return count.points / tally.voters
    return None
