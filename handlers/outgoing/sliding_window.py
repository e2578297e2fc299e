"""How many messages may leave in a second: arithmetic on a monotonic clock, whose time the caller gives.

Telegram counts what it gets in sliding seconds; a network delays one message more than the next, so counting what
leaves is not enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.outgoing.circuit_breaker import NEVER

MARGIN: Final = 1.015
"""How much longer than Telegram's our windows are."""
LATEST: Final = 2.0
"""Seconds after which a place is free whatever has become of the message."""
SURE: Final = 1.005
"""Seconds between two arrivals, for that second: the fastest trip known may not be the fastest there is."""
MEMORY: Final = 1000
"""Trips after which the fastest is measured anew: a line may become longer for good."""


@dataclass(slots=True, eq=False)
class Slot:
    """One call: when it left, and when its answer was there. ``number`` counts bulk, 0 is none."""

    left_at: float
    number: int = 0
    landed_at: float | None = None


class SlidingWindow:
    """At most ``most`` messages in any second as Telegram sees it; None allows any number.

    A message is there at the latest a way back before its answer is here, and at the earliest a way there after it
    left. So its place is free again a second after its answer came, less the fastest round trip known: a network or a
    busy processor that holds one message up and not the next makes nothing too much. For what cannot be measured
    there is ``MARGIN``.

    Bulk leaves in even steps, and every message, bulk or not, puts the next of bulk off by a step: so places never
    become free in lumps, and whoever comes between bulk waits one step, not a second.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._slots: list[Slot] = []
        self._resuming: list[float] = []  # when the places that a pause has filled become free
        self._trips = 0
        self._fastest = self._fastest_before = float("inf")
        self._step = MARGIN / most if most else 0.0
        self._bulk_at = NEVER
        self._until = NEVER

    def wait(self, now: float, *, bulk: bool) -> float:
        """Seconds until one more may leave, or until it is worth another look; 0 or less when it may now."""
        at = max(self._until, self._bulk_at) if bulk else self._until
        if self._most is not None:
            self._slots = [slot for slot in self._slots if self._free_at(slot, now) > now]
            again = [self._free_at(slot, now) for slot in self._slots] + self._resuming
            taken = sorted(free_at for free_at in again if free_at > now)
            if len(taken) >= self._most:
                at = max(at, taken[-self._most])
        return at - now

    def left(self, now: float) -> Slot:
        """One leaves now. Who was woken a little late does not put off the next, or the mean would sink."""
        on_time = now - self._bulk_at < self._step / 2
        self._bulk_at = (self._bulk_at if on_time else now) + self._step
        slot = Slot(now)
        if self._most is not None:
            self._slots.append(slot)
        return slot

    def landed(self, slot: Slot, now: float) -> None:
        """Its answer is here, whatever it is."""
        slot.landed_at = now
        self._trips += 1
        if self._trips % MEMORY == 0:
            self._fastest_before, self._fastest = self._fastest, float("inf")
        self._fastest = min(self._fastest, now - slot.left_at)

    def unused(self, slot: Slot) -> None:
        """It did not leave after all."""
        if slot in self._slots:
            self._slots.remove(slot)

    def hold(self, until: float) -> None:
        """Nothing leaves before ``until``; then one after another, as if the second before had been a full one."""
        self._until = max(self._until, until)
        self._resuming = [self._until + self._step * number for number in range(self._most or 0)]

    def held(self, now: float) -> float:
        """Seconds for which nothing leaves at all, 0 or less when something may."""
        return self._until - now

    def _free_at(self, slot: Slot, now: float) -> float:
        """When its place is free again; of what is still on its way, the earliest that this can be."""
        seen = slot.landed_at if slot.landed_at is not None else now
        arrived = seen - min(self._fastest, self._fastest_before)
        return min(slot.left_at + LATEST, max(slot.left_at + MARGIN, arrived + SURE))
