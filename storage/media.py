"""The columns of a voice message or photo, in comments and pending inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, Integer, Text

from bot.domain.media import Media, MediaKind
from storage.columns import EnumColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.database import Row

_MEDIA_FIELDS: Final = ("kind", "file_id", "unique_id", "seconds")
"""The fields of ``Media``; each has a column, ``media_kind`` and so on."""


def media_columns() -> tuple[Column[Any], ...]:
    """The columns of a table, all of them NULL where there is no media."""
    types: tuple[Any, ...] = (EnumColumn(MediaKind), Text, Text, Integer)
    return tuple(Column(f"media_{name}", kind) for name, kind in zip(_MEDIA_FIELDS, types, strict=True))


def media_values(media: Media | None) -> dict[str, Any]:
    """The columns' values, by name."""
    return {f"media_{name}": getattr(media, name, None) for name in _MEDIA_FIELDS}


def media_of(row: Row) -> Media | None:
    """The media of a row, if it has one."""
    return media_from(row._asdict()) if row.media_kind else None


def media_from(said: Mapping[str, Any]) -> Media | None:
    """The media of the values of a row by the names of their columns, if it has one."""
    kind = said["media_kind"]
    return Media(kind, *(said[f"media_{name}"] for name in _MEDIA_FIELDS[1:])) if kind else None
