"""Groups, supergroups and channels: their members, and what the bot receives and may write there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.simulator.facts import TYPE_FACTS
from bot.simulator.messages import Chat, Content, Json, Member, Message
from bot.simulator.people import CANNOT_INITIATE, CHAT_NOT_FOUND, Person, words_content
from bot.simulator.refusals import RefusedError, forbidden
from bot.simulator.windows import Window

if TYPE_CHECKING:
    from bot.simulator.telegram import Telegram

NOT_RIGHTS = {"user", "status"}
"""Fields of ChatMemberAdministrator that are no rights."""

NEVER_GRANTED = {"is_anonymous"}


def rights(*, given: bool) -> Json:
    """All rights of an administrator, as the facts of the Bot API name them, each ``given`` or not."""
    fields = TYPE_FACTS["ChatMemberAdministrator"]["fields"]
    needed = [name for name, about in fields.items() if about.get("required") and name not in NOT_RIGHTS]
    optional = ["can_pin_messages", "can_post_messages", "can_edit_messages", "can_manage_topics"]
    return {name: given and name not in NEVER_GRANTED for name in [*needed, *optional]}


@dataclass(frozen=True, slots=True)
class SimulatedTopic:
    """A topic of a room: people write in it as they write in the room."""

    room: SimulatedRoom
    thread: int

    @property
    def screen(self) -> Message:
        """The bot's newest message with buttons in this topic; AssertionError where there is none."""
        here = [message for message in reversed(self.messages) if message.markup]
        assert here, f"nothing with buttons in topic {self.thread} of {self.room.name}"
        return here[0]

    @property
    def messages(self) -> list[Message]:
        """What the bot has written in this topic, oldest first."""
        return [message for message in self.room.messages if message.thread == self.thread]

    def receive(self, person: Person, content: Content, *, reply_to: Message | None = None) -> Message:
        """Add ``person``'s message to this topic."""
        return self.room.receive(person, content, reply_to=reply_to, thread=self.thread)


