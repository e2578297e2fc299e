"""Topics in the chat of one person with the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.simulator.messages import Content, Message
    from bot.simulator.windows import Window


@dataclass(frozen=True, slots=True)
class PrivateTopic:
    """A topic of a person's chat with the bot: they write in it as they write in a room."""

    window: Window
    write: Callable[..., Message]
    thread: int

    @property
    def messages(self) -> list[Message]:
        """What the bot has written in this topic, oldest first."""
        return [message for message in self.window.messages if message.thread == self.thread]

    @property
    def screen(self) -> Message:
        """The bot's newest message with buttons in this topic; AssertionError where there is none."""
        here = [message for message in reversed(self.messages) if message.markup]
        assert here, f"nothing with buttons in topic {self.thread} of {self.window.name}"
        return here[0]

    def receive(self, person: object, content: Content, *, reply_to: Message | None = None) -> Message:
        """Add the person's message to this topic."""
        assert person is self.window, "the topic is in the chat of somebody else"
        return self.write(content, reply_to=reply_to, thread=self.thread)

    def delete(self) -> None:
        """Delete the topic: the bot learns it from a refusal alone."""
        del self.window.chat.topics[self.thread]
