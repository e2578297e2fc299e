"""Updates to handlers: presses, commands and links by the table of routes, everything else by its kind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import StaleButton, WrongKind
from bot.domain.media import MediaKind
from bot.domain.rooms import RoomKind
from bot.services.incoming_message import IncomingMessage
from handlers import (
    attachments,
    comments,
    decision_drafts,
    groups,
    posted_questions,
    presses,
    promises,
    received_files,
    settings,
    start,
)
from handlers.incoming import sent
from handlers.incoming.attachments import file_of, media_of
from handlers.incoming.linked_words import links_of
from handlers.incoming.pasted_links import find_payload, possible_tokens
from handlers.kept_presses import kept
from handlers.presses.wire import nest, unpack
from handlers.trails import LOOKED_AT

if TYPE_CHECKING:
    from telegram import Message, Update

    from bot.domain.media import Media
    from handlers.context import Context

PRESSES_BY_COMMAND = {
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
COMMAND_PATTERN = re.compile(r"/(\w+)(@\w+)?(?!\S)")

LINKED_PRESSES = (
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
    presses.CheckIn,
    presses.OpenHall,
)
"""The presses that a deep link or QR code may carry."""


async def pressed(update: Update, context: Context) -> None:
    """A button. In a chat that is not private only an answer under a post does anything."""
    if not context.in_private:
        if update.callback_query is not None:
            await posted_questions.on_press(context, update.callback_query, update.update_id)
        return
    if context.press is None:
        raise StaleButton
    if not await _kept_until_drawn(context, context.press):
        await context.follow(context.press)
        await _note(context)
    await context.answer()


async def _kept_until_drawn(context: Context, press: presses.Press) -> bool:
    """Where many screens wait, the press of one that is only looked at is drawn when its turn comes, and noted then."""
    has_toast = isinstance(press, presses.OpenQuestion | presses.FinishQuestions) and press.unshared
    if has_toast or not isinstance(press, LOOKED_AT) or not await kept(context, press, _draw):
        return False
    actor = await context.actor()
    if context.bot_data.attention.is_sending(actor.telegram_id, context.services.clock.now()):
        await context.services.submissions.end_bundle(actor)
    return True


async def _draw(context: Context, press: presses.Press) -> None:
    await context.follow(press)
    await _note(context)


async def _note(context: Context) -> None:
    """Note that the person pressed, and what they were shown: what they send next begins something new.

    That is stored where they have just sent something, so that it is known after a crash too.
    """
    actor, attention = await context.actor(), context.bot_data.attention
    await decision_drafts.on_screen(context)
    if attention.is_sending(actor.telegram_id, context.services.clock.now()):
        await context.services.submissions.end_bundle(actor)
    attention.note(actor, context.subject)
    attention.read_answers(actor.telegram_id, context.press)
    if actor.consented is None:
        attention.look(actor.telegram_id, context.press)
    elif await context.services.people.owe_changed_consent(actor, source=context.origin.source):
        context.bot_data.wake_outbox()


async def commanded(update: Update, context: Context) -> None:
    """A command that stands for a press."""
    if not context.in_private or update.effective_message is None:
        return
    if await _opened_invitation(context, update.effective_message):
        return
    words = (update.effective_message.text or "").split()
    name = words[0].removeprefix("/").partition("@")[0].lower() if words else ""
    await context.actor()
    await context.follow(PRESSES_BY_COMMAND.get(name, presses.OpenHelp()))
    await _note(context)
    await _receive_words_after_command(context, update.effective_message)


async def _receive_words_after_command(context: Context, message: Message) -> None:
    """Take what somebody says in one breath with a command for words; one word alone is thought to belong to it."""
    words = " ".join((message.text or "").split(maxsplit=1)[1:])
    if len(words.split()) > 1:
        incoming = replace(_incoming(context, message, None), text=words, links=())
        await sent.receive(context, incoming, typed=True)


async def started(update: Update, context: Context) -> None:
    """``/start``, perhaps with a payload: a press in the form of a link, and the language it was offered in."""
    if not context.in_private:
        return
    then, language = _linked(context.args[0]) if context.args else ("", None)
    if language:
        context.speak(language)
    await start.begin(context, then)
    await _note(context)
    if update.effective_message is not None:
        await _receive_words_after_command(context, update.effective_message)


def _linked(payload: str) -> tuple[str, str | None]:
    """The press of a link, to follow after language and consent, and its language; empty for one that cannot be read.

    Everybody can make a link and send it around: so it only leads to a screen, and never votes, agrees or deletes.
    """
    try:
        press, language = unpack(payload)
    except StaleButton:
        return "", None
    return (nest(press), language) if isinstance(press, LINKED_PRESSES) else ("", None)


async def stopped(_update: Update, context: Context) -> None:
    """``/stop``."""
    if context.in_private:
        await context.actor()
        await settings.stop(context)
        await _note(context)


async def wrote(update: Update, context: Context) -> None:
    """Text, voice, photo, or something that cannot become a comment."""
    message = update.message
    if message is None or not context.in_private:
        return
    if await _opened_invitation(context, message):
        return
    if (file := file_of(message)) is not None and await attachments.on_file(context, file):
        return
    media = media_of(message)
    if media is not None and media.kind is MediaKind.PHOTO and await promises.on_photo(context, media):
        return
    document = message.document if media is None else None
    if document is not None and await received_files.on_document(context, document):
        return
    if not message.text and not message.caption and media is None:
        raise WrongKind
    await sent.receive(context, _incoming(context, message, media), typed=bool(message.text))
    if media is None and not message.text and (await context.actor()).consented is not None:
        await comments.on_attachment_left_out(context)


def _incoming(context: Context, message: Message, media: Media | None) -> IncomingMessage:
    attention, origin = context.bot_data.attention, context.origin
    return IncomingMessage(
        *(message.text or message.caption or "", origin.source, message.date, media),
        number=message.message_id,
        album=message.media_group_id or "",
        links=links_of(message),
        after_press=attention.has_pressed(origin.telegram_id),
        reading=attention.subject(origin.telegram_id),
        knows_reading=attention.knows(origin.telegram_id),
        thread=origin.thread_id or 0,
        content=origin.content,
    )


async def _opened_invitation(context: Context, message: Message) -> bool:
    """True where the message carried an invitation: it is opened as if its link was tapped, and kept nowhere."""
    token = find_payload(message)
    if token is None:
        for word in possible_tokens(message):
            if await context.services.people.knows_invitation(word):
                token = word
    if token is not None:
        await start.begin(context, nest(presses.AcceptInvitation(token)))
        await _note(context)
    return token is not None


async def edited(_update: Update, context: Context) -> None:
    """A message edited in Telegram: the record keeps what was received, and says so where the edit says otherwise."""
    if context.in_private:
        await comments.on_edit(context)


async def group_message(update: Update, context: Context) -> None:
    """A message in a group, to the bot or about the group; parsing has ignored every other.

    A command without a bot's name is ours only if it is one of our commands: there may be other bots.
    """
    message = update.message
    if message is None:
        return
    command = COMMAND_PATTERN.match(message.text or "")
    if command is None or command[2] or command[1].lower() in {"start", "stop", *PRESSES_BY_COMMAND}:
        await groups.on_message(context, message)


async def membership(update: Update, context: Context) -> None:
    """The bot was blocked, or let in again: by a person, or into a group or channel."""
    changed = update.my_chat_member
    if changed is None:
        return
    if context.in_private:
        status = changed.new_chat_member.status
        await context.services.people.mark_blocked(context.origin.telegram_id, blocked=status in ("kicked", "left"))
    elif changed.chat.type in set(RoomKind):
        await groups.on_membership(context, changed)
