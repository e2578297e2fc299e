"""Texts that break files, one table for every format; and each format read back by a library that did not write it."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from defusedxml import ElementTree
from pypdf import PdfReader

from bot.reports.inert import field, looks_like_formula, plain
from bot.reports.report import ReportFormat
from bot.reports.typesetting import shown
from tests.reports.papers import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

NUMBER: Final = re.compile(r"-?\d+")
_TWICE: Final = re.compile("(.)\\1(?=[\u0300-\u036f])")
"""A letter under a loose accent, which a PDF of typst's names twice."""
HOSTILE_TEXTS: Final = (
    '=HYPERLINK("http://evil.example","Басыңыз")',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1＋1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " \u200b\ufeff=1+1",
    "а;=1+1,=2+2\t=3+3\n=4+4",
    '"; =1+1; "',
    "+996555123456",
    "0123",
    "1e5",
    "</w:t></w:r></w:p><w:p><w:r><w:t>жаңы абзац",
    "<r><t>не разметка</t></r> & &amp; &#9; &lt;b&gt; ]]> <!-- -->",
    "{{ 7*7 }} {% for x in range(9) %}{{ x }}{% endfor %} {# жок #}",
    "{{ ''.__class__.__mro__ }} {0.__class__} %s %(x)s ${7*7}",
    '#eval("1+1") #read("/etc/passwd") #import "@preview/x:0.1.0" $x^2$ *кара* _кыйшык_ \\ // /* */ @шилтеме <белги>',
    "_x0041_ _x000D_",
    "\u202eгнидоп\u202c жана \u2066кайра\u2069 \u061cاردو עברית",
    "нөл\x00, коңгуроо\x07, качуу\x1b[31m, \x7f, \x85 жана \x9b",
    "жуптун жарымы \ud83d жана \udc4d",
    "белги эмес \ufffe \uffff \ufdd0 \U0001ffff",
    "бир\r\nэки\rүч\u2028төрт\u2029беш\x0bалты\x0cжети",
    "👩\u200d👩\u200d👧\u200d👦 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🇰🇬",
    "😀" * 4096,
    "ө" * 300,
    "М" * 300 + " " + "ш" * 300,
    "<" * 4096,
    "Zalgo: й\u0306\u0301\u0300" + "\u0301" * 40,
    "META\nkey;value\nPROJECTS\n1;2;3\nVOTES\n",
    "'апостроф\" \\ / | ` ~",
)
"""Each begins in a way of its own, so that one found in a file is no other."""


def stored(text: str) -> str:
    """The text as a database has it: lone surrogates and NUL are characters no database takes."""
    return "".join("\ufffd" if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter for letter in text)


def separated(content: str, delimiter: str) -> list[list[str]]:
    """The rows of a separated file by RFC 4180 alone."""
    rows: list[list[str]] = [[]]
    at = 0
    while at < len(content):
        cell, at = _cell(content, at, delimiter)
        rows[-1].append(cell)
        if content.startswith("\r\n", at):
            rows.append([])
            at += 2
        elif at < len(content):
            assert content[at] in (delimiter, "\n"), content[at - 20 : at + 20]
            if content[at] == "\n":
                rows.append([])
            at += 1
    return [row for row in rows if row]


def _cell(content: str, at: int, delimiter: str) -> tuple[str, int]:
    if not content.startswith('"', at):
        ends = [end for mark in (delimiter, "\r\n", "\n") if (end := content.find(mark, at)) >= 0]
        end = min(ends, default=len(content))
        return content[at:end], end
    said = []
    at += 1
    while True:
        end = content.index('"', at)
        said.append(content[at:end])
        if not content.startswith('""', end):
            return "".join(said), end + 1
        said.append('"')
        at = end + 2


def _workbook(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.hyperlink]
    for cell in cells:
        if isinstance(cell.value, str) and cell.data_type != "f":
            yield cell.value


def _word(path: Path) -> Iterator[str]:
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    breaks = {f"{space}br": "\n", f"{space}tab": "\t"}
    with zipfile.ZipFile(path) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    for paragraph in document.iter(f"{space}p"):
        yield "".join(
            node.text or "" if node.tag == f"{space}t" else breaks.get(node.tag, "") for node in paragraph.iter()
        )


def _table(path: Path) -> Iterator[str]:
    yield from _checked(separated(path.read_bytes().decode("utf-8-sig"), ";"))


def _bundle(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            content = archive.read(entry).decode("utf-8-sig")
            if entry.filename.endswith(".json"):
                yield from _strings(json.loads(content))
            elif entry.filename.endswith(".txt"):
                yield content
            elif entry.filename.endswith(".pb"):
                yield from _lines(content)
            else:
                yield from _checked(separated(content, ";" if content.startswith('"') else ","))


def _checked(rows: list[list[str]]) -> Iterator[str]:
    """Every cell, where each row has as many as the first and none is a formula."""
    assert len({len(row) for row in rows}) == 1, "a row was torn apart"
    for row in rows:
        assert not [cell for cell in row if looks_like_formula(cell) and not NUMBER.fullmatch(cell)]
        yield from row


def _lines(content: str) -> Iterator[str]:
    """The cells of a file of Pabulib, whose parts begin with a line of their own."""
    rows = separated(content, ";")
    assert [row for row in rows if len(row) == 1] == [["META"], ["PROJECTS"], ["VOTES"]]
    for row in rows:
        yield from row


def on_one_line(text: str) -> str:
    """A text as Pabulib's format takes it."""
    return field(" ".join(plain(text).split()))


def _object(path: Path) -> Iterator[str]:
    yield from _strings(json.loads(path.read_bytes()))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _paper(path: Path) -> Iterator[str]:
    said = bare("".join(page.extract_text() for page in PdfReader(path).pages))
    yield _TWICE.sub(r"\1", said)


ON_ONE_PAGE: Final = 400
"""Letters of a text that is looked for on paper, where a page may end within a longer one."""
READERS: Final[Mapping[ReportFormat, tuple[Callable[[Path], Iterator[str]], Callable[[str], str]]]] = {
    ReportFormat.XLSX: (_workbook, plain),
    ReportFormat.CSV: (_table, field),
    ReportFormat.JSON: (_object, str),
    ReportFormat.DOCX: (_word, plain),
    ReportFormat.PDF_FULL: (_paper, lambda words: bare(shown(plain(words)))[:ON_ONE_PAGE]),
    ReportFormat.CSV_BUNDLE: (_bundle, field),
    ReportFormat.OPEN_DATA: (_bundle, field),
    ReportFormat.PB: (_bundle, on_one_line),
    ReportFormat.POLIS: (_bundle, field),
}
"""For each format: every text of a file, and what becomes of a text there."""
SHORTENED: Final = frozenset({ReportFormat.PDF})
"""Formats that do not hold everything: the page for the notice board, which has tests of its own."""
