"""Composition: the parts of the bot, wired together."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import services
from bot.domain.places import Contact
from bot.i18n import Catalogues
from bot.making import (
    Listeners,
    Requests,
    folders_written,
    make_alarms,
    make_application,
    make_nightly,
    make_replies,
    make_webhook,
)
from bot.membership import Membership
from bot.remembered_pace import RememberedPace
from bot.services.inbox import Inbox
from bot.services.outbox.files import FileWork
from bot.services.outbox.sender import OutboxSender
from bot.tasks import Tasks
from bot.tick import Ticker
from bot.web import Web
from bot.worker.local import LocalWorker
from bot.worker.transcriber import CommandTranscriber
from handlers.attention import Attention
from handlers.context import Context
from handlers.cooldown import Cooldown
from handlers.documents import DocumentMaker
from handlers.errors import tell_not_stored_yet, tell_refusal
from handlers.file_progress import FileProgress
from handlers.hall_screens import HallScreens
from handlers.incoming.dispatcher import Dispatcher
from handlers.incoming.intake import Intake
from handlers.incoming.polling import Poller
from handlers.outgoing.chat_menus import ChatMenus
from handlers.outgoing.courier import Courier
from handlers.outgoing.fetching import TelegramFiles
from handlers.outgoing.posted_questions import QuestionPoster
from handlers.outgoing.transport import ReqwestRequest
from handlers.press_times import PressTimes
from handlers.routes import ROUTES, register
from handlers.trails import Trails

if TYPE_CHECKING:
    from collections.abc import Callable

    from prometheus_client import CollectorRegistry
    from telegram import Bot, Update

    from bot.config import Settings
    from bot.ports import Clock
    from bot.reports.jobs import Worker
    from bot.services import Services
    from handlers.bot_data import BotData
    from storage import Store


__all__ = ["Listeners", "Parts", "Requests", "SystemClock", "real_requests", "wire"]


class SystemClock:
    """The wall clock."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place


def real_requests() -> Requests:
    """The ways to the real Telegram; on that for updates a poll that was given up goes on beside the next call."""
    return Requests(ReqwestRequest(connections=2), ReqwestRequest())


def wire(
    settings: Settings,
    store: Store,
    clock: Clock,
    *,
    tasks: Tasks | None = None,
    paused_for: Callable[[], float] = services.never_paused,
) -> Services:
    """The services over a store, as the settings say."""
    return services.wire(
        store,
        clock,
        timezone=settings.timezone,
        secret=settings.bot_token,
        administrators=settings.admin_ids,
        retention_years=settings.retention_years,
        contact=Contact(*settings.contact),
        tasks=tasks,
        paused_for=paused_for,
        media_folder=Path(settings.media_folder) if settings.media_folder else None,
    )


