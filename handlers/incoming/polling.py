"""getUpdates with an offset that moves only after the commit of what lies below it: a crash loses no update.

A batch is handled at once, each person's updates in order, and the next fetch confirms it. Where some of it takes long
(the database refuses to be written), the others are not kept waiting: what follows is fetched from the first update
that is not finished on, up to ``UPDATES_A_FETCH``, and those under way are known by their number. Slow work that is not
stored (a report) belongs to ``bot.tasks.Tasks`` all the same.
"""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Any, Final, cast

import structlog
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from bot.backoff import Backoff
from bot.domain.errors import HearingBotError
from handlers.incoming.intake import Intake, Unfinished
from handlers.incoming.parsing import UPDATE_KINDS
from handlers.incoming.polling_health import PollingHealth
from handlers.incoming.unreadable import fingerprint, first_number, read_leniently
from handlers.outgoing.calls import Fields
from handlers.outgoing.connection import Connection
from handlers.outgoing.telegram_errors import Verdict, judge
from handlers.outgoing.transport import UnreadableAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot
    from telegram.request import BaseRequest, RequestData

    from bot.tasks import Tasks

    Json = dict[str, Any]

log = structlog.get_logger(__name__)

UPDATES_A_FETCH: Final = 100
LONG_POLL: Final = 25
"""Seconds after which Telegram answers without updates: half of its most, as some networks drop idle connections."""
LATE_ANSWER: Final = 5.0
"""Seconds beyond ``LONG_POLL`` after which no answer is an error."""
BATCH_PATIENCE: Final = 1.0
"""Seconds after which what follows is fetched beside updates that are not finished."""
UNFINISHED_PAUSE: Final = 0.5
"""Seconds between two fetches while some updates are not finished: they are brought again each time."""
SLOW_BATCH: Final = 30.0
"""Seconds after which updates that are not finished are written about in the log."""
FIRST_ERROR_WAIT: Final = 0.25
LONGEST_ERROR_WAIT: Final = 4.0
FIRST_CONFLICT_WAIT: Final = 1.0
LONGEST_CONFLICT_WAIT: Final = 30.0


class TokenRefused(HearingBotError):
    """Telegram does not know the token; trying again does not help."""


