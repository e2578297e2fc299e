"""The record of a hearing as a file, in any form.

``write`` is the door: it reads the record in one consistent view, streams the comments, and leaves a finished file or
none. Permission is the caller's: a report holds what staff may see.
"""

from __future__ import annotations

import tempfile
from contextlib import aclosing
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from bot.domain.files import ensure_record_in
from bot.domain.values import dataclass
from bot.reports import pabulib, polis, records
from bot.reports.beside import gather_beside
from bot.reports.bundle.writer import BundleFile, OpenBundleFile
from bot.reports.csv import CommentsFile
from bot.reports.file_names import file_name
from bot.reports.json import RecordFile
from bot.reports.opinion_view import gather_opinions
from bot.reports.pabulib import PabulibFile
from bot.reports.polis import PolisFile
from bot.reports.public_numbers import gather_public
from bot.reports.sent_files import report_key
from bot.reports.streaming import Writer, abandoned_on_failure, begun, in_thread, stream

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from bot.domain.cast_answers import CastAnswer
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.ports import ReadingStore, Repositories
    from bot.reports.beside import Beside
    from bot.reports.opinion_view import OpinionView
    from bot.reports.public_numbers import PublicNumbers
    from bot.reports.record import Minutes, Record

__all__ = ["Report", "ReportFormat", "write"]


class ReportFormat(StrEnum):
    """What a report can be."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    DOCX = "docx"
    """The protocol: in one language, or in two."""
    CSV_BUNDLE = "csv-bundle"
    """Every table, a row for each vote too: for staff."""
    OPEN_DATA = "open-data"
    """The tables that everybody may have."""
    PB = "pb"
    """Answers with several options in Pabulib's format: for staff."""
    POLIS = "polis"
    """Stances and supports as Polis exports them: for staff."""
    PDF = "pdf"
    """One page for the notice board: what everybody may know."""
    PDF_FULL = "pdf-full"
    """The full report, of many pages."""

    @property
    def extension(self) -> str:
        """What the name of its file ends in; of Pabulib where there are several questions."""
        return _EXTENSIONS.get(self, self.value.partition("-")[0])


ZIP: Final = "zip"
_EXTENSIONS: Final = dict.fromkeys(
    (ReportFormat.CSV_BUNDLE, ReportFormat.OPEN_DATA, ReportFormat.PB, ReportFormat.POLIS), ZIP
)


@dataclass(frozen=True, slots=True)
class Report:
    """A finished file at ``path``, and the ``name`` under which people keep it (see ``file_names``)."""

    path: Path
    name: str
    key: str = ""
    """What tells it from every other file: the seal of its record, and all that is written of it."""
    file_id: str = ""
    """Telegram's id of the same file, where it was sent before; then nothing lies at ``path``."""


@runtime_checkable
class _AnswerWriter(Protocol):
    """A writer that has a row for each answer."""

    def questions(self) -> tuple[Question, ...]: ...
    def add_answers(self, question: Question, given: tuple[CastAnswer, ...]) -> None: ...


_WRITERS: Final[Mapping[ReportFormat, Callable[[Record, Translator, Path], Writer]]] = {
    ReportFormat.CSV: CommentsFile,
    ReportFormat.JSON: RecordFile,
    ReportFormat.CSV_BUNDLE: BundleFile,
    ReportFormat.OPEN_DATA: OpenBundleFile,
    ReportFormat.PB: PabulibFile,
}


