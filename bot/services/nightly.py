"""The work of a night, done once: tidying up, and a copy of the database.

Any number of processes may share a database: a row in it says who does tonight's work. A night without a process is
made up for by the first that starts.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import structlog

from bot.domain.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from bot.ports import Clock, Store
    from bot.services.backups import Backups
    from bot.services.journal import Journal
    from bot.services.kept_files import KeptFiles
    from bot.services.mergers import Mergers
    from bot.services.privacy import Privacy

log = structlog.get_logger(__name__)

NIGHT_HOUR: Final = 3
"""The hour of the wall clock at which a night's work begins."""
LONGEST_COPY: Final = timedelta(hours=1)
"""A copy that was begun longer ago and has not ended never will: its process is gone."""

_TIDYING, _COPYING = "night:tidying", "night:copying"
_TROUBLE: Final = "night:copying:trouble"


class Nightly:
    """The work of a night in ``timezone``, an IANA name. Every method may be called at any time, in any process.

    Nothing is done twice in a night; work that failed may be done again by the next process.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        privacy: Privacy,
        *,
        timezone: str,
        backups: Backups | None = None,
        mergers: Mergers | None = None,
        journal: Journal | None = None,
        kept_files: KeptFiles | None = None,
    ) -> None:
        self.zone = ZoneInfo(timezone)
        self.trouble: str | None = None
        """Why the newest copy is missing, until there is one; None where it exists, or none is wanted."""
        self._store, self._clock, self._privacy, self._backups = store, clock, privacy, backups
        self._mergers, self._journal, self._kept_files = mergers, journal, kept_files

    async def tidy(self) -> None:
        """Forget people who have not taken part for years; delete expired inputs, old dead letters and digests.

        Years of the journal that are not kept any more go too.

        Municipalities that were merged by the day are settled.
        """
        await self._once(_TIDYING, self._tidy)

    async def back_up(self) -> None:
        """Copy the database, where copies are wanted; a failure is logged, and ``trouble`` until the next success."""
        if self._backups is not None:
            await self._once(_COPYING, self._copy)

    async def scrub(self) -> None:
        """Take what is deleted from the disk, where that had to wait for people who were reading."""
        await self._privacy.scrub()

    async def look(self) -> None:
        """Learn how the copy went in another process; make tonight's if no process has begun it."""
        if self._backups is None:
            return
        with suppress(StoreUnavailable):
            async with self._store.reading() as repositories:
                claimed = await repositories.housekeeping.find_setting(_COPYING)
                begun = await repositories.housekeeping.find_setting(_begun(_COPYING))
                trouble = await repositories.housekeeping.find_setting(_TROUBLE)
            if begun:
                self.trouble = self.trouble or trouble or None
                self._check_running_copy(begun)
                return
            self.trouble = trouble or None
            if not trouble and claimed != self._night().isoformat():
                await self.back_up()

    def _check_running_copy(self, begun: str) -> None:
        if self._clock.now() - datetime.fromisoformat(begun) > LONGEST_COPY:
            self.trouble = f"the copy begun at {begun} was never finished"

    async def _once(self, key: str, work: Callable[[date], Awaitable[bool]]) -> None:
        night = self._night()
        try:
            async with self._store.writing() as repositories:
                if not await repositories.housekeeping.claim_daily(key, night):
                    return
                await repositories.housekeeping.keep_setting(_begun(key), self._clock.now().isoformat())
            await self._do(key, night, work)
        except StoreUnavailable as failure:
            log.error("the work of the night waits", work=key, reason=failure.reason)  # noqa: TRY400 - reason is all

    async def _do(self, key: str, night: date, work: Callable[[date], Awaitable[bool]]) -> None:
        done = False
        try:
            done = await work(night)
        finally:  # where the process is stopped too: the next one may do it
            async with self._store.writing() as repositories:
                await repositories.housekeeping.keep_setting(_begun(key), "")
                if not done:
                    await repositories.housekeeping.release_daily(key, night)

    async def _tidy(self, _: date) -> bool:
        if self._mergers is not None and (told := await self._mergers.settle()):
            log.info("municipalities were merged", people=told)
        if forgotten := await self._privacy.expire():
            log.info("people forgotten after the promised time", people=forgotten)
        if self._journal is not None and (lines := await self._journal.expire()):
            log.info("years of the journal removed after the promised time", lines=lines)
        if self._kept_files is not None:
            await self._kept_files.look()
        return True

    async def _copy(self, night: date) -> bool:
        assert self._backups is not None
        try:
            path = await self._backups.make(night)
        except (StoreUnavailable, OSError) as failure:
            self.trouble = _words(failure)
            log.error("the night's backup failed", reason=self.trouble)  # noqa: TRY400 - the reason is all
        else:
            self.trouble = None
            log.info("the night's backup is made", file=str(path))
        async with self._store.writing() as repositories:
            await repositories.housekeeping.keep_setting(_TROUBLE, self.trouble or "")
        return self.trouble is None

    def _night(self) -> date:
        """The day on whose morning the last night's work was due."""
        local = self._clock.now().astimezone(self.zone).replace(tzinfo=None)
        return (local - timedelta(hours=NIGHT_HOUR)).date()


def _begun(key: str) -> str:
    """Where the moment stands at which a work was begun that has not ended."""
    return f"{key}:begun"


def _words(failure: StoreUnavailable | OSError) -> str:
    if isinstance(failure, StoreUnavailable):
        return failure.reason
    words = failure.strerror or "the system gives no reason"
    return f"{words}: {failure.filename}" if failure.filename else words
