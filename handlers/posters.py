"""Posters: people who come by one, and staff who make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.poster import PosterText
from handlers import hearings, presses
from handlers.presses.links import deep_link
from handlers.views import posters as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers.context import Context


async def follow_poster(context: Context, press: presses.FollowPoster) -> None:
    """The hearing's card; by which poster a resident came is noted."""
    context.adopt(await context.services.arrivals.arrive(await context.actor(), press.hearing, press.village))
    await hearings.open_hearing(context, presses.OpenHearing(press.hearing))


async def list_posters(context: Context, press: presses.ListPosters) -> None:
    """For which village, in which languages? And how many people came by each."""
    overview = await context.services.arrivals.overview(await context.actor(), press.hearing)
    await context.show(views.overview(context.t, overview, press))


async def get_poster(context: Context, press: presses.GetPoster) -> None:
    """The poster as a file: authorised and noted now, drawn beside everything else, sent when it is whole."""
    actor = await context.actor()
    content = await context.services.arrivals.authorise_poster(actor, press.hearing, press.village)
    context.toast(toasts.being_made(context.t))
    await context.replies.typing(context.origin.chat_id, "upload_document")
    poster = PosterText(
        content.hearing,
        content.municipality,
        content.village,
        deep_link(context.username, presses.FollowPoster(press.hearing, press.village)),
        content.zone,
    )
    context.documents.begin_poster(context, poster, press.pair)
