"""The hearing's card, the list of hearings, the agenda, the map and the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.services.comments import PAGE
from handlers import presses, settings, start
from handlers.views import answers as answered
from handlers.views import hearings as views

if TYPE_CHECKING:
    from bot.services.hearings import HearingCard
    from handlers.context import Turn


async def home(turn: Turn, press: presses.GoHome) -> None:
    """The next hearing of the municipality: the pressed one, else the person's own, else the way to find one."""
    actor = await turn.actor()
    own = actor.resident.municipality_id if actor.resident else None
    municipality = press.municipality or own
    if municipality is None:
        await start.places(turn, presses.ChoosePlace())
        return
    shelf = await turn.house.hearings.shelf(municipality)
    following = (*shelf.current, *shelf.past)
    if not following:
        await turn.show(views.nothing_yet(turn.t, shelf))
        return
    await _show(turn, await turn.house.hearings.card(actor, following[0].id))


async def _show(turn: Turn, card: HearingCard) -> None:
    """The card; who comes back to it after a first answer is asked the three questions about themselves, once."""
    await turn.show(views.card(turn.t, card))
    if card.answered:
        await settings.ask_about_self(turn)


async def open_hearing(turn: Turn, press: presses.OpenHearing) -> None:
    """A hearing's card; whoever came by its link and follows no municipality follows this one from now on."""
    actor = await turn.actor()
    card = await turn.house.hearings.card(actor, press.hearing)
    if actor.resident is not None and actor.resident.municipality_id is None:
        turn.adopt(await turn.house.people.follow(actor, card.municipality.id))
    await _show(turn, card)


async def all_hearings(turn: Turn, press: presses.ListHearings) -> None:
    """Every public hearing of a municipality."""
    await turn.actor()
    await turn.show(views.all_hearings(turn.t, await turn.house.hearings.shelf(press.municipality)))


async def agenda(turn: Turn, press: presses.ReadAgenda) -> None:
    """The agenda and the sittings."""
    card = await turn.house.hearings.card(await turn.actor(), press.hearing)
    await turn.show(views.agenda(turn.t, card, page=press.page))


async def venue(turn: Turn, press: presses.ShowVenue) -> None:
    """The place on the map, as a message of its own."""
    card = await turn.house.hearings.card(await turn.actor(), press.hearing)
    spot = views.spot(turn.t, card)
    if spot is None:
        raise NotFound("place on the map", press.hearing)
    await turn.house.replies.venue(turn.origin.chat_id, spot)


async def calendar(turn: Turn, press: presses.GetCalendar) -> None:
    """The sittings as a file for the phone's calendar."""
    card = await turn.house.hearings.card(await turn.actor(), press.hearing)
    await turn.file(views.calendar(turn.t, card))


async def answers(turn: Turn, press: presses.ReadAnswers) -> None:
    """What the commission answered, a page of it."""
    card = await turn.house.hearings.card(await turn.actor(), press.hearing)
    found = await turn.house.comments.answers(press.hearing, offset=press.page * PAGE)
    await turn.show(answered.answers(turn.t, card, found, press.page))