async def write(
    store: ReadingStore,
    hearing_id: int,
    *,
    form: ReportFormat,
    t: Translator,
    now: datetime,
    timezone: str,
    path: Path,
    second: Translator | None = None,
    link: str = "",
    sitting: int = 0,
    sent: bool = False,
) -> Report:
    """Write the record of a hearing to ``path``, in ``t``'s language, as it stands ``now``.

    The protocol (docx) alone can be in a ``second`` language too. ``link`` leads into the hearing, for the code on the
    page for the notice board; without one there is no code. The protocol and the comments can be those of one
    ``sitting``, by its number. With ``sent`` nothing is written where the same file was
    sent before: the report has its id.

    Until it is complete it lies in a temporary folder beside ``path``; then it replaces what is at ``path``. The
    work is done in a thread, a page of comments at a time, so that the event loop stays free. ``timezone`` counts for a
    municipality without one. Raises NotFound, StoreUnavailable, and OSError where the disk does not take it.
    """
    with tempfile.TemporaryDirectory(prefix=".report-", dir=path.parent) as folder:
        part, translators = Path(folder, path.name), (t,) if second is None else (t, second)
        async with store.reading() as repositories:
            record = await records.gather(repositories, hearing_id, now=now, timezone=timezone)
            ensure_record_in(form, record.hearing, now, sitting=sitting)
            record = await records.sealed(repositories, record)
            record = await records.of_one_sitting(repositories, record, sitting)
            minutes = await records.gather_minutes(repositories, record.hearing)
            key = report_key(record, minutes, form.value, [each.language for each in translators], link=link)
            named = name(record, form, translators)
            if sent and (file_id := await repositories.housekeeping.find_file(key)) is not None:
                return Report(path, named, key, file_id)
            begin: Callable[[], Writer]
            if form is ReportFormat.DOCX:
                begin = partial(_protocol, record, minutes, translators, part)
            elif form is ReportFormat.PDF:
                begin = partial(_board, record, await gather_public(repositories, record, now=now), t, part, link)
            elif form is ReportFormat.PDF_FULL:
                opinions = await gather_opinions(repositories, record.hearing, now=now)
                begin = partial(_full_report, record, opinions, t, part)
            elif form is ReportFormat.POLIS:
                stances = [question.no for question in polis.questions(record.hearing.dossier)]
                reactions = await repositories.cast_answers.reactions(hearing_id, stances)
                begin = partial[Writer](PolisFile, record, t, part, reactions=reactions)
            elif form is ReportFormat.XLSX:
                beside = await gather_beside(repositories, record, now=now)
                begin = partial(_workbook, record, beside, t, part)
            else:
                begin = partial(_WRITERS[form], record, t, part)
            writer = await begun(begin)
            with abandoned_on_failure(writer):
                if isinstance(writer, _AnswerWriter):
                    await _write_answers(repositories, record, writer)
                async with aclosing(records.told_comments(repositories, record)) as pages:
                    await stream(pages, writer)
        with abandoned_on_failure(writer):
            await in_thread(writer.close)
        await in_thread(partial(part.replace, path))
    return Report(path, named, key)


def _workbook(record: Record, beside: Beside, t: Translator, path: Path) -> Writer:
    from bot.reports.xlsx import RecordWorkbook  # noqa: PLC0415 libraries for this alone

    return RecordWorkbook(record, beside, t, path)


def _protocol(record: Record, minutes: Minutes, translators: tuple[Translator, ...], path: Path) -> Writer:
    from bot.reports.protocol.document import ProtocolDocument  # noqa: PLC0415 libraries for this alone

    return ProtocolDocument(record, minutes, translators, path)


def _board(record: Record, told: PublicNumbers, t: Translator, path: Path, link: str) -> Writer:
    from bot.reports.board import BoardFile  # noqa: PLC0415 libraries for this alone

    return BoardFile(record, told, t, path, link=link)


def _full_report(record: Record, opinions: OpinionView, t: Translator, path: Path) -> Writer:
    from bot.reports.full_report import FullReportFile  # noqa: PLC0415 libraries for this alone

    return FullReportFile(record, opinions, t, path)


def name(record: Record, form: ReportFormat, translators: Sequence[Translator]) -> str:
    """The name of a file in these languages; a single question of Pabulib's is no archive."""
    alone = form is ReportFormat.PB and len(pabulib.questions(record.hearing.dossier)) == 1
    return file_name(record, form.value, translators, extension=form.value if alone else form.extension)


async def _write_answers(repositories: Repositories, record: Record, writer: _AnswerWriter) -> None:
    """Hand the single answers to the writer, a question at a time."""
    for question in writer.questions():
        given = await repositories.cast_answers.of_question(record.hearing.id, question.no, zone=record.zone)
        await in_thread(partial(writer.add_answers, question, given))
