"""The post: what is owed is spread, claimed, handed to the courier, and settled. It runs beside everything else.

A claim is a promise, not a time in the database: whoever claims a notice settles it or gives it back long before
``TAKEOVER`` seconds of its own monotonic clock are over; whoever sees a claim unchanged for so long takes it over and
marks it doubtful, because the one who held it may have died between Telegram's acceptance and the record.
So no step of a wall clock sends anything twice, and at most ``IN_FLIGHT`` notices are in doubt after a crash.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import StoreUnavailable
from bot.domain.notices import Completion, NoticeKind, NoticeStatus
from bot.services.outbox.clock import MonotonicWallClock
from bot.services.outbox.completion import DeliveryResult, completion_of, follow, lock_order, retry_after_crash
from bot.services.outbox.enqueue import LetterWriter
from bot.services.outbox.fan_out import FanOut
from bot.services.outbox.letters import Letter
from bot.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.domain.notices import Broadcast, Claim, Notice
    from bot.ports import Clock, Courier, Store
    from bot.services.places import PlaceDirectory

log = structlog.get_logger(__name__)

IN_FLIGHT: Final = 32
"""Notices a process holds at once: on their way, or accepted and not yet recorded."""
PATIENCE: Final = 25.0
TAKEOVER: Final = 60.0
IDLE: Final = 1.0
"""Seconds between two looks while nothing is owed."""
GATHER: Final = 0.2
"""Seconds that outcomes wait for each other, to be recorded in one transaction."""
RETRY: Final = 2.0
"""Seconds after the store has refused."""


class OutboxSender:
    """Delivers what is due. ``run`` goes on until ``stop``; ``clear`` returns when nothing more can be done now."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        directory: PlaceDirectory,
        courier: Courier[Letter],
        *,
        name: str,
        monotonic: Callable[[], float] = time.monotonic,
        takeover: float = TAKEOVER,
    ) -> None:
        self._store = store
        self._clock = clock
        self._time = MonotonicWallClock(clock, monotonic)
        self._directory = directory
        self._courier = courier
        self._fan_out = FanOut(store, clock, directory)
        self._name = name
        self._monotonic = monotonic
        self._takeover = takeover
        self._tasks = Tasks()
        self._held: dict[int, Notice] = {}
        self._done: list[DeliveryResult] = []
        self._wake = asyncio.Event()
        self._looking = asyncio.Lock()
        self._stopping = False
        self._seen: dict[Claim, float] = {}
        self._looked_at = monotonic()
        self.delivered = 0
        self.taken_over = 0
        self.lost = 0
        """Notices that somebody else took over while we held them."""
        self.refusal = ""
        """Why the store refused last; empty while it takes what we write."""

    @property
    def held(self) -> int:
        """How many notices this process holds now."""
        return len(self._held)

    @property
    def stopping(self) -> bool:
        """True once ``stop`` was called."""
        return self._stopping

    @property
    def idle_for(self) -> float:
        """Seconds since the last whole look at what is owed."""
        return self._monotonic() - self._looked_at

    def wake(self) -> None:
        """Something may be owed: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Go on until ``stop``; what the store refuses is tried again."""
        while not self._stopping:
            try:
                busy = await self.look()
            except StoreUnavailable as failure:
                self._complain(failure.reason)
                await self._rest(RETRY)
                continue
            await self._rest(GATHER if busy or self._held else IDLE)

    async def stop(self, grace: float) -> None:
        """Claim nothing more, let what is on its way arrive for at most ``grace`` seconds, and record it."""
        self._stopping = True
        self._wake.set()
        self._courier.give_up()
        with suppress(TimeoutError):
            async with asyncio.timeout(grace), self._looking:  # what a look has claimed is on its way when it ends
                self._courier.give_up()
                await self._tasks.join()
        await self._tasks.close()
        with suppress(StoreUnavailable):  # then whoever comes next takes over what was held
            await self._settle()

    async def clear(self) -> None:
        """Deliver everything that can be delivered at this moment."""
        while await self.look() or self._held:
            await self._tasks.join()

    async def look(self) -> bool:
        """One look: record outcomes, spread, take over, claim. True where there may be more to do at once."""
        async with self._looking:
            return await self._look()

    async def _look(self) -> bool:
        self._wake.clear()
        settled = await self._settle()
        async with self._store.reading() as repositories:
            opened = await repositories.broadcasts.list_open()
        spread, ready = await self._fan_out.advance(opened, at=self._time.now())
        await self._take_over()
        claimed = await self._claim(ready)
        self._looked_at = self._monotonic()
        self.refusal = ""
        return bool(settled or spread or claimed)

    async def tell_of_long_pause(self, seconds: float) -> None:
        """Telegram makes everything wait for so long: staff are told."""
        await self._fan_out.tell_of_long_pause(seconds)
        self.wake()

    async def _take_over(self) -> None:
        """Free what somebody has held for longer than anybody may, and what is ours without our knowing of it."""
        async with self._store.reading() as repositories:
            claims = [claim for claim in await repositories.notices.list_claims() if not self._holds(claim)]
        now = self._monotonic()
        self._seen = {claim: self._seen.get(claim, now) for claim in claims}
        dead = [claim for claim, since in self._seen.items() if now - since >= self._takeover]
        if dead:
            async with self._store.posting() as repositories:
                freed = await repositories.notices.release(dead)
            self.taken_over += freed
            log.warning("notices of a sender that is gone are sent again, marked as doubtful", notices=freed)

    def _holds(self, claim: Claim) -> bool:
        """False also for a claim that was committed while the store said it failed."""
        return claim.by == self._name and claim.notice_id in self._held

    async def _claim(self, ready: Sequence[Broadcast]) -> bool:
        """Claim as many notices as may be in flight, the most urgent first, and send them on their way."""
        going = {broadcast.id: broadcast for broadcast in ready if self._lets(broadcast)}
        free = IN_FLIGHT - len(self._held)
        if self._stopping or not going or free < IN_FLIGHT // 4:
            return False
        claimed: list[Notice] = []
        async with self._store.posting() as repositories:
            for broadcast in going.values():
                found = await repositories.notices.claim(
                    broadcast.id, by=self._name, at=self._time.now(), limit=free - len(claimed)
                )
                claimed += found
                if not found and broadcast.fanned_out:
                    await repositories.broadcasts.complete(broadcast.id)
                if len(claimed) == free:
                    break
        self._held |= {notice.id: notice for notice in claimed}
        if self._stopping:
            self._give_back(claimed)
        else:
            await self._hand_over(claimed, going)
        return bool(claimed)

    def _lets(self, broadcast: Broadcast) -> bool:
        """False while Telegram wants no bulk from us."""
        return self._courier.paused_for <= 0 or broadcast.kind is NoticeKind.LONG_PAUSE

    async def _hand_over(self, claimed: Sequence[Notice], broadcasts: Mapping[int, Broadcast]) -> None:
        letters = None
        try:
            places = await self._directory.tree()
            async with self._store.reading() as repositories:
                letters = await LetterWriter(repositories, places, self._clock.now()).write(claimed, broadcasts)
        finally:
            if letters is None:
                self._give_back(claimed)
        for notice in claimed:
            letter = letters[notice.id]
            if isinstance(letter, Letter):
                self._tasks.start(self._deliver(letter), name="deliver")
            else:
                self._note(DeliveryResult(notice, None, Completion(notice.id, letter[0], letter[1])))

    def _give_back(self, claimed: Sequence[Notice]) -> None:
        """Let go of what was never sent, as soon as the store takes it."""
        now = self._time.now()
        for notice in claimed:
            self._note(
                DeliveryResult(notice, None, Completion(notice.id, NoticeStatus.WAITING, due_at=now, tried=False))
            )

    async def _deliver(self, letter: Letter) -> None:
        notice = letter.notice
        done = DeliveryResult(notice, letter, retry_after_crash(notice, self._time.now()))
        try:
            outcome = await self._courier.deliver(letter, patience=PATIENCE)
            done = DeliveryResult(notice, letter, completion_of(notice, outcome, self._time.now()), outcome)
        except asyncio.CancelledError:  # cut off half-way
            now = self._time.now()
            done = DeliveryResult(
                notice, letter, Completion(notice.id, NoticeStatus.WAITING, due_at=now, doubtful=True)
            )
            raise
        finally:
            self._note(done)

    def _note(self, done: DeliveryResult) -> None:
        self._done.append(done)
        if len(self._done) >= IN_FLIGHT // 4:
            self._wake.set()

    async def _settle(self) -> bool:
        """Record every outcome there is, in one transaction."""
        if not self._done:
            return False
        done, now = list(self._done), self._clock.now()
        async with self._store.posting() as repositories:
            ours = set(await repositories.notices.complete([each.settlement for each in done], by=self._name, at=now))
            for each in sorted(
                done, key=lock_order
            ):  # in one order everywhere: two processes never wait for each other
                await follow(repositories, each, now)
        del self._done[: len(done)]
        for each in done:
            self._held.pop(each.notice.id, None)
        self.delivered += sum(each.settlement.delivery is NoticeStatus.DELIVERED for each in done)
        if lost := len(done) - len(ours):
            self.lost += lost
            log.warning("notices were taken over while we held them", notices=lost)
        return True

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    def _complain(self, reason: str) -> None:
        if not self.refusal:
            log.error("the post waits: the database is not available", reason=reason)
        self.refusal = reason
