"""Everything the bot says to people: at once where possible, in order within a chat, never faster than Telegram allows.

Replies leave after the commit of what they tell of, and live in memory only: a reply lost with the process can be had
again by a press, the vote behind it is stored. What must survive a crash is a notice: its courier keeps it and only
gets its slot here, behind everybody who presses.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from bot.tasks import Tasks
from handlers.outgoing.bulk import Bulk, NotTried
from handlers.outgoing.calls import Calls
from handlers.outgoing.chat_queues import ChatQueues, QueuedMessage
from handlers.outgoing.delivery import ChatListeners, Delivery
from handlers.outgoing.rate_limiter import MESSAGES_A_SECOND, RateLimiter, Timing
from handlers.outgoing.telegram_errors import Accepted, Judgement, Verdict, attempt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from handlers.outgoing.chat_queues import SendMessage
    from handlers.views.screen import Paper, Screen, Spot

log = structlog.get_logger(__name__)

ANSWER_TRIES: Final = 3
ANSWER_PATIENCE: Final = 5.0
"""Seconds after which the toast on a button is no longer worth waiting for."""


def _ignore(*_: object) -> None:
    pass


class Replies:
    """Speaks to people.

    Each method returns as soon as the message has its place in the queue; it waits only while ``in_flight`` requests
    are on their way or ``waiting`` messages are queued, which slows the taking in of updates, not the loop.

    ``on_blocked(chat_id)`` hears of who can no longer be reached, ``on_file_id(key, file_id)`` of a picture that
    Telegram now has (or, with None, has no more), ``on_moved(old, new)`` of a group with a new number,
    ``on_long_pause(seconds)`` of Telegram taking no bulk for more than an hour.

    ``per_chat_interval`` seconds lie between two messages to a person, ``overall`` messages leave in a second (None:
    any number). With an interval of 0 nothing is paced at all.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        on_blocked: Callable[[int], None] = _ignore,
        on_file_id: Callable[[str, str | None], None] = _ignore,
        on_moved: Callable[[int, int], None] = _ignore,
        on_long_pause: Callable[[float], None] = _ignore,
        per_chat_interval: float = 1.0,
        overall: int | None = MESSAGES_A_SECOND,
        in_flight: int = 128,
        waiting: int = 20_000,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.counts: Counter[str] = Counter()
        """For /metrics: answered, sent, replaced, again, wait, paused_for, gone, moved, late, wrong, dropped.

        Of bulk: bulk_sent, bulk_untried, bulk_wait and so on, and bulk_paused_for for each pause of bulk as a whole.
        """
        self._calls = Calls(bot, on_file_id)
        self._tasks = Tasks()
        self._timing = Timing(monotonic, sleep, jitter)
        self._answer_slots = asyncio.Semaphore(in_flight)
        self._limiter = RateLimiter(overall if per_chat_interval else None, self._timing, on_long_pause)
        self._queues = ChatQueues(per_chat_interval, monotonic)
        self._bulk = Bulk(self._timing, self._limiter, self._queues, self.counts)
        self._delivery = Delivery(
            self._tasks,
            self._timing,
            limiter=self._limiter,
            queues=self._queues,
            links=ChatListeners(on_blocked, on_moved),
            counts=self.counts,
            in_flight=in_flight,
            waiting=waiting,
        )

    def __len__(self) -> int:
        """How many chats and presses have something under way."""
        return len(self._tasks)

    @property
    def waiting(self) -> int:
        """How many messages are queued or on their way."""
        return self._delivery.waiting

    @property
    def remembered(self) -> int:
        """How many chats are remembered, for their pace."""
        return len(self._queues)

    @property
    def bulk_paused_for(self) -> float:
        """Seconds for which Telegram wants no bulk from us, 0 where it takes some."""
        return self._limiter.held

    async def answer(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Tell the presser that it worked: no pace applies; a press that is too old is passed over in silence."""
        if self._answer_slots.locked():
            async with self._answer_slots:
                pass
        self._tasks.start(self._answer(query_id, text, alert=alert), name="answer")

    async def show(
        self, chat_id: int, screen: Screen, *, message_id: int | None = None, has_picture: bool = False
    ) -> None:
        """Turn the message ``message_id`` into ``screen``, or send a new one.

        The first goes at once, later ones at most one a second; a screen still waiting when a newer one comes is never
        sent. ``has_picture`` says whether the message bears one now.
        """
        work = partial(self._calls.show, screen=screen, message_id=message_id, has_picture=has_picture)
        await self._delivery.put(chat_id, QueuedMessage(work, screen=True))

    async def send(self, chat_id: int, screen: Screen, *, thread_id: int | None = None) -> None:
        """A message of its own that no later screen replaces: a receipt, a notice, an apology.

        In a forum it goes to the topic ``thread_id``.

        It is sent again when Telegram failed half-way, so that in rare cases it arrives twice: better than never.
        """
        await self._delivery.put(
            chat_id, QueuedMessage(partial(self._calls.send, screen=screen, thread_id=thread_id), screen=False)
        )

    async def file(self, chat_id: int, paper: Paper) -> None:
        """A file, a voice message or a photo."""
        await self._delivery.put(chat_id, QueuedMessage(partial(self._calls.paper, paper=paper), screen=False))

    async def venue(self, chat_id: int, spot: Spot) -> None:
        """A place on the map."""
        await self._delivery.put(chat_id, QueuedMessage(partial(self._calls.venue, spot=spot), screen=False))

    async def deliver(
        self,
        chat_id: int,
        screen: Screen,
        *,
        patience: float,
        thread_id: int | None = None,
        message_id: int | None = None,
        urgent: bool = False,
    ) -> Accepted | Judgement | NotTried:
        """Bulk: a new message, or the message ``message_id`` turned into ``screen``; what became of this one try.

        It waits its slot for at most ``patience`` seconds: whoever presses comes first, and a person who is being
        answered gets it a second later. Nothing is tried again here; a chat or all bulk that Telegram pauses for
        longer than the patience comes back at once. What is ``urgent`` counts as a reply for its slot.
        """
        work: SendMessage = partial(self._calls.show, screen=screen, message_id=message_id, thread_id=thread_id)
        return await self._bulk.deliver(chat_id, work, patience=patience, urgent=urgent)

    def give_up_bulk(self) -> None:
        """Bulk that waits for its slot comes back untried, now: the house is about to close."""
        self._bulk.give_up()

    async def typing(self, chat_id: int, action: str = "typing") -> None:
        """Say that something is coming; worth one try, and none where the chat has to wait anyway."""
        if not self._answer_slots.locked() and not self._queues.busy(chat_id):
            self._tasks.start(self._type(chat_id, action), name="typing")

    async def idle(self) -> None:
        """Return when everything said so far has left or was given up."""
        await self._tasks.join()

    async def close(self, grace: float) -> None:
        """Let what is under way leave for at most ``grace`` seconds; the rest is forgotten."""
        try:
            async with asyncio.timeout(grace):
                await self._tasks.join()
        except TimeoutError:
            log.warning("replies left unsaid", chats=len(self._tasks))
        await self._tasks.close()

    async def _answer(self, query_id: str, text: str, *, alert: bool) -> None:
        for tries in range(ANSWER_TRIES):
            async with self._answer_slots:
                outcome = await attempt(self._calls.answer(query_id, text, alert=alert))
            if isinstance(outcome, Accepted):
                self.counts["answered"] += 1
                return
            self.counts[outcome.verdict.name.lower()] += 1
            if outcome.verdict not in {Verdict.AGAIN, Verdict.WAIT} or outcome.seconds > ANSWER_PATIENCE:
                return
            await self._timing.sleep(max(outcome.seconds, self._timing.backoff(tries)))
        self.counts["dropped"] += 1

    async def _type(self, chat_id: int, action: str) -> None:
        async with self._answer_slots:
            await attempt(self._calls.typing(chat_id, action))
