"""How an administrator is told of an alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.domain.alarms import AlarmNews, AlarmState


class AlarmTeller(Protocol):
    """Brings news of alarms to administrators."""

    @property
    def away(self) -> bool:
        """True while Telegram cannot be reached: nobody can be told."""

    async def tell(self, telegram_id: int, language: str, state: AlarmState, news: AlarmNews) -> bool:
        """Whether nothing is left to do: they have it, or cannot be written to at all."""
