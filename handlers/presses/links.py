"""Links that open the bot: on posters, in posts, for invitations, and to bring it into a group or channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.hearings import Phase
from handlers.presses.answers import ReadAnswers
from handlers.presses.hearings import OpenHearing
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from handlers.presses.press import Press


def bot_link(username: str) -> str:
    """The link that opens the private chat with the bot."""
    return f"https://t.me/{username}"


def deep_link(username: str, press: Press, language: str | None = None) -> str:
    """The link that opens the private chat and does what ``press`` means, for strangers in ``language``."""
    return f"{bot_link(username)}?start={pack(press, language)}"


def paper_link(username: str, hearing: Hearing) -> str:
    """The link on the papers of a hearing: to the answers of the commission once answers of people are closed."""
    closed = hearing.phase in (Phase.CLOSED, Phase.ANSWERED)
    return deep_link(username, ReadAnswers(hearing.id) if closed else OpenHearing(hearing.id))


def group_link(username: str, press: Press) -> str:
    """The link that lets an administrator choose a group for the bot, which then hears ``press`` there."""
    return f"{bot_link(username)}?startgroup={pack(press)}"


def channel_link(username: str) -> str:
    """The link that lets an administrator choose a channel for the bot, which may post and edit there."""
    return f"{bot_link(username)}?startchannel&admin=post_messages+edit_messages"
