"""Updates of one person one after another, those of different people at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from telegram import Update
from telegram.ext import BaseUpdateProcessor

if TYPE_CHECKING:
    from collections.abc import Awaitable


@dataclass(slots=True)
class _Queue:
    """The updates of one person; ``size`` counts them, so that an empty queue can go."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    size: int = 0


class PerPersonProcessor(BaseUpdateProcessor):
    """Handles each person's updates in the order of arrival; a person without updates under way costs nothing."""

    __slots__ = ("_queues",)

    def __init__(self, max_concurrent_updates: int = 1024) -> None:
        super().__init__(max_concurrent_updates)
        self._queues: dict[int, _Queue] = {}

    def __len__(self) -> int:
        """How many people have updates under way."""
        return len(self._queues)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end: the caller of ``process_update`` ends what is under way."""

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Await ``coroutine`` when everything earlier of the same person has ended."""
        person = _person(update)
        if person is None:
            await coroutine
            return
        queue = self._queues.setdefault(person, _Queue())
        queue.size += 1
        try:
            await self._in_turn(queue, coroutine)
        finally:
            queue.size -= 1
            if not queue.size:
                del self._queues[person]

    @staticmethod
    async def _in_turn(queue: _Queue, coroutine: Awaitable[object]) -> None:
        try:
            await queue.lock.acquire()
        except asyncio.CancelledError:
            if asyncio.iscoroutine(coroutine):
                coroutine.close()  # it never ran; Python would complain
            raise
        try:
            await coroutine
        finally:
            queue.lock.release()


def _person(update: object) -> int | None:
    """The id by which updates are kept in order: the sender's, else the chat's."""
    if not isinstance(update, Update):
        return None
    if update.effective_user is not None:
        return update.effective_user.id
    return update.effective_chat.id if update.effective_chat is not None else None
