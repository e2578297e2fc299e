"""People: each verb is something a person does on a phone, and queues the update that Telegram would send for it.

::

    aigul = Person(telegram, "Айгүл", language="ky")
    aigul.start("h_abc")
    await telegram.settled()
    aigul.press("Колдойм")
    await telegram.settled()
    assert aigul.toasts[-1].text == "Добушуңуз эсептелди"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, urlsplit

from bot.simulator.attachments import media_content
from bot.simulator.editing import recaptioned
from bot.simulator.files import Upload, blank_png
from bot.simulator.markup import formatted
from bot.simulator.messages import Chat, Content, Json, Message
from bot.simulator.private_topics import PrivateTopic
from bot.simulator.profile import menu_for
from bot.simulator.refusals import bad_request, forbidden
from bot.simulator.windows import Window

if TYPE_CHECKING:
    from bot.simulator.telegram import Telegram
    from bot.simulator.world import Query

START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
CHAT_NOT_FOUND = bad_request("chat not found")
CANNOT_INITIATE = forbidden("bot can't initiate conversation with a user")
BLOCKED_BY_USER = forbidden("bot was blocked by the user")
USER_DEACTIVATED = forbidden("user is deactivated")


class GroupProtocol(Protocol):
    """A group (``rooms.SimulatedRoom``) or a topic of one, as a person who writes there needs it."""

    @property
    def screen(self) -> Message:
        """The bot's newest message with buttons."""
        ...

    def receive(self, person: Person, content: Content, *, reply_to: Message | None = None) -> Message:
        """Add ``person``'s message."""
        ...


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a press: words over the chat (may be empty), or in a window with OK if ``alert``."""

    text: str
    alert: bool


def words_content(text: str) -> Content:
    """The content of typed words: never markup."""
    clean, entities = formatted(text, None)
    return Content("text", clean, entities, source=text)


class Person(Window):
    """A person with Telegram on a phone; ``language`` is Telegram's ``language_code``, None where there is none."""

    def __init__(
        self,
        telegram: Telegram,
        first_name: str,
        *,
        language: str | None = "ky",
        id: int | None = None,  # noqa: A002 - it is what Telegram calls it
        last_name: str | None = None,
        username: str | None = None,
    ) -> None:
        super().__init__(telegram)
        self.id = id if id is not None else self._world.next_number("user")
        names = {"first_name": first_name, "last_name": last_name, "username": username}
        known = {name: value for name, value in names.items() if value}
        self.user: Json = {"id": self.id, "is_bot": False, **known}
        if language:
            self.user["language_code"] = language
        self.language = language or ""
        self.queries: list[Query] = []
        self.chat = Chat(self.id, "private", {"id": self.id, "type": "private", **known}, refusal=CHAT_NOT_FOUND)
        self._world.chats[self.id] = self.chat
        self._world.users[self.id] = self.user

    @property
    def name(self) -> str:
        """The person's first name."""
        name: str = self.user["first_name"]
        return name

    def __repr__(self) -> str:
        return f"Person({self.name!r}, id={self.id})"

    @property
    def toasts(self) -> list[Toast]:
        """The answers to this person's presses, in the order of the presses."""
        return [Toast(query.toast, query.alert) for query in self.queries if query.answered]

    @property
    def menu(self) -> list[Json]:
        """The commands of the menu, in the person's language."""
        return menu_for(self._world, self.chat, self.language)

    def say(self, text: str, *, room: GroupProtocol | None = None, reply_to: Message | None = None) -> Message:
        """Type and send ``text``."""
        return self._send(words_content(text), room, reply_to=reply_to)

    def start(self, payload: str = "") -> Message:
        """Tap START, or a link ``t.me/<bot>?start=<payload>``; AssertionError for a payload Telegram does not carry."""
        assert not payload or START_PAYLOAD.fullmatch(payload), f"not a payload of a deep link: {payload!r}"
        if self.chat.refusal is BLOCKED_BY_USER:
            self.unblock()
        return self.say(f"/start {payload}".strip())

    def follow(self, url: str) -> Message:
        """Open a ``https://t.me/<bot>?start=...`` link."""
        parts = urlsplit(url)
        assert parts.netloc == "t.me", f"not a link into Telegram: {url}"
        assert parts.path.strip("/").lower() == self.telegram.username.lower(), f"not a link to the bot: {url}"
        return self.start(parse_qs(parts.query).get("start", [""])[0])

    def send_voice(
        self, content: bytes = b"OggS-voice", *, duration: int = 3, room: GroupProtocol | None = None
    ) -> Message:
        """Send a voice message."""
        stored = self._world.files.keep("voice", Upload("voice.oga", content, "audio/ogg"), duration=duration)
        return self._send(Content("voice", media=stored.as_json(), file=stored), room)

    def send_photo(self, caption: str = "", content: bytes = b"", *, room: GroupProtocol | None = None) -> Message:
        """Send a picture (a grey one where none is given)."""
        stored = self._world.files.keep("photo", Upload("photo.png", content or blank_png(), "image/png"))
        text, entities = formatted(caption, None)
        return self._send(Content("photo", text, entities, caption, [stored.as_json()], stored), room)

    def send_document(
        self,
        content: bytes,
        name: str = "file.bin",
        *,
        mime: str = "application/octet-stream",
        caption: str = "",
        room: GroupProtocol | None = None,
    ) -> Message:
        """Send a file."""
        stored = self._world.files.keep("document", Upload(name, content, mime))
        text, entities = formatted(caption, None)
        return self._send(Content("document", text, entities, caption, stored.as_json(), stored), room)

    def send_media(
        self,
        kind: str,
        content: bytes = b"ftyp-media",
        *,
        name: str = "",
        mime: str = "video/mp4",
        caption: str = "",
        duration: int = 3,
        room: GroupProtocol | None = None,
    ) -> Message:
        """Send an ``audio``, ``video``, ``video_note``, ``animation`` or ``live_photo``."""
        upload = Upload(name or f"{kind}.mp4", content, mime)
        return self._send(media_content(self._world, kind, upload, caption=caption, duration=duration), room)

    def send_sticker(self, *, room: GroupProtocol | None = None) -> Message:
        """Send a sticker."""
        stored = self._world.files.keep("sticker", Upload("sticker.webp", b"RIFF-sticker", "image/webp"))
        return self._send(Content("sticker", media=stored.as_json(), file=stored), room)

    def send_location(
        self, latitude: float = 42.87, longitude: float = 74.59, *, room: GroupProtocol | None = None
    ) -> Message:
        """Send a location."""
        return self._send(Content("location", media={"latitude": latitude, "longitude": longitude}), room)

    def edit(self, message: Message, text: str) -> Message:
        """Change the words or the caption of the person's own message."""
        assert message.sender == self.user, f"{self.name} did not write this message"
        new = words_content(text) if message.content.kind == "text" else recaptioned(message.content, text)
        message.change(new, message.markup, self._world.now())
        self._world.notify("edited", message.chat.id, message)
        kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
        self._world.updates.put(kind, message.as_json(), order_key=self.id)
        return message

    def _send(self, content: Content, room: GroupProtocol | None, *, reply_to: Message | None = None) -> Message:
        if room is not None:
            return room.receive(self, content, reply_to=reply_to)
        refusal = self.chat.refusal
        assert refusal not in {BLOCKED_BY_USER, USER_DEACTIVATED}, f"{self.name} cannot write: {refusal}"
        return self.write(content, reply_to=reply_to)

    def write(self, content: Content, *, reply_to: Message | None = None, thread: int | None = None) -> Message:
        """Add a message of the person to their chat with the bot, to the topic ``thread`` where given."""
        self.chat.refusal = None
        message = self._world.add(self.chat, content, sender=self.user, reply_to=reply_to, thread=thread)
        self._world.updates.put("message", message.as_json(), order_key=self.id)
        return message

    def press(self, label: str, *, on: Message | None = None, room: GroupProtocol | None = None) -> Query:
        """Tap the button with this label (or the only one that begins with it); AssertionError names the labels."""
        message = on or (room.screen if room is not None else self.screen)
        button = message.button(label)
        assert "callback_data" in button, f"the button {button['text']!r} opens a link: {button.get('url')}"
        return self.forge(button["callback_data"], message)

    def tap_link(self, label: str, *, on: Message | None = None) -> Message:
        """Tap a button that is a deep link to the bot."""
        button = (on or self.screen).button(label)
        assert "url" in button, f"the button {button['text']!r} is not a link"
        return self.follow(button["url"])

    def forge(self, data: str, message: Message | None = None) -> Query:
        """Send a press that no button offers, as a hand-made client can."""
        query = self._world.queue_press(self.user, message or self.screen, data)
        self.queries.append(query)
        return query

    def block(self) -> None:
        """Block the bot: it receives an update, and every later message to the person is refused."""
        self.chat.refusal = BLOCKED_BY_USER
        self._change_membership("member", "kicked")

    def unblock(self) -> None:
        """Unblock the bot: it receives an update, and may write again."""
        self.chat.refusal = None
        self._change_membership("kicked", "member")

    def refuse_recordings(self) -> None:
        """Let nobody send voice and video messages: a setting that the bot learns from a refusal alone."""
        self.chat.recordings_refused = True

    def topic(self, name: str) -> PrivateTopic:
        """Open a topic of the chat with the bot."""
        thread = self._world.next_number("message")
        self.chat.topics[thread] = name
        return PrivateTopic(self, self.write, thread)

    def delete_account(self) -> None:
        """Delete the account; the bot receives no update, and its next message is refused."""
        self.chat.refusal = USER_DEACTIVATED
        self._world.users.pop(self.id, None)

    def _change_membership(self, old: str, new: str) -> None:
        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"status": status, "user": self._world.bot, **until}

        body = {
            "chat": self.chat.json,
            "from": self.user,
            "date": self._world.now(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        self._world.updates.put("my_chat_member", body, order_key=self.id)
