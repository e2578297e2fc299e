"""Pictures that Telegram has already: each is uploaded once and sent by its file id afterwards."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram.error import BadRequest

from bot.domain.errors import HearingBotError
from handlers.outgoing.telegram_errors import Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.views.screen import Picture

log = structlog.get_logger(__name__)

FILE_IDS_REMEMBERED: Final = 5_000


class PictureLost(HearingBotError):
    """Telegram does not know the file id, and the bytes are not there: the text has to do, which says the same."""


class Uploads:
    """File ids by the picture's key.

    ``on_file_id(key, file_id)`` is called with each new one, and with None where Telegram has forgotten one.
    """

    def __init__(self, on_file_id: Callable[[str, str | None], None]) -> None:
        self._on_file_id = on_file_id
        self._known: dict[str, str] = {}
        self._under_way: dict[str, asyncio.Lock] = {}

    async def use(self, picture: Picture, call: Callable[[str | bytes], Awaitable[Any]]) -> Any:
        """Send a picture: ``call(photo)`` with its file id, or with its bytes where there is none yet.

        Returns Telegram's answer, from which the file id of an upload is learned. While a picture is being uploaded,
        other calls for the same picture wait for its file id.

        Raises:
            PictureLost: there is neither a file id that Telegram knows nor bytes that it takes.
            TelegramError: whatever ``call`` raises for other reasons.
        """
        if (answer := await self._by_file_id(picture, call)) is not None:
            return answer
        if not picture.content:
            raise PictureLost(picture.key)
        lock = self._under_way.setdefault(picture.key, asyncio.Lock())
        async with lock:
            try:
                if picture.key in self._known:
                    return await call(self._known[picture.key])
                answer = await self._upload(picture.content, call)
                self._learn(picture.key, answer)
                return answer
            finally:
                self._under_way.pop(picture.key, None)

    async def _by_file_id(self, picture: Picture, call: Callable[[str | bytes], Awaitable[Any]]) -> Any:
        """Send by file id; returns the answer, or None where there is no file id that Telegram knows."""
        file_id = self._known.get(picture.key) or picture.file_id
        if file_id is None:
            return None
        try:
            return await call(file_id)
        except BadRequest as error:
            if judge(error).verdict is not Verdict.BAD_FILE:
                raise
            self._known.pop(picture.key, None)
            self._on_file_id(picture.key, None)
            return None

    async def _upload(self, content: bytes, call: Callable[[str | bytes], Awaitable[Any]]) -> Any:
        try:
            return await call(content)
        except BadRequest as error:
            if judge(error).verdict is not Verdict.BAD_FILE:
                raise
            log.warning("picture refused", error=type(error).__name__)
        raise PictureLost

    def _learn(self, key: str, message: Any) -> None:
        try:
            file_id = message["photo"][-1]["file_id"]
        except (KeyError, IndexError, TypeError):
            log.warning("no file id in the answer to an upload", key=key)
            return
        if len(self._known) >= FILE_IDS_REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[key] = file_id
        self._on_file_id(key, file_id)
