"""What reaches the bot in groups and channels.

There it answers only what is addressed to it, without buttons that act. Whoever may link the room is asked in private.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from telegram import ChatMemberAdministrator, ChatMemberRestricted
from telegram.error import TelegramError

from bot.domain.languages import from_telegram
from bot.domain.people import Caller
from bot.domain.rooms import Room, RoomKind
from handlers.outgoing.telegram_errors import Verdict, judge
from handlers.views import groups as views
from handlers.views import rooms as room_views

if TYPE_CHECKING:
    from telegram import Chat, ChatMember, ChatMemberUpdated, Message, User

    from bot.domain.people import Actor
    from handlers.context import Context
    from handlers.views.screen import Screen

log = structlog.get_logger(__name__)

STAFF_COMMANDS: Final = frozenset({"/desk", "/start"})
"""Commands by which staff call the bot in a group."""
GROUP_ANONYMOUS_BOT: Final = 1_087_968_824
"""Who Telegram says it was when an administrator acts in the name of the group."""
ADMINISTRATOR_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class GroupContext:
    """A room in which something has happened, and who did it; ``room`` as it is seen, not looked up yet."""

    context: Context
    room: Room
    caller: Caller
    topic: int | None = None

    @classmethod
    def of(cls, context: Context, chat: Chat, user: User | None, *, topic: int | None = None) -> GroupContext:
        """The group of an update."""
        room = Room(0, chat.id, RoomKind(chat.type), chat.title or "", topic)
        caller = Caller(user.id if user else GROUP_ANONYMOUS_BOT, from_telegram(user.language_code if user else None))
        return cls(context, room, caller, topic)

    async def say(self, screen: Screen) -> None:
        """In the room, in the topic where it happened."""
        await self.context.replies.send(self.room.telegram_id, screen, thread_id=self.topic)

    async def reply_privately(self, actor: Actor, screen: Screen) -> None:
        """In private, to whoever acts."""
        await self.context.replies.send(actor.telegram_id, screen)

    async def by_administrator(self) -> bool:
        """True if Telegram counts whoever acts among the administrators of the room."""
        if self.caller.telegram_id == GROUP_ANONYMOUS_BOT:
            return True
        for _ in range(ADMINISTRATOR_TRIES):
            try:
                found = await self.context.bot.get_chat_administrators(self.room.telegram_id)
            except TelegramError as refused:
                log.info("administrators not known", error=type(refused).__name__)
                if judge(refused).verdict is not Verdict.AGAIN:
                    break
            else:
                return any(member.user.id == self.caller.telegram_id for member in found)
        return False


async def on_membership(context: Context, changed: ChatMemberUpdated) -> None:
    """The bot was let into a room, thrown out of it, or may write there no more."""
    group = GroupContext.of(context, changed.chat, changed.from_user)
    if not _may_write(group.room.kind, changed.new_chat_member):
        await context.services.rooms.leave(group.room.telegram_id)
    elif await group.by_administrator():
        await _let_in(group)
    elif group.room.kind is not RoomKind.CHANNEL:
        await group.say(views.spoken(context.catalogues, views.DEFAULT_LANGUAGES, views.add_properly))


def _may_write(kind: RoomKind, member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    if isinstance(member, ChatMemberAdministrator) and kind is RoomKind.CHANNEL:
        return bool(member.can_post_messages)
    return member.status in {"administrator", "member"}


async def _let_in(group: GroupContext) -> None:
    """Offer the link to staff in private; say once in the group who has to be asked otherwise."""
    context = group.context
    actor = await context.services.people.identify(group.caller)
    met = await context.services.rooms.let_in(actor, group.room)
    if not met.news or met.room.municipality_id is not None:
        return
    t = context.catalogues[actor.language]
    if met.towns:
        await group.reply_privately(actor, views.offer(t, met.room, met.towns))
    elif group.room.kind is RoomKind.CHANNEL:
        await group.reply_privately(actor, views.only_staff(t, met.room))
    else:
        languages = met.room.languages
        await group.say(views.spoken(context.catalogues, languages, lambda t: views.call_staff(t, context.username)))


async def on_message(context: Context, message: Message) -> None:
    """What is addressed to the bot in a group, or says what has become of the group."""
    if message.migrate_to_chat_id is not None:
        await context.services.rooms.move(message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        await context.services.rooms.move(message.migrate_from_chat_id, message.chat.id)
    elif message.new_chat_title is not None:
        await context.services.rooms.rename(message.chat.id, message.new_chat_title)
    else:
        topic = message.message_thread_id if message.is_topic_message else None
        await _addressed(GroupContext.of(context, message.chat, message.from_user, topic=topic), message.text or "")


async def _addressed(group: GroupContext, text: str) -> None:
    """Staff who call get their questions in private, everybody else the way to the private chat."""
    context = group.context
    actor = await context.services.people.identify(group.caller)
    greeting = await context.services.rooms.greeting(actor, group.room)
    words, _, payload = text.partition(" ")
    command = words.partition("@")[0].lower() if text.startswith("/") else ""
    if not greeting.staff or command not in STAFF_COMMANDS:
        if command or context.bot_data.cooldown.may_repeat(group.room.telegram_id, group.topic):
            await group.say(views.greeting(context.catalogues, greeting, context.username))
        return
    known = greeting.room is not None and greeting.room.left_at is None
    if not known and not await group.by_administrator():
        await group.say(views.spoken(context.catalogues, views.DEFAULT_LANGUAGES, views.add_properly))
        return
    await _called(group, actor, again=not payload)


async def _called(group: GroupContext, actor: Actor, *, again: bool) -> None:
    """Ask in private what is to be done here; what was asked already only where it is asked for ``again``."""
    context = group.context
    met = await context.services.rooms.call(actor, group.room)
    t = context.catalogues[actor.language]
    if met.room.municipality_id is None:
        if met.news or again:
            await group.reply_privately(actor, views.offer(t, met.room, met.towns, called=True))
    elif met.elsewhere:
        await group.reply_privately(actor, views.topic_choice(t, met.room, group.topic))
    else:
        overview = await context.services.rooms.overview(actor, met.room.id)
        await group.reply_privately(actor, room_views.page(t, overview, context.username))
