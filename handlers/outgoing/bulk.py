"""Messages of the outbox: bulk, for which nobody waits and every reply comes first, and replies that are owed.

Each is attempted once. Nothing is queued or tried again here: the sender keeps the message and decides about another
attempt.
"""

from __future__ import annotations

import asyncio
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.domain.notice_rules import LONG_PAUSE
from bot.domain.values import dataclass
from handlers.outgoing.fair_semaphore import Priority
from handlers.outgoing.rate_limiter import Permit
from handlers.outgoing.telegram_errors import Accepted, Judgement, Verdict

if TYPE_CHECKING:
    from collections import Counter

    from handlers.outgoing.chat_queues import ChatQueue, ChatQueues, SendMessage
    from handlers.outgoing.connection import Connection
    from handlers.outgoing.rate_limiter import RateLimiter, Timing
    from handlers.outgoing.sliding_window import Slot

log = structlog.get_logger(__name__)


class Precedence(Enum):
    """What a message of the outbox waits for."""

    BULK = auto()
    """For every reply, and for the chat to be left alone for a moment."""
    URGENT = auto()
    """For the replies to the chat; it leaves although bulk is paused."""
    OWED = auto()
    """For the limits alone: it is a reply."""


@dataclass(frozen=True, slots=True)
class NotTried:
    """The message could not leave in time, so no attempt was made.

    ``seconds`` are left of a pause of the chat; 0 where it had to wait for other messages.
    """

    seconds: float = 0.0


class Bulk:
    """Sends bulk messages through the same rate limiter as replies, behind them."""

    def __init__(
        self, timing: Timing, connection: Connection, limiter: RateLimiter, queues: ChatQueues, counts: Counter[str]
    ) -> None:
        self._timing = timing
        self._connection = connection
        self._limiter = limiter
        self._queues = queues
        self._counts = counts
        self._waiting: dict[asyncio.Timeout, Precedence] = {}

    def give_up(self, *, owed: bool = False) -> None:
        """Let every message that waits for its slot come back as NotTried, at once; ``owed`` replies too."""
        for timeout, precedence in self._waiting.items():
            if (owed or precedence is not Precedence.OWED) and not timeout.expired():
                timeout.reschedule(asyncio.get_running_loop().time())

    async def send(
        self, chat_id: int, message: SendMessage, *, patience: float, precedence: Precedence
    ) -> Accepted | Judgement | NotTried:
        """Make one attempt; the message leaves within ``patience`` seconds or not at all.

        Where a pause is known to last longer than that, it comes back at once.
        """
        queue = self._queues.get(chat_id)
        queue.bulk_waiting += 1
        try:
            outcome = await self._attempt_in_time(queue, message, patience, precedence)
        finally:
            queue.bulk_waiting -= 1
            self._queues.release(chat_id, queue)
        what = "untried" if isinstance(outcome, NotTried) else "sent"
        self._counts[f"bulk_{outcome.verdict.name.lower() if isinstance(outcome, Judgement) else what}"] += 1
        return outcome

    async def _attempt_in_time(
        self, queue: ChatQueue, message: SendMessage, patience: float, precedence: Precedence
    ) -> Accepted | Judgement | NotTried:
        """Wait for a slot for at most ``patience`` seconds, make the attempt, and pause what Telegram wants paused."""
        bulk = precedence is Precedence.BULK
        paused_for = max(queue.paused_for(self._timing.monotonic()), 0.0 if bulk else self._limiter.paused_for)
        if max(paused_for, self._limiter.bulk_paused_for if bulk else 0.0) > patience:
            return NotTried(paused_for)
        try:
            async with asyncio.timeout(patience) as timeout:
                self._waiting[timeout] = precedence
                slot = await self._acquire_slot(queue, precedence)
        except TimeoutError:
            return NotTried(queue.paused_for(self._timing.monotonic()))
        finally:
            self._waiting.pop(timeout, None)
        outcome = await self._attempt(queue, message, slot, patience)
        if isinstance(outcome, Judgement) and outcome.verdict is Verdict.WAIT:
            self._pause(queue, outcome.seconds, slot)
        return outcome

    async def _acquire_slot(self, queue: ChatQueue, precedence: Precedence) -> Slot:
        """Wait until the chat may get the message, and then until the rate limiter grants a slot."""
        if precedence is Precedence.OWED:
            return await self._acquire_owed_slot(queue)
        while True:
            while (wait := queue.wait_for_bulk(self._timing.monotonic())) > 0:
                await self._timing.sleep(wait)
            if precedence is Precedence.URGENT:
                return await self._limiter.acquire_reply(Priority.ONLY_ANSWER)
            slot = await self._limiter.acquire_bulk(lambda: queue.wait_for_bulk(self._timing.monotonic()) <= 0)
            if slot is not None:
                return slot

    async def _acquire_owed_slot(self, queue: ChatQueue) -> Slot:
        while True:
            while (wait := queue.wait(self._timing.monotonic(), screen=False)) > 0:
                await self._timing.sleep(wait)
            slot = await self._limiter.acquire_reply(Priority.ONLY_ANSWER)
            if queue.wait(self._timing.monotonic(), screen=False) <= 0:
                return slot
            self._limiter.give_back(slot)  # another message has left to the chat meanwhile

    async def _attempt(
        self, queue: ChatQueue, message: SendMessage, slot: Slot, patience: float
    ) -> Accepted | Judgement | NotTried:
        """Make the message's calls, the first with ``slot``; whatever their outcome, queue and limiter are told."""
        permit = Permit(self._timing, self._limiter, slot, partial(self._acquire_another, queue, patience))
        outcome: Accepted | Judgement | NotTried = NotTried()
        queue.bulk_in_flight = True
        queue.note_sent(self._timing.monotonic(), screen=False)
        try:
            outcome = await self._connection.attempt(message(queue.chat_id, permit))
        except TimeoutError:  # of another slot: a call that Telegram does not answer in time has a Judgement
            outcome = NotTried(queue.paused_for(self._timing.monotonic()))
        finally:
            queue.bulk_in_flight = False
            permit.close()
            queue.note_answered(self._timing.monotonic())
            if isinstance(outcome, Accepted):
                self._limiter.note_accepted(slot)
            self._limiter.note_bulk_outcome(slot, accepted=isinstance(outcome, Accepted))
        return outcome

    async def _acquire_another(self, queue: ChatQueue, patience: float) -> Slot:
        """A slot for one more call of the same message; it counts for the chat too. Raises TimeoutError."""
        if self._limiter.bulk_paused_for > 0:
            raise TimeoutError
        async with asyncio.timeout(patience):
            while (wait := queue.wait(self._timing.monotonic(), screen=False)) > 0:
                await self._timing.sleep(wait)
            slot = await self._limiter.acquire_reply(Priority.ONLY_ANSWER)
        queue.note_sent(self._timing.monotonic(), screen=False)
        return slot

    def _pause(self, queue: ChatQueue, retry_after: float, slot: Slot) -> None:
        """Pause the chat after a 429, and perhaps all bulk, or everything; a group's says nothing about other chats."""
        queue.pause(self._timing.monotonic() + retry_after, limit_reached=True)
        (log.error if retry_after > LONG_PAUSE else log.warning)(
            "telegram says too fast", seconds=retry_after, bulk=True
        )
        if queue.chat_id < 0:
            return
        if not slot.bulk:
            self._limiter.note_refused(slot, queue.chat_id, retry_after)
        elif self._limiter.note_bulk_refused(slot, queue.chat_id, retry_after):
            self._counts["bulk_paused_for"] += 1
