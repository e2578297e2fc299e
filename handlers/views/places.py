"""Lists of places to choose from, and what a few typed letters find."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.domain.place_names import forms_of
from bot.domain.places import PlaceKind
from handlers import presses
from handlers.views.buttons import back, home, paging
from handlers.views.pages import evenly, item_page
from handlers.views.screen import (
    LETTERS_ON_A_BUTTON,
    Button,
    Screen,
    b,
    e,
    in_rows,
    short,
    stacked,
    tap,
    with_buttons,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.places import Place, Whereabouts
    from bot.i18n import Translator

PLACES_ON_A_PAGE: Final = 12
PLACES_IN_ONE_COLUMN: Final = 8
"""More stand two in a row."""
VILLAGE_NAME_LETTERS: Final = 30
TYPED_LETTERS: Final = 60
AROUND_LETTERS: Final = 16
"""Letters of the district beside the name of a place that has namesakes."""


def places(
    t: Translator, found: Sequence[tuple[Place, bool]], *, above: Place | None, up: int | None, page: int = 0
) -> Screen:
    """The screen with regions, districts or municipalities to choose from, and whether each leads on, a page of them.

    They lie within ``above``; ``up`` is the place whose list is above this one, None where there is none.
    """
    order = t.in_order(place for place, _ in found)
    listed = sorted(found, key=lambda each: (each[0] != above, order.index(each[0])))
    shown, page, last = item_page(listed, page, evenly(len(listed), PLACES_ON_A_PAGE))
    parent = above.id if above else 0
    text = stacked(
        b(t("Where do you live?")),
        e(t.place(above.name)) if above else None,
        e(t("Choose, or type a few letters of the name.")),
    )
    rows = (
        *in_rows(
            (_listed(t, place, leads_on=more) for place, more in shown),
            width=1 if len(found) <= PLACES_IN_ONE_COLUMN else 2,
        ),
        paging(t, lambda number: presses.ChoosePlace(parent, number), page=page, last=last),
        (back(t, presses.ChoosePlace(up)),) if up is not None else (),
    )
    return Screen(text, with_buttons(*rows))


def found(t: Translator, typed: str, matches: Sequence[Whereabouts]) -> Screen:
    """The screen with what a name or a few letters found; one place is asked about too."""
    everything = tap(t, t.p("button", "📍 The whole list"), presses.ChoosePlace())
    if not matches:
        return Screen(e(nothing_found(t, typed)), ((everything,),))
    if len(matches) == 1:
        return _is_it_yours(t, matches[0], everything)
    labels = _told_apart(t, matches)
    rows = in_rows(tap(t, label, _choosing(match)) for label, match in zip(labels, matches, strict=True))
    whole = [match for label, match in zip(labels, matches, strict=True) if label != _called(t, match)]
    text = stacked(b(t("Which one is yours?")), *(e(f"• {_described(t, match)}") for match in whole))
    return Screen(text, (*rows, (everything,)))


def nothing_found(t: Translator, typed: str) -> str:
    """What is said where no place has a name that was typed."""
    return t(
        "Nothing is called “{typed}”. Try fewer letters, or choose from the list.", typed=short(typed, TYPED_LETTERS)
    )


def _is_it_yours(t: Translator, match: Whereabouts, everything: Button) -> Screen:
    text = stacked(b(t("Is this yours?")), e(""), e(_described(t, match)))
    label = f"✅ {short(t.place(match.place.name), VILLAGE_NAME_LETTERS)}"
    return Screen(text, ((tap(t, label, _choosing(match)),), (everything,)))


def _called(t: Translator, match: Whereabouts) -> str:
    """The name of a place; that of a village with its municipality."""
    name = t.place(match.place.name)
    if match.place.kind is not PlaceKind.VILLAGE or match.municipality is None:
        return name
    return t("{village} village, {municipality}", village=name, municipality=t.place(match.municipality.name))


def _described(t: Translator, match: Whereabouts) -> str:
    """The name of a place, then its district and region."""
    around = (t.place(place.name) for place in match.above if place != match.municipality)
    return ", ".join((_called(t, match), *around))


def _told_apart(t: Translator, matches: Sequence[Whereabouts]) -> list[str]:
    """A label for each; namesakes with their district, with their region where even that is called the same."""
    names = Counter(_name_alone(t, match) for match in matches if match.municipality)
    labels = [
        _beside(t, match, 0) if match.municipality and names[_name_alone(t, match)] > 1 else short(_called(t, match))
        for match in matches
    ]
    same = Counter(labels)
    return [_beside(t, match, 1) if same[label] > 1 else label for label, match in zip(labels, matches, strict=True)]


def _name_alone(t: Translator, match: Whereabouts) -> str:
    """The name by which people may take one place for another: Сузак and Сузакский айылный аймак have the same."""
    return forms_of(t.text(match.place.name).words).folded[-1]


def _beside(t: Translator, match: Whereabouts, level: int) -> str:
    """The name of a place, and in brackets what it lies in: its district at level 0, its region at level 1."""
    around = [place for place in match.above if place != match.municipality]
    if level >= len(around):
        return short(_called(t, match))
    beside = short(t.place(around[level].name), AROUND_LETTERS)
    return f"{short(_called(t, match), LETTERS_ON_A_BUTTON - len(beside) - 3)} ({beside})"


def _choosing(match: Whereabouts, *, sure: bool = False) -> presses.Press:
    """The press that makes a place the reader's, asking first unless ``sure``; it opens a district or a region."""
    if match.municipality is None:
        return presses.ChoosePlace(match.place.id)
    if match.place.kind is PlaceKind.VILLAGE:
        return presses.PickVillage(match.municipality.id, match.place.id, sure)
    return presses.PickMunicipality(match.place.id, sure)


