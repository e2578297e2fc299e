"""Fields of Telegram's JSON, each with the type it promises; anything else is ``Unreadable``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from handlers.incoming.shapes import LARGEST_INTEGER, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]


def get_object(mapping: Json, key: str) -> Json:
    """The JSON object under ``key``."""
    found = mapping.get(key)
    if not isinstance(found, dict):
        raise Unreadable(f"{key} is {type(found).__name__}")
    return found


def get_integer(mapping: Json, key: str) -> int:
    """The integer of at most 64 bits under ``key``."""
    number = mapping.get(key)
    if type(number) is not int or not -LARGEST_INTEGER <= number <= LARGEST_INTEGER:
        raise Unreadable(f"{key} is {type(number).__name__}")
    return number


def get_text(mapping: Json, key: str) -> str:
    """The string under ``key``, as it came."""
    text = mapping.get(key)
    if not isinstance(text, str):
        raise Unreadable(f"{key} is {type(text).__name__}")
    return text


def get_moment(mapping: Json, key: str) -> datetime:
    """The moment under ``key``, aware, UTC."""
    try:
        return datetime.fromtimestamp(get_integer(mapping, key), UTC)
    except (OverflowError, ValueError, OSError):
        raise Unreadable(f"{key} is out of range") from None
