"""The pace of what leaves, in several processes: each has its part, all learn together, and a 429 of one stops all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.outgoing.answer_pace import AnswerPace
    from handlers.outgoing.rate_limiter import RateLimiter


class SharedPace:
    """What this process tells the others of its pace, and what it takes over from them.

    Only what Telegram has told this process itself is told on: a pause that went to and fro would never end.
    ``on_paused()`` is called when there is a pause to tell of at once.
    """

    def __init__(
        self,
        limiter: RateLimiter,
        pace: AnswerPace | None,
        *,
        monotonic: Callable[[], float],
        on_paused: Callable[[], None],
    ) -> None:
        self._limiter = limiter
        self._pace = pace
        self._monotonic = monotonic
        self._on_paused = on_paused
        self._until = self._bulk_until = float("-inf")
        limiter.on_paused, limiter.on_bulk_paused = self._note_paused, self._note_bulk_paused

    @property
    def hungry(self) -> bool:
        """True where it has more to send than its part lets through."""
        return self._limiter.hungry

    def told(self) -> Mapping[str, Any]:
        """What the others should know; to be written as JSON."""
        now = self._monotonic()
        pauses = {"paused": max(0.0, self._until - now), "bulk_paused": max(0.0, self._bulk_until - now)}
        return {**pauses, "pace": self._pace.told} if self._pace is not None else pauses

    def hear(self, told: Mapping[str, Any]) -> None:
        """Take note of what another process has told."""
        if self._pace is not None and (learnt := told.get("pace")):
            self._pace.hear(learnt, self._monotonic())
        for key, bulk in (("paused", False), ("bulk_paused", True)):
            if (seconds := told.get(key, 0.0)) > 0:
                self._limiter.pause_with_others(seconds, bulk=bulk)

    def _note_paused(self, seconds: float) -> None:
        self._until = max(self._until, self._monotonic() + seconds)
        self._on_paused()

    def _note_bulk_paused(self, seconds: float) -> None:
        self._bulk_until = max(self._bulk_until, self._monotonic() + seconds)
        self._on_paused()
