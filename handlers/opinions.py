"""Groups of opinion. The service checks every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.jobs import JobFailed, OpinionsJob
from handlers.views import opinions as views

if TYPE_CHECKING:
    from bot.reports.opinion_view import OpinionView
    from handlers import presses
    from handlers.context import Context


async def see_opinions(context: Context, press: presses.SeeOpinions) -> None:
    """Show the groups that the worker finds."""
    hearing = await context.services.opinions.hearing(await context.actor(), press.hearing)
    await context.show(views.opinions(context.t, hearing, await _found(context, hearing.id), page=press.page))


async def _found(context: Context, hearing_id: int) -> OpinionView | None:
    """What was found; None where it could not be computed now."""
    try:
        return await context.documents.run(OpinionsJob(hearing_id))
    except JobFailed:
        return None
