"""Jobs: making a file or a picture, as a value that can be handed to another process.

A ``Worker`` does one job at a time. It is the port; ``bot.worker`` has the process and its stand-in for tests. A job
imports what it needs where it is done: the bot, which hands it over, does without the libraries of every kind of file.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.domain.errors import HearingBotError
from bot.domain.files import MadeFile
from bot.domain.values import dataclass
from bot.reports.opinion_view import gather_opinions

if TYPE_CHECKING:
    from datetime import datetime

    from bot.decision_table.reader import ReturnedTable
    from bot.domain.files import FormKind
    from bot.i18n import Catalogues
    from bot.ports import ReadingStore
    from bot.reports.forms import FormText
    from bot.reports.opinion_view import OpinionView
    from bot.reports.poster import PosterText
    from bot.reports.returned_sheet import ReturnedSheet

Result_co = TypeVar("Result_co", covariant=True)
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Bench:
    """What a job finds where it is done; ``timezone`` counts for a municipality without one."""

    store: ReadingStore
    catalogues: Catalogues
    timezone: str
    now: datetime


class Job(Protocol[Result_co]):
    """Something that takes long. It can be pickled, and so can its result."""

    async def run(self, bench: Bench) -> Result_co:
        """Do it. Raises StoreUnavailable, and whatever goes wrong."""
        ...


class JobFailed(HearingBotError):
    """A job ended by an error, which was logged, or twice with the end of its process."""


class Worker(Protocol):
    """Does jobs, one at a time, in the order in which they are asked for."""

    async def run(self, job: Job[Outcome]) -> Outcome:
        """Do a job and return its result. Raises JobFailed, StoreUnavailable. Cancelled, the job is given up."""
        ...

    async def close(self) -> None:
        """Give up what is being done."""


@dataclass(frozen=True, slots=True)
class RecordJob:
    """Writes the record of a hearing; the protocol in a ``second`` language too, where there is one.

    ``link`` leads into the hearing, for the code on the page for the notice board. ``sitting`` is the number of the
    only one that it tells of; 0: of the whole hearing.
    """

    hearing_id: int
    form: str
    language: str
    second: str = ""
    link: str = ""
    sitting: int = 0

    async def run(self, bench: Bench) -> MadeFile:
        """The record as it stands, or what Telegram has of it. Raises NotFound, StoreUnavailable, OSError."""
        from bot.reports.report import ReportFormat, write

        with tempfile.TemporaryDirectory(prefix="hearing-") as folder:
            report = await write(
                bench.store,
                self.hearing_id,
                form=ReportFormat(self.form),
                t=bench.catalogues[self.language],
                second=bench.catalogues[self.second] if self.second else None,
                now=bench.now,
                timezone=bench.timezone,
                path=Path(folder, f"record.{self.form}"),
                link=self.link,
                sitting=self.sitting,
                sent=True,
            )
            content = b"" if report.file_id else report.path.read_bytes()
            return MadeFile(content, report.name, key=report.key, file_id=report.file_id)


@dataclass(frozen=True, slots=True)
class DecisionTableJob:
    """Writes the table of decisions of a hearing."""

    hearing_id: int
    language: str

    async def run(self, bench: Bench) -> MadeFile:
        """The table as it stands. Raises NotFound, StoreUnavailable."""
        from bot.reports import decision_table

        t = bench.catalogues[self.language]
        return await decision_table.write(bench.store, self.hearing_id, t=t, now=bench.now, timezone=bench.timezone)


@dataclass(frozen=True, slots=True)
class ReturnedTableJob:
    """Reads a table of decisions that has come back from staff of these ``municipalities``."""

    content: bytes
    municipalities: frozenset[int]
    language: str

    async def run(self, bench: Bench) -> ReturnedTable:
        """What it says, or everything that is wrong with it, marked in a copy too. Raises StoreUnavailable."""
        from bot.reports import returned_table

        found = await returned_table.read(
            bench.store,
            self.content,
            self.municipalities,
            catalogues=bench.catalogues,
            timezone=bench.timezone,
        )
        t = bench.catalogues[self.language]
        return returned_table.with_copy(found, self.content, t) if found.faults and found.hearing else found


@dataclass(frozen=True, slots=True)
class EntrySheetJob:
    """Writes the entry sheet of a hearing."""

    hearing_id: int
    language: str

    async def run(self, bench: Bench) -> MadeFile:
        """The sheet with what is entered. Raises NotFound, StoreUnavailable."""
        from bot.reports import entry_sheet

        t = bench.catalogues[self.language]
        return await entry_sheet.write(bench.store, self.hearing_id, t=t, timezone=bench.timezone)


@dataclass(frozen=True, slots=True)
class ReturnedSheetJob:
    """Reads an entry sheet that has come back from staff of these ``municipalities``."""

    content: bytes
    municipalities: frozenset[int]
    language: str
    hearing_id: int = 0
    """Of which hearing it is, where it has no stamp."""

    async def run(self, bench: Bench) -> ReturnedSheet:
        """What it says, or everything that is wrong with it, marked in a copy too. Raises StoreUnavailable."""
        from bot.reports import returned_sheet

        return await returned_sheet.read(
            bench.store,
            self.content,
            self.municipalities,
            catalogues=bench.catalogues,
            language=self.language,
            now=bench.now,
            timezone=bench.timezone,
            hearing_id=self.hearing_id,
        )


@dataclass(frozen=True, slots=True)
class OpinionsJob:
    """Finds the groups of opinion of a hearing."""

    hearing_id: int

    async def run(self, bench: Bench) -> OpinionView:
        """The groups as they stand. Raises NotFound, StoreUnavailable."""
        async with bench.store.reading() as repositories:
            hearing = await repositories.hearings.get(self.hearing_id)
            return await gather_opinions(repositories, hearing, now=bench.now)


@dataclass(frozen=True, slots=True)
class PosterJob:
    """Draws posters in two languages, a page each."""

    texts: tuple[PosterText, ...]
    languages: tuple[str, str]

    async def run(self, bench: Bench) -> MadeFile:
        """The PDF. Raises CannotTypeset, OSError."""
        from bot.reports import poster

        first, second = self.languages
        translators = bench.catalogues[first], bench.catalogues[second]
        return MadeFile(poster.pdf(self.texts, translators), left_out=poster.has_left_out(self.texts, translators))


@dataclass(frozen=True, slots=True)
class FormJob:
    """Draws a form to be printed, in one or two languages."""

    kind: FormKind
    text: FormText
    languages: tuple[str, ...]

    async def run(self, bench: Bench) -> MadeFile:
        """The PDF. Raises CannotTypeset, OSError."""
        from bot.reports import forms

        translators = tuple(bench.catalogues[each] for each in self.languages)
        left_out = forms.has_left_out(self.kind, self.text, translators)
        return MadeFile(forms.pdf(self.kind, self.text, translators), left_out=left_out)
