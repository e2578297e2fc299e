"""The entry sheet: what a file of papers, counts and people present says.

A row carries a mark of what stood in its place when the sheet was taken: ``sheet_comparison`` holds it against what
stands there now.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Channel, CommentKind
from bot.domain.entries import words_digest
from bot.domain.folding import fold
from bot.domain.questions import About
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.domain.comments import Comment
    from bot.domain.counted_votes import BallotBox
    from bot.domain.entries import HandEntry
    from bot.domain.questions import Question

LONGEST_CODE: Final = 20
"""Letters of the number that a paper has of the commission's own."""
PAPERS_OF_A_SHEET: Final = 500
BOXES_OF_A_SHEET: Final = 2_000
"""Rows of counts: a question and a ballot box each."""
_ROW_MARK: Final = re.compile(r"([0-9a-f]{8}) (\S.{0,60})")
NO_NAME: Final = frozenset({"-", "–", "—"})
"""What removes the name of an earlier entry; an empty cell leaves it."""


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """A paper of a sheet: its ``code``, what it says, and the mark of what stood under that code (empty: nothing).

    Without ``given_on`` it keeps the day that it has, or was given today. ``folded`` are its words as they are searched
    and ``digest`` is theirs, once they are known: long words take long.
    """

    code: str
    text: str
    channel: Channel = Channel.PAPER
    sitting: int = 0
    kind: CommentKind = CommentKind.COMMENT
    about: About = About()
    voices: int = 0
    village_id: int = 0
    given_on: date | None = None
    name: str = ""
    seen: str = ""
    digest: str = ""
    folded: str = ""

    @property
    def words(self) -> str:
        """The digest by which an identical entry is found."""
        return self.digest or words_digest(self.channel, self.kind, self.about, self.text)

    def digested(self) -> SheetPaper:
        """The paper with its folded words and their digest."""
        folded = fold(self.text)
        return replace(self, folded=folded, digest=words_digest(self.channel, self.kind, self.about, self.text, folded))


@dataclass(frozen=True, slots=True)
class SheetCount:
    """The votes of one box on one question, as ``counted_votes.from_numbers`` takes them."""

    box: BallotBox
    question_no: int
    numbers: tuple[int, ...]
    seen: str = ""


@dataclass(frozen=True, slots=True)
class SheetPresence:
    """People present at a sitting: all, women, men."""

    sitting: int
    numbers: tuple[int, int, int]
    seen: str = ""


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """Everything that a sheet says."""

    hearing_id: int
    papers: tuple[SheetPaper, ...] = ()
    counts: tuple[SheetCount, ...] = ()
    present: tuple[SheetPresence, ...] = ()


@dataclass(frozen=True, slots=True)
class RowMark:
    """What stands in the hidden cell of a row: the mark of what was there, and which row it is."""

    seen: str
    row: str

    def __str__(self) -> str:
        """The mark as it stands in its cell."""
        return f"{self.seen} {self.row}"

    @classmethod
    def parse(cls, written: str) -> RowMark | None:
        """The mark that stands in a cell; None for an empty one or anything else."""
        found = _ROW_MARK.fullmatch(written)
        return None if found is None else cls(found[1], found[2])


def code_of(written: str) -> str:
    """The code of a paper, the same however it is spaced and in small letters or large."""
    return " ".join(unicodedata.normalize("NFKC", written).split()).upper()


def paper_mark(comment: Comment, entry: HandEntry) -> str:
    """A mark of what stands under a code."""
    known = (comment.kind, comment.about, comment.channel, comment.demographics.village_id, bare(comment.text))
    return _mark((*known, entry.given_on, entry.sitting, entry.voices, comment.withdrawn_at is None))


def box_row(box: BallotBox, question_no: int) -> str:
    """Which row of the counts it is."""
    return f"{box.channel.value}.{box.village_id}.{box.number}.{question_no}"


def numbers_mark(numbers: Iterable[int]) -> str:
    """A mark of numbers that stand somewhere; empty for none."""
    said = tuple(numbers)
    return _mark(said) if said else ""


def question_mark(question: Question) -> str:
    """A mark of what is asked: papers that were counted for something else are not taken for it."""
    options = [sorted(option.by_language.items()) for option in question.options]
    return _mark((question.kind, question.about, sorted(question.text.by_language.items()), options, question.limit))


def bare(text: str) -> str:
    """A text as any spreadsheet writes it: letters composed, white space of one kind."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _mark(said: object) -> str:
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:8]
