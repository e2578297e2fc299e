"""Alarms leave past the outbox, which needs the database: at once, and although bulk is paused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

from handlers.outgoing.bulk import Precedence
from handlers.outgoing.telegram_errors import Accepted, Judgement, Verdict
from handlers.views import alarms

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from bot.domain.alarms import AlarmNews, AlarmState
    from bot.i18n import Catalogues
    from handlers.outgoing.replies import Replies

log = structlog.get_logger(__name__)

PATIENCE_FOR_A_SLOT: Final = 5.0
"""Seconds; an alarm that finds none is tried at the next look."""


class AlarmMessages:
    """Sends alarms; ``is_polling()`` is False while Telegram does not answer the long poll."""

    def __init__(
        self, replies: Replies, catalogues: Catalogues, *, zone: tzinfo, is_polling: Callable[[], bool]
    ) -> None:
        self._replies = replies
        self._catalogues = catalogues
        self._zone = zone
        self._is_polling = is_polling

    @property
    def away(self) -> bool:
        """True while Telegram cannot be reached: nobody can be told."""
        return self._replies.connection.lost or not self._is_polling()

    async def tell(self, telegram_id: int, language: str, state: AlarmState, news: AlarmNews) -> bool:
        """Whether nothing is left to do: they have it, or cannot be written to at all."""
        screen = alarms.render(self._catalogues[language], state, news, self._zone)
        outcome = await self._replies.send_bulk(
            telegram_id, screen, patience=PATIENCE_FOR_A_SLOT, precedence=Precedence.URGENT
        )
        if isinstance(outcome, Judgement) and outcome.verdict not in (Verdict.AGAIN, Verdict.WAIT):
            log.warning("an administrator cannot be told what is wrong", reason=outcome.reason, alarm=state.alarm.value)
            return True
        return isinstance(outcome, Accepted)
