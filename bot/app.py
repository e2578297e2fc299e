"""Composition: ``build`` wires everything, ``run`` keeps it running until it is told to stop."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import structlog
from prometheus_client import CollectorRegistry
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot.domain.errors import StoreUnavailable
from bot.domain.notice_rules import LONG_PAUSE
from bot.i18n import Catalogues
from bot.metrics import MetricsCollector
from bot.services.announcements import Announcements
from bot.services.arrivals import Arrivals
from bot.services.broadcasts import Broadcasts
from bot.services.comments import Comments
from bot.services.desk import Desk
from bot.services.hearings import Hearings
from bot.services.moderation import Moderation
from bot.services.outbox.sender import OutboxSender
from bot.services.people import People
from bot.services.places import PlaceDirectory
from bot.services.privacy import Privacy
from bot.services.rooms import Rooms
from bot.services.timetable import Timetable
from bot.services.voting import Voting
from bot.tasks import Tasks
from bot.tick import STALE, Ticker
from bot.web import Web
from handlers.context import House
from handlers.files import Documents
from handlers.groups import Cooldown
from handlers.incoming.intake import Intake
from handlers.incoming.parsing import KINDS
from handlers.incoming.per_person import PerPersonProcessor
from handlers.incoming.polling import Poller, TokenRefused
from handlers.incoming.webhook import WebhookReceiver
from handlers.outgoing import bot_profile
from handlers.outgoing.courier import Courier
from handlers.outgoing.rate_limiter import MESSAGES_A_SECOND
from handlers.outgoing.replies import Replies
from handlers.outgoing.transport import AiohttpRequest
from handlers.routes import ROUTES, register
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram import Bot
    from telegram.request import BaseRequest

    from bot.config import Settings
    from bot.ports import Clock
    from storage import Store

    AnyApplication = Application[Any, Any, Any, Any, Any, Any]

log = structlog.get_logger(__name__)

HOPELESS: Final = (TokenRefused, StoreUnavailable, TelegramError, OSError)
"""What keeps the bot from running and is said by whoever started it."""
GRACE: Final = 2.0
"""Seconds that replies have to leave at the end."""


class SystemClock:
    """The wall clock."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place


@dataclass(frozen=True, slots=True)
class Requests:
    """Ways to Telegram: one for the long poll, one for everything else."""

    polling: BaseRequest
    other: BaseRequest


@dataclass(frozen=True, slots=True)
class Services:
    """The verbs, wired to a store: all that the command line needs."""

    store: Store
    clock: Clock
    directory: PlaceDirectory
    people: People
    hearings: Hearings
    announcements: Announcements
    comments: Comments
    moderation: Moderation
    desk: Desk
    privacy: Privacy
    rooms: Rooms
    timetable: Timetable


def services(settings: Settings, store: Store, clock: Clock) -> Services:
    """Wire the services to a store."""
    directory = PlaceDirectory(store, clock, timezone=settings.timezone)
    return Services(
        store,
        clock,
        directory,
        People(store, clock, directory, administrators=settings.admin_ids),
        Hearings(store, clock, directory),
        Announcements(store, clock, directory),
        Comments(store, clock),
        Moderation(store, clock),
        Desk(store, clock, directory),
        Privacy(store, clock),
        Rooms(store, clock, directory),
        Timetable(store, clock, directory),
    )


