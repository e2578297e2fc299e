"""``hearing-bot run`` that tells, for every line it reads, how its event loop and its memory have fared since the last.

A heart beats every five milliseconds on the bot's own loop: what it is late by, the loop was blocked, by its own work
(``most_work_ms`` is the most processor time between two beats) or because other programs had the processor.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.telegram import share
from bot.cli.running import spare_the_collector, until_signalled
from bot.config import load
from bot.logs import set_up
from bot.running import run

if TYPE_CHECKING:
    from bot.runtime import App

STEP: Final = 0.005
PAGE: Final = os.sysconf("SC_PAGE_SIZE")
MEMORY: Final = Path("/proc/self/statm")


class Heart:
    """Beats on the loop it is started on."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._busy = 0.0
        self._first = self._most = _megabytes()

    def watch(self, app: App) -> None:
        """Beat, and tell, as long as the app runs."""
        app.tasks.start(self._beat(), name="heart")
        app.tasks.start(self._tell(), name="telling")

    async def _beat(self) -> None:
        while True:
            due, worked = time.perf_counter() + STEP, time.thread_time()
            await asyncio.sleep(STEP)
            self._late.append(time.perf_counter() - due)
            self._busy = max(self._busy, time.thread_time() - worked)
            if len(self._late) % 20 == 0:
                self._most = max(self._most, _megabytes())

    async def _tell(self) -> None:
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while await reader.readline():
            print(json.dumps(self._fared()), flush=True)

    def _fared(self) -> dict[str, Any]:
        late = sorted(self._late) or [0.0]
        now = _megabytes()
        fared = {
            "most_late_ms": round(late[-1] * 1000, 1),
            "p99_late_ms": round(share(late, 99) * 1000, 1),
            "most_work_ms": round(self._busy * 1000, 1),
            "grown_mb": round(max(self._most, now) - self._first, 1),
        }
        self._late.clear()
        self._busy = 0.0
        self._first = self._most = now
        return fared


def _megabytes() -> float:
    """Memory that is really there, in 10**6 bytes."""
    return int(MEMORY.read_text().split()[1]) * PAGE / 1e6


if __name__ == "__main__":
    settings = load()
    set_up(level=settings.log_level, form=settings.log_format)
    spare_the_collector()
    asyncio.run(until_signalled(lambda stop: run(settings, stop=stop, built=Heart().watch)))
