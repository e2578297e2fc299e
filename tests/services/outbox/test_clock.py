"""The sender's clock: whatever is done to the wall clock, time goes on."""

from __future__ import annotations

from datetime import timedelta

from bot.services.outbox.clock import MonotonicWallClock
from tests import samples
from tests.clocks import VirtualClock


def test_time_goes_on_when_the_wall_clock_is_put_back_and_follows_it_when_it_is_put_forward() -> None:
    wall = VirtualClock()
    clock = MonotonicWallClock(wall, wall.monotonic)
    assert clock.now() == samples.NOW
    wall.time -= timedelta(days=1)
    wall.forward(seconds=10)
    assert clock.now() == samples.NOW + timedelta(seconds=10)
    wall.time += timedelta(days=2)
    assert clock.now() == samples.NOW + timedelta(days=1, seconds=10)
