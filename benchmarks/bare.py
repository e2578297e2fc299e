"""The files of a hearing written by the bare libraries: XlsxWriter, docxtpl, typst, and csv, json and zipfile.

What they write is read back from our file, so it is the same content, and lies ready: fields of the document, cells of
the workbook, values of JSON. Tables have values: whole numbers, days, moments, texts; the reference formats the moments
and puts an apostrophe before a text that begins like a formula, as whoever writes a table for Excel has to. Votes lie
ready as how many are equal, and are written a row each, in an order of chance. Codes are words already, numbers in
texts are masked already, and small groups hidden.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import openpyxl
import typst
import xlsxwriter
from docxtpl import DocxTemplate

from benchmarks.gathered import ours
from bot.reports.protocol import document, forms
from bot.reports.report import ReportFormat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.gathered import Gathered
    from bot.i18n import Translator

MARK: Final = "\ufeff"
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(r"\d\d\.\d\d\.\d{4} \d\d:\d\d")
_FORMULA: Final = re.compile(r"\s*[=+\-@\t\r]")


@dataclass(frozen=True)
class Dialect:
    """How the fields of a table are written."""

    delimiter: str
    quoting: Any
    end: str


QUOTED: Final = Dialect(";", csv.QUOTE_ALL, "\r\n")
PABULIB: Final = Dialect(";", csv.QUOTE_MINIMAL, "\n")
POLIS: Final = Dialect(",", csv.QUOTE_MINIMAL, "\n")


@dataclass(frozen=True)
class Table:
    """The ``rows`` of a table, then those of which it is known how many are equal; ``numbered`` ones have a number.

    Where nothing but ``numbers`` stands below the names of columns, nothing is to be shown otherwise.
    """

    dialect: Dialect
    mark: str
    rows: list[list[Any]]
    votes: list[tuple[tuple[Any, ...], int]]
    numbered: bool
    numbers: bool

    @classmethod
    def read(cls, name: str, content: bytes, *, polis: bool) -> Table:
        """The table in a file of ours."""
        dialect = PABULIB if name.endswith(".pb") else POLIS if polis else QUOTED
        words = content.decode("utf-8")
        text = io.StringIO(words.removeprefix(MARK), newline="")
        rows = [[_value(cell) for cell in row] for row in csv.reader(text, delimiter=dialect.delimiter)]
        first = len(rows)
        if dialect is PABULIB:
            first = rows.index(["VOTES"]) + 2
        elif name == "votes.csv" and dialect is QUOTED:
            first = 1
        numbered = dialect is PABULIB
        votes = Counter(tuple(row[numbered:]) for row in rows[first:])
        numbers = all(isinstance(value, int | None) for row in rows[1:first] for value in row)
        mark = MARK if words.startswith(MARK) else ""
        return cls(dialect, mark, rows[:first], list(votes.items()), numbered=numbered, numbers=numbers)

    def written(self) -> str:
        """The table as text."""
        out = io.StringIO(newline="")
        out.write(self.mark)
        how = {"quoting": self.dialect.quoting, "lineterminator": self.dialect.end}
        writer = csv.writer(out, delimiter=self.dialect.delimiter, **how)
        writer.writerows(self.rows if self.numbers else ([_shown(value) for value in row] for row in self.rows))
        drawn = [row for row, people in self.votes for _ in range(people)]
        random.Random(0).shuffle(drawn)
        writer.writerows(([number, *row] for number, row in enumerate(drawn, 1)) if self.numbered else drawn)
        return out.getvalue()


def _value(cell: str) -> Any:
    """What a field says."""
    if not cell:
        return None
    if cell.isdecimal() and (cell[0] != "0" or cell == "0"):
        return int(cell)
    if _DAY.fullmatch(cell):
        return date.fromisoformat(cell)
    if _MOMENT.fullmatch(cell):
        return datetime.strptime(cell, "%d.%m.%Y %H:%M")  # noqa: DTZ007 a spreadsheet has no zones
    return cell.removeprefix("'")


def _shown(value: Any) -> Any:
    """A value as the csv module writes it."""
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M")
    return value


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
        table = Table.read(path.name, content, polis=False)
        return lambda target: target.write_text(table.written(), "utf-8", newline="")
    return _archive(content, polis=form is ReportFormat.POLIS)


def _archive(content: bytes, *, polis: bool) -> Callable[[Path], None]:
    tables: dict[str, Table | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            theirs = polis or name.startswith("polis/")
            is_table = name.endswith((".csv", ".pb"))
            read = archive.read(name)
            tables[name] = Table.read(name, read, polis=theirs) if is_table else read

    def written(target: Path) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, table in tables.items():
                archive.writestr(name, table.written() if isinstance(table, Table) else table)

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
