"""Screens and files as calls of the Bot API: raw JSON out, raw JSON back.

Calls go to the bot's ``BaseRequest`` itself: the library's own methods build a ``Message`` out of every answer, which
takes as long as sending it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import structlog
from telegram import InputFile
from telegram.error import BadRequest, TelegramError

from handlers.outgoing.call_fields import caption_fields, id_of_message, keyboard_fields, text_fields, thread_fields
from handlers.outgoing.shown_screens import ShownScreens
from handlers.outgoing.telegram_errors import Verdict, judge
from handlers.outgoing.uploads import PictureLost, Uploads

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable, Mapping

    from telegram import Bot
    from telegram.request import RequestData

    from handlers.outgoing.chat_queues import AwaitPermit
    from handlers.views.screen import Screen, Spot

log = structlog.get_logger(__name__)

Outcome = TypeVar("Outcome")

PICTURE_FILE_NAME: Final = "picture.png"
ATTACHED_PHOTO: Final = "attached_photo"
"""The part of the form that an edited message's new picture travels in."""


class Fields:
    """What a ``BaseRequest`` reads of ``RequestData``: fields that JSON can say, and files by the part they are in."""

    __slots__ = ("contains_files", "multipart_data", "parameters")

    def __init__(self, parameters: dict[str, Any], files: Mapping[str, InputFile] | None = None) -> None:
        self.parameters = parameters
        self.multipart_data = {part: file.field_tuple for part, file in (files or {}).items()}
        self.contains_files = bool(self.multipart_data)

    @property
    def json_parameters(self) -> dict[str, str]:
        """Every field as a string, for a form."""
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in self.parameters.items()}


