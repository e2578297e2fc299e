"""A bundle on its way to its file: tables of numbers first, then single votes where they belong, then comments."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, Final

from bot.domain.cast_answers import shuffled, with_told_days
from bot.i18n import later
from bot.reports import pabulib, polis
from bot.reports.archive import Archive
from bot.reports.bundle import columns, course_tables, descriptor, rows
from bot.reports.bundle.rows import Source
from bot.reports.bundle.separated import SeparatedFile, cell
from bot.reports.quoted import line
from bot.reports.streaming import abandoned_on_failure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from bot.domain.cast_answers import CastAnswer
    from bot.domain.comments import Comment
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.reports.bundle.columns import Table
    from bot.reports.bundle.rows import Row
    from bot.reports.record import Record

NUMBERS: Final = (
    (columns.QUESTIONS, rows.questions),
    (columns.TALLIES, rows.tallies),
    (columns.PARTICIPATION, rows.participation),
    (course_tables.ATTENDANCE, course_tables.attendance),
    (course_tables.NOTICES, course_tables.notices),
    (course_tables.VERSIONS, course_tables.versions),
)
TEXT: Final = [column.name for column in columns.COMMENTS.columns].index("text")
PABULIB_FOLDER: Final = "pabulib"
ANSWERS_IN_PABULIB: Final = later("Answers for programs that compare ways of deciding (Pabulib)")
POLIS_FOLDER: Final = "polis"
COUNTS_IN_POLIS: Final = later("Comments and questions with how many are for and against, for programs that read Polis")


class BundleFile:
    """A bundle for staff; page by page. Not for the event loop: it writes to disk."""

    is_open: ClassVar = False
    streamed: ClassVar[tuple[Table, ...]] = (columns.VOTES, columns.COMMENTS)
    """The tables that come bit by bit."""

    def __init__(self, record: Record, t: Translator, path: Path) -> None:
        self._source = Source(record, t, open=self.is_open)
        self._archive = Archive(path)
        self._tables: list[Table] = []
        self._others: list[tuple[str, str]] = []
        self._file: SeparatedFile | None = None
        with abandoned_on_failure(self):
            for table, made in NUMBERS:
                self._whole(table, made(self._source))

    def questions(self) -> tuple[Question, ...]:
        """The questions whose answers are wanted."""
        return self._source.record.hearing.dossier.questions

    def add_answers(self, question: Question, given: Collection[CastAnswer]) -> None:
        """Write the single votes on a question. Every question comes before the first comment."""
        votes = rows.votes_of(self._source, question, with_told_days(given))
        shown = (([cell(value) for value in row], people) for row, people in votes)
        listed = (((";".join(cells), line(cells)), people) for cells, people in shown)
        salt = f"{self._source.record.hearing.code}/{question.no}"
        drawn = shuffled(listed, itemgetter(0), salt=salt)
        self._table(columns.VOTES).add_lines(written for _, written in drawn)

    def add(self, page: Iterable[Comment]) -> None:
        """Write one page of comments."""
        self._table(columns.COMMENTS).add(rows.comments(self._source, page))

    def close(self) -> None:
        """Finish the file: what its tables mean comes last."""
        self._archive.end()
        for table in self.streamed:
            if table not in self._tables:
                self._whole(table, ())
        t, told = self._source.t, (*self._tables, columns.COLUMNS, columns.CODES)
        self._whole(columns.COLUMNS, descriptor.dictionary(t, told))
        self._whole(columns.CODES, descriptor.meanings(t, told))
        self._archive.put("README.txt", descriptor.readme(self._source, told, self._others))
        self._archive.put("datapackage.json", descriptor.descriptor(self._source, told))
        self._archive.close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        self._archive.abandon()

    def _whole(self, table: Table, found: Iterable[Row]) -> None:
        with self._archive.text(table.path, marked=True) as file:
            SeparatedFile(file, table).add(found)
        self._tables.append(table)

    def _table(self, table: Table) -> SeparatedFile:
        """The table that is written now: the last that was begun, else a new one."""
        if self._file is None or self._tables[-1] is not table:
            self._archive.end()
            self._file = SeparatedFile(self._archive.begin(table.path, marked=True), table)
            self._tables.append(table)
        return self._file


class OpenBundleFile(BundleFile):
    """A bundle for everybody: no single vote but those that Pabulib's format may have, and how many are for what."""

    is_open: ClassVar = True
    streamed: ClassVar = (columns.COMMENTS,)

    def __init__(self, record: Record, t: Translator, path: Path) -> None:
        self._beside = tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=path.parent)  # noqa: SIM115
        super().__init__(record, t, path)
        with abandoned_on_failure(self):
            self._statements = polis.StatementsFile(self._source, self._beside, None)

    def questions(self) -> tuple[Question, ...]:
        """The questions whose answers are wanted."""
        return pabulib.questions(self._source.record.hearing.dossier)

    def add_answers(self, question: Question, given: Collection[CastAnswer]) -> None:
        """Write the answers to a question as Pabulib has them, where everybody may have them."""
        source = self._source
        if pabulib.is_open(source.record, question, given):
            name = f"{PABULIB_FOLDER}/{pabulib.name(question)}"
            with self._archive.text(name) as file:
                pabulib.write(source.record, source.t, question, given, file)
            self._others.append((name, ANSWERS_IN_PABULIB))

    def add(self, page: Iterable[Comment]) -> None:
        """Write one page of comments, as comments and as statements."""
        page = tuple(page)
        table = self._table(columns.COMMENTS)
        told = table.cells(rows.comments(self._source, page))
        table.add_cells(told)
        self._statements.add((comment, cells[TEXT]) for comment, cells in zip(page, told, strict=True))

    def close(self) -> None:
        """Finish the file."""
        self._archive.end()
        name = f"{POLIS_FOLDER}/comments.csv"
        self._archive.copy(name, self._beside)
        self._beside.close()
        self._others.append((name, COUNTS_IN_POLIS))
        super().close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        with suppress(OSError):
            self._beside.close()
        super().abandon()
