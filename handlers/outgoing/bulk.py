"""Bulk: one try at a time for each message, when nobody who presses wants the slot."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog

from handlers.outgoing.rate_limiter import HOUR, Permit
from handlers.outgoing.telegram_errors import Accepted, Judgement, Verdict, attempt

if TYPE_CHECKING:
    from collections import Counter

    from handlers.outgoing.chat_queues import ChatQueue, ChatQueues, SendMessage
    from handlers.outgoing.rate_limiter import RateLimiter, Timing
    from handlers.outgoing.sliding_window import Slot

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class NotTried:
    """It could not leave in time. ``seconds``: for how long Telegram wants nothing in this chat, 0 for others' sake."""

    seconds: float = 0.0


class Bulk:
    """Messages that nobody waits for with a finger on a button. Who sends them keeps them: nothing is tried again."""

    def __init__(self, timing: Timing, limiter: RateLimiter, queues: ChatQueues, counts: Counter[str]) -> None:
        self._timing = timing
        self._limiter = limiter
        self._queues = queues
        self._counts = counts
        self._waiting: set[asyncio.Timeout] = set()

    def give_up(self) -> None:
        """Whatever waits for its slot comes back untried, now."""
        for timeout in self._waiting:
            if not timeout.expired():
                timeout.reschedule(asyncio.get_running_loop().time())

    async def deliver(
        self, chat_id: int, work: SendMessage, *, patience: float, urgent: bool
    ) -> Accepted | Judgement | NotTried:
        """Try once, within ``patience`` seconds or not at all; at once not, where Telegram has named a longer pause.

        What is ``urgent`` leaves among the replies, and also while bulk is held.
        """
        queue = self._queues.queue(chat_id)
        queue.bulk += 1
        try:
            outcome = await self._once(queue, work, patience, urgent=urgent)
        finally:
            queue.bulk -= 1
            self._queues.rest(chat_id, queue)
        what = "untried" if isinstance(outcome, NotTried) else "sent"
        self._counts[f"bulk_{outcome.verdict.name.lower() if isinstance(outcome, Judgement) else what}"] += 1
        return outcome

    async def _once(
        self, queue: ChatQueue, work: SendMessage, patience: float, *, urgent: bool
    ) -> Accepted | Judgement | NotTried:
        paused = max(queue.paused(self._timing.monotonic()), self._limiter.paused_for if urgent else 0.0)
        if max(paused, 0.0 if urgent else self._limiter.held) > patience:
            return NotTried(paused)
        try:
            async with asyncio.timeout(patience) as timeout:
                self._waiting.add(timeout)
                slot = await self._slot(queue, urgent=urgent)
        except TimeoutError:
            return NotTried(queue.paused(self._timing.monotonic()))
        finally:
            self._waiting.discard(timeout)
        outcome = await self._try(queue, work, slot, patience)
        if isinstance(outcome, Judgement) and outcome.verdict is Verdict.WAIT:
            self._pause(queue, outcome.seconds, alone=urgent or queue.chat_id < 0)
        return outcome

    async def _slot(self, queue: ChatQueue, *, urgent: bool) -> Slot:
        """Wait until nobody is answered in this chat, and then until the limiter opens."""
        while True:
            while (wait := queue.wait_for_bulk(self._timing.monotonic())) > 0:
                await self._timing.sleep(wait)
            if urgent:
                return await self._limiter.reply()
            slot = await self._limiter.bulk(lambda: queue.wait_for_bulk(self._timing.monotonic()) <= 0)
            if slot is not None:
                return slot

    async def _try(
        self, queue: ChatQueue, work: SendMessage, slot: Slot, patience: float
    ) -> Accepted | Judgement | NotTried:
        permit = Permit(self._timing, self._limiter, slot, partial(self._another, queue, patience))
        outcome: Accepted | Judgement | NotTried = NotTried()
        queue.bulk_on_the_way = True
        queue.left(self._timing.monotonic(), screen=False)
        try:
            outcome = await attempt(work(queue.chat_id, permit))
        except TimeoutError:  # for want of another slot: what Telegram does not answer in time is a verdict
            outcome = NotTried(queue.paused(self._timing.monotonic()))
        finally:
            queue.bulk_on_the_way = False
            permit.close()
            queue.landed(self._timing.monotonic())
            self._limiter.settled(slot.number, accepted=isinstance(outcome, Accepted))
        return outcome

    async def _another(self, queue: ChatQueue, patience: float) -> Slot:
        """A slot for one more call of the same message; the chat counts it too. Raises TimeoutError."""
        if self._limiter.held > 0:
            raise TimeoutError
        async with asyncio.timeout(patience):
            while (wait := queue.wait(self._timing.monotonic(), screen=False)) > 0:
                await self._timing.sleep(wait)
            slot = await self._limiter.reply()
        queue.left(self._timing.monotonic(), screen=False)
        return slot

    def _pause(self, queue: ChatQueue, seconds: float, *, alone: bool) -> None:
        """The chat wants nothing for so long; and all bulk, unless it speaks for itself ``alone`` (as groups do)."""
        queue.pause(self._timing.monotonic() + seconds, spent=True)
        (log.error if seconds > HOUR else log.warning)("telegram says too fast", seconds=seconds, bulk=True)
        if not alone and self._limiter.refused(queue.chat_id, seconds):
            self._counts["bulk_paused_for"] += 1
