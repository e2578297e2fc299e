"""A decision while it is being made, on one comment or on several that were marked: kept with the pending input."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.pending_input import CommentSearch, PendingInputKind
from bot.domain.programme import DraftPoint
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.domain.comments import Comment
    from bot.domain.pending_input import PendingInput

MOST_MARKED: Final = 100
"""Comments that one decision is made on."""


class DecisionField(StrEnum):
    """What is typed next of a decision, in wire order (append only)."""

    NOTHING = "nothing"
    REASON = "reason"
    RESPONSIBLE = "responsible"
    DUE = "due"
    NOTE = "note"
    """Why a proposal is sent back."""


@dataclass(frozen=True, slots=True)
class MarkedComment:
    """A comment that is decided on, with the edition of its words and the mark of the decision that were seen."""

    comment_id: int
    edition: int
    earlier: str

    @classmethod
    def of(cls, comment: Comment) -> MarkedComment:
        """The comment as it is now."""
        return cls(comment.id, comment.edition, decision_mark(comment.decision))


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision that is not stored yet, and on which comments; without an ``outcome`` they are still being marked.

    ``awaits``: what the next text is taken for.
    """

    hearing_id: int
    marked: tuple[MarkedComment, ...] = ()
    outcome: Outcome | None = None
    reason: str = ""
    responsible: str = ""
    due: date | None = None
    changes: DraftPoint | None = None
    awaits: DecisionField = DecisionField.NOTHING
    words: tuple[str, ...] = ()
    """By which the list is narrowed while comments are marked, folded."""

    @property
    def decision(self) -> Decision:
        """The decision; only with an outcome."""
        assert self.outcome is not None, "it is still being marked"
        return Decision(self.outcome, self.reason, self.responsible, self.due, changes=self.changes)

    @property
    def mark(self) -> str:
        """A mark of what would be stored: a button that was shown beside other words stores nothing."""
        return hashlib.sha256(replace(self, awaits=DecisionField.NOTHING).stored.encode()).hexdigest()[:8]

    @property
    def ids(self) -> tuple[int, ...]:
        """Of the comments."""
        return tuple(each.comment_id for each in self.marked)

    def with_marked(self, comments: Iterable[MarkedComment]) -> DecisionDraft:
        """With these comments too, as they were seen now; at most ``MOST_MARKED`` in all."""
        marked = {each.comment_id: each for each in (*self.marked, *comments)}
        return replace(self, marked=tuple(marked.values())[:MOST_MARKED])

    def without(self, comment_ids: Collection[int]) -> DecisionDraft:
        """Without these comments."""
        return replace(self, marked=tuple(each for each in self.marked if each.comment_id not in comment_ids))

    @property
    def stored(self) -> str:
        """The draft as words."""
        said: dict[str, Any] = {
            "hearing": self.hearing_id,
            "marked": [[each.comment_id, each.edition, each.earlier] for each in self.marked],
            "outcome": self.outcome.value if self.outcome else "",
            "reason": self.reason,
            "responsible": self.responsible,
            "due": self.due.isoformat() if self.due else "",
            "changes": str(self.changes) if self.changes else "",
            "awaits": self.awaits.value,
            "words": self.words,
        }
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def of(cls, pending: PendingInput | None) -> DecisionDraft | None:
        """The draft that is kept with a pending input, also while comments are looked for; None where there is none."""
        search = CommentSearch.of(pending)
        if pending is None or (search is None and pending.kind is not PendingInputKind.DECISION):
            return None
        with suppress(ValueError):  # what an earlier version kept there
            return cls._read(json.loads(search.draft if search else pending.text))
        return None

    @classmethod
    def _read(cls, said: dict[str, Any]) -> DecisionDraft:
        return cls(
            said["hearing"],
            tuple(MarkedComment(*each) for each in said["marked"]),
            Outcome(said["outcome"]) if said["outcome"] else None,
            said["reason"],
            said["responsible"],
            date.fromisoformat(said["due"]) if said["due"] else None,
            DraftPoint.parse(said["changes"]),
            DecisionField(said["awaits"]),
            tuple(said["words"]),
        )


def awaits_words(pending: PendingInput) -> bool:
    """True where the next text is for the decision that the pending input keeps."""
    draft = DecisionDraft.of(pending)
    return draft is not None and draft.awaits is not DecisionField.NOTHING
