"""Where an update came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an update came from, in numbers."""

    chat_id: int
    telegram_id: int
    update_id: int
    language: str
    """The language of the screen that was pressed, else Telegram's guess."""
    phone_language: str = ""
    """The language of the person's Telegram."""
    thread_id: int | None = None
    """The topic of the person's chat in which they act; None where it has no topics."""
    message_id: int | None = None
    """The message to turn into the next screen; None where a new one is sent."""
    has_picture: bool = False
    seen_at: int = 0
    """When the pressed message got what it says, in seconds since 1970; 0: not known."""
    query_id: str | None = None
    sent_at: datetime | None = None
    message_name: str = ""
    """The name of a person's message, also of one that was edited; empty for a press."""
    content: str = ""
    """All that the message says; empty for a press."""
    edit: bool = False
    """True where the update is an edit of the message."""
    name: str = ""
    """What the person is called at Telegram; told to whoever invited them, and kept with that message alone."""

    @property
    def source(self) -> str:
        """The name of the update among all that the bot gets: for a new message, the message's own."""
        return self.message_name if self.message_name and not self.edit else f"{self.chat_id}.u{self.update_id}"
