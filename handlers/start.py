"""Coming in: ``/start``, links, language, consent, municipality and village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.places import PlaceKind
from handlers import hearings, presses
from handlers.presses.wire import unnest
from handlers.views import start as views

if TYPE_CHECKING:
    from handlers.context import Turn


async def begin(turn: Turn, then: str = "") -> None:
    """``/start``, with what the link meant: a stranger chooses a language first, everybody else goes straight on."""
    actor = await turn.actor()
    if actor.resident is None:
        await turn.show(views.languages(turn.t, first=turn.origin.language, then=then))
        return
    await turn.house.people.mark_reachable(actor)
    await onward(turn, then)


async def choose_language(turn: Turn, press: presses.ChooseLanguage) -> None:
    """Keep the language of a known person and go home; tell a stranger what this is."""
    actor = await turn.house.people.set_language(await turn.actor(), press.language.value)
    turn.adopt(actor if actor.resident else turn.visitor(press.language.value))
    if actor.resident is None:
        await purpose(turn, presses.ReadPurpose(press.then))
        return
    turn.toast(turn.t("Language changed."))
    await onward(turn, press.then)


async def languages(turn: Turn, _press: presses.ListLanguages) -> None:
    """The list of languages."""
    actor = await turn.actor()
    await turn.show(views.languages(turn.t, first=actor.language))


async def purpose(turn: Turn, press: presses.ReadPurpose) -> None:
    """Who runs this and what is stored."""
    await turn.show(views.purpose(turn.t, then=press.then))


async def agree(turn: Turn, press: presses.Agree) -> None:
    """Begin to store the person, then do what they were about to do."""
    turn.adopt(await turn.house.people.agree(turn.caller))
    turn.toast(turn.t("Thank you. You can take this back at any time: /privacy"))
    await onward(turn, press.then)


async def just_look(turn: Turn, press: presses.JustLook) -> None:
    """Look without being stored."""
    await turn.actor()
    await onward(turn, press.then)


async def onward(turn: Turn, then: str) -> None:
    """Do what a link or an earlier press meant; without one, go home."""
    target = unnest(then)
    if target is None or isinstance(target, (presses.Agree, presses.JustLook, presses.ReadPurpose)):
        target = presses.GoHome()
    await turn.follow(target)


async def places(turn: Turn, press: presses.ChoosePlace) -> None:
    """What lies within a place; a few typed letters find one too."""
    await turn.house.comments.begin_search(await turn.actor())
    known = await turn.house.directory.tree()
    above = known.get(press.parent) if press.parent else None
    found = known.choices(above.id if above else None)
    back = (known.back_from(above) or 0) if above and known.choices(None) != found else None
    await turn.show(views.places(turn.t, found, above=above, back=back, page=press.page))


async def pick_municipality(turn: Turn, press: presses.PickMunicipality) -> None:
    """This is the person's municipality; then their village, if it has a choice of them."""
    actor = await turn.house.people.follow(await turn.actor(), press.place)
    await turn.house.comments.cancel(actor)
    turn.adopt(actor)
    known = await turn.house.directory.tree()
    found = known.villages(press.place)
    if actor.resident is None or actor.resident.village_id is not None or len(found) < 2:
        await hearings.home(turn, presses.GoHome(press.place))
        return
    await turn.show(views.villages(turn.t, known.get(press.place), found))


async def villages(turn: Turn, press: presses.ChooseVillage) -> None:
    """A page of villages."""
    await turn.actor()
    known = await turn.house.directory.tree()
    municipality = known.get(press.municipality, PlaceKind.MUNICIPALITY)
    await turn.show(views.villages(turn.t, municipality, known.villages(municipality.id), page=press.page))


async def pick_village(turn: Turn, press: presses.PickVillage) -> None:
    """This is the person's village, or none of them is."""
    turn.adopt(await turn.house.people.set_village(await turn.actor(), press.village))
    await hearings.home(turn, presses.GoHome(press.municipality))


async def open_place(turn: Turn, press: presses.OpenPlace) -> None:
    """A link to a municipality or a village."""
    known = await turn.house.directory.tree()
    place = known.get(press.place)
    actor = await turn.actor()
    if place.kind is PlaceKind.VILLAGE:
        turn.adopt(await turn.house.people.set_village(actor, place.id))
        await hearings.home(turn, presses.GoHome(place.parent_id or 0))
    elif place.kind is PlaceKind.MUNICIPALITY:
        await pick_municipality(turn, presses.PickMunicipality(place.id))
    else:
        await places(turn, presses.ChoosePlace(place.id))


async def search(turn: Turn, typed: str) -> None:
    """A few letters of a municipality's or village's name."""
    await turn.actor()
    found = await turn.house.directory.search(typed)
    if len(found) == 1:
        await pick_municipality(turn, presses.PickMunicipality(found[0].id))
        return
    await turn.show(views.found(turn.t, typed, found))


async def help_(turn: Turn, _press: presses.OpenHelp) -> None:
    """How it works."""
    await turn.actor()
    await turn.show(views.help_(turn.t))
