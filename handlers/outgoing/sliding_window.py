"""How many messages may leave in a second: arithmetic on a monotonic clock, whose time the caller gives.

Telegram counts what reaches it in sliding seconds. A network delays one message more than the next, so it is not enough
to count what leaves.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handlers.outgoing.answer_pace import BULK_A_SECOND
from handlers.outgoing.circuit_breaker import NEVER

if TYPE_CHECKING:
    from handlers.outgoing.answer_pace import AnswerPace

MARGIN: Final = 1.015
"""Seconds: how long a second is here, for what cannot be measured."""
SLOT_LASTS: Final = 2.0
"""Seconds after which a slot is free again although no answer has come."""
ARRIVAL_MARGIN: Final = 1.005
"""Seconds between two arrivals that count as a second: the fastest round trip known may not be the fastest possible."""
TRIPS_REMEMBERED: Final = 1000
"""Round trips after which the fastest is measured anew: the way may have become longer for good."""
REMEMBERED: Final = 10.0
"""Seconds for which it is known what has left."""
BULK_STEP: Final = MARGIN / BULK_A_SECOND
"""Seconds between two messages of bulk."""
NO_PART: Final = 0.25
"""Seconds after which it is asked again whether this process has a part of what the bot may send."""


@dataclass(slots=True, eq=False)
class Slot:
    """One message's part of the window: when it left, and when it is free again (None before its answer came).

    ``number`` counts slots as they are granted; ``bulk_number`` is the circuit breaker's number of a bulk message, 0
    for a reply. ``arrived_at`` is when the message reached Telegram, as far as its answer tells; ``taken`` is False
    where Telegram refused it, or it never left.
    """

    sent_at: float
    number: int = 0
    bulk: bool = False
    bulk_number: int = 0
    free_at: float | None = None
    arrived_at: float | None = None
    taken: bool = True


class SlidingWindow:
    """At most as many messages in any second, as Telegram counts, as the ``pace`` allows; None allows any number.

    A message reached Telegram at the latest one way before its answer came, and at the earliest one way after it left.
    So its slot is free again one second after its answer came, less the fastest round trip known: even if the network
    or a busy processor delays this message and not the next, Telegram never counts too many. For what cannot be
    measured there is ``MARGIN``.

    Bulk leaves in even steps of its own 30 a second. Where the pace of all is short, every reply puts the next bulk
    message off by a step too, but not for longer than bulk's share allows. So slots never become free in lumps, and a
    reply that comes between bulk waits one step, not a second.
    """

    def __init__(self, pace: AnswerPace | None) -> None:
        self._pace = pace
        self._slots: list[Slot] = []
        self._recent: deque[Slot] = deque()
        self._free_after_pause: list[float] = []  # when the slots that a pause has filled are free again
        self._trips = 0
        self._fastest = self._fastest_before = float("inf")
        self._next_bulk_at = NEVER
        self._last_bulk_at = NEVER
        self._paused_until = NEVER
        self.last_number = 0
        """The number of the slot that was granted last."""

    def wait(self, now: float, *, bulk: bool, bulk_waits: bool = False) -> float:
        """Seconds until a message may leave; 0 or less when it may now. While ``bulk_waits``, replies leave its share.

        Only an estimate for a slot without an answer: after so many seconds the caller has to ask again.
        """
        at = max(self._paused_until, self._next_bulk_at) if bulk else self._paused_until
        if self._pace is None:
            return at - now
        total = self._pace.total
        if total < 1 or (bulk and self._pace.bulk < 1):
            return max(NO_PART, at - now)
        every: list[float] = []
        own: list[float] = []
        self._slots = kept = [slot for slot in self._slots if self._free_at(slot, now) > now]
        for slot in kept:
            free_at = self._free_at(slot, now)
            every.append(free_at)
            if slot.bulk is bulk:
                own.append(free_at)
        every += [free_at for free_at in self._free_after_pause if free_at > now]
        most_own = self._pace.bulk if bulk else self._pace.most_answers(bulk_waits=bulk_waits)
        return max(at, _below(every, total), _below(own, most_own)) - now

    def bulk_due(self, waits_since: float) -> float:
        """From when on bulk that waits since then has a share although replies wait."""
        if self._pace is None:
            return NEVER
        return max(self._last_bulk_at, waits_since) + MARGIN / self._pace.bulk_share

    def take(self, now: float, *, bulk: bool = False) -> Slot:
        """A message leaves now, for which ``wait`` was 0 or less; returns its slot.

        A bulk message that leaves a little late does not put off the next, or the mean rate would sink.
        """
        self._put_bulk_off(now, bulk=bulk)
        self.last_number += 1
        slot = Slot(now, self.last_number, bulk)
        if self._pace is not None:
            self._slots.append(slot)
            self._recent.append(slot)
            while self._recent[0].sent_at < now - REMEMBERED:
                self._recent.popleft()
        return slot

    def taken_in_a_second(self, after: int, last: int) -> int:
        """How many messages Telegram took in the last second of those whose slots are numbered so."""
        numbered = (slot for slot in self._recent if after < slot.number <= last)
        times = [slot.arrived_at for slot in numbered if slot.taken and slot.arrived_at is not None]
        return sum(at > max(times) - 1.0 for at in times)

    def _put_bulk_off(self, now: float, *, bulk: bool) -> None:
        if self._pace is None:
            return
        own = MARGIN / max(1, self._pace.bulk)
        step = own if bulk else MARGIN / max(1, self._pace.total, self._pace.bulk)
        on_time = now - self._next_bulk_at < own / 2
        self._next_bulk_at = (self._next_bulk_at if on_time else now) + step
        if bulk:
            self._last_bulk_at = now
        elif self._last_bulk_at > NEVER:
            share = max(now, self._last_bulk_at + MARGIN / self._pace.bulk_share)
            self._next_bulk_at = min(self._next_bulk_at, share)

    def note_answered(self, slot: Slot, now: float) -> None:
        """Telegram's answer to the slot's message came now, whatever it says."""
        self._trips += 1
        if self._trips % TRIPS_REMEMBERED == 0:
            self._fastest_before, self._fastest = self._fastest, float("inf")
        self._fastest = min(self._fastest, now - slot.sent_at)
        slot.arrived_at = (slot.sent_at + now) / 2
        slot.free_at = self._free_at(slot, now)

    def give_back(self, slot: Slot) -> None:
        """The slot's message did not leave after all."""
        slot.taken = False
        if slot in self._slots:
            self._slots.remove(slot)

    def pause(self, until: float) -> None:
        """Let nothing leave before ``until``, then one message after another, as if the second before were full.

        A pause that would end earlier than the present one changes nothing.
        """
        self._paused_until = max(self._paused_until, until)
        most = self._pace.total if self._pace is not None else 0
        self._free_after_pause = [self._paused_until + MARGIN / most * number for number in range(most)]

    @property
    def resumed_at(self) -> float:
        """When the last pause is over."""
        return self._paused_until

    def paused_for(self, now: float) -> float:
        """Seconds until the pause is over, 0 or less when there is none."""
        return self._paused_until - now

    def _free_at(self, slot: Slot, now: float) -> float:
        """When the slot is free again; for one without an answer, the earliest that this can be."""
        if slot.free_at is not None:
            return slot.free_at
        arrived_at = now - min(self._fastest, self._fastest_before)
        return min(slot.sent_at + SLOT_LASTS, max(slot.sent_at + MARGIN, arrived_at + ARRIVAL_MARGIN))


def _below(free_at: list[float], most: int) -> float:
    """From when on fewer than ``most`` of them are taken."""
    if len(free_at) < most:
        return NEVER
    if len(free_at) == most:
        return min(free_at)
    return sorted(free_at)[-most]
