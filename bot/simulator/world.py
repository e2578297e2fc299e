"""Everything that is the case in this Telegram: the bot, chats, files, presses, what waits, and who listens."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.simulator.events import Event, Events, Kind
from bot.simulator.files import FileStore
from bot.simulator.messages import Chat, Content, Json, Member, Message
from bot.simulator.refusals import bad
from bot.simulator.updates import PRESS_WAITS, UpdateQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ports import Clock


@dataclass(slots=True, eq=False)
class Query:
    """One press of a button, and what came back."""

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
    """A call the bot made: when on the monotonic clock, to which chat, and what status it got."""

    method: str
    chat_id: int | None
    at: float
    status: int
    fields: Json = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Profile:
    """What the bot says about itself: ``(scope, language)`` and ``(what, language)`` to what was set."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})


@dataclass(slots=True)
class WebhookSettings:
    """Where updates are posted; no ``url``: nowhere."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    certificate: bool = False
    ip_address: str = ""
    last_error: str = ""
    last_error_at: int = 0


FIRST_IDS = {"message": 0, "query": 0, "user": 1_000, "group": 4_000, "supergroup": 1_001_000_000_000, "album": 0}
"""Where each kind of number begins: groups and supergroups count downwards from minus this."""


class World:
    """The state that every method reads and changes."""

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
        self.started = self.seconds()
        self.out_until = 0.0
        """Until when the bot is logged out, after ``logOut``."""
        self.updates = UpdateQueue(now=self.seconds, monotonic=monotonic)
        self.calls: deque[Call] | None = deque(maxlen=100_000)
        self._ids = dict(FIRST_IDS)

    def seconds(self) -> float:
        """The wall clock as Telegram counts it: seconds since 1970."""
        return self.clock.now().timestamp()

    def now(self) -> int:
        """The same in whole seconds, as messages carry it."""
        return int(self.seconds())

    def fresh(self, kind: str) -> int:
        """The next number of a kind."""
        self._ids[kind] += 1
        return self._ids[kind]

    def tell(self, kind: Kind, chat_id: int, message: Message | None = None, **facts: Any) -> None:
        """Let the listeners know."""
        self.events.tell(Event(kind, chat_id, message, **facts))

    def get_chat(self, chat_id: int | str) -> Chat:
        """The chat of an id or ``@name``; raises 400 where the bot has never met it."""
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            for chat in self.chats.values():
                if chat.kind != "private" and chat.json.get("username", "").lower() == name:
                    return chat
            raise bad("chat not found")
        if chat_id not in self.chats:
            raise bad("chat not found")
        return self.chats[chat_id]

    def get_writable(self, chat_id: int | str) -> Chat:
        """The same, or the refusal that a bot hears which may not write there."""
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
        """Put a new message into a chat and tell the listeners."""
        shared = chat.kind in {"private", "group"}
        chat.last_id = self.fresh("message") if shared else chat.last_id + 1
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
        self.tell("new", chat.id, message)
        return message

    def ask(self, user: Json, message: Message, data: str) -> Query:
        """A press: queued as a callback query, to be answered once and in time."""
        query = Query(str(4_000_000_000_000_000 + self.fresh("query")), user, message, data, self.seconds())
        self.queries[query.id] = query
        body = {
            "id": query.id,
            "from": user,
            "message": message.as_json() if not message.deleted else inaccessible(message),
            "chat_instance": str(-message.chat.id * 7_919),
            "data": data,
        }
        self.updates.put("callback_query", body, lane=user["id"])
        return query

    def get_query(self, query_id: str) -> Query:
        """A press that may still be answered; raises 400 when it was answered, is too old or never happened."""
        query = self.queries.get(query_id)
        if query is None or query.answered or self.seconds() - query.at > PRESS_WAITS:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return query

    def member(self, chat: Chat, user: Json) -> Member:
        """Somebody's standing; who was never there has left."""
        return chat.members.get(user["id"]) or Member(user, "left")


def inaccessible(message: Message) -> Json:
    """What remains of a message that is gone."""
    return {"chat": message.chat.json, "message_id": message.id, "date": 0}
