"""The sender: polls the outbox, claims notices, hands each to the courier, and records what came of it.

It runs beside everything else, in each process. The words of the outbox are explained in ``bot.domain.notices``. At
most ``IN_FLIGHT`` notices are claimed by one process, so no more are doubtful after it has died (see ``lease``).
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import StoreUnavailable
from bot.domain.notice_rules import LONG_PAUSE
from bot.domain.notices import NoticeKind
from bot.services.outbox.clock import MonotonicWallClock
from bot.services.outbox.deliveries import Deliveries
from bot.services.outbox.fan_out import FanOut
from bot.services.outbox.files import OwedFileSending
from bot.services.outbox.lease import Leases
from bot.services.outbox.letters import LetterWriter
from bot.services.outbox.owed import OwedSending
from bot.services.outbox.replies import OwedReplySending

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from bot.domain.notices import Broadcast, Claim, Notice
    from bot.ports import Clock, Courier, Store
    from bot.services.outbox.files import FileWork
    from bot.services.outbox.letters import Letter
    from bot.services.outbox.reply_letters import ReplyLetter
    from bot.services.places import PlaceDirectory

log = structlog.get_logger(__name__)

IN_FLIGHT: Final = 32
"""Notices that one process has claimed at once: on their way, or accepted by Telegram and not yet recorded."""
POLL_INTERVAL: Final = 1.0
"""Seconds between two polls while the outbox is empty."""
COLLECT_RESULTS: Final = 0.2
"""Seconds that results wait for each other, to be recorded in one transaction."""
ARRIVING: Final = 2.0
"""Seconds at the end for what is on its way, and for what was given up to come back, so that it is not doubtful."""
STORE_RETRY: Final = 2.0
"""Seconds until the next poll after the store has refused."""
LONGEST_IDLE: Final = 60.0
"""Seconds without a whole poll after which an operator should know."""


class OutboxSender:
    """Sends the notices that are due. ``run`` goes on until ``stop``; ``drain`` sends what can leave at this moment.

    ``name`` is unique to the process: it claims notices under it. Files leave where there is ``work``.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        directory: PlaceDirectory,
        courier: Courier[Letter | ReplyLetter],
        *,
        name: str,
        monotonic: Callable[[], float] = time.monotonic,
        work: FileWork | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._time = MonotonicWallClock(clock, monotonic)
        self._directory = directory
        self._courier = courier
        self._fan_out = FanOut(store, clock, directory)
        self._leases = Leases(store, name, monotonic=monotonic)
        self._deliveries = Deliveries(
            store, clock, courier, self._leases, owner=name, time=self._time, on_results=self.wake
        )
        self._replies = OwedReplySending(store, clock, directory, self._leases, self._deliveries)
        self._files = OwedFileSending(
            store, clock, directory, work, leases=self._leases, deliveries=self._deliveries, wake=self.wake
        )
        self._owed = OwedSending(store, self._time, self._replies, self._files)
        self._monotonic = monotonic
        self._woken = asyncio.Event()
        self._polling = asyncio.Lock()
        self._running: bool | None = None  # None before ``run``
        self._polled_at = monotonic()
        self.stopping = False
        """True once ``stop`` was called."""
        self.refusal = ""
        """Why the store refused last; empty while it accepts what is written."""

    @property
    def claimed(self) -> int:
        """How many notices this process has claimed now."""
        return len(self._leases)

    @property
    def delivered(self) -> int:
        """How many notices this process has delivered."""
        return self._deliveries.delivered

    @property
    def taken_over(self) -> int:
        """How many notices were taken over from processes that are gone."""
        return self._leases.taken_over

    @property
    def idle_for(self) -> float:
        """Seconds since the last whole poll."""
        return self._monotonic() - self._polled_at

    @property
    def stalled(self) -> str | None:
        """Why nothing is looked for that could leave; None while it is. Before ``run`` it need not be."""
        if self._running is False:
            return "the outbox sender has stopped"
        if self._running and self.idle_for > LONGEST_IDLE:
            return f"no poll of the outbox for {self.idle_for:.0f} s"
        return None

    @property
    def trouble(self) -> str | None:
        """Why notices do not leave, for /readyz; None while they do."""
        if (stalled := self.stalled) is not None:
            return stalled
        if (paused_for := self._courier.paused_for) > LONG_PAUSE:
            return f"Telegram asks to wait for {paused_for:.0f} s"
        return self.refusal or None

    def wake(self) -> None:
        """Poll now: a broadcast or an owed reply may have been stored."""
        self._woken.set()

    def take_over(self, claims: Collection[Claim]) -> None:
        """Send, marked as doubtful, what a process has claimed that is known to be gone: with the next poll."""
        self._leases.abandon(claims)
        self._woken.set()

    def let_go(self) -> None:
        """Others have taken this process for gone, and perhaps what it has claimed: what is not on its way stays."""
        self._leases.forget()
        self._courier.give_up(replies=True)

    async def run(self) -> None:
        """Poll until ``stop``; when the store refuses, the same is tried again."""
        self._running = True
        try:
            while not self.stopping:
                await self._wait(await self._try_to_poll())
        finally:
            self._running = False

    async def stop(self, grace: float) -> None:
        """Claim no more notices of broadcasts, let owed replies leave for ``grace`` seconds, and record the results.

        What is on its way has ``ARRIVING`` seconds more; what is owed then leaves after the next start.
        """
        self.stopping = True
        self._woken.set()
        self._courier.give_up()
        self._files.give_up()
        with suppress(TimeoutError, StoreUnavailable):
            async with asyncio.timeout(grace), self._polling:  # when a poll ends, what it claimed is on its way
                self._courier.give_up()
                await self._replies.hasten()
                await self._send_replies()
        self._courier.give_up(replies=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(ARRIVING):
                await self._deliveries.tasks.join()
        await self._deliveries.tasks.close()
        await self._files.tasks.close()
        with suppress(StoreUnavailable):  # then the next process takes over what stays claimed
            await self._deliveries.record()

    async def drain(self) -> None:
        """Poll until nothing more can be sent at this moment."""
        while await self.poll() or self._leases:
            await self._deliveries.tasks.join()
            await self._files.tasks.join()

    async def drain_replies(self) -> None:
        """Send owed replies until none can be sent at this moment; broadcasts stay where they are."""
        async with self._polling:
            await self._send_replies()

    async def poll(self) -> bool:
        """Record results, fan out, take over, claim and send; True where another poll may find more to do at once.

        Raises:
            StoreUnavailable: nothing is lost; the next poll goes on from there.
        """
        async with self._polling:
            self._woken.clear()
            completed = await self._deliveries.record()
            owed = await self._owed.send()
            async with self._store.reading() as repositories:
                opened = await repositories.broadcasts.list_open()  # the most urgent first
                claims = await repositories.notices.list_claims()
            fanned_out, ready = await self._fan_out.advance(opened, at=self._time.now())
            await self._leases.renew()
            await self._leases.release_expired(claims)
            sent = await self._claim_and_send(ready)
            self._polled_at = self._monotonic()
            self.refusal = ""
            return completed or owed or fanned_out or sent

    async def tell_of_long_pause(self, seconds: float) -> None:
        """Tell staff that Telegram makes all bulk wait for so long."""
        await self._fan_out.tell_of_long_pause(seconds)
        self.wake()

    async def _try_to_poll(self) -> float:
        """Poll once; returns how many seconds to wait until the next time."""
        try:
            more = await self.poll()
        except StoreUnavailable as failure:
            if not self.refusal:
                log.error("the post waits: the database is not available", reason=failure.reason)  # noqa: TRY400
            self.refusal = failure.reason
            return STORE_RETRY
        return COLLECT_RESULTS if more or self._leases else POLL_INTERVAL

    async def _wait(self, seconds: float) -> None:
        """Return after so many seconds, or when woken."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    async def _send_replies(self) -> None:
        """Send owed replies until none is due and none is on its way."""
        while await self._owed.send() or self._leases.owed:
            await self._deliveries.next_result()
            await self._deliveries.record()

    async def _claim_and_send(self, ready: Sequence[Broadcast]) -> bool:
        """Claim what may be in flight, the most urgent broadcast first, and start sending; True if it claimed any."""
        sendable = {broadcast.id: broadcast for broadcast in ready if self._may_send(broadcast)}
        free = IN_FLIGHT - (len(self._leases) - self._leases.owed)
        if self.stopping or not sendable or free < IN_FLIGHT // 4:
            return False
        claimed = await self._leases.claim(sendable.values(), due_by=self._time.now(), limit=free)
        if self.stopping:
            self._deliveries.give_back(claimed)
        else:
            await self._send(claimed, sendable)
        return bool(claimed)

    def _may_send(self, broadcast: Broadcast) -> bool:
        """False while Telegram pauses bulk, but for the notice that says so."""
        return self._courier.paused_for <= 0 or broadcast.kind is NoticeKind.LONG_PAUSE

    async def _send(self, claimed: Sequence[Notice], broadcasts: Mapping[int, Broadcast]) -> None:
        """Start the delivery of each claimed notice; complete those that are not to be sent any more."""
        letters = None
        try:
            places = await self._directory.tree()
            async with self._store.reading() as repositories:
                letters = await LetterWriter(repositories, places, self._clock.now()).write(claimed, broadcasts)
        finally:
            if letters is None:
                self._deliveries.give_back(claimed)
        self._deliveries.start(claimed, letters)
