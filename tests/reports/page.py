"""Reading back a page that typst has set: its words with their places, and the squares of a code drawn on it."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPES: Final = {"n": 10, "r": 13, "t": 9, "b": 8, "f": 12}
_NUMBER: Final = r"(-?[\d.]+)"
_LINE: Final = re.compile(rf"q 1 0 0 -1 {_NUMBER} {_NUMBER} cm[^\n]*\nBT(.*?)\nET\n", re.DOTALL)
_RUN: Final = re.compile(rf"/(f\d+) {_NUMBER} Tf 1 0 0 -1 {_NUMBER} 0 Tm(.*?[)\]])T[jJ]", re.DOTALL)
_KERN: Final = re.compile(_NUMBER)
_OCTAL: Final = re.compile(r"\\([0-7]{1,3})")
_CODE: Final = re.compile(
    rf"q {_NUMBER} 0 0 -{_NUMBER} {_NUMBER} {_NUMBER} cm/c0 cs 0 scn ((?:[\d. mlh\n]+))f\n", re.DOTALL
)
_SQUARES: Final = re.compile(r"(\d+) (\d+) m (\d+) \d+ l")


@dataclass(frozen=True)
class Run:
    """Words in one size; ``left``, ``right`` and ``bottom`` (their baseline) in points from the page's corner."""

    words: str
    size: float
    left: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Font:
    """What the glyphs of a font mean, and how wide they are (thousandths of the size)."""

    letters: dict[int, str]
    widths: dict[int, float]


def pages(pdf: bytes) -> tuple[Page, ...]:
    """All pages of a PDF."""
    count = len(re.findall(rb"/Type/Page\b", pdf))
    return tuple(Page(pdf, number) for number in range(count))


class Page:
    """A page of a PDF by its number from 0; without one the only page, AssertionError where there are more."""

    def __init__(self, pdf: bytes, number: int | None = None) -> None:
        self._objects = {int(m[1]): m[2] for m in re.finditer(rb"\n(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)}
        pages = [words for words in self._objects.values() if re.search(rb"/Type/Page\b", words)]
        assert number is not None or len(pages) == 1, len(pages)
        page = pages[number or 0]
        box = re.search(rb"/MediaBox\[([^\]]*)\]", page)
        assert box is not None
        self.width, self.height = (float(part) for part in box[1].split()[2:])
        self._content = self._stream(self._number(page, rb"/Contents")).decode("latin-1")
        fonts = self._objects[self._number(page, rb"/Resources")]
        self._fonts = {m[1].decode(): self._font(int(m[2])) for m in re.finditer(rb"/(f\d+) (\d+) 0 R", fonts)}
        self.runs = tuple(self._line(found) for found in _LINE.finditer(self._content))

    @property
    def words(self) -> str:
        """Everything that can be read, from top to bottom; lines are joined."""
        return " ".join(" ".join(run.words for run in self.runs).split())

    def code(self) -> tuple[float, float, float, frozenset[tuple[int, int]]]:
        """The code drawn on the page: its left edge, top edge and the size of a square in points; the dark squares."""
        drawings = [m for m in _CODE.finditer(self._content) if m[5].count("m") > 50]
        assert len(drawings) == 1
        size, left, top = (float(drawings[0][number]) for number in (1, 3, 4))
        dark = {(x, int(m[2])) for m in _SQUARES.finditer(drawings[0][5]) for x in range(int(m[1]), int(m[3]))}
        return left, self.height - top, size, frozenset(dark)

    def _number(self, words: bytes, key: bytes) -> int:
        found = re.search(key + rb"[ \[]*(\d+) 0 R", words)
        assert found is not None, key
        return int(found[1])

    def _stream(self, number: int) -> bytes:
        head, _, rest = self._objects[number].partition(b"stream\n")
        length = re.search(rb"/Length (\d+)", head)
        assert length is not None
        return zlib.decompress(rest[: int(length[1])])

    def _font(self, number: int) -> Font:
        font = self._objects[number]
        meanings = self._stream(self._number(font, rb"/ToUnicode")).decode("ascii")
        letters = {
            int(m[1], 16): bytes.fromhex(m[2]).decode("utf-16-be")
            for m in re.finditer(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", meanings.partition("beginbfchar")[2])
        }
        widths = re.search(rb"/W\[([^\]]*)\]", self._objects[self._number(font, rb"/DescendantFonts")])
        assert widths is not None
        parts = [float(part) for part in widths[1].split()]
        spans = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        return Font(letters, {glyph: width for a, b, width in spans for glyph in range(int(a), int(b) + 1)})

    def _line(self, found: re.Match[str]) -> Run:
        left, bottom = float(found[1]), float(found[2])
        words, right, size = "", left, 0.0
        for font, points, start, operand in _RUN.findall(found[3]):
            size, at = float(points), left + float(start)
            for letter, width in self._letters(self._fonts[font], operand):
                words += letter
                at += width * size / 1000
                right = at if letter.strip() else right
        return Run(words, size, left, right, bottom)

    def _letters(self, font: Font, operand: str) -> Iterator[tuple[str, float]]:
        for piece in _pieces(operand):
            if isinstance(piece, float):
                yield "", -piece
                continue
            for high, low in zip(piece[::2], piece[1::2], strict=True):
                glyph = high << 8 | low
                yield font.letters.get(glyph, ""), font.widths[glyph]


def _pieces(operand: str) -> Iterator[bytes | float]:
    """Strings, and the numbers between them by which the next one moves to the left."""
    at = 0
    while at < len(operand):
        if operand[at] == "(":
            string, at = _string(operand, at + 1)
            yield string
        elif kern := _KERN.match(operand, at):
            yield float(kern[1])
            at = kern.end()
        else:
            at += 1


def _string(operand: str, at: int) -> tuple[bytes, int]:
    """The bytes of a PDF string that begins at ``at``, and where it has ended; parentheses in it may be balanced."""
    found = bytearray()
    depth = 1
    while True:
        if octal := _OCTAL.match(operand, at):
            found.append(int(octal[1], 8))
            at = octal.end()
            continue
        letter = operand[at]
        if letter == "\\":
            at += 1
            found.append(_ESCAPES.get(operand[at], ord(operand[at])))
        else:
            depth += (letter == "(") - (letter == ")")
            if depth == 0:
                return bytes(found), at + 1
            found.append(ord(letter))
        at += 1
