"""Connections to a SQLite file in the thread of the event loop: the product's own way, without the trips.

A trip to another thread costs more of the processor than the statement that it is for. What tests ask here is what the
bot says, in whichever thread SQLite is asked; other tasks have their turn at each statement, as they have at a trip.
What a thread has to do with the answer is asked with ``OwnThread``: of cancellations, of other programs that hold the
file, of processes that are killed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from storage import Store
from storage.addresses import parse_address
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

Outcome = TypeVar("Outcome")


class SameThread:
    """A ``storage.threads.Runner`` without a thread."""

    async def run(self, work: Callable[[], Outcome]) -> Outcome:
        """What ``work()`` returns, or raises, when other tasks have had their turn."""
        await asyncio.sleep(0)
        return work()

    def post(self, work: Callable[[], object]) -> None:
        """Do ``work()``."""
        work()

    def end(self) -> None:
        """Nothing to end."""


def opened(url: str) -> Store:
    """A database that is at the newest schema, asked in the loop's own thread; no thread is made to look."""
    return Store(Database(parse_address(url), runner=SameThread))
