"""How long people wait for the toast of their press, from its arrival here until Telegram has the answer."""

from __future__ import annotations

import time
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BOUNDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 150.0)
"""Seconds; Telegram forgets a press after the last."""
PRESSES_REMEMBERED: Final = 20_000
"""Presses without an answer yet of which the arrival is known."""


class PressTimes:
    """Counts answered presses by how long their people have waited."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._arrived: dict[str, float] = {}
        self._counts = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0
        """What all of them have waited together."""

    def note_arrived(self, raw: Mapping[str, Any]) -> None:
        """An update has arrived; where it is a press, its person waits from now on."""
        query = raw.get("callback_query")
        if not isinstance(query, dict) or not isinstance(number := query.get("id"), str):
            return
        self._arrived.setdefault(number, self._monotonic())
        if len(self._arrived) > PRESSES_REMEMBERED:
            del self._arrived[next(iter(self._arrived))]

    def note_answered(self, query_id: str) -> None:
        """Telegram has taken the answer to a press."""
        if (arrived := self._arrived.pop(query_id, None)) is not None:
            waited = self._monotonic() - arrived
            self.seconds += waited
            self._counts[bisect_left(BOUNDS, waited)] += 1

    def buckets(self) -> Iterator[tuple[str, int]]:
        """For each bound, how many waited no longer, as Prometheus has it."""
        total = 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), self._counts, strict=True):
            total += count
            yield bound, total
