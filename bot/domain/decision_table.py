"""The table of decisions: which comment a row is of, and what a table that has come back would change.

A row knows the comment by a key, which also tells of which words and which earlier decision the table was made: what
has changed since then is a conflict, and the row is not applied.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime, tzinfo

    from bot.domain.comments import Comment, Decision
    from bot.domain.hearings import Dossier

ROWS_OF_A_TABLE: Final = 2_000
"""Comments of one table; those without a decision come first."""
LETTERS_OF_A_TABLE: Final = 1_000_000
"""Letters of the comments of one table, so that it can be read when it comes back."""
TABLE_WAITS: Final = timedelta(days=2)
"""How long a table that was read waits for whoever sent it to apply it."""
_KEY: Final = re.compile(r"([0-9]{1,15})\.([0-9]{1,9})\.([0-9]{1,18})\.([0-9a-f]{8})\.([0-9a-f]{8}|-)", re.ASCII)
_NOTHING: Final = "-"


@dataclass(frozen=True, slots=True)
class RowKey:
    """The comment of a row: its hearing, number and edition, a mark of the words shown and of the decision so far."""

    hearing: int
    number: int
    edition: int
    words: str
    decision: str = _NOTHING

    def __str__(self) -> str:
        """The key as it stands in its cell."""
        return f"{self.hearing}.{self.number}.{self.edition}.{self.words}.{self.decision}"

    @classmethod
    def of(cls, comment: Comment, shown: str) -> RowKey:
        """The key of a comment whose row shows these words."""
        words, decided = words_mark(shown), decision_mark(comment.decision)
        return cls(comment.hearing_id, comment.number, comment.edition, words, decided)

    @classmethod
    def parse(cls, written: str) -> RowKey | None:
        """The key that stands in a cell; None for anything else."""
        found = _KEY.fullmatch(written)
        return None if found is None else cls(int(found[1]), int(found[2]), int(found[3]), found[4], found[5])


@dataclass(frozen=True, slots=True)
class ReturnedDecision:
    """A filled row of a table that has come back."""

    key: RowKey
    decision: Decision


@dataclass(frozen=True, slots=True)
class WaitingTable:
    """A table that was read and is not applied yet; it is its sender's alone. ``id`` is 0 before it is stored."""

    id: int
    sender_id: int
    hearing_id: int
    rows: tuple[ReturnedDecision, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TableComparison:
    """What the rows of a table would do to what is stored now, each part in the order of the rows.

    ``conflicts`` are of comments that were decided, given other words, joined or taken back since the table was taken.
    """

    new: tuple[ReturnedDecision, ...] = ()
    changed: tuple[ReturnedDecision, ...] = ()
    same: tuple[ReturnedDecision, ...] = ()
    conflicts: tuple[ReturnedDecision, ...] = ()

    def __add__(self, other: TableComparison) -> TableComparison:
        """The rows of both."""
        return TableComparison(
            self.new + other.new, self.changed + other.changed, self.same + other.same, self.conflicts + other.conflicts
        )

    @property
    def applied(self) -> tuple[ReturnedDecision, ...]:
        """The rows that are stored when the table is applied."""
        return (*self.new, *self.changed)


def words_mark(shown: str) -> str:
    """A mark of a text that is the same however a spreadsheet breaks its lines and writes its letters."""
    return _mark(" ".join(unicodedata.normalize("NFC", shown).split()))


def decision_mark(decision: Decision | None) -> str:
    """A mark of what a decision says; moments do not count."""
    if decision is None:
        return _NOTHING
    said: tuple[object, ...] = (decision.outcome, decision.reason, decision.responsible, decision.due)
    if decision.changes is not None:  # else the mark is as it was before decisions named what they change
        said += (decision.changes,)
    return _mark("\n".join(" ".join(str(each or "").split()) for each in said))


def compare(rows: Iterable[ReturnedDecision], stored: Mapping[int, Comment]) -> TableComparison:
    """Sort the rows by what they do; ``stored`` are the comments by number."""
    found: dict[str, list[ReturnedDecision]] = {"new": [], "changed": [], "same": [], "conflicts": []}
    for row in rows:
        found[_done_by(row, stored.get(row.key.number))].append(row)
    return TableComparison(**{name: tuple(each) for name, each in found.items()})


def _done_by(row: ReturnedDecision, comment: Comment | None) -> str:
    if comment is None or comment.withdrawn_at is not None:
        return "conflicts"
    now = decision_mark(comment.decision)
    if decision_mark(row.decision) == now:
        return "same"
    if comment.merged_into is not None:
        return "conflicts"
    if now != row.key.decision or comment.edition != row.key.edition:
        return "conflicts"
    return "new" if comment.decision is None else "changed"


def first_day(dossier: Dossier, zone: tzinfo) -> date:
    """The local day on which the hearing begins: nothing that it decides is due before."""
    begins = min((sitting.starts_at for sitting in dossier.sittings), default=dossier.opens_at)
    return begins.astimezone(zone).date()


def in_a_table(comments: Iterable[Comment]) -> tuple[tuple[Comment, ...], int]:
    """The comments of one table in their order, and how many found no room; those taken back are in none.

    Of comments that are joined the head stands for all.
    """
    chosen: list[Comment] = []
    left_out, letters = 0, 0
    there = [comment for comment in comments if comment.withdrawn_at is None and comment.merged_into is None]
    for comment in sorted(there, key=lambda each: (each.decision is not None, each.number)):
        letters += len(comment.text) + (len(comment.decision.reason) if comment.decision else 0)
        if len(chosen) < ROWS_OF_A_TABLE and letters <= LETTERS_OF_A_TABLE:
            chosen.append(comment)
        else:
            left_out += 1
    return tuple(sorted(chosen, key=lambda each: each.number)), left_out


def _mark(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:8]
