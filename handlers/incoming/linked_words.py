"""The words of a message with the addresses that stand behind them, and nothing else of its formatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import MessageEntityType

from bot.domain.message_text import Link

if TYPE_CHECKING:
    from telegram import Message


def links_of(message: Message) -> tuple[Link, ...]:
    """The addresses behind words of the text or the caption."""
    return tuple(
        Link(entity.offset, entity.length, entity.url)
        for entity in (message.entities if message.text else message.caption_entities)
        if entity.type == MessageEntityType.TEXT_LINK and entity.url
    )
