"""The bot's profile in each language (name, descriptions, command menus), sent to Telegram only when it has changed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

import structlog
from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.domain.languages import EN, KY, RU, UZ
from handlers.known_username import USERNAME_SETTING, known_username
from handlers.views.command_menu import commands, group_commands, group_staff_commands

if TYPE_CHECKING:
    from telegram import Bot, BotCommandScope

    from bot.i18n import Catalogues, Translator
    from bot.ports import Store

log = structlog.get_logger(__name__)

TELEGRAM_CODES: Final = {KY: "ky", RU: "ru", UZ: "uz", EN: "en"}
"""By catalogue, Telegram's two-letter code; Telegram knows one Uzbek, whose interface is Latin."""


def words(t: Translator) -> dict[str, str]:
    """Name, description (shown in an empty chat) and short description (shown in the profile)."""
    return {
        "name": t.p("bot name", "Public hearings"),
        "description": t.p(
            "bot description",
            "Read your municipality’s draft strategy and budget, say what you think, and get an answer to every "
            "comment. Press Start.",
        ),
        "short_description": t.p("bot short description", "Have your say at your municipality’s public hearings."),
    }


def menus(t: Translator) -> dict[BotCommandScope, tuple[tuple[str, str], ...]]:
    """The command menu of each kind of chat: groups see what works there, those who run them how to link them."""
    return {
        BotCommandScopeDefault(): commands(t),
        BotCommandScopeAllGroupChats(): group_commands(t),
        BotCommandScopeAllChatAdministrators(): group_staff_commands(t),
    }


def _digest(t: Translator) -> str:
    said = [words(t), *menus(t).values()]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


async def introduce(bot: Bot, store: Store, catalogues: Catalogues, *, default: str) -> int:
    """Send Telegram the profiles that have changed since the last call; returns how many. Refusals are logged.

    Under which name the bot is known is stored: the command line writes it on paper too.
    """
    await _keep_username(bot, store)
    sent = 0
    profiles: dict[str | None, str] = {None: default}
    profiles.update((code, language) for language, code in TELEGRAM_CODES.items())
    async with store.reading() as repositories:
        known = {code: await repositories.housekeeping.find_setting(_key(bot, code)) for code in profiles}
    for code, language in profiles.items():
        t = catalogues[language]
        digest = _digest(t)
        if known[code] == digest:
            continue
        try:
            await _send(bot, t, code)
        except TelegramError as refused:
            log.warning("profile not set", language=language, error=type(refused).__name__)
            continue
        async with store.writing() as repositories:
            await repositories.housekeeping.keep_setting(_key(bot, code), digest)
        sent += 1
    return sent


async def _keep_username(bot: Bot, store: Store) -> None:
    if await known_username(store) != bot.username:
        async with store.writing() as repositories:
            await repositories.housekeeping.keep_setting(USERNAME_SETTING, bot.username)


def _key(bot: Bot, code: str | None) -> str:
    """Under which setting the digest of what Telegram knows is kept."""
    return f"profile:{bot.id}:{code or ''}"


async def _send(bot: Bot, t: Translator, code: str | None) -> None:
    profile = words(t)
    await bot.set_my_name(profile["name"], language_code=code)
    await bot.set_my_description(profile["description"], language_code=code)
    await bot.set_my_short_description(profile["short_description"], language_code=code)
    for scope, menu in menus(t).items():
        await bot.set_my_commands([BotCommand(*each) for each in menu], scope=scope, language_code=code)
