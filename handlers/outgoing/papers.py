"""Files, voice messages and photos as calls of the Bot API: sent as they are, and fetched."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol

import structlog
from telegram import InputFile
from telegram.error import BadRequest, TelegramError

from handlers.outgoing.call_fields import caption_fields, id_of_message, keyboard_fields
from handlers.outgoing.telegram_errors import Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Callable

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


class Kept(Protocol):
    """The files of which the bot has the bytes, by what Telegram knows each by."""

    async def content(self, unique_id: str) -> bytes | None:
        """The bytes of a file; None where they are not kept."""

    async def note_sent(self, unique_id: str, file_id: str) -> None:
        """Store under what Telegram has a file that was sent anew."""


class Papers:
    """Sends and fetches files by ``calls``; a refusal is raised as the library's ``TelegramError``."""

    def __init__(self, bot: Bot, calls: Calls, on_file_id: Callable[[str, str | None], None]) -> None:
        """``on_file_id(key, file_id)`` is called with the key of each file that Telegram has learned or lost (None)."""
        self.kept: Kept | None = None
        """Where the bytes are of files that Telegram has no more; the composition says so."""
        self._bot = bot
        self._calls = calls
        self._on_file_id = on_file_id
        self._fetching = asyncio.Semaphore(FETCHED_AT_ONCE)

    async def send(
        self, chat_id: int, permit: AwaitPermit, *, paper: Paper, thread_id: int | None = None
    ) -> int | None:
        """Send a file, a voice message or a photo as it is; returns the message's id.

        One that Telegram does not know any more is sent from the folder, and known by its new id from then on. Whoever
        lets nobody send them recordings gets a recording as a file.
        """
        try:
            sent = await self._send(chat_id, permit, paper, thread_id)
            if paper.key and paper.file_id is None and (file_id := _file_id(sent, paper.kind)) is not None:
                self._on_file_id(paper.key, file_id)
            return id_of_message(sent)
        except BadRequest as error:
            if paper.file_id is None:
                raise
            match judge(error).verdict:
                case Verdict.BAD_FILE if paper.key:
                    self._on_file_id(paper.key, None)
                    raise
                case Verdict.NO_RECORDINGS:
                    sent = await self._send_as_file(chat_id, permit, paper, thread_id)
                case Verdict.BAD_FILE:
                    sent = await self._send_anew(chat_id, permit, paper, thread_id)
                case _:
                    raise
            if sent is None:
                raise
            return id_of_message(sent)

    async def _send_as_file(self, chat_id: int, permit: AwaitPermit, paper: Paper, thread_id: int | None) -> Any:
        """Send a recording as a file; None where its bytes are nowhere."""
        assert paper.file_id is not None
        async with self._fetching:
            content = await self._content(paper) or await self._download(paper.file_id)
            if content is None:
                return None
            filed = replace(paper, content=content, file_id=None, kind="document")
            return await self._send(chat_id, permit, filed, thread_id, as_it_is=True)

    async def _send_anew(self, chat_id: int, permit: AwaitPermit, paper: Paper, thread_id: int | None) -> Any:
        """Send a file from the folder and note its new id; None where it is not kept."""
        async with self._fetching:
            content = await self._content(paper)
            if content is None or self.kept is None:
                return None
            whole = replace(paper, content=content, file_id=None)
            try:
                sent = await self._send(chat_id, permit, whole, thread_id)
            except BadRequest as error:
                if judge(error).verdict is not Verdict.NO_RECORDINGS:
                    raise
                filed = replace(whole, kind="document")
                return await self._send(chat_id, permit, filed, thread_id, as_it_is=True)
        if (file_id := _file_id(sent, paper.kind)) is not None:
            await self.kept.note_sent(paper.unique_id, file_id)
        return sent

    async def _content(self, paper: Paper) -> bytes | None:
        return await self.kept.content(paper.unique_id) if self.kept and paper.unique_id else None

    async def fetch(self, file_id: str) -> bytes:
        """The content of a file that a person has sent. Raises TelegramError, KeyError, TypeError."""
        async with self._fetching:
            described = await self._calls.call("getFile", {"file_id": file_id})
            url = f"{self._bot.base_file_url}/{described['file_path']}"
            return await self._bot.request.retrieve(url, read_timeout=LONGEST_FETCH)

    async def _send(
        self, chat_id: int, permit: AwaitPermit, paper: Paper, thread_id: int | None, *, as_it_is: bool = False
    ) -> Any:
        """Send it as it is, to its topic or beside it; returns the message."""
        content = paper.file_id or InputFile(paper.content, filename=paper.name)
        caption = caption_fields(paper.caption) if paper.caption and paper.kind not in WITHOUT_CAPTION else {}
        more = {**(AS_IT_IS if as_it_is else {}), **keyboard_fields(paper)}
        method = f"send{paper.kind.title().replace('_', '')}"

        async def send(target: dict[str, Any]) -> Any:
            await permit()
            return await self._calls.call(method, {**target, **caption, **more}, {paper.kind: content})

        return await self._calls.in_topic(chat_id, thread_id, send)

    async def _download(self, file_id: str) -> bytes | None:
        """The content of a file; None where Telegram does not give it away."""
        try:
            described = await self._calls.call("getFile", {"file_id": file_id})
            return await self._bot.request.retrieve(f"{self._bot.base_file_url}/{described['file_path']}")
        except (KeyError, TypeError, TelegramError) as error:
            why = judge(error).why if isinstance(error, TelegramError) else "the answer names no file"
            log.info("file not downloaded", reason=why)
            return None


def _file_id(sent: Any, kind: str) -> str | None:
    """The id of a file in the message that Telegram has made of it; of a photo, its largest size."""
    try:
        found = sent[kind][-1] if kind == "photo" else sent[kind]
        return str(found["file_id"])
    except (KeyError, IndexError, TypeError):
        log.warning("no file id in the answer to an upload", kind=kind)
        return None
