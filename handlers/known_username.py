"""How the bot is called, as the process that met Telegram last has stored it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.ports import ReadingStore

USERNAME_SETTING: Final = "username"
"""Under which setting it is kept."""


async def known_username(store: ReadingStore) -> str:
    """The username of the bot that last ran on this database; empty where none has."""
    async with store.reading() as repositories:
        return await repositories.housekeeping.find_setting(USERNAME_SETTING) or ""
