"""The tick: one look at the clock every few seconds, by which hearings open and close and notices become due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date, datetime

    from bot.ports import Clock
    from bot.services.privacy import Privacy
    from bot.services.timetable import Timetable

log = structlog.get_logger(__name__)

SECONDS: Final = 5
STALE: Final = 60.0
"""Seconds without a whole tick after which the house is not ready."""


class Ticker:
    """Looks at the clock. ``look`` may be called at any time too: nothing is done twice.

    ``awake()`` says whether Telegram can reach us: presses made while it cannot are lost as those during a stop are.
    ``looked()`` hears of every whole look: something may be owed.
    """

    def __init__(
        self,
        timetable: Timetable,
        privacy: Privacy,
        clock: Clock,
        *,
        health: Callable[[], Awaitable[str | None]],
        monotonic: Callable[[], float],
        awake: Callable[[], bool] = lambda: True,
        looked: Callable[[], None] = lambda: None,
    ) -> None:
        self._timetable = timetable
        self._looked = looked
        self._privacy = privacy
        self._clock = clock
        self._expired_on: date | None = None
        self._health = health
        self._monotonic = monotonic
        self._awake = awake
        self._scheduler: AsyncIOScheduler | None = None
        self._looked_at = monotonic()
        self.ticks = 0
        self.crashes = 0
        self.database: str | None = None
        """Why the database cannot be written, None where it can."""

    def start(self, seconds: float = SECONDS) -> None:
        """Tick from now on; a tick that was missed is made up for once, however late."""
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.look, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    @property
    def trouble(self) -> str | None:
        """Why the clock is not being looked at; None while it is."""
        silent = self._monotonic() - self._looked_at
        return f"no tick for {silent:.0f} s" if silent > STALE else None

    async def look(self) -> datetime:
        """Everything that is due; a crash is logged and the next tick comes all the same."""
        now = self._clock.now()
        try:
            await self._look()
        except StoreUnavailable as failure:
            self.database = failure.reason
            log.error("tick: the database is not available", reason=failure.reason)  # noqa: TRY400 - the reason is all
        except Exception:  # a tick that dies must not end all ticks
            self.crashes += 1
            log.exception("tick crashed")
        else:
            self._looked_at = self._monotonic()
            self._looked()
        self.ticks += 1
        return now

    async def _look(self) -> None:
        self.database = await self._health()
        if self._awake() and (away := await self._timetable.beat()) is not None:
            log.warning("was away", seconds=int(away.total_seconds()))
        for hearing in await self._timetable.tick():
            log.info("hearing moved", hearing=hearing.id, phase=hearing.phase.value)
        if (today := self._clock.now().date()) != self._expired_on:
            self._expired_on = today
            if forgotten := await self._privacy.expire():
                log.info("people forgotten after the promised time", people=forgotten)
