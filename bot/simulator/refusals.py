"""Telegram's refusals: an HTTP status, a sentence for developers, sometimes a parameter."""

from __future__ import annotations

from typing import Any

from bot.domain.errors import HearingBotError

STATUS_PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
}


class RefusedError(HearingBotError):
    """A call that Telegram refuses; ``parameters`` may have ``retry_after`` or ``migrate_to_chat_id``."""

    def __init__(self, status: int, reason: str = "", **parameters: int) -> None:
        phrase = STATUS_PHRASES.get(status, "Error")
        self.status = status
        self.description = f"{phrase}: {reason}" if reason else phrase
        self.parameters = parameters
        super().__init__(self.description)

    def as_json(self) -> dict[str, Any]:
        """The body of the answer, in Telegram's shape."""
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad_request(reason: str) -> RefusedError:
    """400: the call is wrong, and repeating it does not help."""
    return RefusedError(400, reason)


def forbidden(reason: str) -> RefusedError:
    """403: the bot may not write to the person or chat."""
    return RefusedError(403, reason)


def unmodelled(what: str) -> RefusedError:
    """501: Telegram knows ``what``, this simulator does not model it."""
    return RefusedError(501, f"the simulator does not model {what}")


def too_many_requests(seconds: int) -> RefusedError:
    """429: the bot may call again after so many whole seconds."""
    return RefusedError(429, f"retry after {seconds}", retry_after=seconds)
