"""The repository of comments as staff look through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.domain.comment_lists import CommentFilter
    from bot.domain.comments import Comment


class CommentListRepository(Protocol):
    """Lists of comments that are not withdrawn."""

    async def list_narrowed(
        self, hearing_id: int, narrowed: CommentFilter, *, offset: int, limit: int
    ) -> tuple[Comment, ...]:
        """What waits by the order of the queue, all others the newest first.

        Words are looked for among ``SEARCHED_AT_ONCE`` receipt numbers; ``offset`` counts so many for each part before.
        """

    async def count_narrowed(self, hearing_id: int, narrowed: CommentFilter) -> int:
        """How many comments ``list_narrowed`` has."""

    async def last_number(self, hearing_id: int) -> int:
        """The last receipt number of the hearing; 0 where there is none."""

    async def languages(self, hearing_id: int) -> tuple[str, ...]:
        """The languages in which comments were written, in the order of their codes."""
