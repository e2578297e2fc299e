"""The repository of the commission's answers, as everybody reads them, and of what they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from bot.domain.comments import Channel, Comment, Outcome
    from bot.domain.programme import DraftPoint
    from bot.domain.promises import AnswerFilter, DoneWork, PromiseCounts


class AnswerRepository(Protocol):
    """Comments with a decision. Those that everybody may read are published and not withdrawn."""

    async def list_public(
        self, hearing_id: int, which: AnswerFilter, *, today: date, offset: int, limit: int
    ) -> tuple[Comment, ...]:
        """Those of the filter that everybody may read, by receipt number; of joined ones the head."""

    async def find_public(self, hearing_id: int, number: int) -> Comment | None:
        """The one with that receipt number, if everybody may read it."""

    async def counts_public(self, hearing_id: int) -> Mapping[Outcome, int]:
        """How many ``list_public`` has, by outcome."""

    async def promises_public(self, hearing_id: int, today: date) -> PromiseCounts:
        """What those promise."""

    async def list_promised(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Comment, ...]:
        """Whose decision promises something, hidden ones too: what is not done first, the earliest day first."""

    async def promises(self, hearing_id: int, today: date) -> PromiseCounts:
        """What ``list_promised`` has."""

    async def has_changing(self, hearing_id: int) -> bool:
        """True where ``list_changing`` has a comment."""

    async def list_changing(self, hearing_id: int) -> tuple[tuple[DraftPoint, int], ...]:
        """What decisions promise to change in the drafts, each with the receipt number of its comment, by number."""

    async def set_done(self, comment_id: int, done: DoneWork | None) -> None:
        """Store that it is done; None that it is not. Raises NotFound."""

    async def list_behind(self, comment_id: int, resident_id: int) -> tuple[Comment, ...]:
        """The comment and those joined with it, as far as the person wrote or supports them, by receipt number."""

    async def voices(self, comment_ids: Collection[int]) -> Mapping[int, Mapping[Channel, int]]:
        """By comment how many people stand behind it, by the channel through which they came."""
