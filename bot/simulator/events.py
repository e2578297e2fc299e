"""What people would see happen on their phones, told to whoever listens (the chat page, a waiting test)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from types import TracebackType

    from bot.simulator.messages import Message

Kind = Literal["new", "edited", "deleted", "toast", "action", "pinned", "unpinned", "reaction", "menu"]
Listener = Callable[["Event"], None]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in ``chat_id``; ``message`` where it concerns one.

    ``text`` is the toast or the chat action (``typing``), ``alert`` whether the toast wants a tap, ``query`` the press
    that a toast answers, ``user_id`` whose phone shows a toast.
    """

    kind: Kind
    chat_id: int
    message: Message | None = None
    text: str = ""
    alert: bool = False
    query: str = ""
    user_id: int = 0
    data: Any = None


class EventStream:
    """An endless iterator of events, from the moment it is made until it is closed."""

    def __init__(self, events: Events) -> None:
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._stop = events.listen(self._queue.put_nowait)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        event = await self._queue.get()
        if event is None:
            raise StopAsyncIteration
        return event

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hear nothing more; an iteration that waits ends."""
        self._stop()
        self._queue.put_nowait(None)


class Events:
    """The listeners."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with each event from now on; the answer stops it."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def tell(self, event: Event) -> None:
        """Tell everyone, in the order in which they began to listen."""
        for listener in tuple(self._listeners):
            listener(event)
