"""From an update to the right handler: presses by the table, commands and links through it too, the rest by kind."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.domain.comments import Media, MediaKind
from bot.domain.errors import ConsentNeeded, EditIgnored, StaleButton, WrongKind
from bot.domain.languages import from_telegram
from bot.domain.rooms import RoomKind
from bot.services.comments import IncomingMessage
from handlers import announcing, comments, groups, presses, settings, start
from handlers.context import Origin, Turn
from handlers.presses.wire import nest, unpack

if TYPE_CHECKING:
    from telegram import Message, Update
    from telegram.ext import CallbackContext

    from handlers.context import House

    Context = CallbackContext[Any, Any, Any, Any]

COMMANDS = {
    "mine": presses.SeeMine(),
    "mydata": presses.GetMyData(),
    "forget": presses.AskToForget(),
    "language": presses.ListLanguages(),
    "municipality": presses.ChoosePlace(),
    "reminders": presses.ChooseReminders(),
    "privacy": presses.ReadPrivacy(),
    "settings": presses.OpenSettings(),
    "help": presses.OpenHelp(),
    "desk": presses.OpenDesk(),
}
"""Commands that are presses by another name; /start and /stop stand apart."""
COMMAND = re.compile(r"/(\w+)(@\w+)?(?!\S)")

LINKS = (
    presses.OpenHearing,
    presses.FollowPoster,
    presses.OpenPlace,
    presses.AcceptInvitation,
    presses.ReadStrategy,
    presses.ReadService,
    presses.ReadBudget,
    presses.OpenQuestion,
    presses.SeeWall,
    presses.ReadComment,
)
"""What a deep link or QR code may mean."""


def turn_for(update: object, house: House) -> Turn | None:
    """The turn an update begins; None where there is no person or no private chat to answer in."""
    user = getattr(update, "effective_user", None)
    chat = getattr(update, "effective_chat", None)
    if user is None or chat is None or chat.type != "private":
        return None
    query = getattr(update, "callback_query", None)
    message = getattr(update, "effective_message", None)
    language = from_telegram(user.language_code)
    origin = Origin(chat.id, user.id, update.update_id, language, sent_at=message.date if message else None)  # type: ignore[attr-defined]
    if query is None:
        return Turn(house, origin)
    return _pressed_turn(house, origin, query)


def _pressed_turn(house: House, origin: Origin, query: Any) -> Turn:
    """A turn that answers in the pressed message; the wire says which language it was shown in."""
    press: presses.Press | None = None
    language: str | None = None
    with suppress(StaleButton):  # told apart by ``press`` being None
        press, language = unpack(query.data or "")
    under = query.message
    turn = Turn(
        house,
        Origin(
            origin.chat_id,
            origin.telegram_id,
            origin.update_id,
            language or origin.language,
            message_id=under.message_id if under else None,
            has_picture=bool(under and getattr(under, "has_picture", False)),
            query_id=query.id,
        ),
    )
    turn.press = press
    return turn


async def pressed(update: Update, context: Context) -> None:
    """A button."""
    house: House = context.bot_data["house"]
    turn = turn_for(update, house)
    if turn is None:
        if update.callback_query is not None:
            await house.replies.answer(update.callback_query.id)
        return
    if turn.press is None:
        raise StaleButton
    await turn.follow(turn.press)
    await turn.answer()


async def commanded(update: Update, context: Context) -> None:
    """A command that stands for a press."""
    turn = turn_for(update, context.bot_data["house"])
    if turn is None or update.effective_message is None:
        return
    name = (update.effective_message.text or "").split()[0].removeprefix("/").partition("@")[0].lower()
    turn.press = COMMANDS.get(name, presses.OpenHelp())
    await turn.actor()
    await turn.follow(turn.press)


async def started(update: Update, context: Context) -> None:
    """``/start``, perhaps with a payload: a press in the form of a link, and the language it was offered in."""
    turn = turn_for(update, context.bot_data["house"])
    if turn is None:
        return
    then, language = _linked(context.args[0]) if context.args else ("", None)
    turn.origin = replace(turn.origin, language=language or turn.origin.language)
    await start.begin(turn, then)


def _linked(payload: str) -> tuple[str, str | None]:
    """What a link means, to travel through language and consent; one that cannot be read is as good as none.

    A link only leads somewhere. Anybody can make one and send it around, so it never votes, agrees or deletes.
    """
    try:
        press, language = unpack(payload)
    except StaleButton:
        return "", None
    return (nest(press), language) if isinstance(press, LINKS) else ("", None)


async def stopped(update: Update, context: Context) -> None:
    """``/stop``."""
    if (turn := turn_for(update, context.bot_data["house"])) is not None:
        await turn.actor()
        await settings.stop(turn)


async def wrote(update: Update, context: Context) -> None:
    """Text, voice, photo, or something that cannot become a comment."""
    message = update.message
    turn = turn_for(update, context.bot_data["house"])
    if turn is None or message is None:
        return
    actor = await turn.actor()
    text = message.text or message.caption or ""
    if message.text and await announcing.typed(turn, text):
        return
    searching = actor.resident is None or actor.resident.municipality_id is None
    if message.text and (searching or await turn.house.comments.is_searching(actor)):
        await start.search(turn, text)
        return
    media = _media(message)
    if not message.text and media is None:
        raise WrongKind
    if actor.consented is None:
        raise ConsentNeeded
    await comments.received(turn, IncomingMessage(text, f"{message.chat_id}.{message.message_id}", message.date, media))


def _media(message: Message) -> Media | None:
    if message.voice is not None:
        voice = message.voice
        length = voice.duration
        seconds = int(length.total_seconds()) if hasattr(length, "total_seconds") else int(length)
        return Media(MediaKind.VOICE, voice.file_id, voice.file_unique_id, seconds)
    if message.photo:
        largest = message.photo[-1]
        return Media(MediaKind.PHOTO, largest.file_id, largest.file_unique_id)
    return None


async def edited(update: Update, context: Context) -> None:
    """A message edited in Telegram: the record keeps what was received, and says so."""
    if turn_for(update, context.bot_data["house"]) is not None:
        raise EditIgnored


async def in_room(update: Update, context: Context) -> None:
    """What was said in a group, to the bot or about the group; parsing has passed over everything else.

    A command that names nobody is ours only if we know it: there may be other bots.
    """
    message = update.message
    if message is None:
        return
    command = COMMAND.match(message.text or "")
    if command is None or command[2] or command[1].lower() in {"start", "stop", *COMMANDS}:
        await groups.on_message(context.bot_data["house"], context.bot, message)


async def membership(update: Update, context: Context) -> None:
    """The bot was blocked, or let in again: by a person, or into a group or channel."""
    changed, house = update.my_chat_member, context.bot_data["house"]
    if changed is None:
        return
    turn = turn_for(update, house)
    if turn is not None:
        status = changed.new_chat_member.status
        await turn.house.people.mark_blocked(turn.origin.telegram_id, blocked=status in ("kicked", "left"))
    elif changed.chat.type in set(RoomKind):
        await groups.on_membership(house, context.bot, changed)
