"""Updates from groups and channels.

There the bot answers only what is addressed to it, without buttons that act. Staff are asked in private what to do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog
from telegram import ChatMemberAdministrator, ChatMemberRestricted
from telegram.error import TelegramError

from bot.domain.errors import StaleButton
from bot.domain.languages import from_telegram
from bot.domain.people import Caller
from bot.domain.rooms import Room, RoomKind
from bot.domain.values import dataclass
from bot.services.incoming_message import IncomingMessage
from handlers import presses
from handlers.incoming.attachments import media_of
from handlers.incoming.linked_words import links_of
from handlers.outgoing.telegram_errors import Verdict, judge
from handlers.presses.wire import unpack
from handlers.views import failures
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
"""The user whom Telegram names when an administrator acts in the name of the group."""
ADMINISTRATOR_TRIES: Final = 3
ANONYMOUS_HINT: Final = 0
"""Stands for a topic: where a group was told how to link it, not where it was answered."""
ANONYMOUS_HINT_LASTS: Final = timedelta(days=1)
"""How long a group is not told that again."""


@dataclass(frozen=True, slots=True)
class GroupContext:
    """A room of an update, and the person who acts in it; ``room`` as it is seen, not looked up yet."""

    context: Context
    room: Room
    caller: Caller
    topic: int | None = None

    @classmethod
    def in_chat(cls, context: Context, chat: Chat, user: User | None, *, topic: int | None = None) -> GroupContext:
        """The context of an update in this chat."""
        room = Room(0, chat.id, RoomKind(chat.type), chat.title or "", topic)
        caller = Caller(user.id if user else GROUP_ANONYMOUS_BOT, from_telegram(user.language_code if user else None))
        return cls(context, room, caller, topic)

    async def reply(self, screen: Screen) -> None:
        """Answer in the room, in the topic of the update."""
        await self.context.replies.send(self.room.telegram_id, screen, thread_id=self.topic)

    async def reply_privately(self, actor: Actor, screen: Screen) -> None:
        """Answer the person who acts in private."""
        plain = failures.not_taken(self.context.catalogues[actor.language])
        await self.context.replies.send(actor.telegram_id, screen, otherwise=plain)

    async def is_by_administrator(self) -> bool:
        """True if Telegram lists the person who acts among the room's administrators."""
        if self.caller.telegram_id == GROUP_ANONYMOUS_BOT:
            return True
        for _ in range(ADMINISTRATOR_TRIES):
            try:
                found = await self.context.bot.get_chat_administrators(self.room.telegram_id)
            except TelegramError as refused:
                log.info("administrators not known", reason=judge(refused).why)
                if judge(refused).verdict is not Verdict.AGAIN:
                    break
            else:
                return any(member.user.id == self.caller.telegram_id for member in found)
        return False


async def on_membership(context: Context, changed: ChatMemberUpdated) -> None:
    """Follow that the bot was added to a room or removed from it, or that its right to write there has changed."""
    group = GroupContext.in_chat(context, changed.chat, changed.from_user)
    if not _may_write(group.room.kind, changed.new_chat_member):
        await context.services.rooms.leave(group.room.telegram_id)
    elif await group.is_by_administrator():
        await _joined(group)
    elif group.room.kind is not RoomKind.CHANNEL:
        await group.reply(views.spoken(context.catalogues, views.DEFAULT_LANGUAGES, views.add_properly))


