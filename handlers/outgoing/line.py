"""The line of chats whose next reply waits for the pace of all: a fair order, and no task for who stands in it."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.outgoing.chat_queues import ChatQueue


class Line:
    """Chats by the priority of their first message, then by how often they were served, then by how long that waits.

    So a person's first screen goes before another's third. Who was served is forgotten when nobody stands in the line.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, float, int, int, ChatQueue]] = []
        self._served: Counter[int] = Counter()
        self._came = 0

    def __len__(self) -> int:
        """How many chats stand in it."""
        return len(self._heap)

    def put(self, chat_id: int, queue: ChatQueue) -> None:
        """Let a chat that has a message stand in it; it must not stand there already."""
        self._came += 1
        first = queue.messages[0]
        place = (first.priority, self._served[chat_id], first.queued_at, self._came, chat_id, queue)
        heapq.heappush(self._heap, place)

    def take(self) -> tuple[int, ChatQueue]:
        """The chat whose turn it is; IndexError where nobody stands in it."""
        *_, chat_id, queue = heapq.heappop(self._heap)
        return chat_id, queue

    def note_served(self, chat_id: int) -> None:
        """The chat has got a message."""
        if self._heap:
            self._served[chat_id] += 1
        else:
            self._served.clear()
