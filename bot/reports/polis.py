"""Stances and supports in the layout of a Polis export, which the tools of that world read.

A statement is a question of support, or a comment; a person's reaction is 1 (for it), -1 (against), 0 (neither) or
nothing. Statements are numbered from 0, questions first; ``statements.csv``, which is ours, says which is which. People
are numbered anew for each file, in an order made of their reactions alone. Who knows three of somebody's supports finds
their line, so these files are for staff. The layout has columns that would point at people; nothing stands there:
``author-id`` and ``n-comments`` are 0, and every reaction has the day on which answers opened.

What the columns of an export mean: https://compdemocracy.org/export.
"""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.domain.cast_answers import shuffled
from bot.domain.comments import Visibility
from bot.domain.questions import AGAINST, NEUTRAL, SUPPORT, QuestionKind
from bot.domain.suppression import tally_of
from bot.domain.tallies import SMALLEST_GROUP
from bot.domain.values import dataclass
from bot.i18n import answers
from bot.reports import votes
from bot.reports.archive import Archive
from bot.reports.bundle.rows import Source, text_of
from bot.reports.inert import field
from bot.reports.streaming import abandoned_on_failure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any, TextIO

    from bot.domain.cast_answers import Reactions
    from bot.domain.comments import Comment
    from bot.domain.hearings import Dossier
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.reports.record import Record