class App:
    """The running bot. ``start``, then ``stop``; ``idle`` waits until everything said has left."""

    def __init__(
        self,
        settings: Settings,
        wired: Services,
        requests: Requests,
        *,
        pace: float = 1.0,
        overall: int | None = MESSAGES_A_SECOND,
    ) -> None:
        self.settings = settings
        self.services = wired
        self.tasks = Tasks()
        self.catalogues = Catalogues.load()
        self.application = _application(settings, requests)
        self._requests = (requests.polling, requests.other)
        self.files = Documents(wired.store, wired.clock, timezone=settings.timezone)
        self.intake = Intake(self.application, add_dead_letter=self._keep_aside)
        self.replies = Replies(
            self.bot,
            on_blocked=self._on_blocked,
            on_file_id=self._on_file_id,
            on_moved=self._on_moved,
            on_long_pause=self._on_long_pause,
            per_chat_interval=pace,
            overall=overall,
        )
        self.poller = Poller(self.bot, self.intake, self.tasks)
        courier = Courier(self.replies, self.catalogues, username=lambda: self.bot.username)
        self.post = OutboxSender(wired.store, wired.clock, wired.directory, courier, name=secrets.token_hex(8))
        self.broadcasts = Broadcasts(wired.store, wired.clock, wired.directory, paused_for=lambda: courier.paused_for)
        self.ticker = Ticker(
            wired.timetable,
            wired.privacy,
            wired.clock,
            health=wired.store.health,
            monotonic=time.monotonic,
            awake=lambda: not self.poller.health.errors,
            looked=self._wake_sender,
        )
        registry = CollectorRegistry()
        registry.register(MetricsCollector(self.intake, self.replies, self.poller, self.ticker, self.post))
        self.web = Web(readiness=self.readiness, registry=registry, webhook=self._webhook())
        self._polling: asyncio.Task[None] | None = None
        self._posting: asyncio.Task[None] | None = None
        self._unreachable: dict[int, None] = {}

    @property
    def bot(self) -> Bot:
        """The library's bot."""
        bot: Bot = self.application.bot
        return bot

    def _webhook(self) -> WebhookReceiver | None:
        if not self.settings.webhook_url:
            return None
        path = urlsplit(self.settings.webhook_url).path or "/"
        return WebhookReceiver(path, self.settings.webhook_secret, self.intake)

    async def start(self, *, listen: bool = True, ticking: bool = True) -> None:
        """Meet Telegram (however long that takes), catch up with the clock, take updates.

        Raises TokenRefused when Telegram does not know the token, OSError when ``LISTEN`` is taken.
        """
        await self._meet()
        self.application.bot_data.update(house=self._house(), intake=self.intake)
        register(self.application)
        await bot_profile.introduce(
            self.bot, self.services.store, self.catalogues, default=self.settings.default_language
        )
        await self.ticker.look()
        if ticking:
            self._posting = self.tasks.start(self.post.run(), name="post")
            self.ticker.start()
        if listen:
            await self.web.start(self.settings.listen_host, self.settings.listen_port)
        await self._take_updates()
        log.info("running", bot=self.bot.username, webhook=bool(self.settings.webhook_url))

    async def _meet(self) -> None:
        delay = 1.0
        while True:
            try:
                await self.application.initialize()
            except InvalidToken as refused:
                raise TokenRefused("Telegram refuses the token") from refused
            except TelegramError as trouble:
                log.warning("Telegram cannot be reached, trying again", seconds=delay, error=type(trouble).__name__)
                await asyncio.sleep(delay)
                delay = min(delay * 2, 30.0)
            else:
                return

    async def _take_updates(self) -> None:
        if self.settings.webhook_url:
            await self.bot.set_webhook(
                self.settings.webhook_url, secret_token=self.settings.webhook_secret, allowed_updates=list(KINDS)
            )
            return
        await self.bot.delete_webhook()
        self._polling = self.tasks.start(self.poller.run(), name="polling", expected=(TokenRefused,))

    async def ended(self) -> None:
        """Return when polling ends by itself; raises TokenRefused. With a webhook it never does."""
        if self._polling is None:
            await asyncio.Event().wait()
        else:
            await asyncio.shield(self._polling)

    async def idle(self) -> None:
        """Return when everything asked for so far is made and said."""
        await self.files.idle()
        await self.replies.idle()

    async def stop(self) -> None:
        """Leave: finish what is under way within seconds, confirm it, close everything."""
        self.ticker.stop()
        self.poller.stop()
        self.intake.stop()
        if self._polling is not None:
            await asyncio.wait([self._polling])
        await self.web.stop()
        await self.files.close()
        await self.post.stop(GRACE)
        await self.replies.close(GRACE)
        await self.tasks.close()
        await self.application.shutdown()
        for request in self._requests:  # the library leaves them open where it never met Telegram
            await request.shutdown()

    def readiness(self) -> Mapping[str, str | None]:
        """Each check with what is wrong, or None."""
        waiting = self.intake.waiting_for_store
        return {
            "database": self.ticker.database or (f"{waiting} updates wait: {self.intake.refusal}" if waiting else None),
            "telegram": None if self.settings.webhook_url else self.poller.trouble(),
            "tick": self.ticker.trouble,
            "post": self._posting_trouble(),
        }

    def _wake_sender(self) -> None:
        """After each look at the clock: something may be owed. A post that has crashed begins anew."""
        if self._posting is not None and self._posting.done() and not self.post.stopping:
            self._posting = self.tasks.start(self.post.run(), name="post")
        self.post.wake()

    def _posting_trouble(self) -> str | None:
        """Why notices do not leave; None while they do."""
        if self._posting is not None and self._posting.done():
            return "the post has stopped"
        if self._posting is not None and self.post.idle_for > STALE:
            return f"no look at what is owed for {self.post.idle_for:.0f} s"
        if (paused_for := self.broadcasts.paused_for) > LONG_PAUSE:
            return f"Telegram asks to wait for {paused_for:.0f} s"
        return self.post.refusal or None

    def _house(self) -> House:
        wired = self.services
        return House(
            people=wired.people,
            directory=wired.directory,
            hearings=wired.hearings,
            announcements=wired.announcements,
            broadcasts=self.broadcasts,
            voting=Voting(wired.store, wired.clock, self.tasks),
            comments=wired.comments,
            moderation=wired.moderation,
            desk=wired.desk,
            privacy=wired.privacy,
            arrivals=Arrivals(wired.store, wired.clock, wired.directory),
            rooms=wired.rooms,
            manners=Cooldown(wired.clock),
            files=self.files,
            catalogues=self.catalogues,
            replies=self.replies,
            clock=wired.clock,
            routes=ROUTES,
            username=self.bot.username,
            timezone=self.settings.timezone,
        )

    async def _keep_aside(self, update_id: int, raw: str, reason: str) -> None:
        async with self.services.store.writing() as repositories:
            await repositories.housekeeping.add_dead_letter(update_id, raw, reason, self.services.clock.now())

    def _on_blocked(self, chat_id: int) -> None:
        self._unreachable[chat_id] = None
        if len(self._unreachable) == 1:
            self.tasks.start(self._mark_unreachable(), name="mark unreachable")

    async def _mark_unreachable(self) -> None:
        """A hundred in a transaction: when thousands turn out to be gone, presses are not kept waiting behind them."""
        try:
            while some := tuple(self._unreachable)[:100]:
                await self.services.people.mark_unreachable(some)
                for chat_id in some:
                    del self._unreachable[chat_id]
        finally:
            self._unreachable.clear()  # who was not marked is found out again by the next message

    def _on_moved(self, chat_id: int, new_id: int) -> None:
        self.tasks.start(self.services.rooms.move(chat_id, new_id), name="follow a group")

    def _on_long_pause(self, seconds: float) -> None:
        self.tasks.start(
            self.post.tell_of_long_pause(seconds), name="tell of the long pause", expected=(StoreUnavailable,)
        )

    def _on_file_id(self, key: str, file_id: str | None) -> None:
        self.tasks.start(self.files.keep_file(key, file_id), name="keep file id")


