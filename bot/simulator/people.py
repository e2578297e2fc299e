"""People and the rooms they meet in: verbs that read like a story, each of which queues what Telegram would send.

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

from bot.simulator.editing import recaptioned
from bot.simulator.files import Upload, blank_png
from bot.simulator.markup import formatted
from bot.simulator.messages import Chat, Content, Json, Message
from bot.simulator.profile import menu_for
from bot.simulator.refusals import bad, forbidden
from bot.simulator.windows import Window

if TYPE_CHECKING:
    from bot.simulator.telegram import Telegram
    from bot.simulator.world import Query

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
STRANGER = bad("chat not found")
PASSER_BY = forbidden("bot can't initiate conversation with a user")
BLOCKED = forbidden("bot was blocked by the user")
DELETED = forbidden("user is deactivated")


class GroupProtocol(Protocol):
    """A room (``rooms.Room``) as far as somebody who speaks in it needs it."""

    @property
    def screen(self) -> Message:
        """The bot's newest message with buttons."""
        ...

    def hear(self, person: Person, content: Content, *, reply_to: Message | None = None) -> Message:
        """Somebody says something."""
        ...


@dataclass(frozen=True, slots=True)
class Toast:
    """What came back for a press: words over the chat (may be none), or in a window with OK when ``alert``."""

    text: str
    alert: bool


def words_content(text: str) -> Content:
    """What a person typed: never markup."""
    clean, entities = formatted(text, None)
    return Content("text", clean, entities, source=text)


class Person(Window):
    """Somebody with Telegram on a phone; ``language`` is Telegram's ``language_code``, None where there is none."""

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
        self.id = id if id is not None else self._world.fresh("user")
        names = {"first_name": first_name, "last_name": last_name, "username": username}
        known = {name: value for name, value in names.items() if value}
        self.user: Json = {"id": self.id, "is_bot": False, **known}
        if language:
            self.user["language_code"] = language
        self.language = language or ""
        self.queries: list[Query] = []
        self.chat = Chat(self.id, "private", {"id": self.id, "type": "private", **known}, refusal=STRANGER)
        self._world.chats[self.id] = self.chat
        self._world.users[self.id] = self.user

    @property
    def name(self) -> str:
        """What others call the person."""
        name: str = self.user["first_name"]
        return name

    def __repr__(self) -> str:
        return f"Person({self.name!r}, id={self.id})"

    # what the person sees

    @property
    def toasts(self) -> list[Toast]:
        """Answers to this person's presses, in the order of the presses."""
        return [Toast(query.toast, query.alert) for query in self.queries if query.answered]

    @property
    def menu(self) -> list[Json]:
        """The commands behind the menu button, in the person's language."""
        return menu_for(self._world, self.chat, self.language)

    # what the person writes

    def say(self, text: str, *, room: GroupProtocol | None = None, reply_to: Message | None = None) -> Message:
        """Type something and send it."""
        return self._send(words_content(text), room, reply_to=reply_to)

    def start(self, payload: str = "") -> Message:
        """Tap START, or a link ``t.me/<bot>?start=<payload>``; AssertionError for a payload Telegram does not carry."""
        assert not payload or PAYLOAD.fullmatch(payload), f"not a payload of a deep link: {payload!r}"
        if self.chat.refusal is BLOCKED:
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
        """Hold the microphone and speak."""
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

    def send_sticker(self, *, room: GroupProtocol | None = None) -> Message:
        """Send a sticker where words were wanted."""
        stored = self._world.files.keep("sticker", Upload("sticker.webp", b"RIFF-sticker", "image/webp"))
        return self._send(Content("sticker", media=stored.as_json(), file=stored), room)

    def send_location(
        self, latitude: float = 42.87, longitude: float = 74.59, *, room: GroupProtocol | None = None
    ) -> Message:
        """Send where one is."""
        return self._send(Content("location", media={"latitude": latitude, "longitude": longitude}), room)

    def edit(self, message: Message, text: str) -> Message:
        """Change the words (or the caption) of a message of one's own."""
        assert message.sender == self.user, f"{self.name} did not write this message"
        new = words_content(text) if message.content.kind == "text" else recaptioned(message.content, text)
        message.change(new, message.markup, self._world.now())
        self._world.tell("edited", message.chat.id, message)
        kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
        self._world.updates.put(kind, message.as_json(), lane=self.id)
        return message

    def _send(self, content: Content, room: GroupProtocol | None, *, reply_to: Message | None = None) -> Message:
        if room is not None:
            return room.hear(self, content, reply_to=reply_to)
        assert self.chat.refusal not in {BLOCKED, DELETED}, f"{self.name} cannot write: {self.chat.refusal}"
        self.chat.refusal = None
        message = self._world.add(self.chat, content, sender=self.user, reply_to=reply_to)
        self._world.updates.put("message", message.as_json(), lane=self.id)
        return message

    # what the person taps

    def press(self, label: str, *, on: Message | None = None, room: GroupProtocol | None = None) -> Query:
        """Tap the button with this label (or the only one that begins so); AssertionError names what there is."""
        message = on or (room.screen if room is not None else self.screen)
        button = _button(message, label)
        assert "callback_data" in button, f"the button {button['text']!r} opens a link: {button.get('url')}"
        return self._ask(message, button["callback_data"])

    def tap_link(self, label: str, *, on: Message | None = None) -> Message:
        """Tap a button that is a deep link to the bot."""
        button = _button(on or self.screen, label)
        assert "url" in button, f"the button {button['text']!r} is not a link"
        return self.follow(button["url"])

    def forge(self, data: str, message: Message | None = None) -> Query:
        """Send a press that no button offers, as a hand-made client can."""
        return self._ask(message or self.screen, data)

    def _ask(self, message: Message, data: str) -> Query:
        query = self._world.ask(self.user, message, data)
        self.queries.append(query)
        return query

    # what the person does to the bot

    def block(self) -> None:
        """Stop the bot: it hears of it, and may not write any more."""
        self.chat.refusal = BLOCKED
        self._standing("member", "kicked")

    def unblock(self) -> None:
        """Let the bot write again."""
        self.chat.refusal = None
        self._standing("kicked", "member")

    def delete_account(self) -> None:
        """Be gone; the bot hears nothing of it until it writes."""
        self.chat.refusal = DELETED
        self._world.users.pop(self.id, None)

    def _standing(self, old: str, new: str) -> None:
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
        self._world.updates.put("my_chat_member", body, lane=self.id)


def _button(message: Message, label: str) -> Json:
    buttons = [button for row in message.rows for button in row]
    exact = [button for button in buttons if button["text"] == label]
    begun = exact or [button for button in buttons if button["text"].startswith(label)]
    assert begun, f"no button {label!r}; there are {message.labels}"
    assert len({button["text"] for button in begun}) == 1, f"{label!r} begins several of {message.labels}"
    return begun[0]
