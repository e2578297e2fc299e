"""Updates that wait in the inbox: stored before they are confirmed to Telegram, since their turn comes later.

Telegram hands out updates in one line, and whoever confirms one confirms all before it. So that nobody waits behind
somebody who sends a thousand messages at once, what cannot be handled at once is stored and confirmed, and handled in
turn.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.domain.values import dataclass

WAITING_LASTS: Final = timedelta(days=1)
"""How long an update may wait in the inbox: Telegram keeps one no longer itself."""
ANSWERS_HELD: Final = timedelta(minutes=1)
"""How long an owed reply waits at most for further messages of its person that wait in the inbox."""

MERGED_FROM: Final = 4
"""Updates of one person in the inbox from which on replies are merged: of fewer, each is answered by itself."""


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """An update as Telegram sent it. ``telegram_id`` is whose it is: the sender's, else the chat's."""

    update_id: int
    telegram_id: int
    content: str
    """JSON."""
