# ruff: noqa: PLC0415 - one library is imported of several
# mypy: ignore-errors
# (two of them are installed apart)
"""Bots as their libraries make them, which show the screens of a file and know nothing: python-telegram-bot, aiogram.

    python bare_bots.py ptb|aiogram|telebot SCREENS.json ADDRESS

The file has, by the data of a press or the words of a message, the fields of the message that answers it. It needs
nothing of ours, so that it runs where a library is installed apart.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

TOKEN = "42:benchmark-benchmark-benchmark"


def ptb(address: str, screens: dict[str, dict[str, Any]]) -> None:
    """python-telegram-bot, with its defaults."""
    from telegram import InlineKeyboardMarkup
    from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters

    def screen(name: str, bot: Any) -> dict[str, Any]:
        found = dict(screens[name])
        if "reply_markup" in found:
            found["reply_markup"] = InlineKeyboardMarkup.de_json(found["reply_markup"], bot)
        return {key: value for key, value in found.items() if key in ("text", "parse_mode", "reply_markup")}

    async def pressed(update: Any, context: Any) -> None:
        query = update.callback_query
        await query.answer("Counted")
        await query.edit_message_text(**screen(query.data, context.bot))

    async def wrote(update: Any, context: Any) -> None:
        await update.message.reply_text(**screen(update.message.text, context.bot))

    application = ApplicationBuilder().token(TOKEN).base_url(f"{address}/bot").build()
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(MessageHandler(filters.TEXT, wrote))
    application.run_polling()


def aiogram(address: str, screens: dict[str, dict[str, Any]]) -> None:
    """aiogram 3, with its defaults: updates are handled at once."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import InlineKeyboardMarkup

    dispatcher = Dispatcher()

    def screen(name: str) -> dict[str, Any]:
        found = dict(screens[name])
        if "reply_markup" in found:
            found["reply_markup"] = InlineKeyboardMarkup.model_validate(found["reply_markup"])
        return {key: value for key, value in found.items() if key in ("text", "parse_mode", "reply_markup")}

    @dispatcher.callback_query()
    async def pressed(query: Any) -> None:
        await query.answer("Counted")
        await query.message.edit_text(**screen(query.data))

    @dispatcher.message()
    async def wrote(message: Any) -> None:
        await message.answer(**screen(message.text))

    async def main() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(address))
        await dispatcher.start_polling(Bot(TOKEN, session=session))

    asyncio.run(main())


def telebot(address: str, screens: dict[str, dict[str, Any]]) -> None:
    """pyTelegramBotAPI's asynchronous bot, with its defaults."""
    from telebot import asyncio_helper
    from telebot.async_telebot import AsyncTeleBot

    asyncio_helper.API_URL = address + "/bot{0}/{1}"
    bot = AsyncTeleBot(TOKEN)

    def screen(name: str) -> dict[str, Any]:
        found = {key: screens[name][key] for key in ("text", "parse_mode", "reply_markup") if key in screens[name]}
        if "reply_markup" in found:
            from telebot.types import InlineKeyboardMarkup

            found["reply_markup"] = InlineKeyboardMarkup.de_json(found["reply_markup"])
        return found

    @bot.callback_query_handler(func=lambda _: True)
    async def pressed(query: Any) -> None:
        await bot.answer_callback_query(query.id, "Counted")
        await bot.edit_message_text(
            chat_id=query.message.chat.id, message_id=query.message.message_id, **screen(query.data)
        )

    @bot.message_handler(func=lambda _: True)
    async def wrote(message: Any) -> None:
        await bot.send_message(message.chat.id, **screen(message.text))

    asyncio.run(bot.infinity_polling())


if __name__ == "__main__":
    kind, path, address = sys.argv[1:]
    {"ptb": ptb, "aiogram": aiogram, "telebot": telebot}[kind](address, json.loads(Path(path).read_text("utf-8")))
