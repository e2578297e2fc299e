"""Lists of places to choose from, and what a few typed letters find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.places import PlaceKind
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.pages import item_page
from handlers.views.screen import Button, Screen, b, e, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.places import Place
    from bot.i18n import Translator

PLACES_ON_A_PAGE: Final = 12
PLACES_IN_ONE_COLUMN: Final = 8
"""More stand two in a row."""
VILLAGE_NAME_LETTERS: Final = 30
TYPED_LETTERS: Final = 60


def places(t: Translator, found: Sequence[Place], *, above: Place | None, up: int | None, page: int = 0) -> Screen:
    """The screen with regions, districts or municipalities to choose from, a page of them.

    They lie within ``above``; ``up`` is the place whose list is above this one, None where there is none.
    """
    shown, page, last = item_page(found, page, PLACES_ON_A_PAGE)
    parent = above.id if above else 0
    text = stacked(
        b(t("Where do you live?")),
        e(t.text(above.name).words) if above else None,
        e(t("Choose, or type a few letters of the name.")),
    )
    rows = (
        *in_rows((_place(t, place) for place in shown), width=1 if len(found) <= PLACES_IN_ONE_COLUMN else 2),
        paging(t, lambda number: presses.ChoosePlace(parent, number), page=page, last=last),
        (back(t, presses.ChoosePlace(up)),) if up is not None else (),
    )
    return Screen(text, with_buttons(*rows))


def found(t: Translator, typed: str, matches: Sequence[Place]) -> Screen:
    """The screen with what a few typed letters found."""
    everything = tap(t, t.p("button", "📍 The whole list"), presses.ChoosePlace())
    if not matches:
        words = t(
            "Nothing is called “{typed}”. Try fewer letters, or choose from the list.",
            typed=short(typed, TYPED_LETTERS),
        )
        return Screen(e(words), ((everything,),))
    rows = in_rows(_place(t, place) for place in matches)
    return Screen(b(t("Which one is yours?")), (*rows, (everything,)))


def villages(t: Translator, municipality: Place, found: Sequence[Place], *, page: int = 0) -> Screen:
    """The screen with the villages of a municipality, a page of them; one may skip it."""
    shown, page, last = item_page(found, page, PLACES_ON_A_PAGE)
    text = stacked(
        b(t("Which village are you from?")),
        e(t("It helps the commission see whom it has not heard. You can skip it.")),
    )
    rows = (
        *in_rows((village_button(t, municipality, village) for village in shown), width=2),
        paging(t, lambda number: presses.ChooseVillage(municipality.id, number), page=page, last=last),
        (tap(t, t.p("button", "Skip"), presses.PickVillage(municipality.id)),),
    )
    return Screen(text, with_buttons(*rows))


def village_button(t: Translator, municipality: Place, village: Place) -> Button:
    """The button that makes a village the reader's."""
    name = short(t.text(village.name).words, VILLAGE_NAME_LETTERS)
    return tap(t, name, presses.PickVillage(municipality.id, village.id))


def move(t: Translator, home: Place | None, place: Place, *, look_at: Place | None) -> Screen:
    """The screen that asks a person who lives at ``home`` whether to move to the ``place`` of a link.

    ``look_at`` is the municipality there, where it is another one: one can see its hearings without moving.
    """
    there = short(t.text(place.name).words, VILLAGE_NAME_LETTERS)
    here = short(t.text(home.name).words, VILLAGE_NAME_LETTERS) if home else t("not chosen")
    if place.kind in (PlaceKind.MUNICIPALITY, PlaceKind.VILLAGE):
        question = t("You live in {home}. Move to {place}?", home=here, place=there)
        go = tap(t, t.p("button", "➡️ Move to {place}", place=there), _picking(place))
    else:
        question = t("You live in {home}. Choose another place in {place}?", home=here, place=there)
        go = tap(t, t.p("button", "📍 The whole list"), presses.ChoosePlace(place.id))
    look = tap(t, t.p("button", "👀 Just look"), presses.GoHome(look_at.id)) if look_at else None
    stay = tap(t, t.p("button", "🏠 Stay in {place}", place=here), presses.GoHome())
    text = stacked(b(question), e(t("You came by a link. Nothing changes until you choose.")))
    return Screen(text, with_buttons((go,), (look,) if look else (), (stay,)))


def _picking(place: Place) -> presses.Press:
    if place.kind is PlaceKind.VILLAGE:
        return presses.PickVillage(place.parent_id or 0, place.id)
    return presses.PickMunicipality(place.id)


def _place(t: Translator, place: Place) -> Button:
    chosen = place.kind is PlaceKind.MUNICIPALITY
    press = presses.PickMunicipality(place.id) if chosen else presses.ChoosePlace(place.id)
    return tap(t, short(t.text(place.name).words), press)
