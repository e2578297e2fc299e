"""Screens and papers as calls of the Bot API: raw JSON out, raw JSON back.

Calls go to the bot's ``BaseRequest`` itself: the library's own methods build a ``Message`` out of every answer, which
takes as long as sending it. Where there is a file, ``Bot.do_api_request`` packs it; that warns of methods which the
library also has under that very name, and not of the same name in another casing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

import structlog
from telegram import InputFile, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from handlers.refusals import Verdict, judge
from handlers.uploads import PictureLost, Uploads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram import Bot
    from telegram.request import RequestData

    from handlers.views.screen import Paper, Screen, Spot

log = structlog.get_logger(__name__)

NO_PREVIEW: Final = {"is_disabled": True}


class Fields:
    """``RequestData`` for fields that JSON can say: what a ``BaseRequest`` reads of it, and nothing to be packed."""

    __slots__ = ("parameters",)

    contains_files: Final = False
    multipart_data: Final[Mapping[str, Any]] = {}

    def __init__(self, parameters: dict[str, Any]) -> None:
        self.parameters = parameters

    @property
    def json_parameters(self) -> dict[str, str]:
        """Every field as a string, for a form."""
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in self.parameters.items()}


class Messages:
    """One method, one message; what Telegram refuses for good reason is raised as the library's ``TelegramError``."""

    def __init__(self, bot: Bot, learned: Callable[[str, str | None], None]) -> None:
        self._bot = bot
        self._uploads = Uploads(learned)

    async def answer(self, query_id: str, text: str, *, alert: bool) -> None:
        """Stop the spinner on a pressed button, with a toast (or a box to close) where there is text."""
        fields: dict[str, Any] = {"callback_query_id": query_id}
        if text:
            fields["text"] = text
        if alert:
            fields["show_alert"] = True
        await self._call("answerCallbackQuery", fields)

    async def typing(self, chat_id: int, action: str) -> None:
        """Say under the chat's title that something is coming."""
        await self._call("sendChatAction", {"chat_id": chat_id, "action": action})

    async def send(self, chat_id: int, screen: Screen) -> None:
        """A new message."""
        if screen.picture is None:
            await self._call("sendMessage", {"chat_id": chat_id, **_text(screen)})
            return

        async def send_photo(photo: str | bytes) -> Any:
            given = photo if isinstance(photo, str) else InputFile(photo, filename="picture.png")
            fields = {"chat_id": chat_id, "photo": given, **_caption(screen.text), **_keyboard(screen)}
            return await self._bot.do_api_request("send_Photo", fields)

        try:
            await self._uploads.use(screen.picture, send_photo)
        except PictureLost:
            await self.send(chat_id, replace(screen, picture=None))

    async def show(self, chat_id: int, screen: Screen, *, message_id: int | None, has_picture: bool) -> None:
        """The message ``message_id`` turned into ``screen``, or a new message where that cannot be."""
        if message_id is None:
            await self.send(chat_id, screen)
            return
        try:
            await self._edit(chat_id, screen, message_id=message_id, has_picture=has_picture)
        except BadRequest as error:
            match judge(error).verdict:
                case Verdict.SAME:
                    return
                case Verdict.MISSING:
                    await self.send(chat_id, screen)
                case Verdict.NO_TEXT:
                    await self._exchange(chat_id, screen, message_id)
                case _:
                    raise

    async def paper(self, chat_id: int, paper: Paper) -> None:
        """A file, a voice message or a photo as it is."""
        content = paper.file_id or InputFile(paper.content, filename=paper.name)
        caption = _caption(paper.caption) if paper.caption else {}
        method = f"send_{paper.kind.capitalize()}"
        await self._bot.do_api_request(method, {"chat_id": chat_id, paper.kind: content, **caption})

    async def venue(self, chat_id: int, spot: Spot) -> None:
        """A place on the map."""
        place = {"latitude": spot.latitude, "longitude": spot.longitude, "title": spot.title, "address": spot.address}
        await self._call("sendVenue", {"chat_id": chat_id, **place})

    async def _call(self, method: str, fields: dict[str, Any]) -> Any:
        """One method without files; its result."""
        request = cast("RequestData", Fields(fields))
        return await self._bot.request.post(f"{self._bot.base_url}/{method}", request)

    async def _edit(self, chat_id: int, screen: Screen, *, message_id: int, has_picture: bool) -> None:
        target = {"chat_id": chat_id, "message_id": message_id}
        if screen.picture is None:
            if has_picture:
                await self._exchange(chat_id, screen, message_id)
            else:
                await self._call("editMessageText", target | _text(screen))
            return

        async def edit_media(photo: str | bytes) -> Any:
            media = InputMediaPhoto(photo, caption=screen.text, parse_mode="HTML")
            return await self._bot.do_api_request("edit_Message_Media", {**target, "media": media, **_keyboard(screen)})

        try:
            await self._uploads.use(screen.picture, edit_media)
        except PictureLost:
            await self._edit(chat_id, replace(screen, picture=None), message_id=message_id, has_picture=has_picture)

    async def _exchange(self, chat_id: int, screen: Screen, message_id: int) -> None:
        """A picture cannot become text: a new message below, the old one goes."""
        await self.send(chat_id, screen)
        try:
            await self._call("deleteMessage", {"chat_id": chat_id, "message_id": message_id})
        except TelegramError as error:
            log.debug("the old picture stays", error=type(error).__name__)


def _text(screen: Screen) -> dict[str, Any]:
    return {
        "text": screen.text,
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
        **_keyboard(screen),
    }


def _caption(text: str) -> dict[str, Any]:
    return {"caption": text, "parse_mode": "HTML"}


def _keyboard(screen: Screen) -> dict[str, Any]:
    if not screen.rows:
        return {}
    rows = [
        [
            {"text": button.label, "url": button.url}
            if button.url is not None
            else {"text": button.label, "callback_data": button.data}
            for button in row
        ]
        for row in screen.rows
    ]
    return {"reply_markup": {"inline_keyboard": rows}}
