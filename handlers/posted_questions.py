"""Questions in groups and channels: asked there from the desk, answered under the post.

An answer under a post is the same vote as in private. Only who has agreed is counted; everybody else is told where to
agree. The post itself follows in its own time: the toast is the receipt.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.domain.errors import StaleButton
from bot.domain.languages import from_telegram
from bot.domain.people import Caller
from handlers import presses, rooms
from handlers.presses.wire import unpack
from handlers.views import posted_questions as views
from handlers.views import toasts
from handlers.views import voting as voting_views

if TYPE_CHECKING:
    from telegram import CallbackQuery

    from bot.i18n import Translator
    from handlers.context import Context


async def list_room_questions(context: Context, press: presses.ListRoomQuestions) -> None:
    """Show the questions that can be asked in the municipality's groups and channels now."""
    found = await context.services.posted_questions.listing(await context.actor(), press.room)
    await context.show(views.listing(context.t, found, page=press.page))


async def ask_in_rooms(context: Context, press: presses.AskInRooms) -> None:
    """Post a question in the municipality's groups and channels, after asking once."""
    actor, service = await context.actor(), context.services.posted_questions
    if not press.sure:
        found = await service.listing(actor, press.room)
        await context.show(views.ask_choice(context.t, found, press.hearing, press.question))
        return
    await service.ask(actor, press.room, press.hearing, press.question)
    context.toast(toasts.posting(context.t))
    await rooms.open_room(context, presses.OpenRoom(press.room))


async def answer_in_room(_context: Context, _press: presses.AnswerInRoom) -> None:
    """Refuse it in private, where no such button is: the question is shown instead."""
    raise StaleButton


async def on_press(context: Context, query: CallbackQuery, order: int) -> None:
    """A button in a room: an answer under a post is counted, any other press gets an empty answer."""
    with suppress(StaleButton):  # told apart by ``press`` being None
        context.press, _ = unpack(query.data or "")
    press = context.press
    if query.message is None or not isinstance(press, presses.AnswerInRoom):
        await context.replies.answer(query.id)
        return
    ballot = await context.services.posted_questions.answer(
        *(_caller(query), query.message.chat.id, press.hearing, press.question, press.option),
        order=order,
        edition=press.edition,
    )
    await context.replies.answer(query.id, voting_views.counted(context.catalogues[ballot.actor.language], ballot))


async def translator(context: Context, query: CallbackQuery) -> Translator:
    """The words of who pressed in a room: in the language they have chosen, else in that of their phone."""
    actor = await context.services.people.identify(_caller(query))
    return context.catalogues[actor.language]


def _caller(query: CallbackQuery) -> Caller:
    return Caller(query.from_user.id, from_telegram(query.from_user.language_code))
