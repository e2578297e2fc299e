"""Jobs for a worker's process that a test can watch and hold."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.reports.jobs import Bench


@dataclass(frozen=True)
class Hold:
    """Adds a line with its process's number to a file, then waits until there are ``lines`` in it."""

    notes: str
    lines: int

    async def run(self, bench: Bench) -> int:
        """The number of the process."""
        async with bench.store.reading() as repositories:
            await repositories.places.list_all()
        with Path(self.notes).open("a") as notes:
            print(os.getpid(), file=notes)
        while len(Path(self.notes).read_text().splitlines()) < self.lines:
            time.sleep(0.01)
        return os.getpid()


@dataclass(frozen=True)
class Stumble:
    """Ends with an error that quotes what somebody wrote."""

    words: str

    async def run(self, bench: Bench) -> None:
        """Raise ValueError."""
        raise ValueError(self.words)
