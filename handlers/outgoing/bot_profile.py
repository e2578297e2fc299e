"""The bot's own face in each language: name, descriptions, command menu; told to Telegram only when they changed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

import structlog
from telegram import BotCommand
from telegram.error import TelegramError

from bot.domain.languages import EN, KY, RU, UZ

if TYPE_CHECKING:
    from telegram import Bot

    from bot.i18n import Catalogues, Translator
    from bot.ports import Store

log = structlog.get_logger(__name__)

CODES: Final = {KY: "ky", RU: "ru", UZ: "uz", EN: "en"}
"""Catalogue to Telegram's two-letter code; Telegram knows one Uzbek, whose interface is Latin."""


def commands(t: Translator) -> tuple[tuple[str, str], ...]:
    """The command menu."""
    return (
        ("start", t.p("command", "Home: the next hearing")),
        ("mine", t.p("command", "My answers and comments")),
        ("language", t.p("command", "Language")),
        ("municipality", t.p("command", "My municipality")),
        ("reminders", t.p("command", "Reminders")),
        ("privacy", t.p("command", "What is stored about me")),
        ("mydata", t.p("command", "Show my data")),
        ("forget", t.p("command", "Delete my data")),
        ("settings", t.p("command", "Settings")),
        ("stop", t.p("command", "No more messages")),
        ("help", t.p("command", "How it works")),
    )


def words(t: Translator) -> dict[str, str]:
    """Name, description (an empty chat shows it) and short description (the profile does)."""
    return {
        "name": t.p("bot name", "Public hearings"),
        "description": t.p(
            "bot description",
            "Read your municipality’s draft strategy and budget, say what you think, and get an answer to every "
            "comment. Press Start.",
        ),
        "short_description": t.p("bot short description", "Have your say at your municipality’s public hearings."),
    }


async def introduce(bot: Bot, store: Store, catalogues: Catalogues, *, default: str) -> int:
    """Tell Telegram what has changed since last time; returns in how many languages. Refusals are logged."""
    told = 0
    for code, language in ((None, default), *((code, language) for language, code in CODES.items())):
        t = catalogues[language]
        digest = hashlib.sha256(json.dumps([words(t), commands(t)]).encode()).hexdigest()
        key = f"profile:{bot.id}:{code or ''}"
        async with store.reading() as repositories:
            if await repositories.housekeeping.find_setting(key) == digest:
                continue
        try:
            await _tell(bot, t, code)
        except TelegramError as refused:
            log.warning("profile not set", language=language, error=type(refused).__name__)
            continue
        async with store.writing() as repositories:
            await repositories.housekeeping.keep_setting(key, digest)
        told += 1
    return told


async def _tell(bot: Bot, t: Translator, code: str | None) -> None:
    said = words(t)
    await bot.set_my_name(said["name"], language_code=code)
    await bot.set_my_description(said["description"], language_code=code)
    await bot.set_my_short_description(said["short_description"], language_code=code)
    await bot.set_my_commands([BotCommand(name, about) for name, about in commands(t)], language_code=code)
