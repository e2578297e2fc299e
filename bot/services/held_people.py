"""Whose updates this process handles, where there are several: a person is one process's while something goes on.

So a person's updates are handled in order, what was seen is known, and the limits of their chat are kept, as in one
process. A person of whom nothing has come for a moment is nobody's: whichever process gets the next update takes them.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.ports.replicas import ReplicaLink
    from bot.tasks import Tasks

log = structlog.get_logger(__name__)

KEPT_FOR: Final = 3.0
"""Seconds without an update after which a person is let go, where nothing to their chat waits."""
CLAIMED_AT_ONCE: Final = 500


class HeldPeople:
    """People by Telegram id. ``busy(person)`` says that something of theirs waits, so that they are not let go.

    While this process is not ``sharing`` there is no other, and everybody is its own without a question.
    """

    def __init__(self, link: ReplicaLink, tasks: Tasks, *, monotonic: Callable[[], float]) -> None:
        self.sharing = False
        self.admitted = False
        """The others know of this process: before, they would ask nobody whose a person is."""
        self.busy: Callable[[int], bool] = lambda _: False
        self.on_taken: Callable[[int], None] = lambda _: None
        """Called with each person who becomes this process's: they may have been another's meanwhile."""
        self.on_alone: Callable[[Collection[int]], None] = lambda _: None
        """Called with those who are this process's when no other is left: anybody else may have been another's."""
        self._link = link
        self._tasks = tasks
        self._monotonic = monotonic
        self._held: dict[int, float] = {}
        self._with_updates: set[int] = set()
        self._under_way: Counter[int] = Counter()
        self._asked: dict[int, list[asyncio.Future[str]]] = {}
        self._to_release: list[int] = []
        self._asking: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """How many people are this process's now."""
        return len(self._held)

    async def hold(self, person: int) -> str:
        """Make a person this process's, until ``let_go`` was called as often; returns whose they are else, or "".

        Raises StoreUnavailable; then they are not held.
        """
        if self.sharing and not self.admitted:
            raise StoreUnavailable("other processes do not know of this one yet")
        if not self.sharing:
            self._held[person] = self._monotonic()
        elif person in self._held:
            await asyncio.sleep(0)  # who has asked before goes first
        elif (owner := await self._ask(person)) != "":
            return owner
        self._under_way[person] += 1
        return ""

    def hold_anyhow(self, person: int) -> None:
        """Hold a person for an update that can be handled nowhere else."""
        self._under_way[person] += 1

    def let_go(self, person: int) -> None:
        """What ``hold`` was called for has ended."""
        self._under_way[person] -= 1
        if not self._under_way[person]:
            del self._under_way[person]
        if person in self._held:
            self._held[person] = self._monotonic()

    def shares(self, person: int) -> bool:
        """True where the person is this process's already, so that others hand it what comes of them."""
        return self.sharing and person in self._held

    def waits(self, person: int) -> bool:
        """True where updates of the person wait in the inbox that another process has left; until ``note_taken``."""
        return person in self._with_updates

    def note_taken(self, person: int) -> None:
        """What waited of the person is this process's."""
        self._with_updates.discard(person)

    async def begin_sharing(self) -> None:
        """Another process has come: make this one's of whom anything goes on. Raises StoreUnavailable."""
        self.sharing = True
        before = list(self._held)
        for first in range(0, len(before), CLAIMED_AT_ONCE):
            await self._link.claim(before[first : first + CLAIMED_AT_ONCE])

    def end_sharing(self) -> None:
        """No other process is left."""
        if self.sharing:
            self.sharing = False
            self.on_alone(self._held.keys())

    def sweep(self) -> None:
        """Let people go of whom nothing goes on."""
        before = self._monotonic() - KEPT_FOR
        idle = [
            person
            for person, used in self._held.items()
            if used < before and person not in self._under_way and not self.busy(person)
        ]
        for person in idle:
            del self._held[person]
        if self.sharing and idle:
            self._to_release += idle
            self._start()

    def forget_all(self) -> None:
        """Others have taken this process for gone: nobody is its own any more."""
        self.admitted = False
        self._held.clear()
        self._with_updates.clear()
        self._to_release.clear()

    def _ask(self, person: int) -> asyncio.Future[str]:
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._asked.setdefault(person, []).append(answer)
        self._start()
        return answer

    def _start(self) -> None:
        if self._asking is None or self._asking.done():
            self._asking = self._tasks.start(self._go_on(), name="whose updates")

    async def _go_on(self) -> None:
        while self._asked or self._to_release:
            asked = dict(list(self._asked.items())[:CLAIMED_AT_ONCE])
            released, self._to_release = self._to_release, []
            try:
                if released:
                    await self._link.release([person for person in released if person not in self._held])
                if asked:
                    await self._claim(list(asked))
            except StoreUnavailable as failure:
                log.warning("whose updates these are cannot be asked", reason=failure.reason)
                self._to_release += released
                self._refuse(failure)
                return

    def _refuse(self, failure: StoreUnavailable) -> None:
        refused, self._asked = self._asked, {}
        for answer in (each for answers in refused.values() for each in answers):
            if not answer.done():
                answer.set_exception(failure)

    async def _claim(self, people: list[int]) -> None:
        claimed = await self._link.claim(people)
        now = self._monotonic()
        self._with_updates |= claimed.with_updates
        for person in people:
            if person in claimed.own:
                self._held[person] = now
                self.on_taken(person)
            for answer in self._asked.pop(person):
                if not answer.done():
                    answer.set_result(claimed.others.get(person, ""))
