"""The hearing's card, the list of hearings, the agenda, the venue and the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from handlers import places, presses, settings
from handlers.views import agenda as agenda_views
from handlers.views import card_menus, hearing_list
from handlers.views import hearings as views

if TYPE_CHECKING:
    from bot.services.hearings import HearingCard
    from handlers.context import Context


async def go_home(context: Context, press: presses.GoHome) -> None:
    """Show the nearest hearing of the pressed municipality, else of the person's own; without one, ask for it."""
    actor = await context.actor()
    own = actor.resident.municipality_id if actor.resident else None
    municipality = press.municipality or own
    if municipality is None:
        await places.choose_place(context, presses.ChoosePlace())
        return
    listed = await context.services.hearings.list_nearest(municipality)
    if listed.nearest is None:
        await context.show(hearing_list.no_hearings(context.t, listed, told=actor.consented is not None))
        return
    await _show(context, await context.services.hearings.card(actor, listed.nearest.id))


async def _show(context: Context, card: HearingCard) -> None:
    """Show the card; ask a person who has answered a question the three questions about themselves, once."""
    if card.answered:
        await settings.show_and_ask(context, views.card(context.t, card))
    else:
        await context.show(views.card(context.t, card))


async def open_hearing(context: Context, press: presses.OpenHearing) -> None:
    """Show a hearing's card; a resident without a municipality follows this one: they came by its link."""
    actor = await context.actor()
    card = await context.services.hearings.card(actor, press.hearing)
    if actor.resident is not None and actor.resident.municipality_id is None:
        context.adopt(await context.services.people.follow(actor, card.municipality.id))
    await _show(context, card)


async def open_reading(context: Context, press: presses.OpenReading) -> None:
    """Show what there is to read."""
    card = await context.services.hearings.card(await context.actor(), press.hearing)
    await context.show(card_menus.reading(context.t, card))


async def open_more(context: Context, press: presses.OpenMore) -> None:
    """Show what is wanted less often."""
    card = await context.services.hearings.card(await context.actor(), press.hearing)
    await context.show(card_menus.more(context.t, card, context.username))


async def share_hearing(context: Context, press: presses.ShareHearing) -> None:
    """Show the ways to tell a neighbour; the link counts who comes by it as a poster does."""
    card = await context.services.hearings.card(await context.actor(), press.hearing)
    await context.show(card_menus.share(context.t, card, context.username))


async def list_hearings(context: Context, press: presses.ListHearings) -> None:
    """Show every public hearing of a municipality."""
    await context.actor()
    listed = await context.services.hearings.list_public(press.municipality)
    await context.show(hearing_list.all_hearings(context.t, listed))


async def read_agenda(context: Context, press: presses.ReadAgenda) -> None:
    """Show the agenda and the sittings."""
    card = await context.services.hearings.card(await context.actor(), press.hearing)
    await context.show(agenda_views.agenda(context.t, card, page=press.page, question=press.question))


async def show_venue(context: Context, press: presses.ShowVenue) -> None:
    """Send the venue on the map, as a message of its own."""
    card = await context.services.hearings.card(await context.actor(), press.hearing)
    spot = views.spot(context.t, card)
    if spot is None:
        raise NotFound("place on the map", press.hearing)
    await context.venue(spot)


async def get_calendar(context: Context, press: presses.GetCalendar) -> None:
    """Send the sittings as a file for the phone's calendar."""
    card = await context.services.hearings.card(await context.actor(), press.hearing)
    await context.file(views.calendar(context.t, card))
