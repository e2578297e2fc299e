"""The tick: every few seconds hearings open and close by the clock, and notices that are due are enqueued.

And once a night the work of the night. The scheduler only says when; what is due, and whether it is done already,
stands in the database (docs/decisions/0017-the-scheduler.md).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.errors import StoreUnavailable
from bot.services.nightly import NIGHT_HOUR

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence
    from datetime import datetime

    from bot.ports import Clock
    from bot.services.nightly import Nightly
    from bot.services.timetable import Timetable
    from bot.tasks import Tasks

log = structlog.get_logger(__name__)

SECONDS_BETWEEN_TICKS: Final = 5
LONGEST_ANSWER: Final = 4.0
"""Seconds after which a database that does not answer is told of: with the time between ticks fewer than ten."""
LONGEST_WITHOUT_TICK: Final = 60.0
"""Seconds without a whole tick after which the bot is not ready."""
SECONDS_BETWEEN_LOOKS: Final = 60
"""Seconds after which this process knows how the night of another one went."""
MADE_UP_FOR: Final = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
"""A run that was missed is done once, however late."""


class Ticker:
    """Does by the clock what is due. ``tick`` may be called at any time too: nothing is done twice.

    ``awake()`` is True while Telegram can be reached: presses made while it cannot are lost as those during a stop are.
    ``on_tick()`` is called after every whole tick: there may be notices to send. ``each_minute`` is what else is done
    beside the updates, as a task of its own; ``beside`` as often as the tick, also while that hangs.
    """

    def __init__(
        self,
        timetable: Timetable,
        nightly: Nightly,
        clock: Clock,
        tasks: Tasks,
        *,
        health: Callable[[], Awaitable[str | None]],
        monotonic: Callable[[], float],
        awake: Callable[[], bool] = lambda: True,
        on_tick: Callable[[], None] = lambda: None,
        each_minute: Sequence[Callable[[], Coroutine[None, None, None]]] = (),
        beside: Sequence[Callable[[], Coroutine[None, None, None]]] = (),
    ) -> None:
        self._timetable = timetable
        self._on_tick = on_tick
        self._each_minute = (nightly.look, nightly.scrub, *each_minute)
        self._beside = tuple(beside)
        self._nightly = nightly
        self._clock = clock
        self._tasks = tasks
        self._health = health
        self._monotonic = monotonic
        self._awake = awake
        self._scheduler: AsyncIOScheduler | None = None
        self._ticked_at = monotonic()
        self.ticks = 0
        self.crashes = 0
        self._refusal: str | None = None
        self._asked_at: float | None = None

    def start(self, seconds: float = SECONDS_BETWEEN_TICKS) -> None:
        """Tick from now on, and do a night's work at night; a night without a process is made up for at once."""
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(self.tick, "interval", seconds=seconds, **MADE_UP_FOR)
        for look in self._beside:
            self._scheduler.add_job(self._begin, "interval", args=[look], seconds=seconds, **MADE_UP_FOR)
        for look in self._each_minute:
            self._scheduler.add_job(self._begin, "interval", args=[look], seconds=SECONDS_BETWEEN_LOOKS, **MADE_UP_FOR)
        for work in (self._nightly.tidy, self._nightly.back_up):
            self._scheduler.add_job(
                self._begin, "cron", args=[work], hour=NIGHT_HOUR, timezone=self._nightly.zone, **MADE_UP_FOR
            )
            self._scheduler.add_job(self._begin, args=[work], misfire_grace_time=None)
        self._scheduler.start()

    async def _begin(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """As a task, for whose end a stop of the process waits; the scheduler would only let go of it."""
        self._tasks.start(work(), name=work.__name__)

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    @property
    def database(self) -> str | None:
        """Why the database cannot be written, None where it can."""
        silent = 0.0 if self._asked_at is None else self._monotonic() - self._asked_at
        return f"the database has not answered for {silent:.0f} s" if silent > LONGEST_ANSWER else self._refusal

    @property
    def trouble(self) -> str | None:
        """Why the tick has stopped; None while it goes on."""
        silent = self._monotonic() - self._ticked_at
        return f"no tick for {silent:.0f} s" if silent > LONGEST_WITHOUT_TICK else None

    async def tick(self) -> datetime:
        """Do everything that is due; a crash is logged and the next tick comes all the same. Returns when it began."""
        now = self._clock.now()
        try:
            await self._do_what_is_due()
        except StoreUnavailable as failure:
            self._refusal = failure.reason
            log.error("tick: the database is not available", reason=failure.reason)  # noqa: TRY400 - the reason is all
        except Exception:  # a tick that dies must not end all ticks
            self.crashes += 1
            log.exception("tick crashed")
        else:
            self._ticked_at = self._monotonic()
            self._on_tick()
        self.ticks += 1
        return now

    async def _do_what_is_due(self) -> None:
        self._refusal = await self._asked()
        if self._awake() and (away := await self._timetable.beat()) is not None:
            log.warning("was away", seconds=int(away.total_seconds()))
        for hearing in await self._timetable.tick():
            log.info("hearing moved", hearing=hearing.id, phase=hearing.phase.value)

    async def _asked(self) -> str | None:
        """Why the database cannot be written; that it does not answer at all is logged once, and waited for."""
        self._asked_at = asked = self._monotonic()
        saying = asyncio.get_running_loop().call_later(LONGEST_ANSWER, _say_that_it_hangs)
        try:
            return await self._health()
        finally:
            self._asked_at = None
            saying.cancel()
            if (silent := self._monotonic() - asked) > LONGEST_ANSWER:
                log.warning("the database answers again", after_seconds=round(silent))


def _say_that_it_hangs() -> None:
    log.error("the database does not answer. Does its disk hang?", seconds=LONGEST_ANSWER)
