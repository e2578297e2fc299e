"""A hearing that is over and all that its files are made of: gathered once, written by our program."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from benchmarks import town
from bot.app import SystemClock
from bot.domain.questions import About, Question, QuestionKind
from bot.reports import polis, records
from bot.reports.beside import gather_beside
from bot.reports.board import BoardFile
from bot.reports.bundle.writer import BundleFile, OpenBundleFile
from bot.reports.csv import CommentsFile
from bot.reports.full_report import FullReportFile
from bot.reports.json import RecordFile
from bot.reports.pabulib import PabulibFile
from bot.reports.polis import PolisFile
from bot.reports.protocol.document import ProtocolDocument
from bot.reports.public_numbers import gather_public
from bot.reports.report import ReportFormat
from bot.reports.xlsx import RecordWorkbook
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.town import Town
    from bot.domain.cast_answers import CastAnswer, Reactions
    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.beside import Beside
    from bot.reports.public_numbers import PublicNumbers
    from bot.reports.record import Minutes, Record

TIMEZONE: Final = "Asia/Bishkek"
PAGE: Final = records.COMMENTS_READ_AT_ONCE


@dataclass(frozen=True)
class Gathered:
    """All that a file of the hearing is made of."""

    record: Record
    minutes: Minutes
    told: PublicNumbers
    comments: tuple[Comment, ...]
    answers: dict[int, tuple[CastAnswer, ...]]
    reactions: tuple[Reactions, ...]
    beside: Beside


def asked() -> tuple[Question, ...]:
    """Seven questions of support, and one each of the kinds that Pabulib knows."""
    options = tuple(town.text(words) for words in ("Жолдор", "Мектеп", "Таза суу"))
    kinds = (QuestionKind.SEVERAL, QuestionKind.RANK, QuestionKind.COINS)
    more = (Question(no, About(), kind, town.text("Эмне керек?"), options) for no, kind in enumerate(kinds, start=8))
    return (*town.dossier().questions, *more)


def filled(path: Path, people: int, comments: int) -> Town:
    """A hearing that is over, to whose ten questions everybody gave an answer."""
    place = town.make(path, residents=people, content=replace(town.dossier(), questions=asked()))
    town.add_votes(place, questions=10, each=10)
    town.add_comments(place, comments)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE hearings SET phase = 'answered' WHERE id = ?", (place.hearing_id,))
    return place


async def gathered(place: Town) -> tuple[Gathered, float]:
    """What the files are made of, and in how many seconds."""
    store = await open_store(place.url)
    try:
        begun, now = time.perf_counter(), SystemClock().now()
        async with store.reading() as repositories:
            record = await records.gather(repositories, place.hearing_id, now=now, timezone=TIMEZONE)
            record = await records.sealed(repositories, record)
            comments = [page async for page in records.comments(repositories, place.hearing_id)]
            questions = record.hearing.dossier.questions
            found = Gathered(
                record,
                await records.gather_minutes(repositories, record.hearing),
                await gather_public(repositories, record, now=now),
                tuple(comment for page in comments for comment in page),
                {
                    question.no: await repositories.cast_answers.of_question(
                        place.hearing_id, question.no, zone=record.zone
                    )
                    for question in questions
                },
                await repositories.cast_answers.reactions(
                    place.hearing_id, [question.no for question in polis.questions(record.hearing.dossier)]
                ),
                await gather_beside(repositories, record, now=now),
            )
        return found, time.perf_counter() - begun
    finally:
        await store.close()


def ours(found: Gathered, form: ReportFormat, t: Translator, path: Path) -> None:
    """Write a file as our program does."""
    record = found.record
    makers: dict[ReportFormat, Callable[[], Any]] = {
        ReportFormat.XLSX: lambda: RecordWorkbook(record, found.beside, t, path),
        ReportFormat.CSV: lambda: CommentsFile(record, t, path),
        ReportFormat.JSON: lambda: RecordFile(record, t, path),
        ReportFormat.DOCX: lambda: ProtocolDocument(record, found.minutes, (t,), path),
        ReportFormat.PDF: lambda: BoardFile(record, found.told, t, path, link=""),
        ReportFormat.PDF_FULL: lambda: FullReportFile(record, found.beside.opinions, t, path),
        ReportFormat.CSV_BUNDLE: lambda: BundleFile(record, t, path),
        ReportFormat.OPEN_DATA: lambda: OpenBundleFile(record, t, path),
        ReportFormat.PB: lambda: PabulibFile(record, t, path),
        ReportFormat.POLIS: lambda: PolisFile(record, t, path, reactions=found.reactions),
    }
    writer = makers[form]()
    for question in writer.questions() if hasattr(writer, "add_answers") else ():
        writer.add_answers(question, found.answers[question.no])
    for first in range(0, len(found.comments), PAGE):
        writer.add(found.comments[first : first + PAGE])
    writer.close()
