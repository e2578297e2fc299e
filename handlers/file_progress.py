"""How far the files are that people have asked for, said on the screen on which they asked.

It lives in memory, as screens do: after a restart the files come all the same, and the screen says no more of them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from handlers.views import reports

if TYPE_CHECKING:
    from bot.domain.files import FileRequest
    from bot.i18n import Translator
    from handlers.outgoing.replies import Replies
    from handlers.views.screen import Screen

CHATS_REMEMBERED: Final = 1_000


@dataclass(slots=True)
class _FilesAsked:
    """The screen with files in a chat, and what was asked for on it: whether each has come."""

    message_id: int
    screen: Screen
    t: Translator
    files: dict[FileRequest, bool] = field(default_factory=dict)

    @property
    def told(self) -> Screen:
        """The screen with how far the files are."""
        return reports.with_progress(self.t, self.screen, come=sum(self.files.values()), asked=len(self.files))

    @property
    def all_come(self) -> bool:
        return all(self.files.values())


class FileProgress:
    """Screens with files, one in each chat."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies
        self._chats: OrderedDict[int, _FilesAsked] = OrderedDict()

    def shown(self, chat_id: int, message_id: int | None, screen: Screen, t: Translator, *, has_files: bool) -> Screen:
        """Note that a message turns into a screen, which ``has_files`` or not; returns it with what is on its way."""
        before = self._chats.get(chat_id)
        same = before is not None and before.message_id == message_id
        if has_files and message_id is not None:
            files = before.files if same and before is not None and not before.all_come else {}
            asked = self._chats[chat_id] = _FilesAsked(message_id, screen, t, files)
            self._chats.move_to_end(chat_id)
            if len(self._chats) > CHATS_REMEMBERED:
                self._chats.popitem(last=False)
            return asked.told
        if same:
            del self._chats[chat_id]
        return screen

    async def asked(self, chat_id: int, message_id: int | None, request: FileRequest) -> None:
        """Say on the screen that a file is being made, where it was asked for there."""
        asked = self._chats.get(chat_id)
        if asked is None or asked.message_id != message_id:
            return
        if asked.all_come:
            asked.files.clear()
        asked.files[request] = False
        await self._show(chat_id, asked)

    async def come(self, chat_id: int, request: FileRequest) -> None:
        """Say that a file has come, where it was asked for on the screen that is still there."""
        asked = self._chats.get(chat_id)
        if asked is not None and asked.files.get(request) is False:
            asked.files[request] = True
            await self._show(chat_id, asked)

    async def _show(self, chat_id: int, asked: _FilesAsked) -> None:
        await self._replies.show(chat_id, asked.told, message_id=asked.message_id)
