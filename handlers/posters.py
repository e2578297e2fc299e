"""Posters: people who come by one, and staff who make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.files import FileKind, FileRequest
from handlers import hearings, places, presses
from handlers.views import posters as views

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
    """Owe the poster as a file."""
    languages = press.pair.languages
    await context.ask_for_file(FileRequest(FileKind.POSTER, press.hearing, languages, village_id=press.village))


async def get_all_posters(context: Context, press: presses.GetAllPosters) -> None:
    """Owe the posters of all villages as one file."""
    await context.ask_for_file(FileRequest(FileKind.POSTERS, press.hearing, press.pair.languages))
