"""The real wall clock, for tests over real sockets."""

from __future__ import annotations

from datetime import UTC, datetime


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - nothing here depends on what it says
