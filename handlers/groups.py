"""What reaches the bot in groups and channels.

There it answers only what is addressed to it, without buttons that act. Whoever may link the room is asked in private.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog
from telegram import ChatMemberAdministrator, ChatMemberRestricted
from telegram.error import TelegramError

from bot.domain.languages import from_telegram
from bot.domain.people import Caller
from bot.domain.rooms import Room, RoomKind
from handlers.outgoing.telegram_errors import Verdict, judge
from handlers.views import rooms as views

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Bot, Chat, ChatMember, ChatMemberUpdated, Message, User

    from bot.domain.people import Actor
    from bot.ports import Clock
    from handlers.context import House
    from handlers.views.screen import Screen

log = structlog.get_logger(__name__)

CALLS: Final = frozenset({"/desk", "/start"})
"""Commands by which staff call the bot in a group."""
ANONYMOUS: Final = 1_087_968_824
"""Who Telegram says it was when an administrator acts in the name of the group."""
TRIES: Final = 3
PATIENCE: Final = timedelta(seconds=30)
"""How long the bot keeps from repeating itself where people talk to it or about it."""
REMEMBERED: Final = 1_000


class Cooldown:
    """Who was just told: a hundred people who reply to a post in a group get one answer, not a hundred."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: OrderedDict[tuple[int, int | None], datetime] = OrderedDict()

    def may_repeat(self, telegram_id: int, topic: int | None) -> bool:
        """False where the same was said within ``PATIENCE``; else it counts as said now."""
        now, key = self._clock.now(), (telegram_id, topic)
        told = self._told.pop(key, None)
        quiet = told is not None and abs(now - told) < PATIENCE
        self._told[key] = told if quiet and told else now
        if len(self._told) > REMEMBERED:
            self._told.popitem(last=False)
        return not quiet


@dataclass(frozen=True, slots=True)
class GroupContext:
    """A room in which something has happened, and who did it; ``room`` as it is seen, not looked up yet."""

    house: House
    bot: Bot
    room: Room
    caller: Caller
    topic: int | None = None

    @classmethod
    def of(cls, house: House, bot: Bot, chat: Chat, user: User | None, *, topic: int | None = None) -> GroupContext:
        """The scene of an update."""
        room = Room(0, chat.id, RoomKind(chat.type), chat.title or "", topic)
        caller = Caller(user.id if user else ANONYMOUS, from_telegram(user.language_code if user else None))
        return cls(house, bot, room, caller, topic)

    async def say(self, screen: Screen) -> None:
        """In the room, in the topic where it happened."""
        await self.house.replies.send(self.room.telegram_id, screen, thread_id=self.topic)

    async def whisper(self, actor: Actor, screen: Screen) -> None:
        """In private, to whoever acts."""
        await self.house.replies.send(actor.telegram_id, screen)

    async def by_administrator(self) -> bool:
        """True if Telegram counts whoever acts among the administrators of the room."""
        if self.caller.telegram_id == ANONYMOUS:
            return True
        for _ in range(TRIES):
            try:
                found = await self.bot.get_chat_administrators(self.room.telegram_id)
            except TelegramError as refused:
                log.info("administrators not known", error=type(refused).__name__)
                if judge(refused).verdict is not Verdict.AGAIN:
                    break
            else:
                return any(member.user.id == self.caller.telegram_id for member in found)
        return False


async def on_membership(house: House, bot: Bot, changed: ChatMemberUpdated) -> None:
    """The bot was let into a room, thrown out of it, or may write there no more."""
    scene = GroupContext.of(house, bot, changed.chat, changed.from_user)
    if not _may_write(scene.room.kind, changed.new_chat_member):
        await house.rooms.leave(scene.room.telegram_id)
    elif await scene.by_administrator():
        await _let_in(scene)
    elif scene.room.kind is not RoomKind.CHANNEL:
        await scene.say(views.spoken(house.catalogues, views.DEFAULT_LANGUAGES, views.add_properly))


def _may_write(kind: RoomKind, member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    if isinstance(member, ChatMemberAdministrator) and kind is RoomKind.CHANNEL:
        return bool(member.can_post_messages)
    return member.status in {"administrator", "member"}


async def _let_in(scene: GroupContext) -> None:
    """Offer the link to staff in private; say once in the group who has to be asked otherwise."""
    house = scene.house
    actor = await house.people.identify(scene.caller)
    met = await house.rooms.let_in(actor, scene.room)
    if not met.news or met.room.municipality_id is not None:
        return
    t = house.catalogues[actor.language]
    if met.towns:
        await scene.whisper(actor, views.offer(t, met.room, met.towns))
    elif scene.room.kind is RoomKind.CHANNEL:
        await scene.whisper(actor, views.only_staff(t, met.room))
    else:
        languages = met.room.languages
        await scene.say(views.spoken(house.catalogues, languages, lambda t: views.call_staff(t, house.username)))


async def on_message(house: House, bot: Bot, message: Message) -> None:
    """What is addressed to the bot in a group, or says what has become of the group."""
    if message.migrate_to_chat_id is not None:
        await house.rooms.move(message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        await house.rooms.move(message.migrate_from_chat_id, message.chat.id)
    elif message.new_chat_title is not None:
        await house.rooms.rename(message.chat.id, message.new_chat_title)
    else:
        topic = message.message_thread_id if message.is_topic_message else None
        await _addressed(GroupContext.of(house, bot, message.chat, message.from_user, topic=topic), message.text or "")


async def _addressed(scene: GroupContext, text: str) -> None:
    """Staff who call get their questions in private, everybody else the way to the private chat."""
    house = scene.house
    actor = await house.people.identify(scene.caller)
    board = await house.rooms.board(actor, scene.room)
    words, _, payload = text.partition(" ")
    command = words.partition("@")[0].lower() if text.startswith("/") else ""
    if not board.staff or command not in CALLS:
        if command or house.manners.may_repeat(scene.room.telegram_id, scene.topic):
            await scene.say(views.answer(house.catalogues, board, house.username))
        return
    known = board.room is not None and board.room.left_at is None
    if not known and not await scene.by_administrator():
        await scene.say(views.spoken(house.catalogues, views.DEFAULT_LANGUAGES, views.add_properly))
        return
    await _called(scene, actor, again=not payload)


async def _called(scene: GroupContext, actor: Actor, *, again: bool) -> None:
    """Ask in private what is to be done here; what was asked already only where it is asked for ``again``."""
    house = scene.house
    met = await house.rooms.call(actor, scene.room)
    t = house.catalogues[actor.language]
    if met.room.municipality_id is None:
        if met.news or again:
            await scene.whisper(actor, views.offer(t, met.room, met.towns, called=True))
    elif met.elsewhere:
        await scene.whisper(actor, views.topic_choice(t, met.room, scene.topic))
    else:
        sheet = await house.rooms.sheet(actor, met.room.id)
        await scene.whisper(actor, views.page(t, sheet, house.username))
