"""The dossier: every file of a hearing of 1,200 people and 400 comments, in two languages, and tables of a huge one.

The reference writes the same content with the bare library: cells, rows and fields that lie ready. XlsxWriter, docxtpl,
typst, and csv, json and zipfile of the standard library. Of both only the writing is measured: the record and its
comments are gathered before; how long that took, and how large the files are, stands among the details.

The huge hearing has 100,000 people, 1,000,000 votes and 100,000 comments: by how much memory grows while its workbook
and its tables are written, each in a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import openpyxl
import typst
import xlsxwriter
from docxtpl import DocxTemplate

from benchmarks import town
from benchmarks.record import memory
from benchmarks.report import Measure, show
from bot.app import SystemClock
from bot.domain.questions import About, Question, QuestionKind
from bot.i18n import Catalogues
from bot.reports import ReportFormat, polis, records, write
from bot.reports.beside import gather_beside
from bot.reports.board import BoardFile
from bot.reports.bundle.writer import BundleFile, OpenBundleFile
from bot.reports.csv import CommentsFile
from bot.reports.full_report import FullReportFile
from bot.reports.json import RecordFile
from bot.reports.pabulib import PabulibFile
from bot.reports.polis import PolisFile
from bot.reports.protocol import document, forms
from bot.reports.protocol.document import ProtocolDocument
from bot.reports.public_numbers import gather_public
from bot.reports.xlsx import RecordWorkbook
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.town import Town
    from bot.domain.cast_answers import CastAnswer, Reactions
    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.beside import Beside
    from bot.reports.public_numbers import PublicNumbers
    from bot.reports.record import Minutes, Record

TIMEZONE: Final = "Asia/Bishkek"
LANGUAGES: Final = ("ky", "ru")
PEOPLE, COMMENTS = 1_200, 400
HUGE_PEOPLE, HUGE_COMMENTS = 100_000, 100_000
HUGE_FORMS: Final = (ReportFormat.XLSX, ReportFormat.CSV, ReportFormat.CSV_BUNDLE)
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


def ours(found: Gathered, form: ReportFormat, t: Translator, path: Path) -> float:
    """Seconds in which a file is written."""
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
    begun = time.perf_counter()
    writer = makers[form]()
    for question in writer.questions() if hasattr(writer, "add_answers") else ():
        writer.add_answers(question, found.answers[question.no])
    for first in range(0, len(found.comments), PAGE):
        writer.add(found.comments[first : first + PAGE])
    writer.close()
    return time.perf_counter() - begun


def bare(found: Gathered, form: ReportFormat, t: Translator, path: Path) -> Callable[[Path], object]:
    """A function that writes what is in our file at ``path`` with the library alone."""
    if form is ReportFormat.XLSX:
        return _workbook(path)
    if form is ReportFormat.DOCX:
        return _word(found, t, path)
    if form.value.startswith("pdf"):
        return _paper(found, form, t, path)
    content = path.read_bytes()
    if form is ReportFormat.JSON:
        read = json.loads(content)
        return lambda target: target.write_text(json.dumps(read, ensure_ascii=False, indent=1), "utf-8")
    if form is ReportFormat.CSV:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
        return lambda target: target.write_text(_separated(rows), "utf-8")
    return _archive(content)


def _separated(rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


def _archive(content: bytes) -> Callable[[Path], None]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {entry: archive.read(entry).decode("utf-8-sig") for entry in archive.namelist()}
    tables = {name: list(csv.reader(io.StringIO(words, newline=""), delimiter=";")) for name, words in texts.items()}

    def written(target: Path) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, rows in tables.items():
                archive.writestr(name, _separated(rows))

    return written


def _workbook(path: Path) -> Callable[[Path], None]:
    book = openpyxl.load_workbook(path)
    sheets = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]

    def written(target: Path) -> None:
        with xlsxwriter.Workbook(str(target), {"strings_to_urls": False, "remove_timezone": True}) as made:
            day = made.add_format({"num_format": "dd.mm.yyyy"})
            for rows in sheets:
                sheet = made.add_worksheet()
                for number, row in enumerate(rows):
                    for column, value in enumerate(row):
                        if hasattr(value, "year"):
                            sheet.write_datetime(number, column, value, day)
                        elif value is not None:
                            sheet.write(number, column, value)

    return written


def _word(found: Gathered, t: Translator, path: Path) -> Callable[[Path], object]:
    with patch.object(document, "fill_known", wraps=forms.fill_known) as filling:
        ours(found, ReportFormat.DOCX, t, path)
    form, fields = filling.call_args.args

    def written(target: Path) -> None:
        template = DocxTemplate(io.BytesIO(form))
        template.render(fields, autoescape=True)
        template.save(target)

    return written


def _paper(found: Gathered, form: ReportFormat, t: Translator, path: Path) -> Callable[[Path], object]:
    with patch.object(typst, "compile", wraps=typst.compile) as compiling:
        ours(found, form, t, path)
    call = compiling.call_args

    def written(target: Path) -> None:
        target.write_bytes(typst.compile(*call.args, **call.kwargs))

    return written


def compared(found: Gathered, folder: Path, rounds: int) -> Iterator[Measure]:
    """Each form in each language: ours beside the library."""
    catalogues = Catalogues.load()
    for form in ReportFormat:
        mine, reference, sizes = [], [], {}
        for language in LANGUAGES:
            path, t = folder / f"{language}.{form}", catalogues[language]
            ours(found, form, t, path)
            written = bare(found, form, t, path)
            sizes[language] = round(path.stat().st_size / 1e6, 3)
            for _ in range(rounds):
                begun = time.perf_counter()
                written(folder / "bare")
                reference.append(time.perf_counter() - begun)
                mine.append(ours(found, form, t, path))
        seconds, theirs = median(mine), median(reference)
        yield Measure(f"{form}", seconds, theirs, seconds / theirs, "s", at_most=1.5, details={"MB": sizes})


async def grown(url: str, hearing_id: int, form: ReportFormat, path: Path) -> dict[str, float]:
    """A file of the huge hearing as the desk sends it: seconds, and by how many megabytes this process grew."""
    t, store = Catalogues.load()[LANGUAGES[0]], await open_store(url)
    try:
        async with store.reading() as repositories:
            await repositories.hearings.get(hearing_id)
        before, _ = memory()
        begun, now = time.perf_counter(), SystemClock().now()
        await write(store, hearing_id, form=form, t=t, now=now, timezone=TIMEZONE, path=path)
        return {"seconds": time.perf_counter() - begun, "growth": memory()[1] - before}
    finally:
        await store.close()


def huge(folder: Path, scale: float) -> Iterator[Measure]:
    """The growth of memory, each form in a process of its own."""
    place = filled(folder / "huge.db", max(100, round(HUGE_PEOPLE * scale)), max(100, round(HUGE_COMMENTS * scale)))
    for form in HUGE_FORMS:
        path = folder / f"huge.{form}"
        side = ["--form", form.value, "--url", place.url, "--hearing", str(place.hearing_id), "--path", str(path)]
        command = [sys.executable, "-m", "benchmarks.dossier", *side]
        result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        details = {"seconds": round(result["seconds"], 1), "MB": round(path.stat().st_size / 1e6, 1)}
        yield Measure(
            f"growth of memory, {form}", result["growth"], None, result["growth"], "MB", at_most=100.0, details=details
        )


def main(scale: float = 1.0, rounds: int = 5) -> None:
    """Make the hearings, measure, print the line."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = filled(folder / "town.db", max(100, round(PEOPLE * scale)), max(20, round(COMMENTS * scale)))
        found, seconds = asyncio.run(gathered(place))
        measures = [*compared(found, folder, rounds), *huge(folder, scale)]
    reading = Measure("gathering what all are made of", seconds, None, seconds, "s", at_most=5.0)
    show("dossier", reading, *measures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real size; smaller to try it out")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--form", help=argparse.SUPPRESS)
    arguments.add_argument("--url", help=argparse.SUPPRESS)
    arguments.add_argument("--hearing", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.form:
        print(json.dumps(asyncio.run(grown(given.url, given.hearing, ReportFormat(given.form), given.path))))
    else:
        main(given.scale, given.rounds)
