"""Posters: people who come by one, and staff who make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.poster import PosterText
from handlers import hearings, places, presses
from handlers.presses.links import deep_link
from handlers.views import posters as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers.context import Context


async def follow_poster(context: Context, press: presses.FollowPoster) -> None:
    """Note by which poster a resident came, and show the hearing's card."""
    before = await context.actor()
    context.adopt(await context.services.arrivals.arrive(before, press.hearing, press.village))
    await hearings.open_hearing(context, presses.OpenHearing(press.hearing))
    await places.offer_unsent(context, before)


async def list_posters(context: Context, press: presses.ListPosters) -> None:
    """Show how many people came by each poster, and ask for which village and in which languages to make one."""
    overview = await context.services.arrivals.overview(await context.actor(), press.hearing)
    await context.show(views.overview(context.t, overview, press))


async def get_poster(context: Context, press: presses.GetPoster) -> None:
    """Send the poster as a file: authorised and noted now, drawn in the background, sent when it is complete."""
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
