"""A Telegram in the same process that takes everything at once, and keeps what it was told."""

from __future__ import annotations

import json
from typing import Any, Final

from telegram.request import BaseRequest, RequestData

ME: Final = {"id": 42, "is_bot": True, "first_name": "Hearings", "username": "hearings_bot"}


class AnsweredAtOnce(BaseRequest):
    """The library's way to a Telegram that costs next to nothing: what is measured is the bot's own work."""

    __slots__ = ("buttons", "messages", "toasts")

    def __init__(self) -> None:
        self.buttons: list[str] = []
        """The data of the buttons of all screens since this was emptied, in their order."""
        self.toasts: list[tuple[str, bool]] = []
        """The words of toasts, and whether they are alerts."""
        self.messages = 1_000

    def forget(self) -> None:
        """Begin to keep anew."""
        self.buttons.clear()
        self.toasts.clear()

    @property
    def read_timeout(self) -> float | None:
        """Seconds, as the library asks."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - GET and POST are alike here
        request_data: RequestData | None = None,
        *_more: Any,
        **_named: Any,
    ) -> tuple[int, bytes]:
        """The status and the bytes of an answer."""
        fields = request_data.parameters if request_data else {}
        return 200, json.dumps({"ok": True, "result": self._result(url.rpartition("/")[2], fields)}).encode()

    def _result(self, name: str, fields: dict[str, Any]) -> object:
        if name == "getMe":
            return ME
        if name == "answerCallbackQuery":
            self.toasts.append((fields.get("text", ""), bool(fields.get("show_alert"))))
            return True
        if not name.startswith(("send", "edit")) or name == "sendChatAction":
            return True
        self.buttons += _buttons(fields.get("reply_markup"))
        self.messages += 1
        chat = {"id": int(fields.get("chat_id", 1)), "type": "private"}
        return {"message_id": int(fields.get("message_id", self.messages)), "date": 1_790_000_000, "chat": chat}


def _buttons(markup: Any) -> list[str]:
    rows = (json.loads(markup) if isinstance(markup, str) else markup or {}).get("inline_keyboard", ())
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
