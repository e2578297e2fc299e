"""Updates that wait, one of each person at a time, and everybody in turn: a thousand of one cost the others one."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.tasks import Tasks
    from handlers.incoming.incoming_update import IncomingUpdate

PEOPLE_AT_ONCE: Final = 16
"""People of whom an update that waited is handled at the same time."""


class Turns:
    """``handle(update)`` is awaited for each update: those of one person in order, people in turn."""

    def __init__(self, handle: Callable[[IncomingUpdate], Awaitable[None]], tasks: Tasks) -> None:
        self._handle = handle
        self._tasks = tasks
        self._waiting: dict[int | None, deque[IncomingUpdate]] = {}
        self._next: deque[int | None] = deque()
        self._served = 0
        self._stopped = False

    def __len__(self) -> int:
        """How many people have updates that wait."""
        return len(self._waiting)

    @property
    def going(self) -> bool:
        """True while something waits that will be handled."""
        return bool(self._waiting) and not self._stopped

    def has(self, person: int | None) -> bool:
        """True where something of the person waits, or is handled in its turn."""
        return person in self._waiting

    def has_message(self, person: int | None) -> bool:
        """True where a message of the person waits."""
        return any(each.is_message for each in self._waiting.get(person, ()))

    def put(self, update: IncomingUpdate, *, first: bool = False) -> None:
        """Handle it after everything that waits of its person; ``first``: before that."""
        own = self._waiting.get(update.person)
        if own is None:
            own = self._waiting[update.person] = deque()
            self._next.append(update.person)
        (own.appendleft if first else own.append)(update)
        self._serve()

    def drop(self, updates: set[IncomingUpdate]) -> None:
        """Do not handle those of them that still wait."""
        for person in {each.person for each in updates} & self._waiting.keys():
            own = self._waiting[person]
            kept = [each for each in own if each not in updates]
            own.clear()
            own.extend(kept)

    def stop(self) -> None:
        """Begin with no more."""
        self._stopped = True

    def _serve(self) -> None:
        while self._next and self._served < PEOPLE_AT_ONCE and not self._stopped:
            self._served += 1
            self._tasks.start(self._handle_next(self._next.popleft()), name="update in turn")

    async def _handle_next(self, person: int | None) -> None:
        """Handle one update of a person, who then stands at the end of the line again."""
        own = self._waiting[person]
        try:
            if own:
                await self._handle(own.popleft())
        finally:
            self._served -= 1
            if own:
                self._next.append(person)
            else:
                del self._waiting[person]
            self._serve()
