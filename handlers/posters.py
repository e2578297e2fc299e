"""Posters: whoever comes by one, and the desk where they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.poster import PosterText
from handlers import hearings, presses
from handlers.presses.links import deep_link
from handlers.views import posters as views

if TYPE_CHECKING:
    from handlers.context import Context


async def from_poster(context: Context, press: presses.FollowPoster) -> None:
    """The hearing's card; which poster it was is noted of whoever is stored."""
    context.adopt(await context.services.arrivals.arrive(await context.actor(), press.hearing, press.village))
    await hearings.open_hearing(context, presses.OpenHearing(press.hearing))


async def posters(context: Context, press: presses.ListPosters) -> None:
    """For which village, in which languages? And how many have come."""
    overview = await context.services.arrivals.overview(await context.actor(), press.hearing)
    await context.show(views.overview(context.t, overview, press))


async def poster_file(context: Context, press: presses.GetPoster) -> None:
    """The poster as a file: permitted and noted now, drawn beside everything else, sent when it is whole."""
    released = await context.services.arrivals.release(await context.actor(), press.hearing, press.village)
    context.toast(context.t.p("toast", "⏳ The file is being made. It will come in a moment."))
    await context.replies.typing(context.origin.chat_id, "upload_document")
    poster = PosterText(
        released.hearing,
        released.municipality,
        released.village,
        deep_link(context.username, presses.FollowPoster(press.hearing, press.village)),
        released.zone,
    )
    context.documents.begin_poster(context, poster, press.pair)
