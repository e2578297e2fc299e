"""The repository of what the record of a hearing asks of several tables at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.comments import HidingRule


class RecordRepository(Protocol):
    """Questions about a whole hearing that no single table answers."""

    async def last_change(self, hearing_id: int) -> datetime | None:
        """The newest moment of what stands in a hearing's record; None where nothing has come yet."""

    async def hidden_by_rule(self, hearing_id: int) -> Mapping[HidingRule, int]:
        """Comments that are hidden from other residents, by the rule."""

    async def changed_minds(self, hearing_id: int) -> Mapping[int, int]:
        """By question number, how many people have an answer through the bot and answered otherwise before."""
