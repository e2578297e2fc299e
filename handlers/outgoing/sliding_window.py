"""How many messages may leave in a second: arithmetic on a monotonic clock, whose time the caller gives.

Telegram counts what reaches it in sliding seconds. A network delays one message more than the next, so it is not enough
to count what leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.outgoing.circuit_breaker import NEVER

MARGIN: Final = 1.015
"""Seconds: how long a second is here, for what cannot be measured."""
SLOT_LASTS: Final = 2.0
"""Seconds after which a slot is free again although no answer has come."""
ARRIVAL_MARGIN: Final = 1.005
"""Seconds between two arrivals that count as a second: the fastest round trip known may not be the fastest possible."""
TRIPS_REMEMBERED: Final = 1000
"""Round trips after which the fastest is measured anew: the way may have become longer for good."""


@dataclass(slots=True, eq=False)
class Slot:
    """One message's part of the window: when it left, and when its answer came (None before that).

    ``bulk_number`` is the circuit breaker's number of a bulk message, 0 for a reply.
    """

    sent_at: float
    bulk_number: int = 0
    answered_at: float | None = None


class SlidingWindow:
    """At most ``most`` messages in any second as Telegram counts; None allows any number.

    A message reached Telegram at the latest one way before its answer came, and at the earliest one way after it left.
    So its slot is free again one second after its answer came, less the fastest round trip known: even if the network
    or a busy processor delays this message and not the next, Telegram never counts too many. For what cannot be
    measured there is ``MARGIN``.

    Bulk leaves in even steps, and every message, bulk or reply, puts the next bulk message off by a step. So slots
    never become free in lumps, and a reply that comes between bulk waits one step, not a second.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._slots: list[Slot] = []
        self._free_after_pause: list[float] = []  # when the slots that a pause has filled are free again
        self._trips = 0
        self._fastest = self._fastest_before = float("inf")
        self._step = MARGIN / most if most else 0.0
        self._next_bulk_at = NEVER
        self._paused_until = NEVER

    def wait(self, now: float, *, bulk: bool) -> float:
        """Seconds until a message may leave; 0 or less when it may now.

        Only an estimate for a slot without an answer: after so many seconds the caller has to ask again.
        """
        at = max(self._paused_until, self._next_bulk_at) if bulk else self._paused_until
        if self._most is not None:
            self._slots = [slot for slot in self._slots if self._free_at(slot, now) > now]
            ends = [self._free_at(slot, now) for slot in self._slots] + self._free_after_pause
            taken = sorted(free_at for free_at in ends if free_at > now)
            if len(taken) >= self._most:
                at = max(at, taken[-self._most])
        return at - now

    def take(self, now: float) -> Slot:
        """A message leaves now, for which ``wait`` was 0 or less; returns its slot.

        A message that leaves a little late does not put off the next bulk message, or the mean rate would sink.
        """
        on_time = now - self._next_bulk_at < self._step / 2
        self._next_bulk_at = (self._next_bulk_at if on_time else now) + self._step
        slot = Slot(now)
        if self._most is not None:
            self._slots.append(slot)
        return slot

    def note_answered(self, slot: Slot, now: float) -> None:
        """Telegram's answer to the slot's message came now, whatever it says."""
        slot.answered_at = now
        self._trips += 1
        if self._trips % TRIPS_REMEMBERED == 0:
            self._fastest_before, self._fastest = self._fastest, float("inf")
        self._fastest = min(self._fastest, now - slot.sent_at)

    def give_back(self, slot: Slot) -> None:
        """The slot's message did not leave after all."""
        if slot in self._slots:
            self._slots.remove(slot)

    def pause(self, until: float) -> None:
        """Let nothing leave before ``until``, then one message after another, as if the second before were full.

        A pause that would end earlier than the present one changes nothing.
        """
        self._paused_until = max(self._paused_until, until)
        self._free_after_pause = [self._paused_until + self._step * number for number in range(self._most or 0)]

    def paused_for(self, now: float) -> float:
        """Seconds until the pause is over, 0 or less when there is none."""
        return self._paused_until - now

    def _free_at(self, slot: Slot, now: float) -> float:
        """When the slot is free again; for one without an answer, the earliest that this can be."""
        answered_at = slot.answered_at if slot.answered_at is not None else now
        arrived_at = answered_at - min(self._fastest, self._fastest_before)
        return min(slot.sent_at + SLOT_LASTS, max(slot.sent_at + MARGIN, arrived_at + ARRIVAL_MARGIN))
