"""Events: what people would see on their phones, for listeners (the chat page, a waiting test)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from types import TracebackType

    from bot.simulator.messages import Message

EventKind = Literal["new", "edited", "deleted", "toast", "action", "pinned", "unpinned", "reaction", "menu"]
Listener = Callable[["Event"], None]


@dataclass(frozen=True, slots=True)
class Event:
    """One change in the chat ``chat_id``; ``message`` where it concerns a message.

    ``text`` is the toast or the chat action (``typing``), ``alert`` says whether the toast wants a tap, ``query`` is
    the press that a toast answers, ``user_id`` the person whose phone shows it.
    """

    kind: EventKind
    chat_id: int
    message: Message | None = None
    text: str = ""
    alert: bool = False
    query: str = ""
    user_id: int = 0
    data: Any = None


class EventStream:
    """An iterator of all events from its creation until ``close``."""

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
        """Stop listening; an iteration that waits ends."""
        self._stop()
        self._queue.put_nowait(None)


class Events:
    """The listeners, in the order in which they began to listen."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with each event from now on; the function returned stops it."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def notify(self, event: Event) -> None:
        """Call every listener with ``event``."""
        for listener in tuple(self._listeners):
            listener(event)