def merged(t: Translator, former: Place, after: Place) -> Screen:
    """The message that a municipality was merged into another, to who follows it."""
    names = {"former": t.place(former.name), "municipality": t.place(after.name)}
    text = stacked(
        e(t("{former} is now part of {municipality}.", **names)),
        e(t("You will hear about its hearings from now on. What you have written and how you answered is kept.")),
    )
    elsewhere = tap(t, t.p("button", "📍 Another municipality"), presses.ChoosePlace())
    return Screen(text, ((home(t),), (elsewhere,)))


def villages(t: Translator, municipality: Place, found: Sequence[Place], *, typed: bool, page: int = 0) -> Screen:
    """The screen with the villages of a municipality, a page of them; one may skip it, and type where ``typed``."""
    shown, page, last = item_page(t.in_order(found), page, evenly(len(found), PLACES_ON_A_PAGE))
    text = stacked(
        b(t("Which village are you from?")),
        e(t("It helps the commission see whom it has not heard. You can skip it.")),
        e(t("Choose, or type a few letters of the name.")) if typed else None,
    )
    rows = (
        *in_rows((village_button(t, municipality, village) for village in shown), width=2),
        paging(t, lambda number: presses.ChooseVillage(municipality.id, number), page=page, last=last),
        (tap(t, t.p("button", "Skip"), presses.PickVillage(municipality.id)),),
    )
    return Screen(text, with_buttons(*rows))


def village_button(t: Translator, municipality: Place, village: Place) -> Button:
    """The button that makes a village the reader's."""
    name = short(t.place(village.name), VILLAGE_NAME_LETTERS)
    return tap(t, name, presses.PickVillage(municipality.id, village.id))


def move(t: Translator, home: Place | None, there: Whereabouts, *, look_at: Place | None) -> Screen:
    """The screen that asks a person who lives at ``home`` whether to look at another place or to move there.

    ``look_at`` is the municipality there, where it is another one: one can see its hearings without moving.
    """
    place = short(t.place(there.place.name), VILLAGE_NAME_LETTERS)
    here = short(t.place(home.name), VILLAGE_NAME_LETTERS) if home else t("not chosen")
    if there.municipality is not None:
        question = t("You live in {home}. Move to {place}?", home=here, place=place)
        go = tap(t, short(t.p("button", "➡️ Move to {place}", place=place)), _choosing(there, sure=True))
    else:
        question = t("You live in {home}. Choose another place in {place}?", home=here, place=place)
        go = tap(t, t.p("button", "📍 The whole list"), _choosing(there))
    look = tap(t, t.p("button", "👀 Just look"), presses.GoHome(look_at.id)) if look_at else None
    stay = tap(t, short(t.p("button", "🏠 Stay in {place}", place=here)), presses.GoHome())
    text = stacked(b(question), e(t("Nothing changes until you choose.")))
    return Screen(text, with_buttons((go,), (look,) if look else (), (stay,)))


def _listed(t: Translator, place: Place, *, leads_on: bool) -> Button:
    press = presses.ChoosePlace(place.id) if leads_on else presses.PickMunicipality(place.id)
    return tap(t, short(t.place(place.name)), press)
