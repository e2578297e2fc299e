"""Storage of decisions that are proposed, and of the municipalities that want them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from bot.domain.proposals import Proposal


class ProposalRepository(Protocol):
    """Proposals, one of each comment."""

    async def is_wanted(self, municipality_id: int) -> bool:
        """True where members of the commission propose and the secretary confirms."""

    async def want(self, municipality_id: int, *, on: bool, at: datetime) -> bool:
        """Store whether a municipality wants it; True if that changed anything."""

    async def put(self, proposals: Iterable[Proposal]) -> None:
        """Store them, each in place of the earlier one of its comment."""

    async def of(self, comment_ids: Collection[int]) -> Mapping[int, Proposal]:
        """The proposals on these comments, sent back or not, by the comments' ids."""

    async def list_waiting(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Proposal, ...]:
        """Those that wait for the secretary, of comments that are not withdrawn, by the comments' ids."""

    async def count_waiting(self, hearing_id: int) -> int:
        """How many ``list_waiting`` has."""

    async def send_back(self, comment_id: int, *, note: str, at: datetime) -> None:
        """Let it wait no more for the secretary, with what is to be different."""

    async def drop(self, comment_ids: Collection[int]) -> None:
        """Remove the proposals on these comments."""
