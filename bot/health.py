"""How the running bot is: what ``/readyz`` says, and what administrators are told of."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.disks import LEAST_ROOM, spaces_at
from bot.domain.alarms import Alarm
from bot.domain.notice_rules import LONG_PAUSE
from bot.making import folders_written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.app import Parts
    from bot.config import Settings

ROOM_AGAIN: Final = LEAST_ROOM + 0.01
"""The part of a disk that is free again when an alarm of it ends: files come and go."""


class Health:
    """What is wrong with a running bot."""

    def __init__(self, settings: Settings, parts: Parts) -> None:
        self._webhook = bool(settings.webhook_url)
        self._folders = folders_written(settings)
        self._parts = parts
        self._scarce: str | None = None
        self._looking_at_disks = False
        self.unreached: str | None = "not reached yet"
        """Why Telegram was not reached at the start; None once it was."""

    def readiness(self) -> Mapping[str, str | None]:
        """Each check with what is wrong, or None."""
        parts = self._parts
        waiting = parts.intake.waiting_for_store
        refused = f"{waiting} updates wait: {parts.intake.refusal}" if waiting else None
        return {
            "database": parts.ticker.database or refused,
            "telegram": self.unreached or (None if self._webhook else parts.poller.trouble()),
            "tick": parts.ticker.trouble,
            "post": parts.sender.trouble,
            "replicas": parts.membership.trouble if parts.membership is not None else None,
            "backup": parts.nightly.trouble,
            "media": parts.services.kept_files.trouble,
        }

    async def look(self) -> None:
        """Let administrators be told of what has begun or ended."""
        await self._parts.alarms.look(self.wrong())
        await self._look_at_disks()

    def wrong(self) -> Mapping[Alarm, str]:
        """What administrators are told of, each with its cause; what follows from another one is left out."""
        parts, checks = self._parts, self.readiness()
        found = {
            Alarm.DATABASE: checks["database"] or parts.sender.refusal or None,
            Alarm.DISK: self._scarce,
            Alarm.BACKUP: checks["backup"],
            Alarm.MEDIA: checks["media"],
            Alarm.SECOND_POLLER: parts.poller.trouble() if parts.poller.health.conflict else None,
            Alarm.HELD_UP: self._held_up(),
        }
        if found[Alarm.DATABASE] is None:
            found |= {Alarm.CLOCK: checks["tick"], Alarm.POST: parts.sender.stalled}
        return {alarm: cause for alarm, cause in found.items() if cause is not None}

    def _held_up(self) -> str | None:
        """The pause that Telegram wants, from when it is a long one until it is over."""
        seconds = self._parts.replies.bulk_paused_for
        least = 0.0 if self._parts.alarms.stands(Alarm.HELD_UP) else LONG_PAUSE
        return f"Telegram asks to wait for {seconds:.0f} s" if seconds > least else None

    async def _look_at_disks(self) -> None:
        """Aside, as a folder may lie on another machine that does not answer."""
        if self._looking_at_disks:
            return
        self._looking_at_disks = True
        try:
            spaces = await asyncio.to_thread(spaces_at, self._folders)
        finally:
            self._looking_at_disks = False
        least = ROOM_AGAIN if self._parts.alarms.stands(Alarm.DISK) else LEAST_ROOM
        scarce = [f"{space.megabytes} MB free at {space.folder}" for space in spaces if space.part < least]
        self._scarce = "; ".join(scarce) or None