class Parts:
    """Everything a running bot consists of; nothing here starts, waits or stops.

    ``pace`` seconds lie between two messages to a person. Where it is not ``capped``, any number leaves over all chats.
    Files and pictures are made by ``worker``; without one in this process.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Clock,
        requests: Requests,
        *,
        listeners: Listeners,
        pace: float = 1.0,
        capped: bool = True,
        monotonic: Callable[[], float] = time.monotonic,
        worker: Worker | None = None,
    ) -> None:
        self.tasks = Tasks()
        self.catalogues = Catalogues.load()
        self.application = make_application(settings, requests)
        self.requests = (requests.polling, requests.other)
        self.press_times = PressTimes(monotonic)
        answers = settings.answers_per_second if capped else None
        self.replies = make_replies(self.bot, listeners, self.press_times, pace=pace, answers=answers)
        self.remembered_pace = RememberedPace(store, self.replies.pace)
        self.file_progress = FileProgress(self.replies)
        courier = self._courier(monotonic)
        self.services = wire(settings, store, clock, tasks=self.tasks, paused_for=lambda: courier.paused_for)
        worker = worker or LocalWorker(store, self.catalogues, clock, timezone=settings.timezone)
        self._join_files(settings)
        self.chat_menus = ChatMenus(store, self.replies, self.catalogues)
        self.documents = DocumentMaker(store, worker, username=lambda: self.bot.username)
        self.intake = Intake(self.application, add_dead_letter=listeners.dead_letter, on_slow=self._on_slow)
        name = secrets.token_hex(8)
        inbox = Inbox(store, clock, name, monotonic=monotonic)
        self.dispatcher = Dispatcher(self.intake, inbox, self.tasks, self.press_times)
        link = store.replica_link(name) if settings.webhook_url else None
        self.poller = Poller(self.bot, self.dispatcher, request=requests.polling, connection=self.replies.connection)
        work = FileWork(self.services.files, self.documents)
        self.sender = OutboxSender(
            store, clock, self.services.directory, courier, name=name, monotonic=monotonic, work=work
        )
        joined = partial(Membership, tasks=self.tasks, dispatcher=self.dispatcher, inbox=inbox, replies=self.replies)
        self.membership = joined(link, sender=self.sender, monotonic=monotonic) if link else None
        self.replies.connection.when_back = self.sender.wake
        self.alarms = make_alarms(settings, self.services, self.replies, self.catalogues, poller=self.poller, name=name)
        self.nightly = make_nightly(settings, self.services)
        self.question_poster = self._question_poster()
        self.ticker = self._ticker(store, listeners, monotonic)
        webhook = make_webhook(settings, self.dispatcher)
        registry = partial(self._registry, settings, listeners)
        self.web = Web(readiness=listeners.readiness, registry=registry, webhook=webhook)
        self.trails = Trails()
        self.hall_screens = HallScreens(self.services, self.replies, self.catalogues, self.tasks, self.trails)
        self._fill(self.application.bot_data, settings)
        register(self.application)

    @property
    def bot(self) -> Bot:
        """The library's bot."""
        return self.application.bot

    def _courier(self, monotonic: Callable[[], float]) -> Courier:
        return Courier(
            self.replies,
            self.catalogues,
            username=lambda: self.bot.username,
            on_file=self.file_progress.come,
            monotonic=monotonic,
        )

    def _question_poster(self) -> QuestionPoster:
        return QuestionPoster(
            self.services.posted_questions,
            self.services.rooms,
            self.replies,
            self.catalogues,
            username=lambda: self.bot.username,
        )

    def _join_files(self, settings: Settings) -> None:
        """Let kept files be sent, and files of Telegram be kept and written down."""
        self.replies.papers.kept = self.services.kept_files
        self.services.kept_files.source = TelegramFiles(self.replies.papers)
        if settings.transcribe_command:
            self.services.transcribing.transcriber = CommandTranscriber(settings.transcribe_command)

    def _on_slow(self, update: Update) -> None:
        self.tasks.start(tell_not_stored_yet(Context.from_update(update, self.application)), name="not stored yet")

    def _ticker(self, store: Store, listeners: Listeners, monotonic: Callable[[], float]) -> Ticker:
        return Ticker(
            self.services.timetable,
            self.nightly,
            self.services.clock,
            self.tasks,
            health=store.health,
            monotonic=monotonic,
            awake=lambda: not self.poller.health.errors,
            on_tick=listeners.ticked,
            each_minute=[
                self.services.kept_files.work,
                self.services.transcribing.work,
                self.services.halls.end_forgotten,
            ],
            beside=[listeners.look, self.question_poster.post_questions],
        )

    def _registry(self, settings: Settings, listeners: Listeners) -> CollectorRegistry:
        from bot.metrics import BotMetrics, metrics_registry  # noqa: PLC0415 - nobody may ask

        metrics = BotMetrics(
            self.dispatcher,
            self.replies,
            self.poller,
            self.ticker,
            sender=self.sender,
            press_times=self.press_times,
            readiness=listeners.readiness,
        )
        return metrics_registry(metrics, folders_written(settings))

    def _fill(self, data: BotData, settings: Settings) -> None:
        """Fill in what every context can reach."""
        data.services = self.services
        data.documents = self.documents
        data.catalogues = self.catalogues
        data.replies = self.replies
        data.cooldown = Cooldown(self.services.clock)
        data.cooldown.others = self.membership.link if self.membership is not None else None
        data.attention = Attention(self.services.readings, self.tasks)
        if self.membership is not None:
            self.membership.tell_of_others(data.attention)
        data.trails = self.trails
        data.file_progress = self.file_progress
        data.hall_screens = self.hall_screens
        data.pages_url = settings.pages_url if settings.pages_listen else ""
        data.routes = ROUTES
        data.per_head = settings.budget_per_head
        data.timezone = settings.timezone
        data.store_failed = self.intake.store_failed
        data.is_followed = self.dispatcher.is_followed
        data.takes_long = self.dispatcher.takes_long
        data.tell_refusal = tell_refusal
        data.wake_outbox = self.sender.wake
