"""How far away Telegram is, by the fetch that took the shortest time of late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SPAN: Final = 300.0
"""Seconds after which a measured time begins to be forgotten; twice that, and it is."""
FAR: Final = 0.02
"""Seconds of a round trip from which on more is gained than lost by storing a full batch before it is handled."""


class RoundTrip:
    """The least time of a call, in seconds: any may be longer, as it waits for updates, or for this busy process.

    TCP's BBR estimates a path in the same way: by the minimum over a window of time (draft-ietf-ccwg-bbr).
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._begun = float("-inf")
        self._least = self._earlier = float("inf")

    @property
    def is_long(self) -> bool:
        """True where Telegram is far away, or nothing is known of it."""
        return min(self._least, self._earlier) >= FAR

    def note(self, seconds: float) -> None:
        """A call was answered after so many seconds."""
        if self._monotonic() - self._begun >= SPAN:
            self._begun = self._monotonic()
            self._earlier, self._least = self._least, float("inf")
        self._least = min(self._least, seconds)
