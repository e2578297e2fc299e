"""Appeals: the author of a hidden comment asks that somebody else looks at it again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from bot.domain.errors import AlreadyAppealed, AppealSettled, NotHidden, OwnHiding
from bot.domain.permissions import ROLES_THAT_MAY, Permission
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import StaffMember

LONGEST_APPEAL: Final = 1_000
"""Letters of an appeal."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """What an author says against one hiding of a comment, that of ``hidden_at``; there is one against each hiding.

    ``lifted``: the comment was published again. ``words`` are empty once the author is forgotten.
    """

    id: int
    comment_id: int
    hidden_at: datetime
    words: str
    made_at: datetime
    judged_at: datetime | None = None
    judged_by: int | None = None
    lifted: bool = False

    def waits(self, comment: Comment) -> bool:
        """True while somebody has to decide: nobody has, and the comment is hidden as it was when this was written."""
        stands = comment.withdrawn_at is None and comment.hidden_at == self.hidden_at and bool(self.words)
        return self.judged_at is None and stands


@dataclass(frozen=True, slots=True)
class WaitingAppeal:
    """An appeal that waits, with what it is about."""

    appeal: Appeal
    comment: Comment
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class AppealCounts:
    """The appeals of a hearing: all, and how many of them were granted, refused, and still wait."""

    made: int = 0
    lifted: int = 0
    upheld: int = 0
    waiting: int = 0


def words_mark(words: str) -> int:
    """Tells typed words from others, so that a button sends those that stand above it."""
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:4])


def judges(staff: Iterable[StaffMember], hidden_by: int | None) -> tuple[int, ...]:
    """The residents who decide about an appeal: staff who may, but for whoever hid the comment; them if they are alone.

    Each once, in the order given.
    """
    may = ROLES_THAT_MAY[Permission.JUDGE]
    able = dict.fromkeys(each.resident.id for each in staff if each.grant.role in may)
    return tuple(number for number in able if number != hidden_by) or tuple(able)


def ensure_appealable(comment: Comment, earlier: Appeal | None) -> None:
    """Raise AlreadyWithdrawn, NotHidden or AlreadyAppealed where its author cannot appeal (again)."""
    comment.ensure_not_withdrawn()
    if comment.hidden_at is None:
        raise NotHidden
    if earlier is not None:
        raise AlreadyAppealed


def ensure_judge(appeal: Appeal, comment: Comment, judge: int | None, able: tuple[int, ...]) -> None:
    """Raise AppealSettled where nothing waits, and OwnHiding for whoever hid it while a colleague can decide."""
    if not appeal.waits(comment):
        raise AppealSettled
    if judge is not None and judge == comment.hidden_by and any(number != judge for number in able):
        raise OwnHiding
