"""Pictures for a chat: how people answered, and who was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.questions import About
from bot.reports import answer_pictures, turnout_picture
from bot.reports.answer_pictures import AnswerPicture
from bot.reports.picture_jobs import AnswerPictureJob, TurnoutPictureJob
from bot.reports.turnout_picture import TurnoutPicture
from handlers.views import pictures as views

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def see_answer_picture(context: Context, press: presses.SeeAnswerPicture) -> None:
    """Show how people answered, as far as this person may know it."""
    found = await context.services.voting.results(await context.actor(), press.hearing, press.question)
    context.subject = (press.hearing, About())
    place = (await context.services.directory.tree()).get(found.hearing.municipality_id)
    drawn = AnswerPicture(found.hearing, place.name, found.tallies, found.taken, found.preliminary)
    picture = None
    if drawn.questions:
        key = answer_pictures.key(drawn, context.t)
        picture = await context.documents.picture(key, AnswerPictureJob(drawn, context.t.language))
    await context.show(views.answers(context.t, drawn, picture, question=press.question, desk=press.desk))


async def see_turnout_picture(context: Context, press: presses.SeeTurnoutPicture) -> None:
    """Show who was heard, to staff."""
    found = await context.services.unheard.turnout(await context.actor(), press.hearing)
    drawn = TurnoutPicture(
        found.hearing, found.municipality, found.villages, found.people, found.groups, found.populations
    )
    key = turnout_picture.key(drawn, context.t)
    picture = await context.documents.picture(key, TurnoutPictureJob(drawn, context.t.language))
    await context.show(views.turnout(context.t, drawn, picture))
