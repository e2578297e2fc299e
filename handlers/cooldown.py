"""When a group was last answered: a hundred people who reply to a post in it get one answer, not a hundred."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.errors import StoreUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Clock
    from bot.ports.replicas import ReplicaLink

GROUP_COOLDOWN: Final = timedelta(seconds=30)
"""How long the bot does not repeat itself in a group."""
REMEMBERED_CHATS: Final = 1_000


class Cooldown:
    """When each group, or topic of one, was last answered."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.others: ReplicaLink | None = None
        """Where other processes answer groups too."""
        self._answered: OrderedDict[tuple[int, int | None], datetime] = OrderedDict()

    async def may_repeat(self, telegram_id: int, topic: int | None, *, within: timedelta = GROUP_COOLDOWN) -> bool:
        """False ``within`` that time of the last answer; else an answer is counted as given now."""
        if not self._may_repeat(telegram_id, topic, within):
            return False
        if self.others is None:
            return True
        try:
            return await self.others.may_answer(telegram_id, topic or 0, within=within)
        except StoreUnavailable:  # better twice than not at all
            return True

    def _may_repeat(self, telegram_id: int, topic: int | None, within: timedelta) -> bool:
        now, key = self._clock.now(), (telegram_id, topic)
        last = self._answered.pop(key, None)
        cooling = last is not None and abs(now - last) < within
        self._answered[key] = last if cooling and last else now
        if len(self._answered) > REMEMBERED_CHATS:
            self._answered.popitem(last=False)
        return not cooling
