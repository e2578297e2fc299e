"""When a group was last answered: a hundred people who reply to a post in it get one answer, not a hundred."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Clock

GROUP_COOLDOWN: Final = timedelta(seconds=30)
"""How long the bot does not repeat itself in a group."""
REMEMBERED_CHATS: Final = 1_000


class Cooldown:
    """When each group, or topic of one, was last answered."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answered: OrderedDict[tuple[int, int | None], datetime] = OrderedDict()

    def may_repeat(self, telegram_id: int, topic: int | None, *, within: timedelta = GROUP_COOLDOWN) -> bool:
        """False ``within`` that time of the last answer; else an answer is counted as given now."""
        now, key = self._clock.now(), (telegram_id, topic)
        last = self._answered.pop(key, None)
        cooling = last is not None and abs(now - last) < within
        self._answered[key] = last if cooling and last else now
        if len(self._answered) > REMEMBERED_CHATS:
            self._answered.popitem(last=False)
        return not cooling