def _may_write(kind: RoomKind, member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    if isinstance(member, ChatMemberAdministrator) and kind is RoomKind.CHANNEL:
        return bool(member.can_post_messages)
    return member.status in {"administrator", "member"}


async def _joined(group: GroupContext) -> None:
    """Offer the link to staff in private; to others say once, in the group, who can link it."""
    context = group.context
    actor = await context.services.people.identify(group.caller)
    joined = await context.services.rooms.join(actor, group.room)
    if not joined.news or joined.room.municipality_id is not None:
        return
    t = context.catalogues[actor.language]
    if joined.municipalities:
        await group.reply_privately(actor, views.offer(t, joined.room, joined.municipalities))
    elif group.room.kind is RoomKind.CHANNEL:
        await group.reply_privately(actor, views.only_staff(t, joined.room))
    else:
        languages = joined.room.languages
        await group.reply(views.spoken(context.catalogues, languages, lambda t: views.call_staff(t, context.username)))


async def on_message(context: Context, message: Message) -> None:
    """Answer a message that is addressed to the bot in a group; follow a change of the group."""
    if message.migrate_to_chat_id is not None:
        await context.services.rooms.move(message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        await context.services.rooms.move(message.migrate_from_chat_id, message.chat.id)
    elif message.new_chat_title is not None:
        await context.services.rooms.rename(message.chat.id, message.new_chat_title)
    else:
        topic = message.message_thread_id if message.is_topic_message else None
        group = GroupContext.in_chat(context, message.chat, message.from_user, topic=topic)
        if not await _offered(group, message):
            await _addressed(group, message.text or "")


async def _offered(group: GroupContext, message: Message) -> bool:
    """Ask the author of a reply to a post in private whether it is to be a comment; False where it cannot be."""
    post, text, context = message.reply_to_message, message.text or message.caption or "", group.context
    media = media_of(message)
    if post is None or not (text or media) or group.caller.telegram_id == GROUP_ANONYMOUS_BOT:
        return False
    if (message.text or "").startswith("/"):
        return False
    actor = await context.services.people.identify(group.caller)
    source = f"{message.chat.id}.{message.message_id}"
    album, links = message.media_group_id or "", links_of(message)
    incoming = IncomingMessage(text, source, message.date, media, album=album, links=links)
    if not await context.services.group_replies.offer(actor, group.room.telegram_id, post.message_id, incoming):
        return False
    context.bot_data.wake_outbox()
    return True


async def _addressed(group: GroupContext, text: str) -> None:
    """Ask staff who call the bot in private; show everybody else the way to the private chat."""
    context = group.context
    words, _, payload = text.partition(" ")
    command = words.partition("@")[0].lower() if text.startswith("/") else ""
    if command in STAFF_COMMANDS and group.caller.telegram_id == GROUP_ANONYMOUS_BOT:
        caller = await _caller_named_in(context, payload)
        if caller is None:
            await _called_anonymously(group)
            return
        group = replace(group, caller=caller)
    actor = await context.services.people.identify(group.caller)
    greeting = await context.services.rooms.greeting(actor, group.room)
    if not greeting.staff or command not in STAFF_COMMANDS:
        if command or await context.bot_data.cooldown.may_repeat(group.room.telegram_id, group.topic):
            await group.reply(views.greeting(context.catalogues, greeting, context.username))
        return
    present = greeting.room is not None and greeting.room.left_at is None
    if not present and not await group.is_by_administrator():
        await group.reply(views.spoken(context.catalogues, views.DEFAULT_LANGUAGES, views.add_properly))
        return
    await _called(group, actor, again=not payload)


async def _caller_named_in(context: Context, payload: str) -> Caller | None:
    """Whose desk the link is on by which the bot was called; None where it was called by no such link."""
    try:
        press, _ = unpack(payload.strip())
    except StaleButton:
        return None
    if not isinstance(press, presses.ListRooms) or not press.caller:
        return None
    return await context.services.rooms.find_caller(press.municipality, press.caller)


async def _called_anonymously(group: GroupContext) -> None:
    """Tell an administrator who calls in the group's name, once, how a group is linked: the bot sees no person."""
    context, room = group.context, group.room.telegram_id
    if await context.bot_data.cooldown.may_repeat(room, ANONYMOUS_HINT, within=ANONYMOUS_HINT_LASTS):
        known = await context.services.rooms.find(room)
        languages = known.languages if known else views.DEFAULT_LANGUAGES
        username = context.username
        await group.reply(views.spoken(context.catalogues, languages, lambda t: views.call_as_oneself(t, username)))


async def _called(group: GroupContext, actor: Actor, *, again: bool) -> None:
    """Ask staff in private what to do with the room; a question asked before only where they call ``again``."""
    context = group.context
    called = await context.services.rooms.call(actor, group.room)
    t = context.catalogues[actor.language]
    if called.room.municipality_id is None:
        if called.news or again:
            await group.reply_privately(actor, views.offer(t, called.room, called.municipalities, called=True))
    elif called.elsewhere:
        await group.reply_privately(actor, views.topic_choice(t, called.room, group.topic))
    else:
        overview = await context.services.rooms.overview(actor, called.room.id)
        await group.reply_privately(actor, room_views.page(t, overview, context.username))
