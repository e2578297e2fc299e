"""The two clocks of the tests: the product's own ``SystemClock``, and ``VirtualClock``, which only a test moves.

``in_virtual_time`` runs a test in an event loop whose time jumps to the next thing that is due, so that no test waits
and none depends on luck; ``VirtualClock`` goes with it. Only for what happens in process: a socket would not know that
an hour has passed. Whatever talks over real sockets, or runs in a process of its own, takes ``SystemClock``.
"""

from __future__ import annotations

import asyncio
import selectors
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

from bot.app import SystemClock
from tests.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

__all__ = ["SystemClock", "VirtualClock", "VirtualLoop", "in_virtual_time", "now"]

P = ParamSpec("P")


class VirtualClock:
    """A wall clock and a monotonic one beside it; both stand still until the test lets time pass.

    ``forward`` lets time pass for both. To set ``time`` is to correct the wall clock, as an operator does: the
    monotonic clock does not notice. In virtual time both also go with the loop. ``step`` seconds pass with each look at
    the wall clock.
    """

    def __init__(self, time: datetime = NOW, *, step: float = 0.0) -> None:
        self.time = time
        self._step = step
        self._passed = 0.0

    def now(self) -> datetime:
        """The moment the wall clock shows."""
        self.forward(seconds=self._step)
        return self.time + timedelta(seconds=_passed_in_loop())

    def monotonic(self) -> float:
        """Seconds that have passed."""
        return self._passed + _passed_in_loop()

    def forward(self, **by: float) -> None:
        """Let days, hours, minutes, seconds pass."""
        step = timedelta(**by)
        self.time += step
        self._passed += step.total_seconds()


class VirtualSelector(selectors.DefaultSelector):
    """Nothing is waited for: where the loop would wait, its time moves."""

    skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready now; if nothing is, the time moves by ``timeout``."""
        ready = super().select(0)
        if not ready and timeout is None:
            raise AssertionError("every task waits for something that will never come")
        if not ready and timeout is not None and timeout > 0:
            self.skipped += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop that starts at 0 seconds."""

    def __init__(self) -> None:
        self.selector = VirtualSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        """Seconds that were skipped so far."""
        return self.selector.skipped


def now() -> float:
    """Seconds since the test began, in its own time."""
    return asyncio.get_running_loop().time()


def in_virtual_time(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run a test in a loop of its own whose time is virtual."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run


def _passed_in_loop() -> float:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # no loop: a plain function
        return 0.0
    return loop.time() if isinstance(loop, VirtualLoop) else 0.0
