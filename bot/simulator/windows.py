"""A chat as a person sees it on a phone: the bot's messages, the newest screen, its buttons; and waiting for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.simulator.messages import Chat, Message
    from bot.simulator.telegram import Telegram


class Window:
    """A chat as it is seen on a phone."""

    chat: Chat

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._world = telegram.world

    @property
    def name(self) -> str:
        """The person or room, for the text of a failure."""
        raise NotImplementedError

    @property
    def messages(self) -> list[Message]:
        """The bot's messages that are not deleted, oldest first."""
        return [message for message in self.chat.messages.values() if message.from_bot and not message.deleted]

    @property
    def screen(self) -> Message:
        """The bot's newest message with buttons, else its newest; AssertionError where there is none."""
        messages = self.messages
        assert messages, f"{self.name} has heard nothing from the bot"
        return next((message for message in reversed(messages) if message.markup), messages[-1])

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons of the screen."""
        return self.screen.labels

    async def until(self, true: Callable[[], bool], *, within: float = 10.0) -> None:
        """Wait until ``true()`` after some event of this Telegram; AssertionError after ``within`` seconds."""
        with self.telegram.watch() as watch:
            if true():
                return
            try:
                async with asyncio.timeout(within):
                    async for _ in watch:
                        if true():
                            return
            except TimeoutError:
                pass
        seen = self.messages[-1].words if self.messages else "nothing"
        raise AssertionError(f"{self.name} waited in vain and sees: {seen}")

    async def sees(self, words: str, *, within: float = 10.0) -> Message:
        """Wait until a message of the bot contains ``words``; returns the newest that does."""
        await self.until(lambda: any(words in message.words for message in self.messages), within=within)
        return next(message for message in reversed(self.messages) if words in message.words)
