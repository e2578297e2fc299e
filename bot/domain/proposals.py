"""Decisions that members of the commission propose, until the secretary confirms them or sends them back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.domain.decision_table import decision_mark
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.comments import Decision


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a member wants decided on a comment of which they saw that ``edition`` and the ``earlier`` decision (mark).

    A comment has one at a time. Residents never see it. ``note``: why it was sent back, in the secretary's words.
    """

    comment_id: int
    hearing_id: int
    decision: Decision
    edition: int
    earlier: str
    proposed_at: datetime
    proposed_by: int | None = None
    sent_back_at: datetime | None = None
    note: str = ""

    @property
    def mark(self) -> str:
        """Of what is proposed: a button that was shown beside another proposal confirms nothing."""
        return decision_mark(self.decision)


def proposals_digest(proposals: Iterable[Proposal]) -> int:
    """Of which comments they are and what they say: a page that has changed confirms nothing."""
    said = "\n".join(f"{each.comment_id} {each.edition} {each.mark}" for each in proposals)
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:6])