VOTES: Final = {SUPPORT: 1, AGAINST: -1, NEUTRAL: 0}
MODERATED: Final = {Visibility.PUBLISHED: 1, Visibility.WAITING: 0, Visibility.HIDDEN: -1}
LARGEST_MATRIX: Final = 50_000_000
"""Cells of the table of people by statements; of more the file has the list of reactions alone."""
COMMENT_COLUMNS: Final = (
    *("timestamp", "datetime", "comment-id", "author-id"),
    *("agrees", "disagrees", "moderated", "comment-body"),
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement by its number: a question of support, or a comment, by its own number."""

    id: int
    what: str
    number: int


def questions(dossier: Dossier) -> tuple[Question, ...]:
    """The questions that are statements."""
    return tuple(question for question in dossier.questions if question.kind is QuestionKind.STANCE)


class StatementsFile:
    """Comments and questions as ``comments.csv``: how many are for and against each."""

    def __init__(self, source: Source, file: TextIO, reactions: Collection[Reactions] | None) -> None:
        self.statements: list[Statement] = []
        self.by_comment: dict[int, int] = {}
        self.by_question: dict[int, int] = {}
        self._source = source
        self._moment = _moment(source.record)
        self._supports = None if reactions is None else _supports(reactions)
        self._writer = _writer(file)
        self._writer.writerow(COMMENT_COLUMNS)
        for question in questions(source.record.hearing.dossier):
            self.by_question[question.no] = self._number("question", question.no)
            self._writer.writerow(self._asked(question, reactions))

    def add(self, said: Iterable[tuple[Comment, str]]) -> None:
        """Write comments, each with the field of its words; in an open file those that others read."""
        for comment, words in said:
            shown = comment.visibility is Visibility.PUBLISHED or not self._source.open
            if not comment.withdrawn_at and shown:
                self.by_comment[comment.id] = self._number("comment", comment.number)
                support = comment.support if self._supports is None else self._supports[comment.id]
                self._writer.writerow(self._row((support, 0), MODERATED[comment.visibility], words))

    def _asked(self, question: Question, reactions: Collection[Reactions] | None) -> tuple[Any, ...]:
        source = self._source
        words = answers.recorded_question(source.t, source.record.hearing.dossier, question)
        return self._row(_for_and_against(source.record, question, reactions), 1, field(words))

    def _row(self, counts: tuple[int | None, int | None], moderated: int, words: str) -> tuple[Any, ...]:
        return (*self._moment, len(self.statements) - 1, 0, *counts, moderated, words)

    def _number(self, what: str, number: int) -> int:
        self.statements.append(Statement(len(self.statements), what, number))
        return len(self.statements) - 1


def _for_and_against(
    record: Record, question: Question, reactions: Collection[Reactions] | None
) -> tuple[int | None, int | None]:
    """How many are for and against: of the people of the file, or of all who were counted, if enough were."""
    if reactions is not None:
        given = [option for each in reactions for number, option in each.stances if number == question.no]
        return given.count(SUPPORT), given.count(AGAINST)
    tally = tally_of(record.tallies, question.no, votes.channels(record))
    if 0 < tally.voters < SMALLEST_GROUP:
        return None, None
    return tally.count(SUPPORT).voters, tally.count(AGAINST).voters


def _supports(reactions: Iterable[Reactions]) -> Counter[int]:
    return Counter(comment for each in reactions for comment in each.supported)


class PolisFile:
    """The export on its way to its file, comments page by page. Not for the event loop: it writes to disk."""

    def __init__(self, record: Record, t: Translator, path: Path, *, reactions: Sequence[Reactions]) -> None:
        self._record = record
        self._t = t
        self._reactions = reactions
        self._archive = Archive(path)
        self._authors: set[int] = set()
        self._source = Source(record, t, open=False)
        with abandoned_on_failure(self):
            file = self._archive.begin("comments.csv")
            self._statements = StatementsFile(self._source, file, reactions)

    def add(self, page: Iterable[Comment]) -> None:
        """Write one page of comments."""
        page = tuple(page)
        self._statements.add((each, field(text_of(self._source, each))) for each in page)
        self._authors |= {each.author_id for each in page if each.author_id is not None and not each.withdrawn_at}

    def close(self) -> None:
        """Finish the file: who reacted to what comes after all statements."""
        self._archive.end()
        people = self._people()
        self._table("statements.csv", (("comment-id", "kind", "number"), *self._listed()))
        self._table("summary.csv", summary(self._record, self._t, self._figures(len(people))))
        self._numbers("votes.csv", _votes(self._record, people))
        if len(people) * len(self._statements.statements) <= LARGEST_MATRIX:
            self._numbers("participants-votes.csv", _matrix(people, len(self._statements.statements)))
        self._archive.close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        self._archive.abandon()

    def _people(self) -> list[dict[int, int]]:
        """What each person said, by statement; nobody is left of whom nothing is in the file."""
        by_question, by_comment = self._statements.by_question, self._statements.by_comment
        lines = []
        for each in self._reactions:
            said = {by_question[number]: VOTES[option] for number, option in each.stances if number in by_question}
            said |= {by_comment[comment]: 1 for comment in each.supported if comment in by_comment}
            if said:
                lines.append((tuple(sorted(said.items())), 1))
        return [dict(line) for line in shuffled(lines, repr, salt=self._record.hearing.code)]

    def _listed(self) -> Iterator[tuple[int, str, int]]:
        return ((each.id, each.what, each.number) for each in self._statements.statements)

    def _figures(self, people: int) -> dict[str, int]:
        return {
            "voters": people,
            "voters-in-conv": people,
            "commenters": len(self._authors),
            "comments": len(self._statements.statements),
            "groups": 0,
        }

    def _table(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self._archive.text(name) as file:
            _writer(file).writerows(rows)

    def _numbers(self, name: str, lines: Iterable[str]) -> None:
        with self._archive.text(name) as file:
            file.writelines(lines)


def summary(record: Record, t: Translator, figures: dict[str, int]) -> Iterator[tuple[str, str | int]]:
    """The rows of ``summary.csv``."""
    yield "topic", field(t.text(record.hearing.dossier.title).words)
    yield "url", ""
    yield from figures.items()
    yield "seal", record.seal_line("polis", (t.language,))
    yield "conversation-description", field(t.text(record.municipality.name).words)


def _votes(record: Record, people: Iterable[dict[int, int]]) -> Iterator[str]:
    """Lines, in which nothing needs to be quoted."""
    yield "timestamp,datetime,comment-id,voter-id,vote\n"
    stamp, day = _moment(record)
    for number, said in enumerate(people, start=1):
        yield "".join([f"{stamp},{day},{statement},{number},{vote}\n" for statement, vote in sorted(said.items())])


def _matrix(people: Iterable[dict[int, int]], statements: int) -> Iterator[str]:
    """Lines, in which nothing needs to be quoted."""
    named = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", *map(str, range(statements)))
    yield f"{','.join(named)}\n"
    for number, said in enumerate(people, start=1):
        given, row = list(said.values()), [""] * statements
        for statement, vote in said.items():
            row[statement] = str(vote)
        yield f"{number},,0,{len(given)},{given.count(1)},{given.count(-1)},{','.join(row)}\n"


def _moment(record: Record) -> tuple[int, str]:
    """The moment that stands beside everything: when answers opened, to the day."""
    day = record.hearing.dossier.opens_at.astimezone(record.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return int(day.timestamp() * 1000), day.isoformat()


def _writer(file: TextIO) -> Any:
    return csv.writer(file, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
