"""What Telegram says of the bot."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.checks.finding import Finding
from handlers.incoming.polling import TokenRefused
from handlers.outgoing.answer_pace import BULK_A_SECOND
from handlers.outgoing.transport import ReqwestRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from telegram import WebhookInfo

    from bot.config import Settings

LIMITS: Final = (
    f"{BULK_A_SECOND} messages of broadcasts a second to all, one a second in a chat; it keeps a press 150 s,"
    " a message 24 hours;"
    " files from people up to 20 MB, to people up to 50 MB"
)


async def telegram(settings: Settings) -> tuple[Finding, ...]:
    """Whether it can be reached and knows the bot, who gets its updates, and what it allows."""
    if not settings.bot_token:
        return (Finding("telegram", "BOT_TOKEN is missing: ask BotFather for one (/newbot)", wrong=True),)
    try:
        async with _bot(settings) as bot:
            found = Finding("telegram", f"{settings.telegram_api_url} is reachable, the bot is @{bot.username}")
            updates = _updates(settings, await bot.get_webhook_info())
            return found, updates, *await _alarms(bot, settings.admin_ids), Finding("limits of Telegram", LIMITS)
    except TokenRefused:
        return (Finding("telegram", "refuses BOT_TOKEN: ask BotFather for it (/mybots)", wrong=True),)
    except TelegramError as trouble:
        words = f"cannot be reached: {trouble}. Look at TELEGRAM_API_URL, HTTPS_PROXY and the network"
        return (Finding("telegram", words, wrong=True),)


def _updates(settings: Settings, info: WebhookInfo) -> Finding:
    """Who gets the bot's updates, and how many wait."""
    waiting = f"{info.pending_update_count} wait"
    if settings.webhook_url and info.url != settings.webhook_url:
        there = f"go to {_host(info.url)}" if info.url else "are not sent to WEBHOOK_URL yet"
        return Finding("updates", f"{there}, {waiting}: `hearing-bot run` sets WEBHOOK_URL", missing=True)
    if not settings.webhook_url:
        if info.url:
            words = f"go to a webhook at {_host(info.url)}, {waiting}: `hearing-bot run` takes it away and polls"
            return Finding("updates", words, missing=True)
        return Finding("updates", f"are polled for, {waiting}")
    if info.last_error_message:
        words = f"Telegram cannot bring them to WEBHOOK_URL ({info.last_error_message}), {waiting}"
        return Finding("updates", f"{words}. Does the bot run, and does the proxy lead to LISTEN?", wrong=True)
    return Finding("updates", f"come to {settings.webhook_url}, {waiting}")


async def _alarms(bot: Bot, administrators: Sequence[int]) -> tuple[Finding, ...]:
    """Whether those who run the bot can be told what is wrong with it; nothing where nobody is named."""
    unknown = [str(person) for person in administrators if not await _has_opened(bot, person)]
    if unknown:
        words = f"{', '.join(unknown)} of ADMIN_IDS cannot be told what is wrong: press Start in @{bot.username}"
        return (Finding("alarms", words, missing=True),)
    return (Finding("alarms", "everybody in ADMIN_IDS is told what is wrong"),) if administrators else ()


async def _has_opened(bot: Bot, person: int) -> bool:
    """Whether somebody has begun a chat with the bot."""
    try:
        await bot.get_chat(person)
    except (BadRequest, Forbidden):
        return False
    return True


def _host(url: str) -> str:
    """The part of an address that is no secret."""
    return url.partition("://")[2].partition("/")[0]


async def bot_username(settings: Settings) -> str:
    """The bot's username, from Telegram. Raises TokenRefused, TelegramError."""
    async with _bot(settings) as bot:
        return bot.username


@asynccontextmanager
async def _bot(settings: Settings) -> AsyncIterator[Bot]:
    request = ReqwestRequest(connections=1)
    try:
        bot = Bot(
            settings.bot_token,
            base_url=f"{settings.telegram_api_url}/bot",
            request=request,
            get_updates_request=request,
        )
        await bot.initialize()
        yield bot
    except InvalidToken as refused:
        raise TokenRefused("Telegram refuses the token") from refused
    finally:
        await request.shutdown()
