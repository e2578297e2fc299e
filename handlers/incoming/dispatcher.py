"""Where updates go when they arrive: to be handled at once, or in turn behind others of their person.

What is handled within a moment is confirmed then, and nothing is written for it. What waits longer is stored in the
inbox, and confirmed when it is: Telegram's line goes on, and nobody in it waits for somebody else's thousand messages.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.domain.errors import StoreUnavailable
from handlers.incoming.elsewhere import Handling
from handlers.incoming.inbox_writer import InboxWriter
from handlers.incoming.incoming_update import IncomingUpdate, Unsecured
from handlers.incoming.intake import Unfinished
from handlers.incoming.turns import Turns
from handlers.press_times import PressTimes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.domain.inbox import WaitingUpdate
    from bot.services.inbox import Inbox
    from bot.tasks import Tasks
    from handlers.incoming.elsewhere import Elsewhere
    from handlers.incoming.intake import Intake

log = structlog.get_logger(__name__)

AT_ONCE: Final = 4
"""Updates of one person that are taken in before the next ones wait in the inbox."""
MOMENT: Final = 0.15
"""Seconds after which updates are stored of which none was handled meanwhile."""
LONGEST: Final = 0.5
"""Seconds after which all are stored that were not handled."""
GIVES_WAY: Final = 0.05
"""Seconds for which an update that waited gives way to those that are handled as they arrive."""
LINE_FIRST: Final = 0.5
"""Seconds for which it gives way while Telegram has more than one fetch brings: somebody may stand behind a flood."""


class Dispatcher:
    """Hands updates to ``intake``: those of a person in order, people side by side."""

    def __init__(self, intake: Intake, inbox: Inbox, tasks: Tasks, press_times: PressTimes | None = None) -> None:
        self.intake = intake
        self._press_times = press_times or PressTimes()
        self._inbox = inbox
        self._tasks = tasks
        self._known: dict[int, IncomingUpdate] = {}
        self._works: dict[IncomingUpdate, asyncio.Task[Any]] = {}
        self._at_once: Counter[int | None] = Counter()
        self._crowding: Counter[int | None] = Counter()
        self._turns = Turns(self._handle_in_turn, tasks)
        self._writer = InboxWriter(
            inbox, tasks, on_stored=self._on_stored, on_deleted=self._forget, on_lost=self._on_lost
        )
        self._calm = asyncio.Event()
        self._calm.set()
        self._stopping = False
        self._long_line = False
        self.elsewhere: Elsewhere | None = None
        """Where other processes handle updates too."""

    @property
    def stored(self) -> int:
        """How many updates this process has stored in the inbox."""
        return len(self._writer)

    def begin(self, raw: Mapping[str, Any], number: int, *, patience: float | None = None) -> IncomingUpdate:
        """Let an update be handled, as soon as its person's earlier ones are; one that is known stays as it is.

        Where it is not stored, the store may refuse it for ``patience`` seconds (None: any time).
        """
        if (known := self._known_as(raw, number)) is not None:
            return known
        update = self._arrive(raw, number, patience)
        self._start(update)
        return update

    async def begin_stored(self, batch: Mapping[int, Mapping[str, Any]], *, within: float) -> dict[int, IncomingUpdate]:
        """Store updates, given by their numbers, before they are handled: more can be fetched meanwhile.

        What the store does not take within so many seconds is handled all the same, and secured when it was.
        """
        updates = {number: self._known_as(raw, number) for number, raw in batch.items()}
        arrived = {number: self._arrive(raw, number) for number, raw in batch.items() if updates[number] is None}
        storable = [each for each in arrived.values() if each.can_be_stored]
        self._writer.store(storable)
        with Unsecured(storable) as left:
            await left.wait(within)
        for update in arrived.values():
            if update.stored or not update.secured.done():  # else it was given up meanwhile
                self._start(update)
        return {number: update or arrived[number] for number, update in updates.items()}

    async def secure(self, updates: Collection[IncomingUpdate], *, within: float) -> None:
        """Return when each of them is handled or stored, or after ``within`` seconds."""
        now = asyncio.get_running_loop().time
        began = now()
        self._writer.store(each for each in updates if self._crowding[each.person])
        with Unsecured(updates) as left:
            while (before := left.count) and (waited := now() - began) < within:
                await left.wait(min(MOMENT, within - waited))
                if left.count == before or now() - began >= LONGEST:
                    self._writer.store(updates)
                    await left.wait(within - (now() - began))
                    return

    def note_line(self, *, long: bool) -> None:
        """Note whether Telegram has more than the last fetch brought."""
        self._long_line = long
        self._note_calm()

    def takes_long(self, number: int) -> None:
        """Store an update that is being handled at once: nobody waits until it is known to take long."""
        if (update := self._known.get(number)) is not None:
            self._writer.store((update,))

    def is_followed(self, number: int) -> bool:
        """True where further messages of the same person wait behind this update."""
        update = self._known.get(number)
        return update is not None and self._turns.has_message(update.person)

    def give_up(self, update: IncomingUpdate) -> None:
        """Do not handle it where its turn has not come and it is not stored: Telegram brings it again."""
        if not update.begun and not update.stored and not update.secured.done():
            self._turns.drop({update})
            update.settle(good=False)
            self._forget(update)

    async def take_up(self, *, alone: bool) -> None:
        """Handle what waits in the inbox for nobody: ``alone``, for any process. Raises StoreUnavailable."""
        self._take(await (self._inbox.take_all() if alone else self._inbox.take_over()))

    async def take_handed(self) -> None:
        """Handle what other processes have handed to this one. Raises StoreUnavailable."""
        self._take(await self._inbox.take_handed())

    def is_busy_with(self, person: int) -> bool:
        """True where updates of a person wait here."""
        return self._crowding[person] > 0 or self._at_once[person] > 0

    async def watch(self) -> None:
        """Renew the lease, and take over what waits for processes that are gone."""
        if self._stopping:
            return
        try:
            await self._writer.renew()
            if self.elsewhere is not None:
                await self.take_handed()
            await self.take_up(alone=False)
        except StoreUnavailable as failure:
            log.warning("the inbox cannot be looked at", reason=failure.reason)

    async def idle(self) -> None:
        """Return when everything that has arrived was handled, and is stored no more."""
        while self._known or self._works or self._writer.busy:
            if self._works:
                await asyncio.wait(tuple(self._works.values()), return_when=asyncio.FIRST_COMPLETED)
            else:
                await self._writer.finish(1.0)
            await asyncio.sleep(0)

    def stop(self) -> None:
        """Wait for the store no longer, and for nobody's turn that is not stored: Telegram brings it again."""
        self._stopping = True
        self.note_line(long=False)
        self.intake.stop()
        for update in tuple(self._known.values()):
            self.give_up(update)

    async def finish(self, grace: float) -> None:
        """Give what is not handled ``grace`` seconds, and cancel what is left; what is stored stays in the inbox."""
        self.stop()
        now = asyncio.get_running_loop().time
        deadline = now() + grace
        while (self._works or self._turns.going) and (left := deadline - now()) > 0:
            if self._works:
                works = tuple(self._works.values())
                await asyncio.wait(works, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(0)
        self._turns.stop()
        if self._works:
            log.warning("left before all updates were handled")
            works = tuple(self._works.values())
            for work in works:
                work.cancel()
            await asyncio.wait(works)

    async def close(self, grace: float) -> None:
        """Finish, delete what was handled, and leave the rest to the next process."""
        await self.finish(grace)
        await self._writer.finish(grace)
        if self._writer:
            log.info("updates wait for the next start", updates=len(self._writer))
        if self._writer or self.elsewhere is not None:
            with suppress(StoreUnavailable):  # then the lease ends by itself
                await self._inbox.release()

    async def _handle_at_once(self, update: IncomingUpdate) -> None:
        try:
            await self._handle_here(update)
        finally:
            self._at_once[update.person] -= 1
            if not self._at_once[update.person]:
                del self._at_once[update.person]
            self._note_calm()

    async def _handle_in_turn(self, update: IncomingUpdate) -> None:
        task = asyncio.current_task()
        assert task is not None
        update.begun = True
        self._works[update] = task
        try:
            await self._before_turn(update)
        except asyncio.CancelledError:
            del self._works[update]
            raise
        if update.stored or not update.secured.done():
            await self._handle_here(update)
        else:  # another process has it
            del self._works[update]
            self._forget(update)

    async def _before_turn(self, update: IncomingUpdate) -> None:
        """Let go first what is handled as it arrives; then look whether this process still has what it has stored."""
        own = [work for each, work in self._works.items() if each.person == update.person and each is not update]
        if own:
            await asyncio.wait(own)
        with suppress(TimeoutError):
            async with asyncio.timeout(LINE_FIRST if self._long_line else GIVES_WAY):
                await self._calm.wait()
        with suppress(StoreUnavailable):  # then it goes on without: nothing can be taken over either
            await self._writer.renew()

    async def _handle_here(self, update: IncomingUpdate) -> None:
        """Handle it, unless its person is another process's, or older updates of theirs wait."""
        if self.elsewhere is None:
            await self._handle(update)
            return
        left: tuple[WaitingUpdate, ...] = ()
        try:
            place = await self.elsewhere.place_of(update)
            if place is Handling.BEHIND:
                left = await self.elsewhere.left_behind(update)
        except (StoreUnavailable, asyncio.CancelledError) as failure:
            del self._works[update]
            self._end(update, finished=False)
            if isinstance(failure, asyncio.CancelledError):
                raise
            return
        if place is Handling.HERE:
            try:
                await self._handle(update)
            finally:
                self.elsewhere.let_go(update)
            return
        del self._works[update]
        if place is Handling.HANDED_OVER:
            update.handed = True
            self._writer.note_handed(update)
            update.settle(good=True)
            self._forget(update)
        else:
            self._go_behind(update, left)

    def _go_behind(self, update: IncomingUpdate, left: Sequence[WaitingUpdate]) -> None:
        """Let those go first that another process has left."""
        update.begun = False
        self._crowd(update)
        if update.stored:
            self._turns.put(update, first=True)
            self._take(left, first=True)
        else:
            self._take(left)
            self._turns.put(update)
            self._writer.store((update,))

    async def _handle(self, update: IncomingUpdate) -> None:
        finished = True  # also where it crashes outside of the handlers: it must not block the queue
        try:
            await self.intake.take(update.content(), patience=None if update.stored else update.patience)
        except Unfinished:
            finished = False
        except asyncio.CancelledError:
            finished = False
            raise
        finally:
            del self._works[update]
            self._end(update, finished=finished)

    def _known_as(self, raw: Mapping[str, Any], number: int) -> IncomingUpdate | None:
        return self._known.get(number) if type(raw.get("update_id")) is int else None

    def _arrive(self, raw: Mapping[str, Any], number: int, patience: float | None = None) -> IncomingUpdate:
        self._press_times.note_arrived(raw)
        update = IncomingUpdate.arrived(number, raw, patience)
        if type(raw.get("update_id")) is int:
            self._known[number] = update
        return update

    def _start(self, update: IncomingUpdate) -> None:
        """Handle it as soon as its person's earlier ones are."""
        person = update.person
        waits = self._turns.has(person) if update.stored else self._crowding[person]
        crowded = waits or self._at_once[person] >= AT_ONCE
        if not crowded or not update.compress():
            update.begun = True
            self._at_once[person] += 1
            self._note_calm()
            self._works[update] = self._tasks.start(self._handle_at_once(update), name="update")
        else:
            self._crowd(update)
            self._turns.put(update)

    def _note_calm(self) -> None:
        if self._at_once or self._long_line:
            self._calm.clear()
        else:
            self._calm.set()

    def _end(self, update: IncomingUpdate, *, finished: bool) -> None:
        if finished:
            update.handled = True
        update.settle(good=finished)
        if not update.stored:
            self._forget(update)
        elif finished:
            self._writer.delete(update)
        elif self._stopping:
            self._turns.stop()  # what follows must not be handled before it
        else:
            update.begun = False
            self._turns.put(update, first=True)

    def _crowd(self, update: IncomingUpdate) -> None:
        if not update.crowding:
            update.crowding = True
            self._crowding[update.person] += 1

    def _forget(self, update: IncomingUpdate) -> None:
        if self._known.get(update.number) is update:
            del self._known[update.number]
        if update.crowding:
            update.crowding = False
            self._crowding[update.person] -= 1
            if not self._crowding[update.person]:
                del self._crowding[update.person]

    def _on_stored(self, update: IncomingUpdate) -> None:
        if update.handed:
            self._writer.note_handed(update)
            return
        given_up = update.secured.done() and not update.secured.result()
        if update.handled or given_up:  # meanwhile handled, or given up: Telegram brings it again
            self._writer.delete(update)
            return
        self._crowd(update)
        update.settle(good=True)

    def _on_lost(self) -> None:
        """Leave what was stored to the process that has taken it over."""
        gone = {each for each in self._known.values() if each.stored}
        self._turns.drop(gone)
        for update in gone:
            update.stored = False
            if not update.begun or update.handled:
                self._forget(update)

    def _take(self, waiting: Sequence[WaitingUpdate], *, first: bool = False) -> None:
        """Handle them in their order, ``first`` before what waits of their people."""
        for each in reversed(waiting) if first else waiting:
            update = self._known.get(each.update_id)
            if update is None or update.handled:
                update = IncomingUpdate.taken_up(each)
                self._known[each.update_id] = update
                self._turns.put(update, first=first)
            if not update.stored and not update.handled:
                self._writer.note_stored(update)
                self._crowd(update)
                update.settle(good=True)
