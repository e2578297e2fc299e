"""What the bot has given up telling people, and why."""

from __future__ import annotations

from bot.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class GivenUp:
    """So many notices of one kind that were not delivered and never will be, for the same ``reason``."""

    what: str
    """The kind of the broadcast, or of the reply that somebody is owed."""
    reason: str
    count: int
