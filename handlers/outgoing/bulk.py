"""Bulk: one try at a time for each message, when nobody who presses wants the turn."""

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

    def __init__(self, world: Timing, gate: RateLimiter, lanes: ChatQueues, counts: Counter[str]) -> None:
        self._world = world
        self._gate = gate
        self._lanes = lanes
        self._counts = counts
        self._waiting: set[asyncio.Timeout] = set()

    def give_up(self) -> None:
        """Whatever waits for its turn comes back untried, now."""
        for timeout in self._waiting:
            if not timeout.expired():
                timeout.reschedule(asyncio.get_running_loop().time())

    async def deliver(
        self, chat_id: int, work: SendMessage, *, patience: float, urgent: bool
    ) -> Accepted | Judgement | NotTried:
        """Try once, within ``patience`` seconds or not at all; at once not, where Telegram has named a longer pause.

        What is ``urgent`` leaves among the replies, and also while bulk is held.
        """
        lane = self._lanes.lane(chat_id)
        lane.bulk += 1
        try:
            outcome = await self._once(lane, work, patience, urgent=urgent)
        finally:
            lane.bulk -= 1
            self._lanes.rest(chat_id, lane)
        what = "untried" if isinstance(outcome, NotTried) else "sent"
        self._counts[f"bulk_{outcome.verdict.name.lower() if isinstance(outcome, Judgement) else what}"] += 1
        return outcome

    async def _once(
        self, lane: ChatQueue, work: SendMessage, patience: float, *, urgent: bool
    ) -> Accepted | Judgement | NotTried:
        paused = max(lane.paused(self._world.monotonic()), self._gate.halted if urgent else 0.0)
        if max(paused, 0.0 if urgent else self._gate.held) > patience:
            return NotTried(paused)
        try:
            async with asyncio.timeout(patience) as timeout:
                self._waiting.add(timeout)
                turn = await self._turn(lane, urgent=urgent)
        except TimeoutError:
            return NotTried(lane.paused(self._world.monotonic()))
        finally:
            self._waiting.discard(timeout)
        outcome = await self._try(lane, work, turn, patience)
        if isinstance(outcome, Judgement) and outcome.verdict is Verdict.WAIT:
            self._pause(lane, outcome.seconds, alone=urgent or lane.chat_id < 0)
        return outcome

    async def _turn(self, lane: ChatQueue, *, urgent: bool) -> Slot:
        """Wait until nobody is answered in this chat, and then until the gate opens."""
        while True:
            while (wait := lane.wait_for_bulk(self._world.monotonic())) > 0:
                await self._world.sleep(wait)
            if urgent:
                return await self._gate.reply()
            turn = await self._gate.bulk(lambda: lane.wait_for_bulk(self._world.monotonic()) <= 0)
            if turn is not None:
                return turn

    async def _try(
        self, lane: ChatQueue, work: SendMessage, turn: Slot, patience: float
    ) -> Accepted | Judgement | NotTried:
        ticket = Permit(self._world, self._gate, turn, partial(self._another, lane, patience))
        outcome: Accepted | Judgement | NotTried = NotTried()
        lane.bulk_under_way = True
        lane.left(self._world.monotonic(), screen=False)
        try:
            outcome = await attempt(work(lane.chat_id, ticket))
        except TimeoutError:  # for want of another turn: what Telegram does not answer in time is a verdict
            outcome = NotTried(lane.paused(self._world.monotonic()))
        finally:
            lane.bulk_under_way = False
            ticket.close()
            lane.landed(self._world.monotonic())
            self._gate.settled(turn.number, accepted=isinstance(outcome, Accepted))
        return outcome

    async def _another(self, lane: ChatQueue, patience: float) -> Slot:
        """A turn for one more call of the same message; the chat counts it too. Raises TimeoutError."""
        if self._gate.held > 0:
            raise TimeoutError
        async with asyncio.timeout(patience):
            while (wait := lane.wait(self._world.monotonic(), screen=False)) > 0:
                await self._world.sleep(wait)
            turn = await self._gate.reply()
        lane.left(self._world.monotonic(), screen=False)
        return turn

    def _pause(self, lane: ChatQueue, seconds: float, *, alone: bool) -> None:
        """The chat wants nothing for so long; and all bulk, unless it speaks for itself ``alone`` (as groups do)."""
        lane.pause(self._world.monotonic() + seconds, spent=True)
        (log.error if seconds > HOUR else log.warning)("telegram says too fast", seconds=seconds, bulk=True)
        if not alone and self._gate.refused(lane.chat_id, seconds):
            self._counts["bulk_held"] += 1