def _application(settings: Settings, requests: Requests) -> AnyApplication:
    return (
        Application.builder()
        .token(settings.bot_token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(requests.other)
        .get_updates_request(requests.polling)
        .concurrent_updates(PerPersonProcessor())
        .updater(None)
        .job_queue(None)
        .build()
    )


def aiohttp_requests() -> Requests:
    """The ways to the real Telegram."""
    return Requests(AiohttpRequest(connections=1), AiohttpRequest())


async def run(
    settings: Settings,
    *,
    stop: asyncio.Event,
    clock: Clock | None = None,
    pace: float = 1.0,
    overall: int | None = MESSAGES_A_SECOND,
    requests: Requests | None = None,
    built: Callable[[App], None] | None = None,
) -> None:
    """Run the bot until ``stop`` is set; ``built`` meets it first. Raises TokenRefused, StoreUnavailable, OSError.

    ``pace`` seconds lie between two messages to a person, ``overall`` messages leave in a second (None: any number).
    """
    store = await open_store(settings.database_url)
    wired = services(settings, store, clock or SystemClock())
    app = App(settings, wired, requests or aiohttp_requests(), pace=pace, overall=overall)
    if built is not None:
        built(app)
    try:
        await _until(stop, app)
    finally:
        await app.stop()
        await store.close()


async def _until(stop: asyncio.Event, app: App) -> None:
    waiting = app.tasks.start(stop.wait(), name="waiting for the end")
    living = app.tasks.start(_live(app), name="living", expected=HOPELESS)
    done, _ = await asyncio.wait({waiting, living}, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        await task


async def _live(app: App) -> None:
    await app.start()
    await app.ended()
