"""What the house needs of the world, as small protocols; shelves and adapters promise exactly this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Clock(Protocol):
    """The time, as an argument."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...
