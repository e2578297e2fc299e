"""Finding one's municipality and village: by lists, by a link, by a few typed letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.places import PlaceKind
from handlers import presses
from handlers.views import places as views

if TYPE_CHECKING:
    from bot.domain.people import Actor, Resident
    from bot.domain.places import Place
    from handlers.context import Context


async def choose_place(context: Context, press: presses.ChoosePlace) -> None:
    """Show the places within a place; the next text is taken for a name."""
    await context.services.pending_inputs.begin_search(await context.actor())
    places = await context.services.directory.tree()
    above = places.get(press.parent) if press.parent else None
    found = places.choices(above.id if above else None)
    up = (places.back_from(above) or 0) if above and places.choices(None) != found else None
    listed = [(place, places.leads_on(place) and place != above) for place in found]
    await context.show(views.places(context.t, listed, above=above, up=up, page=press.page))


async def pick_municipality(context: Context, press: presses.PickMunicipality) -> None:
    """Follow the municipality; then ask for the village, if it has more than one."""
    before = await context.actor()
    if not press.sure and await _lives_elsewhere(context, press.place):
        return
    actor = await context.services.people.follow(before, press.place)
    await context.services.pending_inputs.end_search(actor)
    context.adopt(actor)
    places = await context.services.directory.tree()
    found = actor.resident.village_choice(places) if actor.resident else ()
    if not found:
        await context.follow(presses.GoHome(press.place))
    else:
        typed = await context.services.pending_inputs.begin_village(actor)
        municipality = places.present(places.get(press.place))
        await context.show(views.villages(context.t, municipality, found, typed=typed))
    await offer_unsent(context, before)


async def choose_village(context: Context, press: presses.ChooseVillage) -> None:
    """Show a page of villages; a name of one may be typed where it is one's own municipality."""
    actor = await context.actor()
    places = await context.services.directory.tree()
    municipality = places.get(press.municipality, PlaceKind.MUNICIPALITY)
    own = actor.resident is not None and actor.resident.municipality_id == municipality.id
    typed = own and await context.services.pending_inputs.begin_village(actor)
    found = places.villages(municipality.id)
    await context.show(views.villages(context.t, municipality, found, typed=typed, page=press.page))


async def pick_village(context: Context, press: presses.PickVillage) -> None:
    """Store the person's village, or that it is none of them."""
    if not press.sure and await _lives_elsewhere(context, press.municipality, village=press.village):
        return
    actor = await context.services.people.set_village(await context.actor(), press.village)
    await context.services.pending_inputs.end_search(actor)
    context.adopt(actor)
    await context.follow(presses.GoHome(press.municipality))


async def open_place(context: Context, press: presses.OpenPlace) -> None:
    """Follow a link to a place: who has not said where they live takes it, everybody else is asked first."""
    places = await context.services.directory.tree()
    place = places.present(places.get(press.place))
    actor = await context.actor()
    if actor.resident is not None and actor.resident.is_settled:
        await _ask_to_move(context, actor.resident, place)
        return
    if place.kind is PlaceKind.VILLAGE:
        context.adopt(await context.services.people.set_village(actor, place.id))
        municipality = places.municipality_of(place)
        await context.follow(presses.GoHome(municipality.id if municipality else 0))
        await offer_unsent(context, actor)
    elif place.kind is PlaceKind.MUNICIPALITY:
        await pick_municipality(context, presses.PickMunicipality(place.id))
    else:
        await choose_place(context, presses.ChoosePlace(place.id))


async def _ask_to_move(context: Context, person: Resident, place: Place) -> None:
    """Show where a link leads; nothing that is stored or waited for changes, whoever made the link."""
    places = await context.services.directory.tree()
    municipality = places.municipality_of(place)
    if person.lives_in(place):
        await context.follow(presses.GoHome(municipality.id if municipality else 0))
        return
    home = places.by_id.get(person.village_id or person.municipality_id or 0)
    elsewhere = municipality if municipality and municipality.id != person.municipality_id else None
    await context.show(views.move(context.t, home, places.whereabouts(place), look_at=elsewhere))


async def _lives_elsewhere(context: Context, municipality: int, *, village: int = 0) -> bool:
    """Ask whether to look or to move, where the person lives in another municipality; False where they do not."""
    person, places = (await context.actor()).resident, await context.services.directory.tree()
    there = places.present(places.get(municipality))
    if person is None or not person.is_settled or person.municipality_id == there.id:
        return False
    await _ask_to_move(context, person, places.get(village) if village else there)
    return True


async def offer_unsent(context: Context, before: Actor) -> None:
    """Ask about what came before there was a municipality to send it to; ``before`` is who the person was until now."""
    actor = await context.actor()
    if before.consented is None or before.consented.municipality_id is not None:
        return
    if await context.services.submissions.offer_unsent(actor):
        context.bot_data.wake_outbox()


async def on_village(context: Context, typed: str) -> bool:
    """Show the villages of one's municipality with such a name, to be pressed; False where none has it."""
    actor = await context.actor()
    municipality_id = (actor.resident.municipality_id if actor.resident else None) or 0
    found = await context.services.directory.search_villages(municipality_id, typed)
    if found:
        municipality = (await context.services.directory.tree()).get(municipality_id)
        await context.show(views.villages(context.t, municipality, found, typed=True))
    return bool(found)


async def on_search(context: Context, typed: str, *, tells_nothing_found: bool) -> bool:
    """Show the places found by a name or a few letters, and whether there are any; one alone is to be pressed too."""
    await context.actor()
    found = await context.services.directory.search(typed)
    if len(found) == 1 and found[0].municipality is None:
        await choose_place(context, presses.ChoosePlace(found[0].place.id))
    elif found or tells_nothing_found:
        await context.show(views.found(context.t, typed, found))
    return bool(found)
