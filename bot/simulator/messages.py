"""Chats and their messages, as Telegram stores them and as people see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.simulator.files import StoredFile
    from bot.simulator.refusals import RefusedError

Json = dict[str, Any]
CAPTIONED_KINDS = frozenset({"photo", "document", "voice", "audio", "video", "animation"})
"""Kinds of content to which the bot may give a caption."""
DOCUMENT_FIELDS = ("file_id", "file_unique_id", "file_size", "file_name", "mime_type")


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: ``kind`` is text, a kind of file, venue, location or a service field."""

    kind: str
    text: str = ""
    entities: tuple[Json, ...] = ()
    source: str = field(default="", compare=False)
    media: Any = None
    file: StoredFile | None = field(default=None, compare=False)
    extras: tuple[tuple[str, Any], ...] = ()

    def as_json(self) -> Json:
        """The fields of a message that this content fills."""
        if self.kind == "text":
            body: Json = {"text": self.text}
            if self.entities:
                body["entities"] = list(self.entities)
        else:
            body = {self.kind: self.media}
            if self.kind == "animation":
                body["document"] = {key: self.media[key] for key in DOCUMENT_FIELDS}  # as for clients that know none
            if self.kind == "venue":
                body["location"] = self.media["location"]
            if self.text:
                body["caption"] = self.text
                if self.entities:
                    body["caption_entities"] = list(self.entities)
        body.update(self.extras)
        return body


@dataclass(slots=True, eq=False)
class Message:
    """One message in a chat, with its earlier versions in ``history``."""

    id: int
    chat: Chat
    sender: Json | None
    date: int
    content: Content
    markup: Json | None = None
    thread: int | None = None
    reply_to: Message | None = None
    album: str | None = None
    edited: int | None = None
    deleted: bool = False
    pinned: bool = False
    editable: bool = True
    from_bot: bool = False
    history: list[tuple[Content, Json | None]] = field(default_factory=list)
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words of a text message, without markup; empty for a picture or a file."""
        return self.content.text if self.content.kind == "text" else ""

    @property
    def caption(self) -> str:
        """The words under a picture or a file, without markup; empty for a text message."""
        return "" if self.content.kind == "text" else self.content.text

    @property
    def words(self) -> str:
        """Text or caption, whichever there is."""
        return self.content.text

    @property
    def html(self) -> str:
        """Text or caption as the bot sent it, before Telegram parsed it."""
        return self.content.source

    @property
    def photo(self) -> bytes | None:
        """The bytes of the picture; None for any other message."""
        return self._bytes("photo")

    @property
    def document(self) -> bytes | None:
        """The bytes of the document; None for any other message."""
        return self._bytes("document")

    @property
    def file_name(self) -> str:
        """The name under which a phone would save the file."""
        return self.content.file.name if self.content.file else ""

    @property
    def rows(self) -> list[list[Json]]:
        """The inline keyboard: rows of buttons in Telegram's shape (``text``, ``callback_data`` or ``url``)."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons, in reading order."""
        return [button["text"] for row in self.rows for button in row]

    @property
    def edits(self) -> int:
        """How often the message has been changed."""
        return len(self.history)

    def button(self, label: str) -> Json:
        """The button with this label, or the only one that begins with it; AssertionError names the labels."""
        buttons = [button for row in self.rows for button in row]
        exact = [button for button in buttons if button["text"] == label]
        begun = exact or [button for button in buttons if button["text"].startswith(label)]
        assert begun, f"no button {label!r}; there are {self.labels}"
        assert len({button["text"] for button in begun}) == 1, f"{label!r} begins several of {self.labels}"
        return begun[0]

    def _bytes(self, kind: str) -> bytes | None:
        return self.content.file.content if self.content.kind == kind and self.content.file else None

    def as_json(self) -> Json:
        """The message in Telegram's shape."""
        body: Json = {"message_id": self.id}
        if self.sender is not None:
            body["from"] = self.sender
        elif self.chat.kind == "channel":
            body["sender_chat"] = self.chat.json
        body["chat"] = self.chat.json
        body["date"] = self.date
        if self.edited is not None:
            body["edit_date"] = self.edited
        if self.thread is not None:
            body.update(message_thread_id=self.thread, is_topic_message=True)
        if self.album is not None:
            body["media_group_id"] = self.album
        if self.reply_to is not None and not self.reply_to.deleted:
            body["reply_to_message"] = {k: v for k, v in self.reply_to.as_json().items() if k != "reply_to_message"}
        body.update(self.content.as_json())
        if self.markup is not None:
            body["reply_markup"] = self.markup
        return body

    def change(self, content: Content, markup: Json | None, at: int) -> None:
        """Replace content and keyboard, and append the earlier ones to ``history``."""
        self.history.append((self.content, self.markup))
        self.content, self.markup, self.edited = content, markup, at


@dataclass(slots=True, eq=False)
class Member:
    """A user's status and rights in a group or channel."""

    user: Json
    status: str = "member"
    rights: Json = field(default_factory=dict)

    def as_json(self) -> Json:
        """The ChatMember of the kind that ``status`` names."""
        body: Json = {"status": self.status, "user": self.user, **self.rights}
        if self.status == "kicked":
            body["until_date"] = 0
        if self.status == "creator":
            body["is_anonymous"] = False
        return body


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat, group, supergroup or channel; ``refusal`` answers the bot's writing there, where not None.

    ``recordings_refused``: the person lets nobody send them voice and video messages.
    """

    id: int
    kind: str
    json: Json
    refusal: RefusedError | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    reply_keyboard: Json | None = None
    recordings_refused: bool = False
    last_id: int = 0

    @property
    def grouped(self) -> bool:
        """Whether the limit of groups (20 messages a minute) applies."""
        return self.kind != "private"

    def newest(self) -> list[Message]:
        """The messages that are not deleted, newest first."""
        return [message for message in reversed(self.messages.values()) if not message.deleted]
