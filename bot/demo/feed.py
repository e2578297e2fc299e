"""The events of the chat page over Server-Sent Events: numbered and kept, so that a lost connection loses none."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections import deque
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Iterator

HEARTBEAT_SECONDS = 15.0
"""Seconds without an event after which a comment shows that the connection is alive."""

RECONNECT_MILLISECONDS = 700
"""Milliseconds after which a page whose connection broke connects again."""


class Feed:
    """The last ``keep`` events, and the streams that wait for the next."""

    def __init__(self, *, keep: int = 1000) -> None:
        self.closed = False
        self._run = secrets.token_hex(4)
        self._number = 0
        self._kept: deque[tuple[int, str]] = deque(maxlen=keep)
        self._waiting: set[asyncio.Event] = set()

    @property
    def mark(self) -> str:
        """The position after the newest event, which ``Last-Event-ID`` brings back."""
        return f"{self._run}-{self._number}"

    def publish(self, kind: str, **facts: Any) -> None:
        """Send an event to every page."""
        self._number += 1
        self._kept.append((self._number, json.dumps({"kind": kind, **facts}, ensure_ascii=False)))
        self._wake()

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        self._wake()

    def after(self, mark: str) -> list[str] | None:
        """The events after ``mark``, as texts of a stream; None where they are no longer kept."""
        run, _, number = mark.rpartition("-")
        oldest = self._kept[0][0] if self._kept else self._number + 1
        if run != self._run or not number.isdecimal() or not oldest - 1 <= int(number) <= self._number:
            return None
        return [self._text(at, body) for at, body in self._kept if at > int(number)]

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Answer with the events after the page's mark, then with each new one, until either side closes."""
        mark = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        await response.write(f"retry: {RECONNECT_MILLISECONDS}\n\n".encode())
        with self._wait() as published, contextlib.suppress(ConnectionResetError):
            while not self.closed:
                published.clear()
                news, mark = self._since(mark), self.mark
                await response.write((news or ": still here\n\n").encode())
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(published.wait(), HEARTBEAT_SECONDS)
        return response

    def _since(self, mark: str) -> str:
        news = self.after(mark)
        return "".join(news) if news is not None else self._text(self._number, json.dumps({"kind": "resync"}))

    def _text(self, number: int, body: str) -> str:
        return f"id: {self._run}-{number}\ndata: {body}\n\n"

    def _wake(self) -> None:
        for published in self._waiting:
            published.set()

    @contextlib.contextmanager
    def _wait(self) -> Iterator[asyncio.Event]:
        """An event that is set when something is published, inside ``with``."""
        published = asyncio.Event()
        self._waiting.add(published)
        try:
            yield published
        finally:
            self._waiting.discard(published)
