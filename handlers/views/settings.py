"""Settings, reminders, and the three questions about oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import OWN_NAMES
from bot.domain.people import AgeBand, Gender, Reminders
from bot.i18n import later, names
from handlers import presses
from handlers.views.screen import Button, Html, Row, Screen, b, e, i, in_rows, lines, short, tap
from handlers.views.start import home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.people import Actor, Resident
    from bot.domain.places import Place
    from bot.i18n import Translator

VILLAGES: Final = 12
"""Villages on one screen; more lead to the list with pages."""
NAME: Final = 80

REMINDERS: Final = {
    Reminders.ALL: later("Everything"),
    Reminders.DAYS: later("Only the days of hearings"),
    Reminders.NONE: later("Nothing"),
}

MEANING: Final = {
    Reminders.ALL: later(
        "When a hearing is announced, opens or changes; reminders before it, as a rule 7 days, 1 day and 2 hours; "
        "when answers are about to close; and if you took part, thanks and results."
    ),
    Reminders.DAYS: later(
        "A reminder on the day itself; when a hearing that you know of from us is changed, postponed or cancelled; "
        "and if you took part, thanks and results."
    ),
    Reminders.NONE: later("No messages. Only answers to what you press and write here."),
}
"""What each choice brings, by ``bot.domain.notice_rules.NOTICE_RULES``."""


def settings(t: Translator, actor: Actor, municipality: Place | None, village: Place | None) -> Screen:
    """What is set, and the way to change each."""
    person = actor.consented
    text = lines(
        b(t("⚙️ Settings")),
        e(t("Language: {language}", language=OWN_NAMES[t.language])),
        e(t("Municipality: {name}", name=_name(t, municipality))),
        e(t("Village: {name}", name=_name(t, village))) if person else None,
        e(t("Messages from us: {which}", which=t(REMINDERS[person.reminders]))) if person else None,
        e(t("About you: {facts}", facts=_facts(t, person))) if person else None,
        e(t("You are only looking: nothing about you is stored.")) if actor.resident is None else None,
    )
    own = person or actor.resident
    rows = (
        (
            tap(t, t.p("button", "🌐 Language"), presses.ListLanguages()),
            tap(t, t.p("button", "📍 Municipality"), presses.ChoosePlace()),
        ),
        _personal_row(t, municipality) if own else (),
        (tap(t, t.p("button", "👤 About me"), presses.DescribeMyself()),) if person else (),
        (
            tap(t, t.p("button", "🔒 Privacy"), presses.ReadPrivacy()),
            tap(t, t.p("button", "❓ Help"), presses.OpenHelp()),
        ),
        (home(t),),
    )
    return Screen(text, tuple(row for row in rows if row))


def reminders(t: Translator, chosen: Reminders) -> Screen:
    """Which messages?"""
    text = lines(
        b(t("🔔 Messages from us")),
        e(t("How much do you want to hear about hearings?")),
        *(lines(e(""), b(t(REMINDERS[which])), e(t(MEANING[which]))) for which in REMINDERS),
        e(""),
        i(t("🌙 Between 21:00 and 8:00 we keep quiet, unless the morning would be too late.")),
    )
    labels = {
        Reminders.ALL: t.p("button", "🔔 Everything"),
        Reminders.DAYS: t.p("button", "📅 Only the hearing days"),
        Reminders.NONE: t.p("button", "🔕 Nothing"),
    }
    rows = in_rows(
        tap(t, f"{'✅ ' if which is chosen else ''}{label}", presses.SetReminders(which))
        for which, label in labels.items()
    )
    return Screen(text, (*rows, (_back(t), home(t))))


def stopped(t: Translator) -> Screen:
    """No more messages; the way back."""
    text = lines(
        b(t("🔕 You will get no more announcements and reminders.")),
        e(t("Your answers and comments stay, and you can read and answer here whenever you like: /start")),
        e(t("To get messages again, press the button below or send /reminders.")),
    )
    again = tap(t, t.p("button", "🔔 Turn them on again"), presses.SetReminders(Reminders.ALL))
    delete = tap(t, t.p("button", "🗑 Delete my data"), presses.AskToForget())
    return Screen(text, ((again,), (delete,), (home(t),)))


def gender(t: Translator, person: Resident | None) -> Screen:
    """The first question about oneself."""
    said = person.gender if person else Gender.UNSAID
    labels = {Gender.FEMALE: t.p("button", "👩 Woman"), Gender.MALE: t.p("button", "👨 Man")}
    choice = tuple(tap(t, _marked(label, on=said is one), presses.SetGender(one)) for one, label in labels.items())
    unsay = presses.SetGender(Gender.UNSAID) if said is not Gender.UNSAID else presses.DescribeMyself(1)
    return Screen(_asking(t, 1, t("Are you a woman or a man?")), (choice, (_unsaid(t, unsay),)))


def age(t: Translator, person: Resident | None) -> Screen:
    """The second question about oneself."""
    said = person.age_band if person else AgeBand.UNSAID
    bands = [band for band in AgeBand if band is not AgeBand.UNSAID]
    choice = in_rows(
        (tap(t, _marked(t(names.AGES[band]), on=said is band), presses.SetAge(band)) for band in bands), width=2
    )
    unsay = presses.SetAge(AgeBand.UNSAID) if said is not AgeBand.UNSAID else presses.DescribeMyself(2)
    return Screen(_asking(t, 2, t("How old are you?")), (*choice, (_unsaid(t, unsay),)))


def village(t: Translator, municipality: Place, villages: Sequence[Place]) -> Screen:
    """The third question about oneself."""
    choice = in_rows(
        (
            tap(t, short(t.text(place.name).words, 30), presses.PickVillage(municipality.id, place.id))
            for place in villages[:VILLAGES]
        ),
        width=2,
    )
    more = tap(t, t.p("button", "📍 The whole list"), presses.ChooseVillage(municipality.id))
    rows = (*choice, (more,) if len(villages) > VILLAGES else (), (_unsaid(t, presses.DescribeMyself(3)),))
    return Screen(_asking(t, 3, t("Which village are you from?")), tuple(row for row in rows if row))


def thanks(t: Translator) -> Screen:
    """After the three questions."""
    text = lines(
        b(t("Thank you!")),
        e(t("You can change or remove this at any time under Settings: /settings")),
    )
    return Screen(text, ((tap(t, t.p("button", "⚙️ Settings"), presses.OpenSettings()), home(t)),))


def gender_name(t: Translator, said: Gender) -> str:
    """What a person said about their gender."""
    match said:
        case Gender.FEMALE:
            return t.p("about you", "Woman")
        case Gender.MALE:
            return t.p("about you", "Man")
    return t("Not said")


def _facts(t: Translator, person: Resident) -> str:
    said = [gender_name(t, person.gender)] if person.gender is not Gender.UNSAID else []
    said += [t(names.AGES[person.age_band])] if person.age_band is not AgeBand.UNSAID else []
    return t.list(said) or t("Not said")


def _name(t: Translator, place: Place | None) -> str:
    return short(t.text(place.name).words, NAME) if place else t("not chosen")


def _personal_row(t: Translator, municipality: Place | None) -> Row:
    messages = tap(t, t.p("button", "🔔 Messages"), presses.ChooseReminders())
    if municipality is None:
        return (messages,)
    return (tap(t, t.p("button", "🏘 Village"), presses.ChooseVillage(municipality.id)), messages)


def _asking(t: Translator, number: int, question: str) -> Html:
    return lines(
        i(t("About you, {number} of 3", number=number)),
        b(question),
        e(t("It helps the commission see whom it has not heard. You can skip it.")),
    )


def _marked(label: str, *, on: bool) -> str:
    return f"✅ {label}" if on else label


def _unsaid(t: Translator, press: presses.Press) -> Button:
    return tap(t, t.p("button", "Skip"), press)


def _back(t: Translator) -> Button:
    return tap(t, t.p("button", "⬅️ Back"), presses.OpenSettings())
