"""What one check has found."""

from __future__ import annotations

from bot.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: fine, ``wrong``, or ``missing`` as yet (the next thing to do)."""

    what: str
    words: str
    wrong: bool = False
    missing: bool = False

    @property
    def sign(self) -> str:
        """How it stands before the line."""
        return "✗" if self.wrong else "○" if self.missing else "✓"
