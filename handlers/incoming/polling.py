"""getUpdates with an offset that moves only after the commit of what lies below it: a crash loses no update.

A batch is handled at once, each person's updates in order, and the next fetch confirms it. What cannot be handled
within a moment is stored in the inbox and confirmed with the others. Where the database refuses that too, nobody is
kept waiting either: what follows is fetched from the first update on that is neither handled nor stored, up to
``UPDATES_A_FETCH``, and those under way are known by their number. Slow work that is not stored (a report) belongs to
``bot.tasks.Tasks`` all the same.
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
from handlers.incoming.parsing import UPDATE_KINDS
from handlers.incoming.polling_health import PollingHealth
from handlers.incoming.round_trip import RoundTrip
from handlers.incoming.under_way import UPDATES_A_FETCH, UpdatesUnderWay
from handlers.incoming.unreadable import fingerprint, first_number, read_leniently
from handlers.outgoing.calls import Fields
from handlers.outgoing.connection import Connection
from handlers.outgoing.telegram_errors import Verdict, judge
from handlers.outgoing.transport import UnreadableAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot
    from telegram.request import BaseRequest, RequestData

    from handlers.incoming.dispatcher import Dispatcher

    Json = dict[str, Any]

log = structlog.get_logger(__name__)

LONG_POLL: Final = 25
"""Seconds after which Telegram answers without updates: half of its most, as some networks drop idle connections."""
LATE_ANSWER: Final = 5.0
"""Seconds beyond ``LONG_POLL`` after which no answer is an error."""
UNFINISHED_PAUSE: Final = 0.5
"""Seconds between two fetches while some updates are not secured: they are brought again each time."""
FIRST_ERROR_WAIT: Final = 0.25
LONGEST_ERROR_WAIT: Final = 4.0
FIRST_CONFLICT_WAIT: Final = 1.0
LONGEST_CONFLICT_WAIT: Final = 30.0


class TokenRefused(HearingBotError):
    """Telegram does not know the token; trying again does not help."""


class Poller:
    """Fetches updates and hands them to ``dispatcher`` until ``stop``.

    ``request`` is the bot's connection for the long poll alone; ``connection`` is told whether Telegram answers.
    ``sleep``, ``monotonic`` and ``jitter`` serve the pauses after errors. Polling is back within five seconds after
    Telegram is, and never asks in a tight loop.
    """

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
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
        self._bot, self._dispatcher = bot, dispatcher
        self._request = request
        self._connection = connection or Connection(monotonic)
        self._long_poll, self._grace = long_poll, grace
        self._sleep, self._monotonic = sleep, monotonic
        self._error_backoff = Backoff(FIRST_ERROR_WAIT, longest=LONGEST_ERROR_WAIT, jitter=jitter)
        self._conflict_backoff = Backoff(FIRST_CONFLICT_WAIT, longest=LONGEST_CONFLICT_WAIT, jitter=jitter)
        self._asked = 0
        self._stopping = False
        self._under_way = UpdatesUnderWay(dispatcher, monotonic)
        self._round_trip = RoundTrip(monotonic)
        self._scope: asyncio.Timeout | None = None

    async def run(self) -> None:
        """Fetch, handle, confirm, until ``stop``; then end within ``grace`` seconds, with everything handled confirmed.

        Raises:
            TokenRefused: the token is wrong or was revoked.
        """
        while not self._stopping:
            batch = await self._fetch_until_stopped()
            new = await self._under_way.begin(batch, far=self._round_trip.is_long)
            self.health.batches += bool(new)
            self.health.updates += new
            await self._under_way.wait()
        await self._under_way.end(self._grace)
        if self._under_way.offset != self._asked:
            await self._confirm()

    def stop(self) -> None:
        """End: a fetch is given up at once, updates under way have ``grace`` seconds."""
        self._stopping = True
        self._dispatcher.stop()
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
                self._under_way.move()
            asked = self._monotonic()
            self._asked = self._under_way.offset  # asking confirms, even if the answer is not waited for
            long_poll = 0 if self._under_way else self._long_poll
            try:
                batch = await self._get_batch(long_poll)
            except TelegramError as error:
                self._dispatcher.note_line(long=False)
                await self._sleep(self._after(error))
                continue
            self._answered(asked)
            if not batch and long_poll and self._under_way.offset == self._asked and self._came_at_once(asked):
                await self._sleep(1.0)
            return batch

    async def _get_batch(self, long_poll: int) -> list[Json]:
        """The updates from the offset on; where one of them cannot be read, the first alone."""
        try:
            return await self._get_updates(self._under_way.offset, limit=UPDATES_A_FETCH, long_poll=long_poll)
        except UnreadableAnswer:
            log.warning("updates cannot be read, asking for one at a time")
        try:
            return await self._get_updates(self._under_way.offset, limit=1, long_poll=0)
        except UnreadableAnswer as unreadable:
            return await self._read_leniently(unreadable)

    async def _read_leniently(self, unreadable: UnreadableAnswer) -> list[Json]:
        """What can be read of one update; one that cannot be read at all is passed over, and counted."""
        if (updates := read_leniently(unreadable.payload)) is not None:
            return [raw for raw in updates[:1] if isinstance(raw, dict)]
        if (number := first_number(unreadable.payload)) is None:
            raise unreadable  # no answer of the Bot API: a proxy's page, say
        shape = fingerprint(unreadable.payload)
        await self._dispatcher.intake.add_dead_letter(shape, "it cannot be read as JSON", update_id=number)
        self._under_way.pass_over(number)
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
        self._round_trip.note(self._monotonic() - asked)
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
            self._under_way.begin_anew()
        log.warning("polling failed", reason=str(error), errors=self.health.errors)
        return self._error_backoff.seconds(self.health.errors)

    async def _confirm(self) -> None:
        """A last short fetch, for its offset alone; what it brings is not confirmed and comes again."""
        try:
            async with asyncio.timeout(1.0):
                await self._get_updates(self._under_way.offset, limit=1, long_poll=0)
        except (TelegramError, TimeoutError) as error:
            log.info("the last batch could not be confirmed and comes again", reason=str(error))
