"""The reference: python-telegram-bot as it comes, which answers a press, edits the message, and does nothing else.

With ``--people`` it has the library's AIORateLimiter, as it comes, and writes to so many people when it is told to by
a press: ``each`` waits for one message before it sends the next, ``all`` starts them all.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder, CallbackQueryHandler

from benchmarks.telegram import FIRST_PERSON, TEXT

if TYPE_CHECKING:
    from telegram import Update


async def pressed(update: Update, _context: Any) -> None:
    """Answer and edit."""
    query = update.callback_query
    assert query is not None
    await query.answer("Counted")
    await query.edit_message_text(TEXT)


async def announce(update: Update, context: Any, people: int) -> None:
    """Begin a broadcast, and go on answering."""
    query = update.callback_query
    assert query is not None
    await query.answer("Begun")
    await query.edit_message_text(TEXT)
    broadcast = _broadcast(context.bot, people, at_once=query.data == "all")
    context.application.create_task(broadcast)


async def _broadcast(bot: Any, people: int, *, at_once: bool) -> None:
    sends = [bot.send_message(FIRST_PERSON + number, TEXT) for number in range(1, people + 1)]
    if at_once:
        await asyncio.gather(*sends, return_exceptions=True)
        return
    for send in sends:
        try:
            await send
        except TelegramError:
            continue  # as the library does by default: one try


def main() -> None:
    """Poll until a signal comes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("api", help="address of the Bot API server")
    arguments.add_argument("--concurrent", type=int, default=0, help="concurrent_updates; 0: the default")
    arguments.add_argument("--people", type=int, default=0, help="whom to write to, with AIORateLimiter")
    given = arguments.parse_args()
    builder = ApplicationBuilder().token("42:benchmark-benchmark-benchmark").base_url(f"{given.api}/bot")
    if given.concurrent:
        builder = builder.concurrent_updates(given.concurrent)
    if given.people:
        logging.disable()  # a page of traceback for each refusal
        builder = builder.rate_limiter(AIORateLimiter())  # type: ignore[arg-type]
    application = builder.build()
    application.add_handler(CallbackQueryHandler(partial(announce, people=given.people), pattern="^(each|all)$"))
    application.add_handler(CallbackQueryHandler(pressed))
    application.run_polling()


if __name__ == "__main__":
    main()
