"""The command menus of single chats, in the language that a person has chosen; those of staff have ``/desk``.

Everybody else's is that of the bot's profile, which Telegram shows in the language of the phone.

What is owed stands in the database (``residents.menu_due``): a menu that could not be changed is tried again, after a
restart too. Each call takes its slot as an owed reply does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.errors import StoreUnavailable
from bot.domain.languages import LANGUAGES
from handlers.outgoing.telegram_errors import Accepted, Judgement, Verdict
from handlers.views.command_menu import commands, staff_commands

if TYPE_CHECKING:
    from bot.domain.people import OwedMenu
    from bot.i18n import Catalogues
    from bot.ports import Store
    from handlers.outgoing.replies import Replies

MENUS_AT_ONCE: Final = 20
PATIENCE_FOR_A_SLOT: Final = 5.0
"""Seconds; a menu that finds none is changed a tick later."""


class ChatMenus:
    """Brings the menus to Telegram that are owed."""

    def __init__(self, store: Store, replies: Replies, catalogues: Catalogues) -> None:
        self._store = store
        self._replies = replies
        self._catalogues = catalogues
        self._going = False

    async def settle(self) -> int:
        """Change the menus that are owed, some at a time; returns how many."""
        if self._going:
            return 0
        self._going = True
        try:
            return await self._settle()
        except StoreUnavailable:
            return 0  # they stay owed
        finally:
            self._going = False

    async def _settle(self) -> int:
        async with self._store.reading() as repositories:
            menus = await repositories.people.list_menus(limit=MENUS_AT_ONCE)
        settled = [menu for menu in menus if await self._change(menu)]
        if settled:
            async with self._store.writing() as repositories:
                for menu in settled:
                    await repositories.people.settle_menu(menu)
        return len(settled)

    async def _change(self, menu: OwedMenu) -> bool:
        """Whether nothing is left to do: Telegram has it, or never will, since the chat is gone."""
        t = self._catalogues[menu.language if menu.language in LANGUAGES else LANGUAGES[0]]
        wanted = staff_commands(t) if menu.for_staff else commands(t)
        outcome = await self._replies.set_menu(menu.telegram_id, wanted, patience=PATIENCE_FOR_A_SLOT)
        if isinstance(outcome, Judgement):
            return outcome.verdict not in (Verdict.AGAIN, Verdict.WAIT)
        return isinstance(outcome, Accepted)
