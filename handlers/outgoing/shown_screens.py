"""What stands in the bot's messages now, so that none is edited into what it says already: an edit counts as a message.

It lives in memory. A message that another process has changed meanwhile is told by Telegram's date of its last change.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from handlers.views.screen import Screen

MESSAGES_REMEMBERED: Final = 5_000


class ShownScreens:
    """What each message without a picture says, and when Telegram says that it was put there (seconds since 1970)."""

    def __init__(self) -> None:
        self._shown: OrderedDict[tuple[int, int], tuple[int, int]] = OrderedDict()

    def note(self, chat_id: int, answer: Any, screen: Screen) -> None:
        """Remember what ``answer``, Telegram's to a text that was sent or edited, shows from now on."""
        if not isinstance(answer, dict) or not isinstance(message_id := answer.get("message_id"), int):
            return
        changed_at = answer.get("edit_date") or answer.get("date")
        self.forget(chat_id, message_id)
        if isinstance(changed_at, int):
            self._shown[chat_id, message_id] = hash((screen.text, screen.rows)), changed_at
        if len(self._shown) > MESSAGES_REMEMBERED:
            self._shown.popitem(last=False)

    def forget(self, chat_id: int, message_id: int) -> None:
        """Whatever stands there, it is not known any more."""
        self._shown.pop((chat_id, message_id), None)

    def stands(self, chat_id: int, message_id: int, screen: Screen, *, seen_at: int) -> bool:
        """Whether the message says ``screen`` already; ``seen_at`` is the date of what its reader pressed."""
        return self._shown.get((chat_id, message_id)) == (hash((screen.text, screen.rows)), seen_at)
