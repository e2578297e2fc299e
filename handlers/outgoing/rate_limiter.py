"""The rate limiter: thirty messages of bulk (what broadcasts send) a second, and as many replies as Telegram takes.

How many that are is found out by ``answer_pace``; when the next may leave is the arithmetic of ``sliding_window``; here
messages wait for their slot.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.notice_rules import LONG_PAUSE
from bot.domain.values import dataclass
from handlers.outgoing.circuit_breaker import CircuitBreaker, RefusedAnswers
from handlers.outgoing.fair_semaphore import FairSemaphore
from handlers.outgoing.sliding_window import SlidingWindow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.backoff import Backoff
    from handlers.outgoing.answer_pace import AnswerPace
    from handlers.outgoing.fair_semaphore import Priority
    from handlers.outgoing.sliding_window import Slot

log = structlog.get_logger(__name__)

SHORT: Final = 0.1
"""Seconds: when a reply has waited longer, the pace is short; the slot of a bulk message is a third of it."""
PERMIT_LASTS: Final = 0.01
"""Seconds within which a slot has to be used: later, its message needs another."""


def _ignore(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Timing:
    """The clock, the way to wait, and the waits between attempts: arguments, so that tests need not wait."""

    monotonic: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    backoff: Backoff


class RateLimiter:
    """Grants slots: to replies by their priority and in the order in which they ask, to bulk when no reply waits.

    Where replies wait all the time, bulk has the share that the ``pace`` gives it. Without a pace any number may leave.

    ``on_paused(seconds)`` and ``on_bulk_paused(seconds)`` are called when Telegram has made everything, or all bulk,
    wait; ``pause_with_others`` is for what it told another process.

    ``on_long_pause(seconds)`` is called when bulk, or everything, is paused for more than ``LONG_PAUSE`` seconds.
    """

    def __init__(self, pace: AnswerPace | None, timing: Timing, on_long_pause: Callable[[float], None]) -> None:
        self._timing = timing
        self._on_long_pause = on_long_pause
        self.on_paused: Callable[[float], None] = _ignore
        self.on_bulk_paused: Callable[[float], None] = _ignore
        self._waited_at = float("-inf")
        self._pace = pace
        self._window = SlidingWindow(pace)
        self._breaker = CircuitBreaker()
        self._refused = RefusedAnswers()
        self._halved_at = 0
        self._to_be_counted: tuple[int, int] | None = None
        self._reply_lock = FairSemaphore(1)
        self._bulk_lock = asyncio.Lock()
        self._replies_waiting = 0
        self._no_reply_waits = asyncio.Event()
        self._no_reply_waits.set()
        self._bulk_answered = asyncio.Event()
        self._bulk_waits_since: float | None = None

    @property
    def paced(self) -> bool:
        """False where any number of messages may leave."""
        return self._pace is not None

    @property
    def bulk_paused_for(self) -> float:
        """Seconds until Telegram accepts bulk again; 0 if it does now."""
        return max(self.paused_for, self._breaker.wait(self._timing.monotonic()))

    @property
    def paused_for(self) -> float:
        """Seconds until Telegram accepts any message again; 0 if it does now."""
        return max(0.0, self._window.paused_for(self._timing.monotonic()))

    async def acquire_reply(self, priority: Priority, *, since: float | None = None) -> Slot:
        """Wait for a slot for a reply, which has to leave at once; ``since`` then it waits for nothing else.

        The slot has to be given to ``note_answered`` or ``give_back``.
        """
        asked_at = since if since is not None else self._timing.monotonic()
        self._replies_waiting += 1
        self._no_reply_waits.clear()
        try:
            async with self._reply_lock.entered(priority):
                now = await self._wait_for_reply()
                self._count(now)
                if self._pace is not None and now - max(asked_at, self._window.resumed_at) > SHORT:
                    self._pace.note_waited(now)
                    self._waited_at = now
                return self._window.take(now)
        finally:
            self._replies_waiting -= 1
            if not self._replies_waiting:
                self._no_reply_waits.set()

    async def _wait_for_reply(self) -> float:
        while True:
            now = self._timing.monotonic()
            wait = self._window.wait(now, bulk=False, bulk_waits=self._bulk_waits(now))
            if wait <= 0:
                return now
            await self._timing.sleep(wait)

    @property
    def hungry(self) -> bool:
        """True where a message waits, or has just waited, for the pace of all."""
        now = self._timing.monotonic()
        waits = self._replies_waiting > 0 or self._bulk_waits(now) or self._bulk_lock.locked()
        return waits or now - self._waited_at < 1.0

    def _bulk_waits(self, now: float) -> bool:
        return self._bulk_waits_since is not None and self._breaker.allows_next and self._breaker.wait(now) <= 0

    async def acquire_bulk(self, may_still_leave: Callable[[], bool]) -> Slot | None:
        """Wait for a slot for a bulk message, which has to leave at once.

        ``may_still_leave`` is asked when the wait is over: where it says False, as the chat is being answered by then,
        no slot is taken and None is returned.

        The slot has to be given to ``note_answered`` or ``give_back``, and then to ``note_bulk_outcome``.
        """
        async with self._bulk_lock:
            self._bulk_waits_since = self._timing.monotonic()
            try:
                while not await self._ready_for_bulk(self._bulk_waits_since):
                    pass
            finally:
                self._bulk_waits_since = None
            if not may_still_leave():
                return None
            slot = self._window.take(self._timing.monotonic(), bulk=True)
            slot.bulk_number = self._breaker.note_sent()
            return slot

    async def _ready_for_bulk(self, since: float) -> bool:
        """True when bulk may leave now; False after a wait, when that has to be asked again."""
        now = self._timing.monotonic()
        if self._replies_waiting and (due := self._window.bulk_due(since) - now) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(due):
                    await self._no_reply_waits.wait()
            return False
        if not self._breaker.allows_next:
            self._bulk_answered.clear()
            await self._bulk_answered.wait()
            return False
        wait = max(self._window.wait(now, bulk=True), self._breaker.wait(now))
        if wait <= 0:
            return True
        if self._pace is not None and self._pace.total < self._pace.bulk and not self.bulk_paused_for:
            self._pace.note_waited(now, bulk=True)
        await self._timing.sleep(wait)
        return False

    def note_answered(self, slot: Slot) -> None:
        """Telegram's answer to the slot's message has come, whatever it says."""
        self._window.note_answered(slot, self._timing.monotonic())

    def give_back(self, slot: Slot) -> None:
        """The slot's message did not leave after all, and does not count."""
        self._window.give_back(slot)

    def note_accepted(self, slot: Slot) -> None:
        """Telegram has accepted the message of an answered slot."""
        if not slot.bulk:
            self._refused.note_accepted(slot.number, self._timing.monotonic())

    def note_refused(self, slot: Slot, chat_id: int, retry_after: float) -> bool:
        """Telegram has answered a reply to this person with a 429; returns whether that pauses everything."""
        now = self._timing.monotonic()
        slot.taken = False
        if slot.number <= self._halved_at:  # it left before everything paused, and prolongs the pause at most
            seconds = retry_after if self.paused_for else 0.0
        elif (seconds := self._refused.note_refused(chat_id, slot.number, retry_after, now)) > 0:
            self._halve()
        if seconds > 0:
            self.pause(seconds)
            self.on_paused(seconds)
        return seconds > 0

    def pause_with_others(self, seconds: float, *, bulk: bool) -> None:
        """Telegram has told another process to wait for ``seconds``, with everything or with all ``bulk``."""
        now = self._timing.monotonic()
        if bulk:
            before = self.bulk_paused_for
            self._breaker.open_until(now + seconds)
            self._tell_of_long_pause(before)
        elif seconds > self.paused_for:
            self._halved_at = self._window.last_number  # what is refused of these prolongs the pause at most
            self._refused.forget()
            self.pause(seconds)

    def _halve(self) -> None:
        """Go on at half the pace after the pause; what Telegram took before it is known when all answers have come."""
        if self._pace is not None:
            self._pace.halve()
            self._to_be_counted = (self._halved_at, self._window.last_number)
        self._halved_at = self._window.last_number
        self._refused.forget()

    def _count(self, now: float) -> None:
        """Tell the pace what Telegram took before it was halved."""
        if self._pace is not None and self._to_be_counted is not None:
            self._pace.note_taken(now, self._window.taken_in_a_second(*self._to_be_counted))
            self._to_be_counted = None

    def note_bulk_outcome(self, slot: Slot, *, accepted: bool) -> None:
        """The delivery of a bulk message is over: Telegram has ``accepted`` it, or it failed in any way."""
        if not slot.bulk_number:  # it was urgent, and had a reply's slot
            return
        self._breaker.note_answered()
        self._bulk_answered.set()
        if accepted:
            self._breaker.note_accepted(slot.bulk_number)

    def note_bulk_refused(self, slot: Slot, chat_id: int, retry_after: float) -> bool:
        """Telegram has answered a bulk message to this chat with a 429; returns whether that pauses all bulk."""
        before = self.bulk_paused_for
        slot.taken = False
        now = self._timing.monotonic()
        pauses_all = self._breaker.note_refused(chat_id, retry_after, now)
        self._tell_of_long_pause(before)
        if pauses_all:
            self.on_bulk_paused(self._breaker.wait(now))
        return pauses_all

    def pause(self, seconds: float) -> None:
        """Let nothing leave for ``seconds``; a longer pause that is under way stays as long as it is."""
        before = self.bulk_paused_for
        self._window.pause(self._timing.monotonic() + seconds)
        self._tell_of_long_pause(before)

    def _tell_of_long_pause(self, before: float) -> None:
        """Call ``on_long_pause`` where the pause has become a long one; ``before`` is what it was."""
        if before <= LONG_PAUSE < (paused_for := self.bulk_paused_for):
            log.error("telegram takes no bulk for more than an hour", seconds=paused_for)
            self._on_long_pause(paused_for)


class Permit:
    """One message's right to make its calls, each with a slot of its own.

    It begins with the ``slot`` that the message has waited for. Whatever else the message needs (a new message after an
    edit in vain, a picture that had to wait for its upload) waits for a slot that ``acquire_another`` gets.
    """

    def __init__(
        self, timing: Timing, limiter: RateLimiter, slot: Slot, acquire_another: Callable[[], Awaitable[Slot]]
    ) -> None:
        self._timing = timing
        self._limiter = limiter
        self._slot: Slot | None = slot
        self._used = False
        self._acquire_another = acquire_another

    async def __call__(self) -> None:
        """Return when the next call may be made, which has to be made at once."""
        now = self._timing.monotonic()
        if self._slot is None or self._used or now - self._slot.sent_at > PERMIT_LASTS:
            self.close()
            self._slot = await self._acquire_another()
        self._used = True

    def close(self) -> None:
        """The last call is answered, or none was made: its slot goes back to the limiter."""
        slot, self._slot = self._slot, None
        if slot is not None:
            (self._limiter.note_answered if self._used else self._limiter.give_back)(slot)
