"""The running bot: start, stop, run until told to stop, and health."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.app import Listeners, Parts
from bot.domain.errors import StoreUnavailable
from bot.health import Health
from bot.services.outbox.sender import ARRIVING
from handlers.incoming.parsing import UPDATE_KINDS
from handlers.incoming.polling import TokenRefused
from handlers.outgoing import bot_profile

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from telegram import Bot

    from bot.app import Requests
    from bot.config import Settings
    from bot.ports import Clock
    from bot.reports.jobs import Worker
    from bot.services import Services
    from storage import Store

log = structlog.get_logger(__name__)

FATAL_ERRORS: Final = (TokenRefused, StoreUnavailable, TelegramError, OSError)
"""Errors that end the bot; the command line says which."""
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 30.0
"""Seconds between two attempts to reach Telegram at the start: doubled each time."""
SECONDS_TO_FINISH: Final = 10.0
"""Seconds that replies have to leave at the end, those of the outbox first."""
LAST_SCREENS: Final = 2.0
"""Seconds of them that are left for screens in any case."""
LAST_UPDATES: Final = 3.0
"""Seconds that updates have to be handled at the end; what waits in the inbox then is handled after the next start."""
LEAVING_ALARMS: Final = 1.0
"""Seconds that it may take to leave alarms to the next process."""
UNREACHABLE_AT_ONCE: Final = 100
"""People marked in one transaction: when thousands are gone, presses do not wait behind them."""


class App:
    """The running bot. ``start``, then ``stop``; ``idle`` waits until every reply has left.

    ``pace``, ``capped`` and ``worker`` are those of ``bot.app.Parts``.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Clock,
        requests: Requests,
        *,
        pace: float = 1.0,
        capped: bool = True,
        monotonic: Callable[[], float] = time.monotonic,
        worker: Worker | None = None,
    ) -> None:
        self.settings = settings
        parts = Parts(
            settings,
            store,
            clock,
            requests,
            listeners=self._listeners(),
            pace=pace,
            capped=capped,
            monotonic=monotonic,
            worker=worker,
        )
        self.parts = parts
        self.health = Health(settings, parts)
        self.services: Services = parts.services
        self.tasks = parts.tasks
        self.catalogues = parts.catalogues
        self.documents = parts.documents
        self.intake = parts.intake
        self.dispatcher = parts.dispatcher
        self.replies = parts.replies
        self.poller = parts.poller
        self.sender = parts.sender
        self.nightly = parts.nightly
        self.ticker = parts.ticker
        self.question_poster = parts.question_poster
        self.web = parts.web
        self._polling: asyncio.Task[None] | None = None
        self._sending: asyncio.Task[None] | None = None
        self._unreachable: dict[int, None] = {}
        self._marking: asyncio.Task[None] | None = None

    @property
    def bot(self) -> Bot:
        """The library's bot."""
        return self.parts.bot

    def _listeners(self) -> Listeners:
        return Listeners(
            blocked=self._on_blocked,
            file_id=self._on_file_id,
            moved=self._on_moved,
            long_pause=self._on_long_pause,
            dead_letter=self._add_dead_letter,
            ticked=self._on_tick,
            readiness=self.readiness,
            look=self._look,
        )

    async def start(self, *, listen: bool = True, ticking: bool = True) -> None:
        """Listen, connect to Telegram (however long that takes), tick once, take updates.

        Raises TokenRefused when Telegram does not know the token, OSError when ``LISTEN`` or ``METRICS_LISTEN`` is
        taken.
        """
        if listen:
            await self._listen()
        await self._insist(self.parts.application.initialize)
        await bot_profile.introduce(
            self.bot, self.services.store, self.catalogues, default=self.settings.default_language
        )
        await self.parts.remembered_pace.recall()
        await self.ticker.tick()
        await self.dispatcher.take_up(alone=not self.settings.webhook_url)  # before anything that arrives from now on
        if ticking:
            if self.parts.membership is not None:
                await self.parts.membership.begin()
            self._sending = self.tasks.start(self.sender.run(), name="outbox")
            self.ticker.start()
            self.tasks.start(self.parts.hall_screens.run(), name="hall screens")
        self.web.open()
        await self._take_updates()
        log.info("running", bot=self.bot.username, webhook=bool(self.settings.webhook_url))

    async def _listen(self) -> None:
        if self.settings.metrics_listen:
            await self.web.start_apart(self.settings.listen_address, self.settings.operator_address)
        else:
            await self.web.start(*self.settings.listen_address)

    async def _insist(self, call: Callable[[], Awaitable[object]], *, wrong: type[TelegramError] | None = None) -> None:
        """Call Telegram until it answers, however long that takes. Raises TokenRefused, and what is ``wrong``."""
        delay = FIRST_WAIT
        while True:
            try:
                await call()
            except InvalidToken as refused:
                raise TokenRefused("Telegram refuses the token") from refused
            except TelegramError as trouble:
                if wrong is not None and isinstance(trouble, wrong):
                    raise
                self.health.unreached = f"cannot be reached: {trouble}"
                log.warning("Telegram cannot be reached, trying again", seconds=delay, reason=str(trouble))
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_WAIT)
            else:
                self.health.unreached = None
                return

    async def _take_updates(self) -> None:
        if self.settings.webhook_url:
            await self._insist(self._set_webhook, wrong=BadRequest)
            return
        await self._insist(self.bot.delete_webhook)
        self._polling = self.tasks.start(self.poller.run(), name="polling", expected=(TokenRefused,))

    async def _set_webhook(self) -> None:
        await self.bot.set_webhook(
            self.settings.webhook_url,
            secret_token=self.settings.webhook_secret,
            allowed_updates=list(UPDATE_KINDS),
        )

    async def ended(self) -> None:
        """Return when polling ends by itself; raises TokenRefused. With a webhook it never does."""
        if self._polling is None:
            await asyncio.Event().wait()
        else:
            await asyncio.shield(self._polling)

    async def idle(self) -> None:
        """Return when every file and reply asked for or owed so far has left, or waits for another attempt."""
        await self.dispatcher.idle()
        await self.parts.application.bot_data.attention.idle()
        await self.sender.drain_replies()
        await self.replies.idle()

    async def stop(self) -> None:
        """Finish what is under way within seconds, confirm it, close everything."""
        self.ticker.stop()
        self.parts.hall_screens.stop()
        with suppress(TimeoutError):  # then the database does not answer, and another process waits for the lease
            async with asyncio.timeout(LEAVING_ALARMS):
                await self.parts.alarms.release()
        self.poller.stop()
        self.dispatcher.stop()
        if self._polling is not None:
            await asyncio.wait([self._polling])
        await self.web.stop()
        await self.dispatcher.close(LAST_UPDATES)
        began = time.monotonic()
        await self.sender.stop(SECONDS_TO_FINISH - LAST_SCREENS - ARRIVING)
        await self.documents.close()
        await self.replies.close(max(LAST_SCREENS, SECONDS_TO_FINISH - (time.monotonic() - began)))
        if self.parts.membership is not None:
            await self.parts.membership.end()
        await self.parts.remembered_pace.keep()
        await self.tasks.close()
        await self.parts.application.shutdown()
        for request in self.parts.requests:  # the library leaves them open where it never met Telegram
            await request.shutdown()

    def readiness(self) -> Mapping[str, str | None]:
        """Each check with what is wrong, or None."""
        return self.health.readiness()

    async def _look(self) -> None:
        await self.health.look()

    def _on_tick(self) -> None:
        self.tasks.start(self.dispatcher.watch(), name="inbox lease")
        self.tasks.start(self.parts.chat_menus.settle(), name="menus")
        self.tasks.start(self.parts.remembered_pace.keep(), name="pace")
        if self.parts.membership is not None and self._sending is not None and not self.sender.stopping:
            self.parts.membership.watch()
        self._wake_sender()

    def _wake_sender(self) -> None:
        """Let the sender look for notices after each tick, and start it anew where it has crashed."""
        if self._sending is not None and self._sending.done() and not self.sender.stopping:
            self._sending = self.tasks.start(self.sender.run(), name="outbox")
        self.sender.wake()

    async def _add_dead_letter(self, update_id: int, raw: str, reason: str) -> None:
        async with self.services.store.writing() as repositories:
            await repositories.housekeeping.add_dead_letter(update_id, raw, reason, self.services.clock.now())

    def _on_blocked(self, chat_id: int) -> None:
        self._unreachable[chat_id] = None
        if self._marking is None or self._marking.done():
            self._marking = self.tasks.start(self._mark_unreachable(), name="mark unreachable")

    async def _mark_unreachable(self) -> None:
        try:
            while some := tuple(self._unreachable)[:UNREACHABLE_AT_ONCE]:
                await self.services.people.mark_unreachable(some)
                for chat_id in some:
                    del self._unreachable[chat_id]
        finally:
            self._unreachable.clear()  # the next message finds out again that a person is not reachable

    def _on_moved(self, chat_id: int, new_id: int) -> None:
        self.tasks.start(self.services.rooms.move(chat_id, new_id), name="follow a group")

    def _on_long_pause(self, seconds: float) -> None:
        telling = self.sender.tell_of_long_pause(seconds)
        self.tasks.start(telling, name="tell of the long pause", expected=(StoreUnavailable,))

    def _on_file_id(self, key: str, file_id: str | None) -> None:
        self.tasks.start(self.documents.keep_file(key, file_id), name="keep file id")
