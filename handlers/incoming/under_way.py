"""The updates that were fetched and are not confirmed yet: which are secured, and from where to fetch on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handlers.incoming.dispatcher import Dispatcher
    from handlers.incoming.incoming_update import IncomingUpdate

    Json = dict[str, Any]

log = structlog.get_logger(__name__)

UPDATES_A_FETCH: Final = 100
"""As many as Telegram gives."""
BATCH_PATIENCE: Final = 1.0
"""Seconds after which what follows is fetched beside updates that are not secured."""
STORE_PATIENCE: Final = 0.15
"""Seconds for which a full batch may take to be stored before it is handled."""
SLOW_BATCH: Final = 30.0
"""Seconds after which updates that are not secured are written about in the log."""


class UpdatesUnderWay:
    """Fetched updates from ``offset`` on, in order, secured or not; a falsy one has none.

    The offset moves over what is handled or stored, up to the first update that is neither: what lies below it is
    confirmed by the next fetch. What a fetch brings again is known by its number.
    """

    def __init__(self, dispatcher: Dispatcher, monotonic: Callable[[], float]) -> None:
        self.offset = 0
        self._dispatcher = dispatcher
        self._monotonic = monotonic
        self._updates: dict[int, IncomingUpdate] = {}
        self._slowest: tuple[int | None, float] = (None, 0.0)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._updates)

    async def begin(self, batch: Sequence[Json], *, far: bool) -> int:
        """Start to handle what is new in the batch; returns how many are.

        Where Telegram has more and is ``far`` away, they are stored before, so that the next fetch leaves at once; not
        behind earlier ones that are neither handled nor stored: after a kill those would come last.
        """
        number = self.offset - 1
        new: dict[int, Json] = {}
        for raw in batch:
            update_id = raw.get("update_id")
            number = update_id if type(update_id) is int else number + 1  # ids follow one another
            if number not in self._updates:
                new.setdefault(number, raw)
        is_long = len(batch) >= UPDATES_A_FETCH
        self._dispatcher.note_line(long=is_long)
        if is_long and far and not self._updates:
            self._updates |= await self._dispatcher.begin_stored(new, within=STORE_PATIENCE)
        else:
            self._updates |= {number: self._dispatcher.begin(raw, number) for number, raw in new.items()}
        return len(new)

    async def wait(self) -> None:
        """Return when all are secured, or when what follows can wait no longer for them; then move the offset."""
        if self._updates:
            await self._dispatcher.secure(tuple(self._updates.values()), within=BATCH_PATIENCE)
        first = next((number for number, each in self._updates.items() if not each.secured.done()), None)
        self._note_slow(first)
        self.move()

    async def end(self, grace: float) -> None:
        """Give what is not handled ``grace`` seconds, cancel what is left, and move the offset."""
        await self._dispatcher.finish(grace)
        self.move()

    def move(self) -> None:
        """Move the offset over what is secured, up to the first update that is not, or was given up at a stop."""
        for number, update in list(self._updates.items()):
            if not update.secured.done() or not update.secured.result():
                return
            del self._updates[number]
            self.offset = number + 1

    def pass_over(self, number: int) -> None:
        """Go on behind an update that cannot be read."""
        self.offset = number + 1

    def begin_anew(self) -> None:
        """Fetch from the head of Telegram's queue: ids start anew after a quiet week; nothing is lost by it."""
        self._updates.clear()
        self.offset = 0

    def _note_slow(self, first: int | None) -> None:
        """Write to the log, once, when the same update is the first that is not finished for long."""
        if first is None or first != self._slowest[0]:
            self._slowest = (first, self._monotonic())
        elif self._monotonic() - self._slowest[1] > SLOW_BATCH:
            self._slowest = (first, float("inf"))
            log.error("updates take too long to be handled", updates=len(self))
