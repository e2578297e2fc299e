"""Takes notices to people, at a pace that leaves room for answers to presses."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from telegram.error import TelegramError

from bot.domain.notices import Delivery
from bot.services.outbox import Later
from handlers.messages import Messages
from handlers.refusals import Verdict, judge
from handlers.views.letters import letter as render

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from bot.i18n import Catalogues
    from bot.services.outbox import Letter

PACE: Final = 1 / 25
"""Seconds between two notices: Telegram allows about thirty messages a second in bulk."""
ATTEMPTS: Final = 10
"""Failed tries after which a notice is undeliverable."""


class Courier:
    """Delivers letters one after another."""

    def __init__(
        self,
        bot: Bot,
        catalogues: Catalogues,
        *,
        pace: float = PACE,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._messages = Messages(bot, lambda _key, _file_id: None)
        self._catalogues = catalogues
        self._pace = pace
        self._sleep = sleep

    async def deliver(self, letter: Letter) -> Delivery | Later:
        """Send a letter; what became of it, and raises nothing for one recipient's sake."""
        recipient = letter.recipient
        if recipient.telegram_id is None:
            return Delivery.UNDELIVERABLE
        screen = render(self._catalogues[recipient.language], letter)
        await self._sleep(self._pace)
        try:
            await self._messages.send(recipient.telegram_id, screen)
        except TelegramError as refused:
            return _consequence(refused, letter.notice.attempts)
        return Delivery.DELIVERED


def _consequence(refused: TelegramError, attempts: int) -> Delivery | Later:
    judgement = judge(refused)
    if judgement.verdict is Verdict.WAIT:
        return Later(timedelta(seconds=judgement.seconds))
    if judgement.verdict is Verdict.AGAIN and attempts < ATTEMPTS:
        return Later(timedelta(seconds=min(5 * 2**attempts, 600)))
    return Delivery.UNDELIVERABLE
