"""What one sees of a chat on a phone: the bot's messages, the newest screen, its buttons; and waiting for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.simulator.messages import Chat, Message
    from bot.simulator.telegram import Telegram


class Window:
    """A chat as somebody looks at it."""

    chat: Chat

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._world = telegram.world

    @property
    def name(self) -> str:
        """Whose window it is, for a failure to say."""
        raise NotImplementedError

    @property
    def messages(self) -> list[Message]:
        """What the bot has written here and not deleted, oldest first."""
        return [message for message in self.chat.messages.values() if message.from_bot and not message.deleted]

    @property
    def screen(self) -> Message:
        """The newest message of the bot that carries buttons, else its newest; AssertionError where there is none."""
        messages = self.messages
        assert messages, f"{self.name} has heard nothing from the bot"
        return next((message for message in reversed(messages) if message.markup), messages[-1])

    @property
    def labels(self) -> list[str]:
        """What is written on the buttons of the screen."""
        return self.screen.labels

    async def until(self, true: Callable[[], bool], *, within: float = 10.0) -> None:
        """Wait for something to come true on anybody's phone; AssertionError after ``within`` seconds."""
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
        """Wait until some message of the bot says ``words``; returns the newest that does."""
        await self.until(lambda: any(words in message.words for message in self.messages), within=within)
        return next(message for message in reversed(self.messages) if words in message.words)
