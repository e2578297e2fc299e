"""The commands of the bot, each in words: in Telegram's menus and in the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.i18n import Translator


def commands(t: Translator) -> tuple[tuple[str, str], ...]:
    """Everybody's command menu, in private chats."""
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


def staff_commands(t: Translator) -> tuple[tuple[str, str], ...]:
    """The menu in the chats of those who have a role: everybody's commands, with the desk first."""
    return (("desk", t.p("command", "The desk of the commission")), *commands(t))


def group_commands(t: Translator) -> tuple[tuple[str, str], ...]:
    """The menu of groups: all that works there."""
    return (("start", t.p("command", "The hearing, and the way to the bot")),)


def group_staff_commands(t: Translator) -> tuple[tuple[str, str], ...]:
    """The menu of those who run a group."""
    return (*group_commands(t), ("desk", t.p("command", "Link this group (for the secretary)")))
