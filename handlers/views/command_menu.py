"""The commands of the bot, each in words: in Telegram's menu and in the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.i18n import Translator


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
