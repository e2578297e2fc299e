"""Writes to the inbox for everybody at once: what is to be stored and what was handled, in one commit after another."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.domain.inbox import WaitingUpdate
    from bot.services.inbox import Inbox
    from bot.tasks import Tasks
    from handlers.incoming.incoming_update import IncomingUpdate

log = structlog.get_logger(__name__)

UPDATES_OF_ONE: Final = 2_000
"""Updates of one person that may wait in the inbox; what is more stays with Telegram, unconfirmed."""
UPDATES_OF_ALL: Final = 20_000
"""Updates of everybody."""
WRITTEN_AT_ONCE: Final = 500
COLLECT_HANDLED: Final = 0.2
"""Seconds for which handled updates wait for each other to be deleted in one commit."""
STORE_RETRY: Final = 1.0
"""Seconds until a deletion is tried again that the store refused."""


class InboxWriter:
    """Stores updates, and deletes them when they were handled.

    Called are ``on_stored(update)``, ``on_deleted(update)``, and ``on_lost()`` where another process has taken over
    everything that was stored before.
    """

    def __init__(
        self,
        inbox: Inbox,
        tasks: Tasks,
        *,
        on_stored: Callable[[IncomingUpdate], None],
        on_deleted: Callable[[IncomingUpdate], None],
        on_lost: Callable[[], None],
    ) -> None:
        self._inbox = inbox
        self._tasks = tasks
        self._on_stored, self._on_deleted, self._on_lost = on_stored, on_deleted, on_lost
        self._to_store: dict[IncomingUpdate, None] = {}
        self._to_delete: list[IncomingUpdate] = []
        self._of_person: Counter[int | None] = Counter()
        self._more = asyncio.Event()
        self._hurry = False
        self._running: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """How many updates are stored."""
        return self._of_person.total()

    @property
    def busy(self) -> bool:
        """True while anything is to be written."""
        return self._running is not None and not self._running.done()

    def store(self, updates: Iterable[IncomingUpdate]) -> None:
        """Store those that may be, together with what others want stored; what the store refuses is left as it is."""
        self._to_store |= dict.fromkeys(each for each in updates if not each.stored and not each.secured.done())
        if self._to_store:
            self._start()

    def delete(self, update: IncomingUpdate) -> None:
        """Delete a stored update that was handled, soon; one that is not stored any more stays as it is."""
        if update.stored:
            update.stored = False
            self._to_delete.append(update)
            if not self.busy or len(self._to_delete) >= WRITTEN_AT_ONCE:
                self._start()

    def note_stored(self, update: IncomingUpdate) -> None:
        """Count an update that was stored by another process and is handled by this one."""
        update.stored = True
        self._count(update, 1)

    def note_handed(self, update: IncomingUpdate) -> None:
        """Count a stored update no more: another process handles it."""
        self._inbox.note_handed(update.number)
        if update.stored:
            update.stored = False
            self._count(update, -1)

    async def renew(self) -> None:
        """Renew the lease where it is time. Raises StoreUnavailable."""
        if self._inbox.needs_renewal and not await self._inbox.write():
            self._lose()

    async def finish(self, patience: float) -> None:
        """Delete what was handled, at once; return when nothing is left to be written, or after ``patience``."""
        self._hurry = True
        if self._to_delete:
            self._start()
        if self._running is not None:
            await asyncio.wait([self._running], timeout=patience)
        self._hurry = False

    def _start(self) -> None:
        self._more.set()
        if not self.busy:
            self._running = self._tasks.start(self._write_all(), name="inbox")

    async def _write_all(self) -> None:
        while self._to_store or self._to_delete:
            if not self._to_store and not self._hurry:
                await self._collect()
            try:
                await self._write()
            except StoreUnavailable as failure:
                log.warning("the inbox waits: the database is not available", reason=failure.reason)
                self._to_store.clear()
                if self._hurry:
                    return
                await self._pause(STORE_RETRY)

    async def _collect(self) -> None:
        """Let more updates be handled, but not while one wants to be stored."""
        self._more.clear()
        if len(self._to_delete) < WRITTEN_AT_ONCE:
            await self._pause(COLLECT_HANDLED)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._more.wait()

    async def _write(self) -> None:
        adding = self._next_to_store()
        deleting, self._to_delete = self._to_delete, []
        try:
            alive = await self._inbox.write(adding.values(), [each.number for each in deleting])
        except StoreUnavailable:
            self._to_delete = deleting + self._to_delete
            raise
        if not alive:
            self._lose()
        for update in deleting:
            if alive:
                self._count(update, -1)
            self._on_deleted(update)
        for update in adding:
            if not update.stored:  # another process may have stored it for this one meanwhile
                self._count(update, 1)
            update.stored = True
            self._on_stored(update)

    def _next_to_store(self) -> dict[IncomingUpdate, WaitingUpdate]:
        """Those for which there is room, and which have not been handled meanwhile."""
        chosen: dict[IncomingUpdate, WaitingUpdate] = {}
        people = Counter(self._of_person)
        while self._to_store and len(chosen) < WRITTEN_AT_ONCE:
            update = next(iter(self._to_store))
            del self._to_store[update]
            if update.secured.done() or people[update.person] >= UPDATES_OF_ONE or people.total() >= UPDATES_OF_ALL:
                continue
            if (waiting := update.as_waiting()) is not None:
                chosen[update] = waiting
                people[update.person] += 1
        return chosen

    def _lose(self) -> None:
        """Another process handles what was stored."""
        log.warning("this process was held up, and another one has taken over what waited", updates=len(self))
        self._of_person.clear()
        deleting, self._to_delete = self._to_delete, []
        for update in deleting:
            self._on_deleted(update)
        self._on_lost()

    def _count(self, update: IncomingUpdate, more: int) -> None:
        self._of_person[update.person] += more
        if not self._of_person[update.person]:
            del self._of_person[update.person]
