"""Answers to a question in the format of Pabulib (``.pb``): several options, a ranking or coins, a row for each.

The format is described at https://pabulib.org/format: three sections of separated lines. What it asks for and a hearing
does not have is said in its ``comment``: an option has no cost, so each costs 1 and all together are the budget.
Answers that were counted by hand came without a row for each person and are not here.
"""

from __future__ import annotations

import csv
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bot.domain.cast_answers import shuffled
from bot.domain.comments import Channel
from bot.domain.questions import OPTION_KINDS, QuestionKind
from bot.domain.suppression import tally_of
from bot.domain.tallies import SMALLEST_GROUP, points
from bot.i18n import answers
from bot.reports import votes
from bot.reports.archive import Archive
from bot.reports.inert import field, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from bot.domain.cast_answers import CastAnswer
    from bot.domain.comments import Comment
    from bot.domain.hearings import Dossier
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.reports.record import Record

COUNTRY: Final = "Kyrgyzstan"
VOTE_TYPES: Final = {
    QuestionKind.SEVERAL: "approval",
    QuestionKind.RANK: "ordinal",
    QuestionKind.COINS: "cumulative",
}
"""The kinds of question that the format knows, and what it calls them."""
COMMENT: Final = "#1: Options have no cost: each costs 1. #2: Answers counted by hand are not included."


def questions(dossier: Dossier) -> tuple[Question, ...]:
    """The questions of a dossier that the format knows."""
    return tuple(question for question in dossier.questions if question.kind in OPTION_KINDS)


def is_open(record: Record, question: Question, given: Collection[CastAnswer]) -> bool:
    """Whether everybody may have the rows of a question.

    They may where at least five answered, where every channel may stand apart, so that rows beside the sum of channels
    tell nothing, and where no row is missing of somebody who was counted and has asked to be forgotten.
    """
    people = sum(each.people for each in given)
    apart = all(len(block) == 1 for block in votes.blocks(record))
    counted = tally_of(record.tallies, question.no, (Channel.TELEGRAM,)).voters
    return question.kind in VOTE_TYPES and people >= SMALLEST_GROUP and apart and people == counted


def name(question: Question) -> str:
    """The name of a question's file where there are several."""
    return f"question-{question.no}.pb"


def write(record: Record, t: Translator, question: Question, given: Collection[CastAnswer], file: TextIO) -> None:
    """Write the answers to one question into an open text file."""
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerow(("META",))
    writer.writerow(("key", "value"))
    writer.writerows(_meta(record, t, question, sum(each.people for each in given)))
    writer.writerow(("PROJECTS",))
    writer.writerow(("project_id", "cost", "votes", "score", "name"))
    writer.writerows(_projects(t, question, given))
    writer.writerow(("VOTES",))
    weighed = question.kind is QuestionKind.COINS
    writer.writerow(("voter_id", "vote", "points") if weighed else ("voter_id", "vote"))
    ballots = ((";".join(_ballot(question, each)), each.people) for each in given)
    drawn = enumerate(shuffled(ballots, str, salt=f"{record.hearing.code}/{question.no}"), start=1)
    file.write("".join([f"{voter};{ballot}\n" for voter, ballot in drawn]))  # numbers and commas: nothing to quote


def _meta(record: Record, t: Translator, question: Question, people: int) -> Iterator[tuple[str, str | int]]:
    dossier = record.hearing.dossier
    yield "description", _line(answers.recorded_question(t, dossier, question))
    yield "country", COUNTRY
    yield "unit", _line(t.text(record.municipality.name).words)
    yield "instance", f"{record.hearing.code}/{question.no}"
    yield "num_projects", len(question.options)
    yield "num_votes", people
    yield "budget", len(question.options)
    yield "vote_type", VOTE_TYPES[question.kind]
    yield "rule", "unknown"
    for key, at in (("date_begin", dossier.opens_at), ("date_end", dossier.closes_at)):
        yield key, f"{at.astimezone(record.zone):%d.%m.%Y}"
    if question.kind is QuestionKind.COINS:
        yield "min_sum_points", 1
        yield "max_sum_points", question.cap
    else:
        yield "min_length", 1
        yield "max_length", (question.limit if question.kind is QuestionKind.SEVERAL else 0) or len(question.options)
    yield "language", t.language
    seal = record.seal_line("pb", (t.language,))
    yield "comment", f"{COMMENT} #3: {seal}" if seal else COMMENT


def _projects(t: Translator, question: Question, given: Iterable[CastAnswer]) -> Iterator[tuple[str | int, ...]]:
    chosen = dict.fromkeys(question.option_numbers, 0)
    score = dict.fromkeys(question.option_numbers, 0)
    for each in given:
        for option, value in each.answer.items():
            chosen[option] += each.people
            score[option] += each.people * points(question, value)
    for option in question.option_numbers:
        yield option, 1, chosen[option], score[option], _line(answers.recorded_option(t, question, option))


def _ballot(question: Question, given: CastAnswer) -> tuple[str, ...]:
    if question.kind is QuestionKind.RANK:
        return (",".join(map(str, sorted(given.answer, key=given.answer.__getitem__))),)
    options = ",".join(map(str, given.options))
    if question.kind is QuestionKind.SEVERAL:
        return (options,)
    return options, ",".join(str(given.answer[option]) for option in given.options)


def _line(text: str) -> str:
    """A text on one line, as readers of the format take the file apart by lines."""
    return field(" ".join(plain(text).split()))


class PabulibFile:
    """The answers to every question that the format knows: one file, or a ZIP of several. It writes to disk."""

    def __init__(self, record: Record, t: Translator, path: Path) -> None:
        self._record = record
        self._t = t
        several = len(questions(record.hearing.dossier)) > 1
        self._archive = Archive(path) if several else None
        self._file = None if several else path.open("w", encoding="utf-8", newline="")

    def questions(self) -> tuple[Question, ...]:
        """The questions whose answers are wanted."""
        return questions(self._record.hearing.dossier)

    def add_answers(self, question: Question, given: Collection[CastAnswer]) -> None:
        """Write the answers to one of the questions."""
        if self._file is not None:
            write(self._record, self._t, question, given, self._file)
        elif self._archive is not None:
            with self._archive.text(name(question)) as file:
                write(self._record, self._t, question, given, file)

    def add(self, page: Iterable[Comment]) -> None:
        """Take no comment: the format has none."""

    def close(self) -> None:
        """Finish the file."""
        for opened in (self._file, self._archive):
            if opened is not None:
                opened.close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        if self._archive is not None:
            self._archive.abandon()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
