"""Everything the bot says to people: at once where possible, in order within a chat, never faster than Telegram allows.

Replies leave after the commit of what they tell of, and live in memory only: a press brings a reply again that was lost
with the process, as the vote behind it is stored. What must survive a crash is a notice: the outbox keeps it, and it
leaves from here, as bulk behind the replies, or as a reply where it is one that somebody is owed.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import BadRequest, TelegramError

from bot.backoff import Backoff
from bot.tasks import Tasks
from handlers.outgoing.answer_pace import ANSWERS_A_SECOND, AnswerPace
from handlers.outgoing.bulk import Bulk, NotTried, Precedence
from handlers.outgoing.calls import Calls
from handlers.outgoing.chat_queues import ChatQueues, QueuedMessage, Showing
from handlers.outgoing.connection import Connection
from handlers.outgoing.delivery import ChatListeners, Delivery
from handlers.outgoing.fair_semaphore import Priority
from handlers.outgoing.papers import Papers
from handlers.outgoing.rate_limiter import RateLimiter, Timing
from handlers.outgoing.telegram_errors import Accepted, Judgement, Verdict, judge
from handlers.press_times import PressTimes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from handlers.outgoing.chat_queues import AwaitPermit, DrawScreen, SendMessage
    from handlers.views.screen import Paper, Screen, Spot

log = structlog.get_logger(__name__)

FIRST_REPLY_RETRY: Final = 0.3
LONGEST_REPLY_RETRY: Final = 5.0
"""Seconds."""
ANSWER_TRIES: Final = 3
"""Attempts to answer a press, not counting those while Telegram answers nobody."""
FETCH_TRIES: Final = 3
DRAWN_AT_MOST: Final = 500
"""Screens that wait drawn for the pace of all: of later ones what was pressed is kept."""
PRESS_LASTS: Final = 150.0
"""Seconds: Telegram forgets a press after about so long."""
LONGEST_ANSWER_WAIT: Final = 5.0
"""Seconds: the answer to a press is dropped where Telegram wants it later than this."""


def _ignore(*_: object) -> None:
    pass


async def _nothing() -> None:
    pass


async def _show_and_tell(
    chat_id: int, permit: AwaitPermit, *, show: SendMessage, told: Callable[[int], None]
) -> int | None:
    message_id = await show(chat_id, permit)
    if message_id is not None:
        told(message_id)
    return message_id


class Replies:
    """Sends replies (to presses and messages) and bulk (the messages of broadcasts).

    A method for a reply returns as soon as the message is queued; one for a screen at once. Others wait while
    ``in_flight`` requests are on their way or ``waiting`` such messages are queued, which slows the taking in of
    updates, not the loop.

    Called are ``on_blocked(chat_id)`` with a chat that no longer takes messages, ``on_file_id(key, file_id)`` with a
    picture that Telegram now has (or, with None, has no more), ``on_moved(old, new)`` with the ids of a group that has
    moved, ``on_long_pause(seconds)`` when Telegram takes no bulk for more than an hour.

    ``per_chat_interval`` seconds lie between two messages to a person; ``answers`` is the most that the pace of replies
    reaches in a second (None: any number of anything leaves). With an interval of 0 neither limit is kept.
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
        answers: int | None = ANSWERS_A_SECOND,
        in_flight: int = 128,
        waiting: int = 20_000,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
        press_times: PressTimes | None = None,
    ) -> None:
        self._press_times = press_times or PressTimes()
        self.counts: Counter[str] = Counter()
        """For /metrics: answered, sent, kept, replaced, again, wait, paused_for, gone, moved, late, wrong, dropped.

        Of edits: unchanged where it was spared, same where Telegram refused it as none, which is a fault of ours.

        Of bulk: bulk_sent, bulk_untried, bulk_wait and so on, and bulk_paused_for for each pause of bulk as a whole.
        """
        self._calls = Calls(bot, on_file_id, self.counts)
        self.papers = Papers(bot, self._calls, on_file_id)
        """How files are sent and fetched."""
        self._tasks = Tasks()
        self._timing = Timing(monotonic, sleep, Backoff(FIRST_REPLY_RETRY, longest=LONGEST_REPLY_RETRY, jitter=jitter))
        self._answer_slots = asyncio.Semaphore(in_flight)
        self.connection = Connection(monotonic)
        """Whether Telegram answers."""
        self.pace = AnswerPace(answers) if answers and per_chat_interval else None
        """How fast replies may leave, as far as it has been learnt."""
        self._limiter = RateLimiter(self.pace, self._timing, on_long_pause)
        self._queues = ChatQueues(per_chat_interval, monotonic)
        self._bulk = Bulk(self._timing, self.connection, self._limiter, self._queues, self.counts)
        self._delivery = Delivery(
            self._tasks,
            self._timing,
            connection=self.connection,
            limiter=self._limiter,
            queues=self._queues,
            listeners=ChatListeners(on_blocked, on_moved),
            counts=self.counts,
            prepare=self._prepare,
            in_flight=in_flight,
            waiting=waiting,
        )

    def __len__(self) -> int:
        """How many chats and presses are being answered."""
        return len(self._tasks)

    @property
    def waiting(self) -> int:
        """How many messages are queued or in flight."""
        return self._delivery.waiting

    @property
    def remembered(self) -> int:
        """How many chats have a queue, for their limits."""
        return len(self._queues)

    def remembers(self, chat_id: int) -> bool:
        """True while something to this chat waits, or its limits still know of what has left."""
        return self._queues.remembers(chat_id)

    @property
    def limiter(self) -> RateLimiter:
        """What grants slots."""
        return self._limiter

    @property
    def bulk_paused_for(self) -> float:
        """Seconds until Telegram accepts bulk again; 0 if it does now."""
        return self._limiter.bulk_paused_for

    async def answer(
        self, query_id: str, text: str = "", *, alert: bool = False, too_late: Callable[[], Awaitable[None]] = _nothing
    ) -> None:
        """Answer a press, with a toast where there is ``text``: no limit applies.

        A press that is too old, or was answered before, cannot be, nor by words that Telegram does not take: then
        ``too_late`` is awaited.
        """
        if self._answer_slots.locked():
            async with self._answer_slots:
                pass
        self._tasks.start(self._answer(query_id, text, alert=alert, too_late=too_late), name="answer")

    @property
    def crowded(self) -> bool:
        """True where so many screens wait that further ones are better drawn when their turn comes."""
        return self._delivery.in_line >= DRAWN_AT_MOST

    async def show(
        self,
        chat_id: int,
        screen: Screen,
        *,
        message_id: int | None = None,
        has_picture: bool = False,
        seen_at: int = 0,
        thread_id: int | None = None,
        otherwise: Screen | None = None,
    ) -> None:
        """Turn the message ``message_id`` into ``screen``, or send a new one: as ``Showing`` says.

        The first screen goes at once, later ones at most one a second; a screen that still waits when a newer one comes
        is never sent.
        """
        showing = Showing(screen, message_id, has_picture, thread_id, otherwise, seen_at)
        await self.show_drawn(chat_id, showing)

    async def show_drawn(self, chat_id: int, showing: Showing) -> None:
        """The same, of everything that ``Showing`` says."""
        show, plainly = self._prepare(showing)
        priority = Priority.ONLY_ANSWER if showing.message_id is None else Priority.AFTER_TOAST
        await self._put(chat_id, show, priority, screen=True, otherwise=plainly)

    def busy(self, chat_id: int) -> bool:
        """True while a reply to this chat waits or is on its way."""
        return self._queues.busy(chat_id)

    async def show_when_drawn(
        self, chat_id: int, draw: DrawScreen, *, only_answer: bool = False, unasked: bool = False
    ) -> None:
        """Show what ``draw`` returns when its turn has come, in the order of ``show``.

        It is forgotten where it still waits when a newer screen comes. ``only_answer``: nothing else tells the person
        that their message has arrived. ``unasked``: they have asked for nothing, so everybody's answers go first.
        """
        priority = Priority.ONLY_ANSWER if only_answer else Priority.UNASKED if unasked else Priority.AFTER_TOAST
        self.counts["kept"] += 1
        await self._delivery.put(
            chat_id, QueuedMessage(None, screen=True, priority=priority, queued_at=self._timing.monotonic(), draw=draw)
        )

    def _prepare(self, showing: Showing) -> tuple[SendMessage, SendMessage | None]:
        """The message that shows it, and what is sent where Telegram does not take that."""
        show = partial(
            self._calls.show,
            screen=showing.screen,
            message_id=showing.message_id,
            has_picture=showing.has_picture,
            thread_id=showing.thread_id,
            seen_at=showing.seen_at,
        )
        if showing.told is not None:
            show = partial(_show_and_tell, show=show, told=showing.told)
        return show, self._plainly(showing.otherwise, showing.thread_id)

    async def send(
        self, chat_id: int, screen: Screen, *, thread_id: int | None = None, otherwise: Screen | None = None
    ) -> None:
        """Send a message of its own, which no later screen replaces: a receipt, an apology.

        It is sent again when Telegram failed half-way, so in rare cases it arrives twice: better than never.
        """
        send = partial(self._calls.send, screen=screen, thread_id=thread_id)
        await self._put(chat_id, send, otherwise=self._plainly(otherwise, thread_id))

    async def file(
        self, chat_id: int, paper: Paper, *, thread_id: int | None = None, otherwise: Screen | None = None
    ) -> None:
        """Send a file, a voice message or a photo; ``otherwise`` where Telegram does not take it."""
        send = partial(self.papers.send, paper=paper, thread_id=thread_id)
        await self._put(chat_id, send, otherwise=self._plainly(otherwise, thread_id))

    async def venue(
        self, chat_id: int, spot: Spot, *, thread_id: int | None = None, otherwise: Screen | None = None
    ) -> None:
        """Send a place on the map; ``otherwise`` where Telegram does not take it."""
        send = partial(self._calls.venue, spot=spot, thread_id=thread_id)
        await self._put(chat_id, send, otherwise=self._plainly(otherwise, thread_id))

    async def send_bulk(
        self,
        chat_id: int,
        screen: Screen,
        *,
        patience: float,
        thread_id: int | None = None,
        in_topic_only: bool = False,
        message_id: int | None = None,
        edit_only: bool = False,
        precedence: Precedence = Precedence.BULK,
    ) -> Accepted | Judgement | NotTried:
        """Send a message of the outbox, or turn the message ``message_id`` into it: one attempt, and its outcome.

        It waits for its slot for at most ``patience`` seconds: before bulk, replies come first, and a person who is
        being answered gets it a second later. Where Telegram pauses the chat or all bulk for longer, it comes back at
        once, untried.

        Where its topic is gone it goes beside it, or is refused where it is to be ``in_topic_only``; where the message
        to edit is gone a new one is sent, or it is refused with ``edit_only``.
        """
        show: SendMessage = partial(
            self._calls.show,
            screen=screen,
            message_id=message_id,
            thread_id=thread_id,
            in_topic_only=in_topic_only,
            edit_only=edit_only,
        )
        return await self._bulk.send(chat_id, show, patience=patience, precedence=precedence)

    async def send_owed_file(self, chat_id: int, paper: Paper, *, patience: float) -> Accepted | Judgement | NotTried:
        """Send a file of the outbox: one attempt, as ``send_bulk`` makes it of a reply that is owed."""
        send = partial(self.papers.send, paper=paper)
        return await self._bulk.send(chat_id, send, patience=patience, precedence=Precedence.OWED)

    async def set_menu(
        self, chat_id: int, menu: tuple[tuple[str, str], ...], *, patience: float
    ) -> Accepted | Judgement | NotTried:
        """Give a chat a command menu of its own: one attempt, as of a reply that is owed."""
        change = partial(self._calls.set_menu, menu=menu)
        return await self._bulk.send(chat_id, change, patience=patience, precedence=Precedence.OWED)

    def give_up_bulk(self, *, owed: bool = False) -> None:
        """Let bulk that waits for its slot come back untried, at once, as the process ends; ``owed`` replies too."""
        self._bulk.give_up(owed=owed)

    async def typing(self, chat_id: int, action: str = "typing") -> None:
        """Say that something is coming: one attempt, and none where a reply to the chat waits anyway."""
        if not self._answer_slots.locked() and not self._queues.busy(chat_id):
            self._tasks.start(self._type(chat_id, action), name="typing")

    async def fetch(self, file_id: str) -> bytes | None:
        """The content of a file that a person has sent; None where Telegram does not give it away."""
        began = self._timing.monotonic()
        for failures in range(1, FETCH_TRIES + 1):
            await self.connection.back(began)
            try:
                return await self.papers.fetch(file_id)
            except (BadRequest, KeyError, TypeError):
                return None
            except TelegramError as error:
                log.info("file not fetched", reason=judge(error).why)
                await self._timing.sleep(self._timing.backoff.seconds(failures))
        return None

    async def idle(self) -> None:
        """Return when every reply so far has left or was given up."""
        await self._tasks.join()

    async def close(self, grace: float) -> None:
        """Let replies leave for at most ``grace`` seconds more; the rest is forgotten."""
        try:
            async with asyncio.timeout(grace):
                await self._tasks.join()
        except TimeoutError:
            log.warning("replies left unsaid", messages=self.waiting)
        await self._tasks.close()

    def _plainly(self, screen: Screen | None, thread_id: int | None) -> SendMessage | None:
        return None if screen is None else partial(self._calls.send, screen=screen, thread_id=thread_id)

    async def _put(
        self,
        chat_id: int,
        send: SendMessage,
        priority: Priority = Priority.ONLY_ANSWER,
        *,
        screen: bool = False,
        otherwise: SendMessage | None = None,
    ) -> None:
        message = QueuedMessage(send, screen, priority, self._timing.monotonic(), otherwise)
        await self._delivery.put(chat_id, message)

    async def _answer(self, query_id: str, text: str, *, alert: bool, too_late: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(0)  # the next updates are asked for first, where these were the last of their batch
        began = tried_at = self._timing.monotonic()
        failures = tries = 0
        why = "Telegram was away"
        while tries < ANSWER_TRIES and self._timing.monotonic() - began < PRESS_LASTS:
            await self.connection.back(began)
            async with self._answer_slots:
                outcome = await self.connection.attempt(self._calls.answer(query_id, text, alert=alert))
            if isinstance(outcome, Accepted):
                self.counts["answered"] += 1
                self._press_times.note_answered(query_id)
                return
            self.counts[outcome.verdict.name.lower()] += 1
            why = outcome.why
            if outcome.verdict in {Verdict.LATE, Verdict.WRONG}:
                await too_late()
            if outcome.verdict not in {Verdict.AGAIN, Verdict.WAIT} or outcome.seconds > LONGEST_ANSWER_WAIT:
                return
            failures += 1
            tries += self.connection.answered_since(tried_at)
            tried_at = self._timing.monotonic()
            await self._timing.sleep(max(outcome.seconds, self._timing.backoff.seconds(failures)))
        self.counts["dropped"] += 1
        log.warning("given up", what="the toast of a press", reason=why, tries=tries)
        await too_late()

    async def _type(self, chat_id: int, action: str) -> None:
        async with self._answer_slots:
            await self.connection.attempt(self._calls.typing(chat_id, action))
