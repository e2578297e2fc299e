"""Lists of places to choose from, and what a few typed letters find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.places import PlaceKind
from handlers import presses
from handlers.views.screen import Button, Screen, b, e, in_rows, short, stacked, tap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.places import Place
    from bot.i18n import Translator

PLACES_ON_A_PAGE: Final = 12
"""Places on one screen, two in a row."""


def places(t: Translator, found: Sequence[Place], *, above: Place | None, back: int | None, page: int = 0) -> Screen:
    """Regions, districts or municipalities to choose from, a page of them; ``back`` is the list above (None: none)."""
    start = page * PLACES_ON_A_PAGE
    shown = found[start : start + PLACES_ON_A_PAGE]
    text = stacked(
        b(t("Where do you live?")),
        e(t.text(above.name).words) if above else None,
        e(t("Choose, or type a few letters of the name.")),
    )
    rows = in_rows((_place(t, place) for place in shown), width=1 if len(found) <= 8 else 2)
    more = [
        tap(t, "◀️", presses.ChoosePlace(above.id if above else 0, page - 1)) if page else None,
        tap(t, "▶️", presses.ChoosePlace(above.id if above else 0, page + 1))
        if start + PLACES_ON_A_PAGE < len(found)
        else None,
    ]
    paging = tuple(button for button in more if button)
    up = ((tap(t, t.p("button", "⬅️ Back"), presses.ChoosePlace(back)),),) if back is not None else ()
    return Screen(text, rows + ((paging,) if paging else ()) + up)


def found(t: Translator, typed: str, matches: Sequence[Place]) -> Screen:
    """What a few typed letters found."""
    whole = tap(t, t.p("button", "📍 The whole list"), presses.ChoosePlace())
    if not matches:
        words = t("Nothing is called “{typed}”. Try fewer letters, or choose from the list.", typed=short(typed, 60))
        return Screen(e(words), ((whole,),))
    rows = in_rows(_place(t, place) for place in matches)
    return Screen(b(t("Which one is yours?")), (*rows, (whole,)))


def villages(t: Translator, municipality: Place, found: Sequence[Place], *, page: int = 0) -> Screen:
    """The villages of a municipality; one may pass over them."""
    start = page * PLACES_ON_A_PAGE
    text = stacked(
        b(t("Which village are you from?")),
        e(t("It helps the commission see whom it has not heard. You can skip it.")),
    )
    rows = in_rows(
        (
            tap(t, short(t.text(place.name).words, 30), presses.PickVillage(municipality.id, place.id))
            for place in found[start : start + PLACES_ON_A_PAGE]
        ),
        width=2,
    )
    paging: tuple[Button, ...] = ()
    if page:
        paging += (tap(t, "◀️", presses.ChooseVillage(municipality.id, page - 1)),)
    if start + PLACES_ON_A_PAGE < len(found):
        paging += (tap(t, "▶️", presses.ChooseVillage(municipality.id, page + 1)),)
    skip = (tap(t, t.p("button", "Skip"), presses.PickVillage(municipality.id)),)
    return Screen(text, (*rows, *((paging,) if paging else ()), skip))


def _place(t: Translator, place: Place) -> Button:
    press = (
        presses.PickMunicipality(place.id) if place.kind is PlaceKind.MUNICIPALITY else presses.ChoosePlace(place.id)
    )
    return tap(t, short(t.text(place.name).words), press)
