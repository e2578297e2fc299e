"""Tables saved as text, as Excel and other programs save them: CSV with any separator, in any usual encoding."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from bot.domain.errors import HearingBotError

if TYPE_CHECKING:
    from collections.abc import Iterator

SEPARATORS: Final = ",;\t"
_BYTE_ORDER_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_NOT_CYRILLIC: Final = re.compile("[\u0402\u0403\u0409-\u040d\u040f\u0452\u0453\u0459-\u045d\u045f\u20ac\u2020\u2021]")
"""What Windows-1251 makes of other encodings of Cyrillic."""


class NoText(HearingBotError):
    """The bytes are letters in no encoding that is known here."""


class LoneQuote(HearingBotError):
    """A quotation mark is left open or closed too early in the row that begins in this line."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The line of the file in which a row begins, and its values, row by row; empty rows too.

    ``sep=`` in the first line names the separator; without it the heading tells. Raises NoText, LoneQuote.
    """
    text = decoded(content)
    told = _SEPARATOR_LINE.match(text)
    start = told.end() if told else 0
    head = text[start:].partition("\n")[0]
    separator = told[1] if told else max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=separator, strict=True)
    before = skipped = 1 if told else 0
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise LoneQuote(before + 1) from error
        yield before + 1, values
        before = skipped + reader.line_num


def decoded(content: bytes) -> str:
    """The text: in UTF-8 or UTF-16 with or without its mark, else in Windows-1251. Raises NoText."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), _guessed(content))
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NoText from error
    if encoding == "cp1251" and _NOT_CYRILLIC.search(text):
        raise NoText
    return text


def _guessed(content: bytes) -> str:
    start = content[:2000]
    if start.count(b"\0") * 3 > len(start):  # of Latin letters and separators every other byte is one
        return "utf-16-le" if start[1::2].count(b"\0") > start[::2].count(b"\0") else "utf-16-be"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"
