"""The state of polling, for operators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST_WITHOUT_ANSWER: Final = 60.0
"""Seconds of failing fetches after which an operator should know."""


@dataclass(slots=True)
class PollingHealth:
    """The state of polling; ``answered_at`` is on the monotonic clock, None before the first answer."""

    answered_at: float | None = None
    errors: int = 0
    """Failed fetches since the last answer."""
    conflict: bool = False
    batches: int = 0
    updates: int = 0

    @property
    def answers(self) -> bool:
        """Whether Telegram answered the last fetch, be it that another process is polling."""
        return self.conflict or not self.errors

    def answered(self, at: float) -> None:
        """Note an answer of Telegram at that moment."""
        self.answered_at = at
        self.errors = 0
        self.conflict = False

    def trouble(self, now: float) -> str | None:
        """Why updates do not arrive; None while they do, or there are none."""
        if self.conflict:
            return "another process is polling with this token"
        if not self.errors:
            return None
        silent = float("inf") if self.answered_at is None else now - self.answered_at
        return f"no answer from Telegram, {self.errors} times" if silent > LONGEST_WITHOUT_ANSWER else None
