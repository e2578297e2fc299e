"""How long to wait before something that failed is tried again: exponential back-off, written once for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_DOUBLINGS: Final = 60
"""Failures beyond these add nothing: every ``longest`` is reached by then, and a float never overflows."""


def no_jitter() -> float:
    """The whole delay, each time."""
    return 1.0


class Backoff:
    """Delays that grow: ``first`` seconds after one failure, ``factor`` times as long after each further one.

    No delay is longer than ``longest`` seconds. ``jitter`` returns a number from 0 to 1 (``random.random`` does): at 0
    half of a delay is waited, at 1 all of it, so that callers who failed together do not come back together.
    """

    def __init__(
        self, first: float, *, longest: float, factor: float = 2.0, jitter: Callable[[], float] = no_jitter
    ) -> None:
        self._first = first
        self._longest = longest
        self._factor = factor
        self._jitter = jitter

    def seconds(self, failures: int) -> float:
        """Seconds to wait after ``failures`` failures in a row, at least one."""
        growth = self._factor ** min(failures - 1, MOST_DOUBLINGS)
        return min(self._first * growth, self._longest) * (0.5 + self._jitter() / 2)
