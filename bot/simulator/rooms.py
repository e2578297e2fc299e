"""Groups, supergroups and channels: who is in them, what the bot may hear and write there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.simulator.facts import TYPES
from bot.simulator.messages import Chat, Content, Json, Member, Message
from bot.simulator.people import PASSER_BY, STRANGER, Person, words_content
from bot.simulator.refusals import RefusedError, forbidden
from bot.simulator.windows import Window

if TYPE_CHECKING:
    from bot.simulator.telegram import Telegram

PLAIN = {"user", "status"}
ALWAYS_FALSE = {"is_anonymous"}


def rights(*, given: bool) -> Json:
    """All rights of an administrator, as the facts name them."""
    fields = TYPES["ChatMemberAdministrator"]["fields"]
    needed = [name for name, about in fields.items() if about.get("required") and name not in PLAIN]
    optional = ["can_pin_messages", "can_post_messages", "can_edit_messages", "can_manage_topics"]
    return {name: given and name not in ALWAYS_FALSE for name in [*needed, *optional]}


@dataclass(frozen=True, slots=True)
class SimulatedTopic:
    """A topic of a room: people speak in it as they speak in the room."""

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

    def hear(self, person: Person, content: Content, *, reply_to: Message | None = None) -> Message:
        """``person`` says something in this topic."""
        return self.room.hear(person, content, reply_to=reply_to, thread=self.thread)


class SimulatedRoom(Window):
    """A ``group``, ``supergroup`` or ``channel`` that ``owner`` made; the bot is not in it before ``add_bot``."""

    def __init__(self, telegram: Telegram, title: str, *, owner: Person, kind: str = "supergroup") -> None:
        super().__init__(telegram)
        self.chat = self._chat(kind, title)
        self.chat.refusal = forbidden(f"bot is not a member of the {kind} chat")
        self.chat.members[owner.id] = Member(owner.user, "creator")

    def _chat(self, kind: str, title: str) -> Chat:
        number = -self._world.fresh("group" if kind == "group" else "supergroup")
        chat = Chat(number, kind, {"id": number, "type": kind, "title": title})
        self._world.chats[number] = chat
        return chat

    @property
    def id(self) -> int:
        """The id of the chat: another one after ``migrate``."""
        return self.chat.id

    @property
    def title(self) -> str:
        """What the room is called."""
        title: str = self.chat.json["title"]
        return title

    @property
    def name(self) -> str:
        """The title."""
        return self.title

    def join(self, person: Person) -> None:
        """Let somebody in."""
        self.chat.members[person.id] = Member(person.user)

    def promote(self, person: Person) -> None:
        """Make somebody an administrator."""
        self.chat.members[person.id] = Member(person.user, "administrator", rights(given=True))

    def add_bot(self, by: Person, *, administrator: bool = False, payload: str = "") -> None:
        """``by`` brings the bot in, or makes it an administrator; a channel has it only as administrator.

        With a ``payload`` they do so by a link ``t.me/<bot>?startgroup=<payload>``, which says it in the group.
        """
        self.chat.members.setdefault(by.id, Member(by.user))
        administrator = administrator or self.chat.kind == "channel"
        member = (
            Member(self._world.bot, "administrator", rights(given=True)) if administrator else Member(self._world.bot)
        )
        new_here = self._world.bot["id"] not in self.chat.members
        self._standing(by, member)
        self.chat.refusal = None
        if new_here and self.chat.kind != "channel":
            self._service(by, "new_chat_members", [self._world.bot])
        if payload:
            self.hear(by, words_content(f"/start@{self.telegram.username} {payload}"))

    def remove_bot(self, by: Person) -> None:
        """``by`` throws the bot out."""
        self._standing(by, Member(self._world.bot, "kicked" if self.chat.kind != "group" else "left"))
        self.chat.refusal = forbidden(f"bot was kicked from the {self.chat.kind} chat")

    def mute_bot(self, by: Person) -> None:
        """``by`` takes away the right to write; in a channel the right to post, of a bot that stays administrator."""
        self.chat.refusal = RefusedError(400, "not enough rights to send text messages to the chat")
        if self.chat.kind == "channel":
            self._standing(by, Member(self._world.bot, "administrator", rights(given=False)))
            return
        fields = TYPES["ChatMemberRestricted"]["fields"]
        booleans = {name: name == "is_member" for name, about in fields.items() if about["types"] == ["Boolean"]}
        self._standing(by, Member(self._world.bot, "restricted", {**booleans, "until_date": 0}))

    def rename(self, title: str, by: Person) -> None:
        """Give the room another title."""
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
        """The topic of that id, to speak in."""
        assert thread in self.chat.topics, f"{self.name} has no topic {thread}"
        return SimulatedTopic(self, thread)

    def migrate(self) -> None:
        """A basic group becomes a supergroup with another id; the old id only says where it went."""
        old = self.chat
        assert old.kind == "group", "only basic groups migrate"
        self.chat = self._chat("supergroup", old.json["title"])
        self.chat.members = old.members
        old.refusal = RefusedError(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.id)
        for chat, word, other in ((old, "migrate_to_chat_id", self.id), (self.chat, "migrate_from_chat_id", old.id)):
            message = self._world.add(chat, Content(word, media=other), sender=None)
            self._world.updates.put("message", message.as_json(), lane=chat.id)

    def post(self, text: str) -> Message:
        """A post of the channel itself."""
        assert self.chat.kind == "channel", "only channels post"
        message = self._world.add(self.chat, words_content(text), sender=None)
        self._world.updates.put("channel_post", message.as_json(), lane=self.id)
        return message

    def hear(
        self, person: Person, content: Content, *, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """``person`` says something here, in a topic where ``thread`` names one.

        The bot hears it only where Telegram's privacy mode lets it.
        """
        self.chat.members.setdefault(person.id, Member(person.user))
        if person.chat.refusal is STRANGER:
            person.chat.refusal = PASSER_BY
        message = self._world.add(self.chat, content, sender=person.user, reply_to=reply_to, thread=thread)
        if self._reaches_bot(content, reply_to):
            self._world.updates.put("message", message.as_json(), lane=person.id)
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

    def _service(self, by: Person, word: str, value: Any) -> None:
        message = self._world.add(self.chat, Content(word, media=value), sender=by.user)
        kind = "channel_post" if self.chat.kind == "channel" else "message"
        self._world.updates.put(kind, message.as_json(), lane=self.id)

    def _standing(self, by: Person, new: Member) -> None:
        old = self._world.member(self.chat, self._world.bot)
        self.chat.members[self._world.bot["id"]] = new
        body = {
            "chat": self.chat.json,
            "from": by.user,
            "date": self._world.now(),
            "old_chat_member": old.as_json(),
            "new_chat_member": new.as_json(),
        }
        self._world.updates.put("my_chat_member", body, lane=self.id)
