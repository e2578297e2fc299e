"""Coming in: language, purpose, the way to one's municipality and village."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.domain.places import PlaceKind
from handlers import presses
from handlers.presses import Language
from handlers.views.screen import Button, Html, Screen, b, e, in_rows, lines, short, tap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.places import Place
    from bot.i18n import Translator

PAGE: Final = 12
"""Places on one screen, two in a row."""

_CHOOSE: Final = {
    "ky": "Тилди тандаңыз",
    "ru": "Выберите язык",
    "uz_Cyrl": "Тилни танланг",
    "uz": "Tilni tanlang",
    "en": "Choose a language",
}
"""The one sentence that stands in every language at once, whatever the reader's is."""


def languages(t: Translator, *, first: str, then: str = "") -> Screen:
    """The first screen: every language in its own name, Kyrgyz first, the likeliest one right after it."""
    order = sorted(LANGUAGES, key=lambda code: (code != "ky", code != first))
    text = lines(*(e(_CHOOSE[code]) for code in order))
    return Screen(
        text, in_rows(tap(t, OWN_NAMES[code], presses.ChooseLanguage(Language(code), then)) for code in order)
    )


def purpose(t: Translator, *, then: str = "", municipality: Place | None = None) -> Screen:
    """Who runs this, what is stored and for how long, in one screen; Agree or Just look."""
    holder = t.text(municipality.name).words if municipality else t("the municipality that holds the hearing")
    text = lines(
        b(t("Public hearings in your municipality")),
        e(t("Read the draft strategy and budget, say what you think, and get an answer to every comment.")),
        e(""),
        e(t("Run by: {holder}", holder=holder)),
        e(""),
        b(t("What is stored if you agree")),
        e(t("• your Telegram number, language, municipality and village;")),
        e(t("• your answers and comments, and when you gave them;")),
        e(t("• age group and gender, only if you give them.")),
        e(t("Your name and phone number are not stored. Others never see who you are.")),
        e(t("It is kept for three years after the hearing. You can see or delete it at any time: /privacy")),
    )
    agree = tap(t, t.p("button", "✅ I agree"), presses.Agree(then))
    look = tap(t, t.p("button", "👀 Just look"), presses.JustLook(then))
    return Screen(text, ((agree,), (look,)))


def places(t: Translator, found: Sequence[Place], *, above: Place | None, back: int | None, page: int = 0) -> Screen:
    """Regions, districts or municipalities to choose from, a page of them; ``back`` is the list above (None: none)."""
    start = page * PAGE
    shown = found[start : start + PAGE]
    text = lines(
        b(t("Where do you live?")),
        e(t.text(above.name).words) if above else None,
        e(t("Choose, or type a few letters of the name.")),
    )
    rows = in_rows((_place(t, place) for place in shown), width=1 if len(found) <= 8 else 2)
    more = [
        tap(t, "◀️", presses.ChoosePlace(above.id if above else 0, page - 1)) if page else None,
        tap(t, "▶️", presses.ChoosePlace(above.id if above else 0, page + 1)) if start + PAGE < len(found) else None,
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
    start = page * PAGE
    text = lines(
        b(t("Which village are you from?")),
        e(t("It helps the commission see whom it has not heard. You can skip it.")),
    )
    rows = in_rows(
        (
            tap(t, short(t.text(place.name).words, 30), presses.PickVillage(municipality.id, place.id))
            for place in found[start : start + PAGE]
        ),
        width=2,
    )
    paging: tuple[Button, ...] = ()
    if page:
        paging += (tap(t, "◀️", presses.ChooseVillage(municipality.id, page - 1)),)
    if start + PAGE < len(found):
        paging += (tap(t, "▶️", presses.ChooseVillage(municipality.id, page + 1)),)
    skip = (tap(t, t.p("button", "Skip"), presses.PickVillage(municipality.id)),)
    return Screen(text, (*rows, *((paging,) if paging else ()), skip))


def help_(t: Translator) -> Screen:
    """What one can do here, and the commands."""
    text = lines(
        b(t("How it works")),
        e(t("1. Read the draft: Strategy and Budget.")),
        e(t("2. Have your say: a tap on each question. You can change it until closing.")),
        e(t("3. Ask or propose: write, record your voice or send a photo. You get a number and an answer.")),
        e(""),
        Html("/start /mine /settings /language /municipality /reminders /privacy /mydata /forget /stop /help"),
    )
    return Screen(text, ((home(t),),))


def home(t: Translator, municipality: int = 0) -> Button:
    """The way home."""
    return tap(t, t.p("button", "🏠 Home"), presses.GoHome(municipality))


def _place(t: Translator, place: Place) -> Button:
    press = (
        presses.PickMunicipality(place.id) if place.kind is PlaceKind.MUNICIPALITY else presses.ChoosePlace(place.id)
    )
    return tap(t, short(t.text(place.name).words), press)
