"""Who was just told: a hundred people who reply to a post in a group get one answer, not a hundred."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Clock

COOLDOWN: Final = timedelta(seconds=30)
"""How long the bot does not repeat itself in a group."""
REMEMBERED_CHATS: Final = 1_000


class Cooldown:
    """When each group, or topic of one, was last told."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: OrderedDict[tuple[int, int | None], datetime] = OrderedDict()

    def may_repeat(self, telegram_id: int, topic: int | None) -> bool:
        """False where the same was said within ``COOLDOWN``; else it counts as said now."""
        now, key = self._clock.now(), (telegram_id, topic)
        told = self._told.pop(key, None)
        quiet = told is not None and abs(now - told) < COOLDOWN
        self._told[key] = told if quiet and told else now
        if len(self._told) > REMEMBERED_CHATS:
            self._told.popitem(last=False)
        return not quiet
