"""The delivery of replies: when each leaves, what follows from Telegram's answer, and how many may wait."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import StoreUnavailable
from bot.domain.notice_rules import LONG_PAUSE
from bot.domain.values import dataclass
from handlers.outgoing.fair_semaphore import Priority
from handlers.outgoing.line import Line
from handlers.outgoing.rate_limiter import Permit
from handlers.outgoing.telegram_errors import UNTAKEN, Accepted, Judgement, Verdict

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from bot.tasks import Tasks
    from handlers.outgoing.chat_queues import ChatQueue, ChatQueues, QueuedMessage, SendMessage, Showing
    from handlers.outgoing.connection import Connection
    from handlers.outgoing.rate_limiter import RateLimiter, Timing
    from handlers.outgoing.sliding_window import Slot

log = structlog.get_logger(__name__)

SCREEN_TRIES: Final = 6
"""Attempts at a screen (a message that the bot edits in place): a press brings it again."""
MOST_ASKING: Final = 8
"""Chats of those in line that ask for a slot at the same time: their screens are drawn meanwhile."""
MESSAGE_TRIES: Final = 12
"""Attempts at any other reply."""


@dataclass(frozen=True, slots=True)
class ChatListeners:
    """Called with a chat that no longer takes messages, and with the old and the new id of a group that has moved."""

    blocked: Callable[[int], None]
    moved: Callable[[int, int], None]


class Delivery:
    """Sends replies: in order within a chat, ``in_flight`` at once over all chats.

    At most ``waiting`` are queued of those that are no screens; of screens there is one for each chat. ``prepare``
    makes a drawn screen a message, and what is sent where Telegram does not take it.
    """

    def __init__(
        self,
        tasks: Tasks,
        timing: Timing,
        *,
        connection: Connection,
        limiter: RateLimiter,
        queues: ChatQueues,
        listeners: ChatListeners,
        counts: Counter[str],
        prepare: Callable[[Showing], tuple[SendMessage, SendMessage | None]],
        in_flight: int,
        waiting: int,
    ) -> None:
        self._tasks = tasks
        self._timing = timing
        self._connection = connection
        self._limiter = limiter
        self._queues = queues
        self._listeners = listeners
        self._counts = counts
        self._prepare = prepare
        self._most_in_flight = in_flight
        self._in_flight = 0
        self._line = Line()
        self._asking = self._sending = 0
        self._ended = False
        self._may_queue = asyncio.Semaphore(waiting)
        self._below_most = asyncio.Event()
        self._below_most.set()
        self.waiting = 0
        """How many messages are queued or in flight."""

    @property
    def in_line(self) -> int:
        """How many chats wait for the pace of all."""
        return len(self._line)

    async def put(self, chat_id: int, message: QueuedMessage) -> None:
        """Queue ``message``. One that is no screen waits while the most allowed are in flight or queued.

        So do screens where no pace is kept: then they wait for the network, and soon leave.
        """
        if not message.screen or not self._limiter.paced:
            await self._below_most.wait()
            await self._may_queue.acquire()
            message.held = True
        self.waiting += 1
        queue = self._queues.get(chat_id)
        if queue.full and not message.screen:
            self._note_gone(message)
            self._counts["dropped"] += 1
            log.warning("too many messages for one chat")
            return
        if (older := queue.put(message)) is not None:
            self._note_gone(older)
            self._counts["replaced"] += 1
        if not queue.running:
            queue.running = True
            self._go_on(chat_id, queue)

    def _go_on(self, chat_id: int, queue: ChatQueue) -> None:
        """Let the queue's first message stand in line as soon as it may leave; without one the queue rests.

        ``chat_id`` is the queue's key, also when the chat has moved.
        """
        if self._ended:
            self._forget(queue)
        if not queue.messages:
            queue.running = False
            self._queues.release(chat_id, queue)
        elif queue.wait_for_reply(self._timing.monotonic()) > 0:
            self._tasks.start(self._stand_in_line_later(chat_id, queue), name="replies")
        else:
            self._stand_in_line(chat_id, queue)

    async def _stand_in_line_later(self, chat_id: int, queue: ChatQueue) -> None:
        try:
            await self._wait_for(queue)
        except BaseException as error:
            self._end(queue, ended=not isinstance(error, Exception))
            raise
        self._stand_in_line(chat_id, queue)

    def _stand_in_line(self, chat_id: int, queue: ChatQueue) -> None:
        queue.in_line_since = self._timing.monotonic()
        self._line.put(chat_id, queue)
        self._serve()

    def _serve(self) -> None:
        """Let those whose turn it is ask for their slot; the others stand in line, which costs next to nothing.

        While Telegram is away one of them finds out that it is back.
        """
        most = 1 if self._connection.lost else MOST_ASKING
        while self._line and self._asking < most and self._sending < self._most_in_flight:
            self._asking += 1
            self._sending += 1
            self._tasks.start(self._send_next(*self._line.take()), name="replies")

    async def _send_next(self, chat_id: int, queue: ChatQueue) -> None:
        """Send the queue's first message, and let the queue go on."""
        try:
            slot = await self._slot_for(queue)
            if slot is not None:
                await self._send_first(queue, slot)
                self._line.note_served(chat_id)
        except BaseException as error:
            self._end(queue, ended=not isinstance(error, Exception))
            raise
        finally:
            self._sending -= 1
            self._go_on(chat_id, queue)
            self._serve()

    async def _slot_for(self, queue: ChatQueue) -> Slot | None:
        """A slot for the queue's first message, which is drawn by then; None where it has to wait again."""
        try:
            if self._connection.lost:
                await self._connection.back(queue.messages[0].queued_at)
                if not self._connection.lost:  # what is owed longest goes first
                    return None
            await self._draw_first(queue)
            if not queue.messages or queue.wait_for_reply(self._timing.monotonic()) > 0:
                return None
            slot = await self._limiter.acquire_reply(queue.messages[0].priority, since=queue.in_line_since)
        finally:
            self._asking -= 1
            self._serve()
        if queue.wait_for_reply(self._timing.monotonic()) > 0 or queue.messages[0].draw is not None:
            self._limiter.give_back(slot)  # a bulk message to the chat got a 429 meanwhile, or a newer screen came
            return None
        return slot

    async def _draw_first(self, queue: ChatQueue) -> None:
        """Draw the queue's first message where it is not yet; one of which nothing is to be seen is forgotten."""
        message = queue.messages[0]
        if message.draw is None:
            return
        queue.messages.remove(message)  # a newer one does not replace it while it is drawn, but comes after it
        try:
            showing = await message.draw()
        except StoreUnavailable as failure:
            log.info("a screen cannot be drawn yet", reason=failure.reason)
            message.tries += 1
            if message.tries < SCREEN_TRIES and queue.put_back(message):
                wait = self._timing.backoff.seconds(message.tries)
                queue.pause(self._timing.monotonic() + wait, limit_reached=False)
                return
            showing = None
        if showing is None:
            self._note_gone(message)
            return
        message.draw = None
        message.send, message.otherwise = self._prepare(showing)
        queue.messages.insert(0, message)

    async def _wait_for(self, queue: ChatQueue) -> None:
        """Return when the queue's first message may leave."""
        while (wait := queue.wait_for_reply(self._timing.monotonic())) > 0:
            await self._timing.sleep(wait)

    async def _send_first(self, queue: ChatQueue, slot: Slot) -> None:
        """Send the first message of the queue, chosen only now: a newer screen may have replaced it meanwhile."""
        message = queue.messages.pop(0)
        queued_again = False
        try:
            queued_again = await self._send(queue, message, slot)
        finally:
            if not queued_again:
                self._note_gone(message)

    async def _send(self, queue: ChatQueue, message: QueuedMessage, slot: Slot) -> bool:
        """Make one attempt and do what its outcome asks for; returns whether the message is in the queue again."""
        queue.note_sent(self._timing.monotonic(), screen=message.screen)
        outcome = await self._attempt(queue, message, slot)
        if isinstance(outcome, Accepted):
            self._limiter.note_accepted(slot)
            self._counts["sent"] += 1
            return False
        self._counts[outcome.verdict.name.lower()] += 1
        match outcome.verdict:
            case Verdict.WAIT:
                self._pause(queue, outcome.seconds, slot)
            case Verdict.AGAIN:
                if not self._back_off(queue, message, outcome):
                    return False
            case Verdict.MOVED:
                self._listeners.moved(queue.chat_id, outcome.chat_id)
                queue.chat_id = outcome.chat_id
            case Verdict.GONE:
                self._abandon(queue)
                return False
            case _ if outcome.verdict in UNTAKEN and message.otherwise is not None:
                message.send, message.otherwise = message.otherwise, None
            case _:
                if outcome.verdict in UNTAKEN:
                    _log_given_up(message, outcome)
                return False
        return queue.put_back(message)

    def _back_off(self, queue: ChatQueue, message: QueuedMessage, outcome: Judgement) -> bool:
        """Pause the chat after an attempt that failed; returns False where no other attempt is to follow.

        While Telegram answers nobody, no try is spent: the message waits as long as that lasts.
        """
        message.failures += 1
        message.tries += self._connection.answered_since(max(message.tried_at, message.queued_at))
        message.tried_at = self._timing.monotonic()
        if message.tries >= (SCREEN_TRIES if message.screen else MESSAGE_TRIES):
            self._counts["dropped"] += 1
            _log_given_up(message, outcome)
            return False
        if self._connection.lost:  # it waits for Telegram, not for its turn
            return True
        wait = self._timing.backoff.seconds(message.failures)
        queue.pause(self._timing.monotonic() + wait, limit_reached=False)
        return True

    async def _attempt(self, queue: ChatQueue, message: QueuedMessage, slot: Slot) -> Accepted | Judgement:
        """Make the message's calls, the first with ``slot``; whatever their outcome, queue and limiter are told."""
        permit = Permit(self._timing, self._limiter, slot, partial(self._acquire_another, queue))
        self._in_flight += 1
        if self._in_flight >= self._most_in_flight:
            self._below_most.clear()
        assert message.send is not None, "it is drawn by now"
        try:
            return await self._connection.attempt(message.send(queue.chat_id, permit))
        finally:
            self._in_flight -= 1
            self._below_most.set()
            permit.close()
            queue.note_answered(self._timing.monotonic())

    async def _acquire_another(self, queue: ChatQueue) -> Slot:
        """A slot for one more call of the same message; it counts for the chat too."""
        while (wait := queue.wait(self._timing.monotonic(), screen=False)) > 0:
            await self._timing.sleep(wait)
        slot = await self._limiter.acquire_reply(Priority.ONLY_ANSWER)
        queue.note_sent(self._timing.monotonic(), screen=False)
        return slot

    def _pause(self, queue: ChatQueue, retry_after: float, slot: Slot) -> None:
        """Pause the chat after a 429, and everything where it is the bot's. A group's is its own."""
        queue.pause(self._timing.monotonic() + retry_after, limit_reached=True)
        (log.error if retry_after > LONG_PAUSE else log.warning)("telegram says too fast", seconds=retry_after)
        if queue.chat_id > 0 and self._limiter.note_refused(slot, queue.chat_id, retry_after):
            self._counts["paused_for"] += 1

    def _note_gone(self, message: QueuedMessage) -> None:
        """The message is neither queued nor in flight any more."""
        self.waiting -= 1
        if message.held:
            self._may_queue.release()

    def _forget(self, queue: ChatQueue) -> None:
        """Forget what waits for the chat."""
        for message in queue.messages:
            self._note_gone(message)
        queue.messages.clear()

    def _end(self, queue: ChatQueue, *, ended: bool) -> None:
        """The process has ``ended``, or something has crashed: what waits is forgotten, of all or of this chat."""
        self._forget(queue)
        if ended:
            self._ended = True
            while self._line:
                self._forget(self._line.take()[1])

    def _abandon(self, queue: ChatQueue) -> None:
        """The chat takes no messages any more: forget those that wait for it."""
        self._forget(queue)
        self._listeners.blocked(queue.chat_id)


def _log_given_up(message: QueuedMessage, outcome: Judgement) -> None:
    """Say what does not arrive, and why; whose it was stands in no log."""
    what = "a screen" if message.screen else "a message"
    log.warning("given up", what=what, reason=outcome.why, tries=message.tries + 1)
