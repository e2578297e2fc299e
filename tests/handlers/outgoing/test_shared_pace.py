"""Several processes: what one has learnt from Telegram the others know, and a pause ends when Telegram said so."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

from bot.backoff import Backoff
from bot.shared_pace import SharedPace
from handlers.outgoing.answer_pace import AnswerPace
from handlers.outgoing.rate_limiter import RateLimiter, Timing


@dataclass
class Side:
    """One process, as far as it sends; ``now`` is the clock of all."""

    now: list[float]
    told: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        timing = Timing(lambda: self.now[0], asyncio.sleep, Backoff(0.1, longest=1.0))
        self.pace = AnswerPace()
        self.pace.part = lambda: 0.5
        self.limiter = RateLimiter(self.pace, timing, lambda _: None)
        self.shared = SharedPace(
            self.limiter, self.pace, monotonic=lambda: self.now[0], on_paused=lambda: self.told.append(True)
        )

    def hear(self, other: Side) -> None:
        self.shared.hear(json.loads(json.dumps(other.shared.told())))


def test_each_has_its_part_of_both_budgets() -> None:
    side = Side([100.0])
    assert (side.pace.total, side.pace.bulk) == (15, 15)
    side.pace.part = lambda: 0.0
    assert (side.pace.total, side.pace.bulk) == (0, 0)


async def test_a_429_of_one_pauses_and_slows_the_other_and_no_pause_goes_to_and_fro() -> None:
    now = [100.0]
    one, two = Side(now), Side(now)
    slots = [one.limiter._window.take(now[0]) for _ in range(3)]
    for chat, slot in enumerate(slots, start=1):
        one.limiter.note_answered(slot)
        one.limiter.note_refused(slot, chat, 10.0)
    assert one.told == [True]
    two.hear(one)
    assert two.limiter.paused_for == 10.0
    assert two.pace.total == one.pace.total == 7
    assert two.told == []
    now[0] += 9.0
    for _ in range(5):
        one.hear(two)
        two.hear(one)
    assert one.limiter.paused_for == two.limiter.paused_for == 1.0


async def test_a_pause_of_bulk_is_one_of_bulk_for_the_other_too() -> None:
    now = [100.0]
    one, two = Side(now), Side(now)
    for chat in (1, 2):
        slot = await one.limiter.acquire_bulk(lambda: True)
        assert slot is not None
        one.limiter.note_answered(slot)
        one.limiter.note_bulk_refused(slot, chat, 30.0)
        one.limiter.note_bulk_outcome(slot, accepted=False)
        now[0] += 1.0
    two.hear(one)
    assert two.limiter.paused_for == 0.0
    assert two.limiter.bulk_paused_for == one.limiter.bulk_paused_for > 0


def test_who_has_more_lessons_is_believed_and_of_as_many_the_larger_figure() -> None:
    one, two = AnswerPace(), AnswerPace()
    one.hear({"lessons": 0, "total": 80.0, "limit": None}, 0.0)
    assert one.total == 80
    one.halve()
    two.hear(one.told, 0.0)
    assert two.total == 40
    two.note_taken(0.0, 60)
    one.hear(two.told, 0.0)
    assert one.told == two.told
    one.hear({"lessons": 0, "total": 200.0, "limit": None}, 0.0)
    assert one.told == two.told
