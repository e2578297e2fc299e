"""Deliveries: claimed notices are handed to the courier, and what came of each is recorded, which ends its claim."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.domain.notices import Completion
from bot.services.outbox import completion
from bot.services.outbox.completion import DeliveryResult, ResultRecorder
from bot.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.domain.notices import Notice
    from bot.ports import Clock, Courier, Store
    from bot.services.outbox.clock import MonotonicWallClock
    from bot.services.outbox.lease import Leases
    from bot.services.outbox.letters import Letter
    from bot.services.outbox.reply_letters import ReplyLetter

COURIER_PATIENCE: Final = 25.0
"""Seconds within which a letter has to leave; well below a lease."""
RESULTS_AT_ONCE: Final = 8
"""So many results are recorded without waiting for more."""


class Deliveries:
    """What this process has handed to the courier. ``on_results`` is called when many results wait to be recorded."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        courier: Courier[Letter | ReplyLetter],
        leases: Leases,
        *,
        owner: str,
        time: MonotonicWallClock,
        on_results: Callable[[], None],
    ) -> None:
        self._courier = courier
        self._leases = leases
        self._time = time
        self._recorder = ResultRecorder(store, clock, owner)
        self._on_results = on_results
        self._noted = asyncio.Event()
        self.tasks = Tasks()

    @property
    def delivered(self) -> int:
        """How many notices this process has delivered."""
        return self._recorder.delivered

    def start(
        self,
        claimed: Sequence[Notice],
        letters: Mapping[int, Letter | Completion] | Mapping[int, ReplyLetter | Completion],
    ) -> list[asyncio.Task[DeliveryResult]]:
        """Begin to deliver each claimed notice's letter; complete those that have none. Returns what has begun.

        What this process has let go of since it claimed them does not leave.
        """
        begun = []
        self.give_back([notice for notice in claimed if notice not in self._leases])
        for notice in filter(self._leases.__contains__, claimed):
            written = letters[notice.id]
            if isinstance(written, Completion):
                self._note(DeliveryResult(notice, None, written))
            else:
                begun.append(self.tasks.start(self._deliver(written), name="deliver"))
        return begun

    def give_back(self, claimed: Sequence[Notice]) -> None:
        """Let go of claimed notices that were not handed to the courier."""
        for notice in claimed:
            self._note(completion.not_sent(notice, self._time.now()))

    def put_off(self, claimed: Sequence[Notice]) -> None:
        """Let go of claimed notices for which there was nothing to hand over: until later, in the end for ever."""
        for notice in claimed:
            self._note(completion.nothing_to_send(notice, self._time.now()))

    async def record(self) -> bool:
        """Record all results kept so far; returns whether there were any. Raises StoreUnavailable: they are kept."""
        self._noted.clear()
        completed = await self._recorder.record()
        self._leases.ended(completed)
        return bool(completed)

    async def next_result(self) -> None:
        """Return when there is a result to be recorded."""
        if not len(self._recorder):
            await self._noted.wait()

    async def _deliver(self, letter: Letter | ReplyLetter) -> DeliveryResult:
        """Let the courier make one attempt, and note its result, whatever happens."""
        result = completion.retry_after_crash(letter, self._time.now())
        try:
            outcome = await self._courier.deliver(letter, patience=COURIER_PATIENCE)
            result = completion.result_of(letter, outcome, self._time.now())
        except asyncio.CancelledError:
            result = completion.cut_off(letter, self._time.now())
            raise
        finally:
            self._note(result)
        return result

    def _note(self, result: DeliveryResult) -> None:
        self._recorder.note(result)
        self._noted.set()
        if len(self._recorder) >= RESULTS_AT_ONCE:
            self._on_results()