class SimulatedRoom(Window):
    """A ``group``, ``supergroup`` or ``channel`` of ``owner``; the bot is a member after ``add_bot``."""

    def __init__(self, telegram: Telegram, title: str, *, owner: Person, kind: str = "supergroup") -> None:
        super().__init__(telegram)
        self.chat = self._chat(kind, title)
        self.chat.refusal = forbidden(f"bot is not a member of the {kind} chat")
        self.chat.members[owner.id] = Member(owner.user, "creator")

    def _chat(self, kind: str, title: str) -> Chat:
        number = -self._world.next_number("group" if kind == "group" else "supergroup")
        chat = Chat(number, kind, {"id": number, "type": kind, "title": title})
        self._world.chats[number] = chat
        return chat

    @property
    def id(self) -> int:
        """The id of the chat: another one after ``migrate``."""
        return self.chat.id

    @property
    def title(self) -> str:
        """The title of the room."""
        title: str = self.chat.json["title"]
        return title

    @property
    def name(self) -> str:
        """The title, which names the room in a failure."""
        return self.title

    def join(self, person: Person) -> None:
        """Make ``person`` a member."""
        self.chat.members[person.id] = Member(person.user)

    def promote(self, person: Person) -> None:
        """Make ``person`` an administrator."""
        self.chat.members[person.id] = Member(person.user, "administrator", rights(given=True))

    def add_bot(self, by: Person, *, administrator: bool = False, payload: str = "") -> None:
        """Let ``by`` add the bot, or make it an administrator; in a channel it is always one.

        With a ``payload`` they use a link ``t.me/<bot>?startgroup=<payload>``, which sends it to the group.
        """
        self.chat.members.setdefault(by.id, Member(by.user))
        administrator = administrator or self.chat.kind == "channel"
        member = (
            Member(self._world.bot, "administrator", rights(given=True)) if administrator else Member(self._world.bot)
        )
        new_here = self._world.bot["id"] not in self.chat.members
        self._set_bot(by, member)
        self.chat.refusal = None
        if new_here and self.chat.kind != "channel":
            self._service(by, "new_chat_members", [self._world.bot])
        if payload:
            self.receive(by, words_content(f"/start@{self.telegram.username} {payload}"))

    def remove_bot(self, by: Person) -> None:
        """Let ``by`` remove the bot."""
        self._set_bot(by, Member(self._world.bot, "kicked" if self.chat.kind != "group" else "left"))
        self.chat.refusal = forbidden(f"bot was kicked from the {self.chat.kind} chat")

    def mute_bot(self, by: Person) -> None:
        """Let ``by`` take the right to write from the bot; in a channel the right to post, from an administrator."""
        self.chat.refusal = RefusedError(400, "not enough rights to send text messages to the chat")
        if self.chat.kind == "channel":
            self._set_bot(by, Member(self._world.bot, "administrator", rights(given=False)))
            return
        fields = TYPE_FACTS["ChatMemberRestricted"]["fields"]
        booleans = {name: name == "is_member" for name, about in fields.items() if about["types"] == ["Boolean"]}
        self._set_bot(by, Member(self._world.bot, "restricted", {**booleans, "until_date": 0}))

    def rename(self, title: str, by: Person) -> None:
        """Let ``by`` change the title."""
        self.chat.json = {**self.chat.json, "title": title}
        self._service(by, "new_chat_title", title)

    def topic(self, name: str) -> int:
        """Open a topic (the room becomes a forum); returns its thread id."""
        self.chat.json = {**self.chat.json, "is_forum": True}
        message = self._world.add(
            self.chat, Content("forum_topic_created", media={"name": name, "icon_color": 7_322_096}), sender=None
        )
        message.thread = message.id
        self.chat.topics[message.id] = name
        return message.id

    def within(self, thread: int) -> SimulatedTopic:
        """The topic with this thread id."""
        assert thread in self.chat.topics, f"{self.name} has no topic {thread}"
        return SimulatedTopic(self, thread)

    def migrate(self) -> None:
        """Turn a basic group into a supergroup with another id; the old chat refuses calls and names the new id."""
        old = self.chat
        assert old.kind == "group", "only basic groups migrate"
        self.chat = self._chat("supergroup", old.json["title"])
        self.chat.members = old.members
        old.refusal = RefusedError(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.id)
        for chat, field, other in ((old, "migrate_to_chat_id", self.id), (self.chat, "migrate_from_chat_id", old.id)):
            message = self._world.add(chat, Content(field, media=other), sender=None)
            self._world.updates.put("message", message.as_json(), order_key=chat.id)

    def post(self, text: str) -> Message:
        """Publish a post of the channel itself."""
        assert self.chat.kind == "channel", "only channels post"
        message = self._world.add(self.chat, words_content(text), sender=None)
        self._world.updates.put("channel_post", message.as_json(), order_key=self.id)
        return message

    def receive(
        self, person: Person, content: Content, *, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """Add ``person``'s message, to the topic ``thread`` where given.

        The bot receives it only where Telegram's privacy mode lets it.
        """
        self.chat.members.setdefault(person.id, Member(person.user))
        if person.chat.refusal is CHAT_NOT_FOUND:
            person.chat.refusal = CANNOT_INITIATE
        message = self._world.add(self.chat, content, sender=person.user, reply_to=reply_to, thread=thread)
        if self._reaches_bot(content, reply_to):
            self._world.updates.put("message", message.as_json(), order_key=person.id)
        return message

    def _reaches_bot(self, content: Content, reply_to: Message | None) -> bool:
        bot = self.chat.members.get(self._world.bot["id"])
        if bot is None or bot.status in {"left", "kicked"}:
            return False
        if bot.status == "administrator" or (reply_to is not None and reply_to.from_bot):
            return True
        mine = f"@{self.telegram.username}".lower()
        first = content.text.split(maxsplit=1)[0].lower() if content.text else ""
        return mine in content.text.lower() or (first.startswith("/") and "@" not in first)

    def _service(self, by: Person, field: str, value: Any) -> None:
        message = self._world.add(self.chat, Content(field, media=value), sender=by.user)
        kind = "channel_post" if self.chat.kind == "channel" else "message"
        self._world.updates.put(kind, message.as_json(), order_key=self.id)

    def _set_bot(self, by: Person, new: Member) -> None:
        old = self._world.member(self.chat, self._world.bot)
        self.chat.members[self._world.bot["id"]] = new
        body = {
            "chat": self.chat.json,
            "from": by.user,
            "date": self._world.now(),
            "old_chat_member": old.as_json(),
            "new_chat_member": new.as_json(),
        }
        self._world.updates.put("my_chat_member", body, order_key=self.id)
