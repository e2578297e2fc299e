"""What the chat page hears over Server-Sent Events: numbered, kept for a while, so that a lost line loses nothing."""

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

HEARTBEAT = 15.0
"""Seconds of silence after which a comment shows that the line still stands."""

RETRY = 700
"""Milliseconds after which a page whose line broke tries again."""


class Feed:
    """The last ``keep`` things that happened, and whoever waits for the next."""

    def __init__(self, *, keep: int = 1000) -> None:
        self.closed = False
        self._life = secrets.token_hex(4)
        self._number = 0
        self._kept: deque[tuple[int, str]] = deque(maxlen=keep)
        self._bells: set[asyncio.Event] = set()

    @property
    def mark(self) -> str:
        """The place after the newest thing; what ``Last-Event-ID`` carries back."""
        return f"{self._life}-{self._number}"

    def publish(self, kind: str, **facts: Any) -> None:
        """Tell every page."""
        self._number += 1
        self._kept.append((self._number, json.dumps({"kind": kind, **facts}, ensure_ascii=False)))
        self._ring()

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        self._ring()

    def after(self, mark: str) -> list[str] | None:
        """What happened after ``mark``, as lines of a stream; None where that is no longer known."""
        life, _, number = mark.rpartition("-")
        oldest = self._kept[0][0] if self._kept else self._number + 1
        if life != self._life or not number.isdecimal() or not oldest - 1 <= int(number) <= self._number:
            return None
        return [self._lines(at, body) for at, body in self._kept if at > int(number)]

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Answer with everything after the page's mark, then with what comes, until one of the two goes away."""
        mark = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        await response.write(f"retry: {RETRY}\n\n".encode())
        with self._bell() as bell, contextlib.suppress(ConnectionResetError):
            while not self.closed:
                bell.clear()
                news, mark = self._since(mark), self.mark
                await response.write((news or ": still here\n\n").encode())
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(bell.wait(), HEARTBEAT)
        return response

    def _since(self, mark: str) -> str:
        news = self.after(mark)
        return "".join(news) if news is not None else self._lines(self._number, json.dumps({"kind": "resync"}))

    def _lines(self, number: int, body: str) -> str:
        return f"id: {self._life}-{number}\ndata: {body}\n\n"

    def _ring(self) -> None:
        for bell in self._bells:
            bell.set()

    @contextlib.contextmanager
    def _bell(self) -> Iterator[asyncio.Event]:
        bell = asyncio.Event()
        self._bells.add(bell)
        try:
            yield bell
        finally:
            self._bells.discard(bell)
