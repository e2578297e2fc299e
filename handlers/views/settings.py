"""Settings, reminders, and the three questions about oneself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.languages import OWN_NAMES
from bot.domain.people import AgeBand, Gender, Reminders
from bot.i18n import names
from handlers import presses
from handlers.views import buttons
from handlers.views.buttons import back, home
from handlers.views.pages import units
from handlers.views.places import village_button
from handlers.views.screen import (
    EMPTY_HTML,
    ButtonRow,
    Html,
    Screen,
    b,
    e,
    i,
    in_rows,
    short,
    stacked,
    tap,
    with_buttons,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.people import Actor, Resident
    from bot.domain.places import Place
    from bot.i18n import Translator

ALL_QUESTIONS: Final = 3
"""About oneself: gender, age, village."""
VILLAGES_ASKED_ABOUT: Final = 12
"""Villages on the screen of the third question; more lead to the list with pages."""
PLACE_NAME_LETTERS: Final = 80
ASKING_UNITS: Final = 4_000
"""Units of a screen with the first question about oneself, marks included; Telegram takes 4,096 without them."""


def settings(t: Translator, actor: Actor, municipality: Place | None, village: Place | None) -> Screen:
    """The screen with what is set, and the way to change each."""
    person = actor.consented
    text = stacked(
        b(t("⚙️ Settings")),
        e(t("Language: {language}", language=OWN_NAMES[t.language])),
        e(t("Municipality: {name}", name=_name(t, municipality))),
        e(t("Village: {name}", name=_name(t, village))) if person else None,
        e(t("Messages from us: {which}", which=t(names.REMINDERS_NAMES[person.reminders]))) if person else None,
        e(t("About you: {facts}", facts=_facts(t, person))) if person else None,
        e(t("You are only looking: nothing about you is stored.")) if actor.resident is None else None,
    )
    return Screen(text, _settings_rows(t, actor, municipality))


def _settings_rows(t: Translator, actor: Actor, municipality: Place | None) -> tuple[ButtonRow, ...]:
    return with_buttons(
        (
            tap(t, t.p("button", "🌐 Language"), presses.ListLanguages()),
            tap(t, t.p("button", "📍 Municipality"), presses.ChoosePlace()),
        ),
        _personal_row(t, municipality) if actor.resident else (),
        (tap(t, t.p("button", "👤 About me"), presses.DescribeMyself()),) if actor.consented else (),
        (
            tap(t, t.p("button", "🔒 Privacy"), presses.ReadPrivacy()),
            tap(t, t.p("button", "❓ Help"), presses.OpenHelp()),
        ),
        (home(t),),
    )


def _personal_row(t: Translator, municipality: Place | None) -> ButtonRow:
    messages = tap(t, t.p("button", "🔔 Messages"), presses.ChooseReminders())
    if municipality is None:
        return (messages,)
    return (tap(t, t.p("button", "🏘 Village"), presses.ChooseVillage(municipality.id)), messages)


def reminders(t: Translator, chosen: Reminders) -> Screen:
    """The screen that asks which messages a person wants."""
    text = stacked(
        b(t("🔔 Messages from us")),
        e(t("How much do you want to hear about hearings?")),
        *(
            stacked(e(""), b(t(name)), e(t(names.REMINDERS_MEANINGS[which])))
            for which, name in names.REMINDERS_NAMES.items()
        ),
        e(""),
        i(t("🌙 Between 21:00 and 8:00 we keep quiet, unless the morning would be too late.")),
    )
    labels = {
        Reminders.ALL: t.p("button", "🔔 Everything"),
        Reminders.DAYS: t.p("button", "📅 Only the hearing days"),
        Reminders.NONE: t.p("button", "🔕 Nothing"),
    }
    rows = in_rows(
        tap(t, _marked(label, on=which is chosen), presses.SetReminders(which)) for which, label in labels.items()
    )
    return Screen(text, (*rows, (back(t, presses.OpenSettings()), home(t))))


def stopped(t: Translator) -> Screen:
    """The screen that says that no more messages are sent, with the way to get them again."""
    text = stacked(
        b(t("🔕 You will get no more announcements and reminders.")),
        e(t("Your answers and comments stay, and you can read and answer here whenever you like: /start")),
        e(t("To get messages again, press the button below or send /reminders.")),
    )
    again = tap(t, t.p("button", "🔔 Turn them on again"), presses.SetReminders(Reminders.ALL))
    delete = tap(t, t.p("button", "🗑 Delete my data"), presses.AskToForget())
    return Screen(text, ((again,), (delete,), (home(t),)))


def gender(t: Translator, person: Resident | None) -> Screen:
    """The screen of the first question about oneself."""
    said = person.gender if person else Gender.UNSAID
    labels = {Gender.FEMALE: t.p("button", "👩 Woman"), Gender.MALE: t.p("button", "👨 Man")}
    choice = tuple(tap(t, _marked(label, on=said is one), presses.SetGender(one)) for one, label in labels.items())
    unsay = presses.SetGender(Gender.UNSAID) if said is not Gender.UNSAID else presses.DescribeMyself(1)
    return Screen(_question(t, 1, t("Are you a woman or a man?"), _questions_to(person)), (choice, _ways_on(t, unsay)))


def asking(t: Translator, screen: Screen, person: Resident) -> Screen:
    """The screen with the first question about oneself below its words; as it is where there is no room."""
    question = gender(t, person)
    text = stacked(screen.text, EMPTY_HTML, question.text)
    if units(text) > ASKING_UNITS or screen.picture is not None:
        return screen
    choice, (skip, _) = question.rows
    return replace(screen, text=text, rows=((*choice, skip), *screen.rows))


def age(t: Translator, person: Resident | None) -> Screen:
    """The screen of the second question about oneself."""
    said = person.age_band if person else AgeBand.UNSAID
    choice = (
        tap(t, _marked(t(name), on=said is band), presses.SetAge(band))
        for band, name in names.AGE_BAND_NAMES.items()
        if band is not AgeBand.UNSAID
    )
    unsay = presses.SetAge(AgeBand.UNSAID) if said is not AgeBand.UNSAID else presses.DescribeMyself(2)
    return Screen(
        _question(t, 2, t("How old are you?"), _questions_to(person)), (*in_rows(choice, width=2), _ways_on(t, unsay))
    )


def village(t: Translator, municipality: Place, villages: Sequence[Place], *, typed: bool) -> Screen:
    """The screen of the third question about oneself; a name may be typed where ``typed``."""
    choice = (village_button(t, municipality, place) for place in villages[:VILLAGES_ASKED_ABOUT])
    more = tap(t, t.p("button", "📍 The whole list"), presses.ChooseVillage(municipality.id))
    rows = with_buttons(
        *in_rows(choice, width=2),
        (more,) if len(villages) > VILLAGES_ASKED_ABOUT else (),
        _ways_on(t, presses.DescribeMyself(3)),
    )
    text = stacked(
        _question(t, 3, t("Which village are you from?")),
        e(t("Choose, or type a few letters of the name.")) if typed else None,
    )
    return Screen(text, rows)


def thanks(t: Translator) -> Screen:
    """The screen after the three questions."""
    text = stacked(
        b(t("Thank you!")),
        e(t("You can change or remove this at any time under Settings: /settings")),
    )
    return Screen(text, ((buttons.settings(t), home(t)),))


def _facts(t: Translator, person: Resident) -> str:
    said = [names.own_gender(t, person.gender)] if person.gender is not Gender.UNSAID else []
    said += [t(names.AGE_BAND_NAMES[person.age_band])] if person.age_band is not AgeBand.UNSAID else []
    return t.list(said) or t("Not said")


def _name(t: Translator, place: Place | None) -> str:
    return short(t.place(place.name), PLACE_NAME_LETTERS) if place else t("not chosen")


def _questions_to(person: Resident | None) -> int:
    """How many questions there are: whose village is known is not asked for it."""
    return ALL_QUESTIONS - 1 if person and person.village_id is not None else ALL_QUESTIONS


def _question(t: Translator, number: int, words: str, total: int = ALL_QUESTIONS) -> Html:
    return stacked(
        i(t("About you, {number} of {total}", number=number, total=total)),
        b(words),
        e(t("It helps the commission see whom it has not heard. You can skip it.")),
    )


def _marked(label: str, *, on: bool) -> str:
    return f"✅ {label}" if on else label


def _ways_on(t: Translator, press: presses.Press) -> ButtonRow:
    """To the next question without an answer, and out of the questions."""
    return tap(t, t.p("button", "Skip"), press), home(t)
