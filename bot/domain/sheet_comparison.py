"""What an entry sheet would change, held against what is stored.

What somebody else has entered since the sheet was taken is a conflict, and the row is not applied; what its sender has
entered may be changed by the same file again.
"""

from __future__ import annotations

import zlib
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.entry_sheet import NO_NAME, bare, numbers_mark, paper_mark
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.domain.comments import Comment
    from bot.domain.counted_votes import BallotBox
    from bot.domain.entries import HandEntry
    from bot.domain.entry_sheet import EntrySheet, SheetCount, SheetPaper, SheetPresence


class LineState(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    TWIN = "twin"
    """A paper that says the same as another entry, or another row: it is stored where the sender is sure."""
    MEANWHILE = "meanwhile"
    """Somebody else has entered or changed it since the sheet was taken."""
    REMOVED = "removed"
    DECIDED = "decided"
    RECORDED = "recorded"
    """It has a voice message or a photo: its words are changed in the chat."""


APPLIED: Final = frozenset({LineState.NEW, LineState.CHANGED})
CONFLICTS: Final = frozenset({LineState.MEANWHILE, LineState.REMOVED, LineState.DECIDED, LineState.RECORDED})


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper and what becomes of it. ``number`` is the receipt of the comment that it is, or that says the same.

    ``twin`` is the code of an earlier row that says the same, ``before`` the words that a change takes the place of.
    """

    paper: SheetPaper
    state: LineState
    comment_id: int = 0
    number: int = 0
    twin: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class CountLine:
    """A count and what becomes of it; ``before`` are the numbers that stand there."""

    count: SheetCount
    state: LineState
    before: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """People present and what becomes of it; ``before`` are the numbers that stand there."""

    present: SheetPresence
    state: LineState
    before: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetComparison:
    """What a sheet would do to what is stored now, in the order of its rows."""

    papers: tuple[PaperLine, ...] = ()
    counts: tuple[CountLine, ...] = ()
    present: tuple[PresenceLine, ...] = ()

    @property
    def lines(self) -> tuple[PaperLine | CountLine | PresenceLine, ...]:
        """All of it."""
        return (*self.papers, *self.counts, *self.present)

    @property
    def conflicts(self) -> tuple[PaperLine | CountLine | PresenceLine, ...]:
        """The rows that are not applied, since something has happened meanwhile."""
        return tuple(line for line in self.lines if line.state in CONFLICTS)

    @property
    def twins(self) -> tuple[PaperLine, ...]:
        """The papers that say the same as another entry."""
        return self.papers_of(LineState.TWIN)

    @property
    def check(self) -> int:
        """A number that is another where the sheet would do something else."""
        said = [(line.state.value, line.comment_id, line.number, line.paper.words) for line in self.papers]
        figures: tuple[CountLine | PresenceLine, ...] = (*self.counts, *self.present)
        others = [(each.state.value, each.before) for each in figures]
        return zlib.crc32(repr((said, others)).encode("utf-8", "replace"))

    def papers_of(self, *states: LineState) -> tuple[PaperLine, ...]:
        """The papers in one of these states."""
        return tuple(line for line in self.papers if line.state in states)

    def changes(self, *, twins: bool) -> bool:
        """True where anything would be stored; ``twins``: also what says the same."""
        return any(line.state in APPLIED for line in self.lines) or (twins and bool(self.twins))


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """What is stored under a code; ``name`` is for the minutes alone."""

    comment: Comment
    entry: HandEntry
    name: str = ""


@dataclass(frozen=True, slots=True)
class StoredEntries:
    """What is stored of a hearing, as far as a sheet may touch it; numbers with who has entered them last.

    ``words`` has the receipt of an entry that is not removed by the digest of its words.
    """

    papers: Mapping[str, StoredPaper] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[tuple[BallotBox, int], tuple[tuple[int, ...], int | None]] = field(default_factory=dict)
    present: Mapping[int, tuple[tuple[int, ...], int | None]] = field(default_factory=dict)


def compare(sheet: EntrySheet, stored: StoredEntries, sender_id: int | None) -> SheetComparison:
    """What the sheet of that sender would do."""
    counts = []
    for count in sheet.counts:
        before, by = stored.counts.get((count.box, count.question_no), ((), None))
        state = _numbers_state(count.numbers, before, count.seen, own=by == sender_id)
        counts.append(CountLine(count, state, before))
    present = []
    for each in sheet.present:
        before, by = stored.present.get(each.sitting, ((), None))
        state = _numbers_state(each.numbers, before, each.seen, own=by == sender_id)
        present.append(PresenceLine(each, state, before))
    return SheetComparison(tuple(_paper_lines(sheet.papers, stored, sender_id)), tuple(counts), tuple(present))


def _numbers_state(numbers: tuple[int, ...], before: tuple[int, ...], seen: str, *, own: bool) -> LineState:
    if numbers == before:
        return LineState.SAME
    if not before and not seen:
        return LineState.NEW
    if numbers_mark(before) == seen or (before and own):
        return LineState.CHANGED
    return LineState.MEANWHILE if before else LineState.REMOVED


def _paper_lines(papers: Iterable[SheetPaper], stored: StoredEntries, sender_id: int | None) -> Iterator[PaperLine]:
    said: dict[str, str] = {}
    for paper in papers:
        known = stored.papers.get(paper.code)
        if known is not None:
            yield _known_line(paper, known, sender_id)
        elif paper.seen:
            yield PaperLine(paper, LineState.REMOVED)
        elif number := stored.words.get(paper.words, 0):
            yield PaperLine(paper, LineState.TWIN, number=number)
        elif twin := said.get(paper.words, ""):
            yield PaperLine(paper, LineState.TWIN, twin=twin)
        else:
            yield PaperLine(paper, LineState.NEW)
        said.setdefault(paper.words, paper.code)


def _known_line(paper: SheetPaper, known: StoredPaper, sender_id: int | None) -> PaperLine:
    comment, entry = known.comment, known.entry
    state = LineState.CHANGED
    if _says_the_same(paper, known):
        state = LineState.SAME
    elif comment.withdrawn_at is not None:
        state = LineState.REMOVED
    elif comment.decision is not None:
        state = LineState.DECIDED
    elif comment.attachments:
        state = LineState.RECORDED
    elif paper_mark(comment, entry) != paper.seen and entry.entered_by != sender_id:
        state = LineState.MEANWHILE
    return PaperLine(paper, state, comment.id, comment.number, before=comment.text)


def _says_the_same(paper: SheetPaper, known: StoredPaper) -> bool:
    comment, entry = known.comment, known.entry
    name = paper.name if paper.name not in NO_NAME else ""
    stands = (comment.channel, comment.kind, comment.about, comment.demographics.village_id, bare(comment.text))
    says = (paper.channel, paper.kind, paper.about, paper.village_id, bare(paper.text))
    return (
        comment.withdrawn_at is None
        and stands == says
        and (entry.voices, entry.sitting) == (paper.voices, paper.sitting)
        and paper.given_on in (None, entry.given_on)
        and (not paper.name or name == known.name)
    )
