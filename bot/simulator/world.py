"""The state of this Telegram: the bot, chats, files, presses, waiting updates and listeners."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.simulator.events import Event, EventKind, Events
from bot.simulator.files import FileStore
from bot.simulator.messages import Chat, Content, Json, Member, Message
from bot.simulator.refusals import bad_request
from bot.simulator.updates import PRESS_LIFETIME, UpdateQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ports import Clock


@dataclass(slots=True, eq=False)
class Query:
    """One press of a button and its answer."""

    id: str
    user: Json
    message: Message
    data: str
    at: float
    answered: bool = False
    toast: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot: its time on the monotonic clock, its chat, and the status of the answer."""

    method: str
    chat_id: int | None
    at: float
    status: int
    fields: Json = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Profile:
    """The bot's profile: commands by ``(scope, language)`` and texts by ``(kind, language)``."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class WebhookSettings:
    """Where updates are posted; without ``url`` they wait for getUpdates."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    certificate: bool = False
    ip_address: str = ""
    last_error: str = ""
    last_error_at: int = 0


FIRST_IDS = {"message": 0, "query": 0, "user": 1_000, "group": 4_000, "supergroup": 1_001_000_000_000, "album": 0}
"""The number before the first of each kind; ids of groups and supergroups are the numbers with a minus."""


class World:
    """The state that the methods read and change."""

    def __init__(self, *, token: str, username: str, clock: Clock, monotonic: Callable[[], float]) -> None:
        self.token, self.clock, self.monotonic = token, clock, monotonic
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Hearings"}
        self.bot["username"] = username
        self.chats: dict[int, Chat] = {}
        self.users: dict[int, Json] = {}
        self.queries: dict[str, Query] = {}
        self.files = FileStore()
        self.events = Events()
        self.profile = Profile()
        self.webhook = WebhookSettings()
        self.updates = UpdateQueue(now=self.seconds, monotonic=monotonic)
        self.calls: deque[Call] | None = deque(maxlen=100_000)
        self._ids = dict(FIRST_IDS)

    def seconds(self) -> float:
        """The wall clock in seconds since 1970."""
        return self.clock.now().timestamp()

    def now(self) -> int:
        """The wall clock in whole seconds since 1970, as messages have it."""
        return int(self.seconds())

    def next_number(self, kind: str) -> int:
        """The next number of a kind of ``FIRST_IDS``."""
        self._ids[kind] += 1
        return self._ids[kind]

    def notify(self, kind: EventKind, chat_id: int, message: Message | None = None, **facts: Any) -> None:
        """Call the listeners with an event."""
        self.events.notify(Event(kind, chat_id, message, **facts))

    def get_chat(self, chat_id: int | str) -> Chat:
        """The chat of an id or ``@name``; raises 400 where there is none."""
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            for chat in self.chats.values():
                if chat.kind != "private" and chat.json.get("username", "").lower() == name:
                    return chat
            raise bad_request("chat not found")
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def get_writable(self, chat_id: int | str) -> Chat:
        """The chat of an id or ``@name``; raises its refusal where the bot may not write there."""
        chat = self.get_chat(chat_id)
        if chat.refusal is not None:
            raise chat.refusal
        return chat

    def add(
        self,
        chat: Chat,
        content: Content,
        *,
        sender: Json | None,
        markup: Json | None = None,
        thread: int | None = None,
        reply_to: Message | None = None,
        album: str | None = None,
    ) -> Message:
        """Add a new message to a chat and notify the listeners."""
        shared = chat.kind in {"private", "group"}
        chat.last_id = self.next_number("message") if shared else chat.last_id + 1
        message = Message(
            id=chat.last_id,
            chat=chat,
            sender=None if chat.kind == "channel" else sender,
            date=self.now(),
            content=content,
            markup=markup,
            thread=thread,
            reply_to=reply_to,
            album=album,
            from_bot=sender is self.bot,
        )
        chat.messages[message.id] = message
        self.notify("new", chat.id, message)
        return message

    def queue_press(self, user: Json, message: Message, data: str) -> Query:
        """Queue a press as a callback query, which may be answered once, within ``PRESS_LIFETIME``."""
        query = Query(str(4_000_000_000_000_000 + self.next_number("query")), user, message, data, self.seconds())
        self.queries[query.id] = query
        body = {
            "id": query.id,
            "from": user,
            "message": message.as_json() if not message.deleted else inaccessible(message),
            "chat_instance": str(-message.chat.id * 7_919),
            "data": data,
        }
        self.updates.put("callback_query", body, order_key=user["id"])
        return query

    def get_query(self, query_id: str) -> Query:
        """A press that may still be answered; raises 400 where it is answered, too old or unknown."""
        query = self.queries.get(query_id)
        if query is None or query.answered or self.seconds() - query.at > PRESS_LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return query

    def member(self, chat: Chat, user: Json) -> Member:
        """The membership of a user in a chat; ``left`` where the user never was a member."""
        return chat.members.get(user["id"]) or Member(user, "left")


def inaccessible(message: Message) -> Json:
    """The InaccessibleMessage in the place of a deleted message."""
    return {"chat": message.chat.json, "message_id": message.id, "date": 0}
