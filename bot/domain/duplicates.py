"""Comments that say the same: joined with one of them, they share its decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.errors import AlreadyConsidered, NotAlike, NotFound
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.comments import Comment

LIKENESS: Final = 80.0
"""Per cent of likeness of two folded texts, whatever the order of their words, from which on joining is suggested."""
SHORTEST_ALIKE: Final = 12
"""Letters of a folded text below which nothing is suggested: many people write the same few words."""
SIMILAR_SHOWN: Final = 3
"""Comments that are suggested at most."""
CANDIDATES_COMPARED: Final = 1_000
"""Comments of a hearing that one is compared with at most: those of the nearest length."""
STEP_OF_PEOPLE: Final = 5
"""People behind joined comments are told in steps: an exact number would say whose support stands in two of them."""


@dataclass(frozen=True, slots=True)
class JoinedComments:
    """Comments that are joined: the number of their ``head``, those of the ``others``, and the ``people`` behind them.

    Each author and supporter counts once, with who is counted by hand.
    """

    head: int
    others: tuple[int, ...]
    people: int

    @property
    def told_people(self) -> int:
        """As many of the people as everybody may be told, "so many or more"; 0 where nothing is told."""
        return self.people // STEP_OF_PEOPLE * STEP_OF_PEOPLE


@dataclass(frozen=True, slots=True)
class Bond:
    """One comment of a group: its id and number, and the id of the one that it is joined with (None: the head)."""

    id: int
    number: int
    head_id: int | None


def groups(bonds: Iterable[Bond], people: Mapping[int, int]) -> dict[int, JoinedComments]:
    """The groups by the ids of all their comments; ``people`` by the ids of the heads."""
    by_head: dict[int, list[Bond]] = {}
    for bond in bonds:
        by_head.setdefault(bond.head_id or bond.id, []).append(bond)
    found: dict[int, JoinedComments] = {}
    for head_id, members in by_head.items():
        head = next(bond.number for bond in members if bond.id == head_id)
        others = tuple(sorted(bond.number for bond in members if bond.id != head_id))
        joined = JoinedComments(head, others, people.get(head_id, 0))
        found |= {bond.id: joined for bond in members}
    return found


def ensure_joinable(comment: Comment, head: Comment) -> None:
    """Raise where the comment cannot be joined with the head.

    NotFound: they are of two hearings, or one; AlreadyWithdrawn; AlreadyConsidered: it has its own decision; NotAlike:
    one is a question and the other is none, so that one decision cannot do for both.
    """
    if comment.hearing_id != head.hearing_id or comment.id == head.id:
        raise NotFound("comment", head.id)
    for each in (comment, head):
        each.ensure_not_withdrawn()
    if comment.decision is not None:
        raise AlreadyConsidered
    if (comment.kind is CommentKind.QUESTION) is not (head.kind is CommentKind.QUESTION):
        raise NotAlike
