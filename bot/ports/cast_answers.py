"""The repository of answers as they were cast: no person leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import tzinfo

    from bot.domain.cast_answers import CastAnswer, Reactions


class CastAnswerRepository(Protocol):
    """Answers and supports, without the people who gave them."""

    async def of_question(self, hearing_id: int, question_no: int, *, zone: tzinfo) -> tuple[CastAnswer, ...]:
        """The answers to a question now, those that are equal counted together; days are those of ``zone``."""

    async def reactions(self, hearing_id: int, questions: Collection[int]) -> tuple[Reactions, ...]:
        """What each person who did either answered to these questions, and which standing comments they support."""
