"""The larger parts of the bot, each made as the settings say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from telegram.ext import Application, ContextTypes

import storage
from bot.domain.digests import Digests
from bot.domain.values import dataclass
from bot.services.alarms import Alarms
from bot.services.backups import backups
from bot.services.nightly import Nightly
from handlers.bot_data import BotData
from handlers.context import Context
from handlers.incoming.per_person import PerPersonProcessor
from handlers.outgoing.alarm_messages import AlarmMessages
from handlers.outgoing.replies import Replies

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from telegram import Bot
    from telegram.request import BaseRequest

    from bot.config import Settings
    from bot.i18n import Catalogues
    from bot.services import Services
    from handlers.context import BotApplication
    from handlers.incoming.dispatcher import Dispatcher
    from handlers.incoming.polling import Poller
    from handlers.incoming.webhook import WebhookReceiver
    from handlers.press_times import PressTimes


@dataclass(frozen=True, slots=True)
class Requests:
    """Ways to Telegram: one for the long poll, one for everything else."""

    polling: BaseRequest
    other: BaseRequest


@dataclass(frozen=True, slots=True)
class Listeners:
    """The runtime's callbacks for the sending and the receiving side.

    Their parameters are those of ``Replies`` and ``Intake``; ``ticked()`` is called after every whole tick,
    ``readiness()`` returns each check of ``/readyz`` with what is wrong, or None; ``look()`` looks for alarms.
    """

    blocked: Callable[[int], None]
    file_id: Callable[[str, str | None], None]
    moved: Callable[[int, int], None]
    long_pause: Callable[[float], None]
    dead_letter: Callable[[int, str, str], Any]
    ticked: Callable[[], None]
    readiness: Callable[[], Mapping[str, str | None]]
    look: Callable[[], Coroutine[None, None, None]]


def make_application(settings: Settings, requests: Requests) -> BotApplication:
    """The library's application, without its own ways to Telegram."""
    return (
        Application.builder()
        .token(settings.bot_token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(requests.other)
        .get_updates_request(requests.polling)
        .concurrent_updates(PerPersonProcessor())
        .context_types(ContextTypes(context=Context, bot_data=BotData))
        .updater(None)
        .job_queue(None)
        .build()
    )


def make_replies(
    bot: Bot, listeners: Listeners, press_times: PressTimes, *, pace: float, answers: int | None
) -> Replies:
    return Replies(
        bot,
        on_blocked=listeners.blocked,
        on_file_id=listeners.file_id,
        on_moved=listeners.moved,
        on_long_pause=listeners.long_pause,
        per_chat_interval=pace,
        answers=answers,
        press_times=press_times,
    )


def make_nightly(settings: Settings, wired: Services) -> Nightly:
    """The work of the night, with copies where they are wanted."""
    copies = backups(settings, storage.backup)
    return Nightly(
        wired.store,
        wired.clock,
        wired.privacy,
        timezone=settings.timezone,
        backups=copies,
        mergers=wired.mergers,
        journal=wired.journal,
        kept_files=wired.kept_files,
    )


def make_alarms(
    settings: Settings, wired: Services, replies: Replies, catalogues: Catalogues, poller: Poller, *, name: str
) -> Alarms:
    """What tells administrators of what is wrong."""
    teller = AlarmMessages(
        replies, catalogues, zone=ZoneInfo(settings.timezone), is_polling=lambda: poller.health.answers
    )
    return Alarms(
        wired.store,
        wired.clock,
        Digests.of_secret(settings.bot_token),
        administrators=settings.admin_ids,
        language=settings.default_language,
        name=name,
        teller=teller,
    )


def folders_written(settings: Settings) -> tuple[Path, ...]:
    """Where the bot writes: beside the database, where that is a file, copies and kept files."""
    file = storage.file_at(settings.database_url)
    named = [Path(path).absolute() for path in (settings.backup_folder, settings.media_folder) if path]
    return tuple(dict.fromkeys((*([file.parent] if file else []), *named)))


def make_webhook(settings: Settings, dispatcher: Dispatcher) -> WebhookReceiver | None:
    """The webhook, where one is wanted."""
    if not settings.webhook_url:
        return None
    from handlers.incoming.webhook import WebhookReceiver  # noqa: PLC0415 - aiohttp, for this alone

    return WebhookReceiver(urlsplit(settings.webhook_url).path or "/", settings.webhook_secret, dispatcher)
