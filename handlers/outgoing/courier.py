"""Takes letters to people and rooms: rendered now, sent once at the pace of bulk, and what became of it told."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.notices import NoticeKind
from bot.ports.courier import Later, Moved, Refused, Sent, Unreachable
from handlers.outgoing.bulk import NotTried
from handlers.outgoing.telegram_errors import Accepted, Verdict
from handlers.views import letters, posts

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.i18n import Catalogues
    from bot.ports.courier import DeliveryOutcome
    from bot.services.outbox.letters import Letter
    from handlers.outgoing.replies import Replies
    from handlers.outgoing.telegram_errors import Judgement

ATTEMPTS: Final = 10
"""Tries, about a quarter of an hour, after which a letter is given up that Telegram fails to take."""
LONGEST: Final = 600.0
"""Seconds between two tries at most."""
UNCONNECTED: Final = 30.0
"""Seconds before the next try where there was no connection, which is not the letter's fault and costs it no try."""


class Courier:
    """Delivers letters through the same limiter as replies, behind them."""

    def __init__(
        self,
        replies: Replies,
        catalogues: Catalogues,
        *,
        username: Callable[[], str],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._replies = replies
        self._catalogues = catalogues
        self._username = username
        self._jitter = jitter

    @property
    def paused_for(self) -> float:
        """Seconds until Telegram accepts bulk again; 0 if it does now."""
        return self._replies.bulk_paused_for

    def give_up(self) -> None:
        """What waits for its slot comes back untried, now."""
        self._replies.give_up_bulk()

    async def deliver(self, letter: Letter, *, patience: float) -> DeliveryOutcome:
        """Send one; what became of it. What could not leave within ``patience`` seconds comes back untried."""
        outcome = await self._send(letter, patience)
        if isinstance(outcome, Accepted):
            return Sent(outcome.message_id)
        if isinstance(outcome, NotTried):
            return Later(timedelta(seconds=outcome.seconds), tried=False)
        return self._consequence(outcome, letter.notice.attempts)

    async def _send(self, letter: Letter, patience: float) -> Accepted | Judgement | NotTried:
        if (room := letter.room) is not None:
            return await self._replies.deliver(
                room.telegram_id,
                posts.post(self._catalogues, letter, self._username()),
                patience=patience,
                thread_id=room.topic_id,
                message_id=_standing(letter),
            )
        assert letter.recipient is not None
        assert letter.recipient.telegram_id is not None, "nothing is owed to who asked to be forgotten"
        screen = letters.letter(self._catalogues[letter.recipient.language], letter)
        urgent = letter.broadcast.kind is NoticeKind.LONG_PAUSE  # it says that no bulk leaves
        return await self._replies.deliver(letter.recipient.telegram_id, screen, patience=patience, urgent=urgent)

    def _consequence(self, judgement: Judgement, attempts: int) -> DeliveryOutcome:
        match judgement.verdict:
            case Verdict.GONE:
                return Unreachable(judgement.reason)
            case Verdict.MOVED:
                return Moved(judgement.chat_id)
            case Verdict.WAIT:
                return Later(timedelta(seconds=judgement.seconds), tried=False)
            case Verdict.AGAIN:
                return self._again(attempts, unsent=judgement.unsent)
            case _:
                return Refused(judgement.reason or "refused")

    def _again(self, attempts: int, *, unsent: bool) -> DeliveryOutcome:
        chance = 0.5 + self._jitter() / 2  # never all at once
        if unsent:
            return Later(timedelta(seconds=UNCONNECTED * chance), tried=False)
        if attempts + 1 >= ATTEMPTS:
            return Refused("telegram failed")
        return Later(timedelta(seconds=min(2.0**attempts, LONGEST) * chance), doubtful=True)


def _standing(letter: Letter) -> int | None:
    """The message in the room that this letter brings up to date."""
    return letter.post.message_id if letter.post and letter.broadcast.kind is NoticeKind.POST else None