class Calls:
    """Each method sends or edits one message; a refusal is raised as the library's ``TelegramError``.

    ``permit`` is awaited before every call that counts as a message: an edit in vain and the new message in its place
    are two. ``on_file_id(key, file_id)`` is called with each picture that Telegram has learned or forgotten (None).
    ``counts`` gets the edits that were spared (unchanged) and those that Telegram refused as none (same).
    """

    def __init__(self, bot: Bot, on_file_id: Callable[[str, str | None], None], counts: Counter[str]) -> None:
        self._bot = bot
        self._counts = counts
        self._shown = ShownScreens()
        self._uploads = Uploads(on_file_id)

    async def answer(self, query_id: str, text: str, *, alert: bool) -> None:
        """Stop the spinner on a pressed button, with a toast (or a box to close) where there is text."""
        fields: dict[str, Any] = {"callback_query_id": query_id}
        if text:
            fields["text"] = text
        if alert:
            fields["show_alert"] = True
        await self.call("answerCallbackQuery", fields)

    async def typing(self, chat_id: int, action: str) -> None:
        """Say under the chat's title that something is coming."""
        await self.call("sendChatAction", {"chat_id": chat_id, "action": action})

    async def set_menu(self, chat_id: int, permit: AwaitPermit, *, menu: tuple[tuple[str, str], ...]) -> None:
        """Give a chat a command menu of its own, as (command, words)."""
        scope = {"type": "chat", "chat_id": chat_id}
        await permit()
        commands = [{"command": name, "description": words} for name, words in menu]
        await self.call("setMyCommands", {"commands": commands, "scope": scope})

    async def send(
        self,
        chat_id: int,
        permit: AwaitPermit,
        *,
        screen: Screen,
        thread_id: int | None = None,
        in_topic_only: bool = False,
    ) -> int | None:
        """Send a new message, in a chat with topics to the topic ``thread_id``; returns its id.

        Where the topic is gone it goes beside it, or is refused where it is to be ``in_topic_only``.
        """
        if in_topic_only:
            return await self._send({"chat_id": chat_id, **thread_fields(thread_id)}, permit, screen)
        return await self.in_topic(chat_id, thread_id, lambda target: self._send(target, permit, screen))

    async def show(
        self,
        chat_id: int,
        permit: AwaitPermit,
        *,
        screen: Screen,
        message_id: int | None,
        has_picture: bool = False,
        thread_id: int | None = None,
        in_topic_only: bool = False,
        edit_only: bool = False,
        seen_at: int = 0,
    ) -> int | None:
        """Turn the message ``message_id`` into ``screen``, or send a new one where that cannot be; returns its id.

        With ``edit_only`` no new one is sent.

        Where it says so already, nothing is sent: ``seen_at`` is the date of what its reader pressed, 0 is not known.
        """
        send = partial(self.send, chat_id, permit, screen=screen, thread_id=thread_id, in_topic_only=in_topic_only)
        if message_id is None:
            return await send()
        if seen_at and screen.picture is None and self._shown.stands(chat_id, message_id, screen, seen_at=seen_at):
            self._counts["unchanged"] += 1
            return message_id
        self._shown.forget(chat_id, message_id)
        try:
            return await self._edit(chat_id, permit, screen, message_id, has_picture=has_picture, thread_id=thread_id)
        except BadRequest as error:
            match judge(error).verdict:
                case Verdict.SAME:
                    self._counts["same"] += 1
                    return message_id
                case Verdict.MISSING if not edit_only:
                    return await send()
                case Verdict.NO_TEXT if not edit_only:
                    return await self._replace(chat_id, permit, screen, message_id, thread_id)
                case _:
                    raise

    async def venue(self, chat_id: int, permit: AwaitPermit, *, spot: Spot, thread_id: int | None = None) -> int | None:
        """Send a place on the map; returns the message's id."""
        place = {"latitude": spot.latitude, "longitude": spot.longitude, "title": spot.title, "address": spot.address}
        buttons = keyboard_fields(spot)

        async def send(target: dict[str, Any]) -> int | None:
            await permit()
            return id_of_message(await self.call("sendVenue", {**target, **place, **buttons}))

        return await self.in_topic(chat_id, thread_id, send)

    async def in_topic(
        self, chat_id: int, thread_id: int | None, send: Callable[[dict[str, Any]], Awaitable[Outcome]]
    ) -> Outcome:
        """Send to the topic ``thread_id``, or beside it where it is gone."""
        try:
            return await send({"chat_id": chat_id, **thread_fields(thread_id)})
        except BadRequest as error:
            if thread_id is None or judge(error).verdict is not Verdict.NO_TOPIC:
                raise
        return await send({"chat_id": chat_id})

    async def call(
        self, method: str, fields: dict[str, Any], files: Mapping[str, str | InputFile] | None = None
    ) -> Any:
        """Call a method; returns its result. A file that Telegram has already is a field like any other: its id."""
        given = files or {}
        known = {part: file for part, file in given.items() if isinstance(file, str)}
        new = {part: file for part, file in given.items() if isinstance(file, InputFile)}
        request = cast("RequestData", Fields({**fields, **known}, new))
        return await self._bot.request.post(f"{self._bot.base_url}/{method}", request)

    async def _send(self, target: dict[str, Any], permit: AwaitPermit, screen: Screen) -> int | None:
        if screen.picture is None:
            await permit()
            answer = await self.call("sendMessage", {**target, **text_fields(screen)})
            self._shown.note(target["chat_id"], answer, screen)
            return id_of_message(answer)

        async def send_photo(photo: str | bytes) -> Any:
            given = photo if isinstance(photo, str) else InputFile(photo, filename=PICTURE_FILE_NAME)
            await permit()
            fields = {**target, **caption_fields(screen.text), **keyboard_fields(screen)}
            return await self.call("sendPhoto", fields, {"photo": given})

        try:
            return id_of_message(await self._uploads.use(screen.picture, send_photo))
        except PictureLost:
            return await self._send(target, permit, replace(screen, picture=None))

    async def _edit(
        self,
        chat_id: int,
        permit: AwaitPermit,
        screen: Screen,
        message_id: int,
        *,
        has_picture: bool,
        thread_id: int | None,
    ) -> int | None:
        if screen.picture is not None:
            try:
                await self._edit_picture(chat_id, permit, screen, message_id)
            except PictureLost:
                screen = replace(screen, picture=None)
            else:
                return message_id
        if has_picture:
            return await self._replace(chat_id, permit, screen, message_id, thread_id)
        await permit()
        fields = {"chat_id": chat_id, "message_id": message_id, **text_fields(screen)}
        self._shown.note(chat_id, await self.call("editMessageText", fields), screen)
        return message_id

    async def _edit_picture(self, chat_id: int, permit: AwaitPermit, screen: Screen, message_id: int) -> None:
        assert screen.picture is not None

        async def edit_media(photo: str | bytes) -> Any:
            new = {} if isinstance(photo, str) else {ATTACHED_PHOTO: InputFile(photo, filename=PICTURE_FILE_NAME)}
            media = {
                "type": "photo",
                "media": f"attach://{ATTACHED_PHOTO}" if new else photo,
                **caption_fields(screen.text),
            }
            await permit()
            fields = {"chat_id": chat_id, "message_id": message_id, "media": media, **keyboard_fields(screen)}
            return await self.call("editMessageMedia", fields, new)

        await self._uploads.use(screen.picture, edit_media)

    async def _replace(
        self, chat_id: int, permit: AwaitPermit, screen: Screen, message_id: int, thread_id: int | None
    ) -> int | None:
        """Send a new message and delete the old one: a picture cannot become text."""
        new = await self.send(chat_id, permit, screen=screen, thread_id=thread_id)
        try:
            await self.call("deleteMessage", {"chat_id": chat_id, "message_id": message_id})
        except TelegramError as error:
            log.debug("the old picture stays", error=type(error).__name__)
        return new
