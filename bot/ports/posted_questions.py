"""The repository of questions that stand in groups and channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.rooms import PostedQuestion, PostedState


class PostedQuestionRepository(Protocol):
    """Questions posted in rooms, one of each in each room."""

    async def put(self, posted: PostedQuestion) -> None:
        """Store it in the place of the one that stands in the room."""

    async def find(self, room_id: int, hearing_id: int, question_no: int) -> PostedQuestion | None:
        """The question as it stands in the room."""

    async def find_message(self, room_id: int, message_id: int) -> PostedQuestion | None:
        """The question that the message is."""

    async def list_stale(self, at: datetime, *, limit: int) -> tuple[tuple[PostedQuestion, PostedState], ...]:
        """Those that are due and tell something else than what is so now, with that, the longest due first.

        Only of rooms that are linked and not left.
        """

    async def take(self, posted: PostedQuestion, until: datetime) -> bool:
        """Keep others from it ``until`` then; False where another process has taken or changed it meanwhile."""

    async def drop(self, posted: PostedQuestion) -> None:
        """Forget that it stands there."""
