"""The reference: python-telegram-bot as it comes, which answers a press, edits the message, and does nothing else."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from telegram.ext import ApplicationBuilder, CallbackQueryHandler

from benchmarks.telegram import TEXT

if TYPE_CHECKING:
    from telegram import Update


async def pressed(update: Update, _context: Any) -> None:
    """Answer and edit."""
    query = update.callback_query
    assert query is not None
    await query.answer("Counted")
    await query.edit_message_text(TEXT)


def main() -> None:
    """Poll until a signal comes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("api", help="address of the Bot API server")
    arguments.add_argument("--concurrent", type=int, default=0, help="concurrent_updates; 0: the default")
    given = arguments.parse_args()
    builder = ApplicationBuilder().token("42:benchmark-benchmark-benchmark").base_url(f"{given.api}/bot")
    if given.concurrent:
        builder = builder.concurrent_updates(given.concurrent)
    application = builder.build()
    application.add_handler(CallbackQueryHandler(pressed))
    application.run_polling()


if __name__ == "__main__":
    main()
