"""What a vote costs where a thousand, a hundred thousand and a million people have voted before, in batches."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import AsyncExitStack
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks import town
from benchmarks.report import Measure
from benchmarks.telegram import FIRST_PERSON
from bot.app import SystemClock
from bot.domain.people import Caller
from bot.domain.questions import Choose
from bot.services.voting import Voting
from bot.tasks import Tasks

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.town import Town

SIZES: Final = (1_000, 100_000, 1_000_000)
BATCH: Final = 50
BATCHES: Final = 4
"""In one round, for each size."""


class Box:
    """A file and its ballot box; everybody in it has answered the first question."""

    def __init__(self, place: Town, voting: Voting, residents: int) -> None:
        self._place = place
        self._voting = voting
        self._residents = residents
        self._order = 1

    async def round(self) -> tuple[float, float]:
        """Milliseconds of the clock and of the processor per press, of people from all over the file."""
        chosen = [random.sample(range(1, self._residents + 1), BATCH) for _ in range(BATCHES)]
        wall, processor = time.perf_counter(), time.process_time()
        for people in chosen:
            await asyncio.gather(*(self._press(person) for person in people))
        return _each(time.perf_counter() - wall), _each(time.process_time() - processor)

    async def _press(self, person: int) -> None:
        self._order += 1
        caller, stance = Caller(FIRST_PERSON + person, "ky"), Choose(self._order % 3 + 1)
        await self._voting.cast(caller, self._place.hearing_id, 2 + self._order % 5, stance, order=self._order)


def _each(seconds: float) -> float:
    return seconds * 1000 / (BATCH * BATCHES)


async def measure(places: list[Town], sizes: tuple[int, ...], rounds: int) -> list[Measure]:
    """Rounds in turn, after two of each that are not counted."""
    wall: dict[int, list[float]] = {size: [] for size in sizes}
    processor: dict[int, list[float]] = {size: [] for size in sizes}
    tasks = Tasks()
    async with AsyncExitStack() as stack:
        opened = []
        for place, size in zip(places, sizes, strict=True):
            store = await town.opened(place)
            stack.push_async_callback(store.close)
            opened.append(Box(place, Voting(store, SystemClock(), tasks), size))
        for turn in range(rounds + 2):
            for size, box in zip(sizes, opened, strict=True):
                seconds, busy = await box.round()
                if turn >= 2:
                    wall[size].append(seconds)
                    processor[size].append(busy)
    smallest, *others = sizes
    return [
        Measure(
            f"{size} to {smallest} residents",
            median(wall[size]),
            median(wall[smallest]),
            median(wall[size]) / median(wall[smallest]),
            "ms/press",
            at_most=1.2,
            details={"processor_ratio": round(median(processor[size]) / median(processor[smallest]), 3)},
        )
        for size in others
    ]


def main(folder: Path, sizes: tuple[int, ...] = SIZES, rounds: int = 25) -> list[Measure]:
    """Make the files, and measure."""
    places = []
    for size in sizes:
        place = town.make(folder / f"votes-{size}.db", residents=size)
        town.add_votes(place, questions=7, each=1)
        places.append(place)
    return asyncio.run(measure(places, sizes, rounds))