class Poller:
    """Fetches updates and hands them to ``intake`` until ``stop``.

    ``request`` is the bot's connection for the long poll alone; ``connection`` is told whether Telegram answers.
    ``sleep``, ``monotonic`` and ``jitter`` serve the pauses after errors. Polling is back within five seconds after
    Telegram is, and never asks in a tight loop.
    """

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        tasks: Tasks,
        *,
        request: BaseRequest,
        connection: Connection | None = None,
        long_poll: int = LONG_POLL,
        grace: float = 3.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.health = PollingHealth()
        self._bot, self._intake, self._tasks = bot, intake, tasks
        self._request = request
        self._connection = connection or Connection(monotonic)
        self._long_poll, self._grace = long_poll, grace
        self._sleep, self._monotonic = sleep, monotonic
        self._error_backoff = Backoff(FIRST_ERROR_WAIT, longest=LONGEST_ERROR_WAIT, jitter=jitter)
        self._conflict_backoff = Backoff(FIRST_CONFLICT_WAIT, longest=LONGEST_CONFLICT_WAIT, jitter=jitter)
        self._offset = 0
        self._asked = 0
        self._stopping = False
        self._under_way: dict[int, asyncio.Task[bool]] = {}
        """Updates from the offset on, in order, that were fetched: finished or not."""
        self._slowest: tuple[int | None, float] = (None, 0.0)
        self._scope: asyncio.Timeout | None = None

    async def run(self) -> None:
        """Fetch, handle, confirm, until ``stop``; then end within ``grace`` seconds, with everything handled confirmed.

        Raises:
            TokenRefused: the token is wrong or was revoked.
        """
        while not self._stopping:
            self._begin(await self._fetch_until_stopped())
            await self._wait_for_batch()
        await self._finish()
        if self._offset != self._asked:
            await self._confirm()

    def stop(self) -> None:
        """End: a fetch is given up at once, updates under way have ``grace`` seconds."""
        self._stopping = True
        self._intake.stop()
        if self._scope is not None:
            self._scope.reschedule(asyncio.get_running_loop().time())

    def trouble(self) -> str | None:
        """Why updates do not arrive, for /readyz; None while they do, or there are none."""
        return self.health.trouble(self._monotonic())

    async def _fetch_until_stopped(self) -> list[Json]:
        try:
            async with asyncio.timeout(None) as self._scope:
                return await self._fetch()
        except TimeoutError:
            return []
        finally:
            self._scope = None

    async def _fetch(self) -> list[Json]:
        """The next batch, after any number of failed fetches; those under way may be in it again."""
        while True:
            if self._under_way:
                await self._sleep(UNFINISHED_PAUSE)
                self._move()
            asked = self._monotonic()
            self._asked = self._offset  # asking confirms, even if the answer is not waited for
            long_poll = 0 if self._under_way else self._long_poll
            try:
                batch = await self._get_batch(long_poll)
            except TelegramError as error:
                await self._sleep(self._after(error))
                continue
            self._answered(asked)
            if not batch and long_poll and self._offset == self._asked and self._came_at_once(asked):
                await self._sleep(1.0)
            return batch

    async def _get_batch(self, long_poll: int) -> list[Json]:
        """The updates from the offset on; where one of them cannot be read, the first alone."""
        try:
            return await self._get_updates(self._offset, limit=UPDATES_A_FETCH, long_poll=long_poll)
        except UnreadableAnswer:
            log.warning("updates cannot be read, asking for one at a time")
        try:
            return await self._get_updates(self._offset, limit=1, long_poll=0)
        except UnreadableAnswer as unreadable:
            return await self._read_leniently(unreadable)

    async def _read_leniently(self, unreadable: UnreadableAnswer) -> list[Json]:
        """What can be read of one update; one that cannot be read at all is passed over, and counted."""
        if (updates := read_leniently(unreadable.payload)) is not None:
            return [raw for raw in updates[:1] if isinstance(raw, dict)]
        if (number := first_number(unreadable.payload)) is None:
            raise unreadable  # no answer of the Bot API: a proxy's page, say
        shape = fingerprint(unreadable.payload)
        await self._intake.add_dead_letter(shape, "it cannot be read as JSON", update_id=number)
        self._offset = number + 1
        return []

    async def _get_updates(self, offset: int, *, limit: int, long_poll: int) -> list[Json]:
        fields = Fields({"offset": offset, "limit": limit, "timeout": long_poll, "allowed_updates": list(UPDATE_KINDS)})
        answer: object = await self._request.post(
            f"{self._bot.base_url}/getUpdates", cast("RequestData", fields), read_timeout=long_poll + LATE_ANSWER
        )
        if not isinstance(answer, list):
            raise TelegramError("getUpdates did not bring a list")
        return [raw for raw in answer if isinstance(raw, dict)]

    def _answered(self, asked: float) -> None:
        if self.health.errors:
            log.info("polling again", errors=self.health.errors)
        self.health.answered(max(asked, self._monotonic()))
        self._connection.note_answered()

    def _came_at_once(self, asked: float) -> bool:
        """True if the answer came at once: a server without long polls is not asked in a tight loop."""
        return self._monotonic() - asked < min(1.0, self._long_poll)

    def _after(self, error: TelegramError) -> float:
        """Seconds to wait after a failed fetch; a wrong token is raised."""
        if isinstance(error, InvalidToken):
            raise TokenRefused("Telegram refuses the token") from error
        self.health.errors += 1
        self.health.conflict = isinstance(error, Conflict)
        if self.health.conflict:
            log.error("another process is polling with this token", errors=self.health.errors)
            return self._conflict_backoff.seconds(self.health.errors)
        judgement = judge(error)
        if judgement.verdict is Verdict.AGAIN:
            self._connection.note_failed()
        if judgement.verdict is Verdict.WAIT:
            log.warning("told to poll later", seconds=judgement.seconds)
            return judgement.seconds
        if isinstance(error, BadRequest):
            self._under_way.clear()
            self._offset = 0  # ids start anew after a quiet week; from the head of the queue nothing is lost
        log.warning("polling failed", error=type(error).__name__, errors=self.health.errors)
        return self._error_backoff.seconds(self.health.errors)

    def _begin(self, batch: list[Json]) -> None:
        """Start to handle what is new in the batch."""
        number, new = self._offset - 1, 0
        for raw in batch:
            update_id = raw.get("update_id")
            number = update_id if type(update_id) is int else number + 1  # ids follow one another
            if number not in self._under_way:
                self._under_way[number] = self._tasks.start(self._finished(raw), name="update")
                new += 1
        self.health.batches += bool(new)
        self.health.updates += new

    async def _wait_for_batch(self) -> None:
        """Return when all updates are handled, or when the next can wait no longer for them; then move the offset."""
        if works := set(self._under_way.values()):
            _, left = await asyncio.wait(works, timeout=BATCH_PATIENCE)
            self._note_slow(bool(left))
        self._move()

    def _note_slow(self, unfinished: bool) -> None:  # noqa: FBT001 - a state, not a switch
        """Write to the log, once, when the same updates are not finished for long."""
        first = next(iter(self._under_way), None) if unfinished else None
        if first is None or first != self._slowest[0]:
            self._slowest = (first, self._monotonic())
        elif self._monotonic() - self._slowest[1] > SLOW_BATCH:
            self._slowest = (first, float("inf"))
            log.error("updates take too long; slow work belongs to Tasks", updates=len(self._under_way))

    async def _finish(self) -> None:
        """Give what is under way the grace, and cancel what is left."""
        works = set(self._under_way.values())
        if not works:
            return
        _, left = await asyncio.wait(works, timeout=self._grace)
        if left:
            log.warning("left before all updates were handled")
            for work in left:
                work.cancel()
            await asyncio.wait(left)
        self._move()

    async def _finished(self, raw: Json) -> bool:
        try:
            await self._intake.take(raw)
        except Unfinished:
            return False
        return True

    def _move(self) -> None:
        """Move the offset over what is finished, up to the first update that is not."""
        for number, work in list(self._under_way.items()):
            if not work.done():
                return
            if not _is_finished(work):
                del self._under_way[number]  # it is fetched again
                self._offset = number
                return
            del self._under_way[number]
            self._offset = number + 1

    async def _confirm(self) -> None:
        """A last short fetch, for its offset alone; what it brings is not confirmed and comes again."""
        try:
            async with asyncio.timeout(1.0):
                await self._get_updates(self._offset, limit=1, long_poll=0)
        except (TelegramError, TimeoutError) as error:
            log.info("the last batch could not be confirmed and comes again", error=type(error).__name__)


def _is_finished(work: asyncio.Task[bool]) -> bool:
    """False for what was cancelled or refused; a crash outside the handlers (logged) must not block the queue."""
    if work.cancelled():
        return False
    return work.exception() is not None or work.result()
