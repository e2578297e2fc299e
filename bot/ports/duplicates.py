"""The repository of comments that are joined with others that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.comments import Comment
    from bot.domain.duplicates import JoinedComments


class DuplicateRepository(Protocol):
    """Comments joined with others of their hearing."""

    async def candidates(self, comment: Comment, *, limit: int) -> tuple[str, Mapping[int, str]]:
        """The folded words of the comment, and of others of its hearing by id, those of the nearest length first."""

    async def join(self, comment_id: int, head_id: int) -> None:
        """Join a comment, and those joined with it, with a head."""

    async def part(self, comment_id: int) -> None:
        """Part a comment from others; the oldest of those joined with it becomes the head of the rest."""

    async def of_hearing(self, hearing_id: int) -> Mapping[int, JoinedComments]:
        """The joined comments of a hearing: the group by the id of each comment in it."""
