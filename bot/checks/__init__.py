"""``hearing-bot check``: everything that can be wrong before the first resident comes, each with what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.checks.database import Stored, database, next_steps
from bot.checks.env_file import env_file
from bot.checks.finding import Finding
from bot.checks.machine import backups, catalogues, media, readers, rooms, transcribing, zones
from bot.checks.telegram import bot_username, telegram
from bot.making import folders_written
from storage import file_at

if TYPE_CHECKING:
    from bot.config import Settings

__all__ = ["Finding", "bot_username", "findings", "zones"]


async def findings(settings: Settings) -> tuple[Finding, ...]:
    """Check everything; nothing is made, and an existing database is not changed."""
    stored, now = Stored(), datetime.now(UTC)  # noqa: TID251 - no service is at work here
    found = await database(settings, stored)
    file = file_at(settings.database_url)
    return (
        Finding("settings", "can be used"),
        *env_file(Path(".env")),
        found,
        *(readers(file) if file else ()),
        *next_steps(settings, stored),
        backups(settings.backup_folder, now),
        *rooms(folders_written(settings)),
        media(settings.media_folder, stored.files),
        *transcribing(settings.transcribe_command),
        zones((settings.timezone, *stored.zones), now),
        catalogues(),
        *await telegram(settings),
    )
