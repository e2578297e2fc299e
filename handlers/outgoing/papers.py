"""Files, voice messages and photos as calls of the Bot API: sent as they are, and fetched."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram import InputFile
from telegram.error import BadRequest, TelegramError

from handlers.outgoing.call_fields import caption_fields, id_of_message
from handlers.outgoing.telegram_errors import Verdict, judge

if TYPE_CHECKING:
    from telegram import Bot

    from handlers.outgoing.calls import Calls
    from handlers.outgoing.chat_queues import AwaitPermit
    from handlers.views.screen import Paper

log = structlog.get_logger(__name__)

WITHOUT_CAPTION: Final = frozenset({"video_note"})
"""Kinds of files to which Telegram adds no words."""
FETCHED_AT_ONCE: Final = 4
"""Recordings that are fetched to be sent as files, and so held in memory, each of at most 20 MB."""
LONGEST_FETCH: Final = 60.0
"""Seconds that the content of a file may take, of at most 20 MB."""
AS_IT_IS: Final = {"disable_content_type_detection": True}
"""Else Telegram would make a voice message of a sound that is sent as a file."""


class Papers:
    """Sends and fetches files by ``calls``; a refusal is raised as the library's ``TelegramError``."""

    def __init__(self, bot: Bot, calls: Calls) -> None:
        self._bot = bot
        self._calls = calls
        self._fetching = asyncio.Semaphore(FETCHED_AT_ONCE)

    async def send(
        self, chat_id: int, permit: AwaitPermit, *, paper: Paper, thread_id: int | None = None
    ) -> int | None:
        """Send a file, a voice message or a photo as it is; returns the message's id.

        Whoever lets nobody send them recordings gets a recording as a file.
        """
        try:
            return await self._calls.in_topic(chat_id, thread_id, partial(self._send, permit, paper))
        except BadRequest as error:
            if judge(error).verdict is not Verdict.NO_RECORDINGS or paper.file_id is None:
                raise
            async with self._fetching:
                content = await self._download(paper.file_id)
                if content is None:
                    raise
                filed = replace(paper, content=content, file_id=None, kind="document")
                return await self._calls.in_topic(chat_id, thread_id, partial(self._send, permit, filed, as_it_is=True))

    async def fetch(self, file_id: str) -> bytes:
        """The content of a file that a person has sent. Raises TelegramError, KeyError, TypeError."""
        async with self._fetching:
            described = await self._calls.call("getFile", {"file_id": file_id})
            url = f"{self._bot.base_file_url}/{described['file_path']}"
            return await self._bot.request.retrieve(url, read_timeout=LONGEST_FETCH)

    async def _send(
        self, permit: AwaitPermit, paper: Paper, target: dict[str, Any], *, as_it_is: bool = False
    ) -> int | None:
        content = paper.file_id or InputFile(paper.content, filename=paper.name)
        caption = caption_fields(paper.caption) if paper.caption and paper.kind not in WITHOUT_CAPTION else {}
        more = AS_IT_IS if as_it_is else {}
        method = f"send{paper.kind.title().replace('_', '')}"
        await permit()
        return id_of_message(await self._calls.call(method, {**target, **caption, **more}, {paper.kind: content}))

    async def _download(self, file_id: str) -> bytes | None:
        """The content of a file; None where Telegram does not give it away."""
        try:
            described = await self._calls.call("getFile", {"file_id": file_id})
            return await self._bot.request.retrieve(f"{self._bot.base_file_url}/{described['file_path']}")
        except (KeyError, TypeError, TelegramError) as error:
            log.info("file not downloaded", error=type(error).__name__)
            return None
