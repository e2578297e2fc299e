"""The first screens: language, purpose, help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.i18n.consent import CONSENT_HEADING, consent_lines
from handlers import presses
from handlers.presses import Language
from handlers.views.buttons import home, settings
from handlers.views.command_menu import commands, staff_commands
from handlers.views.contact import contact
from handlers.views.places import nothing_found
from handlers.views.screen import Screen, b, e, i, in_rows, stacked, tap

if TYPE_CHECKING:
    from bot.domain.places import Contact
    from bot.i18n import Translator

LANGUAGE_REQUESTS: Final = {
    "ky": "Тилди тандаңыз",
    "ru": "Выберите язык",
    "uz_Cyrl": "Тилни танланг",
    "uz": "Tilni tanlang",
    "en": "Choose a language",
}
"""The one sentence that stands in every language at once, whatever the reader's is."""


def languages(t: Translator, *, first: str, then: str = "", known: bool = False) -> Screen:
    """The screen that asks for a language: each in its own name, Kyrgyz first, ``first`` right after it.

    Whom the bot has ``known`` has a way to the settings.
    """
    order = sorted(LANGUAGES, key=lambda code: (code != "ky", code != first))
    text = stacked(*(e(LANGUAGE_REQUESTS[code]) for code in order))
    buttons = (tap(t, OWN_NAMES[code], presses.ChooseLanguage(Language(code), then)) for code in order)
    return Screen(text, (*in_rows(buttons), *(((settings(t),),) if known else ())))


def purpose(t: Translator, *, years: int, then: str = "", invited: bool = False) -> Screen:
    """The screen that says who runs the bot and what is stored for how long, and asks for consent.

    ``years``: how long it is kept. ``invited``: the person comes by an invitation of staff.
    """
    text = stacked(
        b(t("🗝 A colleague invites you to the desk of the hearings. Agree first.")) if invited else None,
        e("") if invited else None,
        b(t("Public hearings in your municipality")),
        e(t("Read the draft strategy and budget, say what you think, and get an answer to every comment.")),
        e(""),
        e(t("Run by: {holder}", holder=t("the municipality that holds the hearing"))),
        e(""),
        b(t(CONSENT_HEADING)),
        *(e(line) for line in consent_lines(t, years)),
    )
    agree = tap(t, t.p("button", "✅ I agree"), presses.Agree(then))
    look = tap(t, t.p("button", "👀 Just look"), presses.JustLook(then))
    return Screen(text, ((agree,), (look,)))


def not_kept(t: Translator, typed: str, *, then: str) -> Screen:
    """The screen that says that what a visitor sent was not kept, why, and how to go on.

    ``typed`` may have been meant as the name of a place; empty where it may not.
    """
    text = stacked(
        e(nothing_found(t, typed)) if typed else None,
        b(t("What you sent was not kept.")),
        e(t("Nothing is stored about you before you agree. Agree, then send it once more.")),
    )
    agree = tap(t, t.p("button", "✅ Read and agree"), presses.ReadPurpose(then))
    return Screen(text, ((agree,), (tap(t, t.p("button", "📍 The whole list"), presses.ChoosePlace()),)))


def only_this_bot(t: Translator, username: str) -> str:
    """Against impostors: how the bot is called, and that nobody pays or is paid."""
    said = t("Nobody is paid for answers, and nobody will ask you for money, codes or passwords.")
    return f"{t('The hearings have only this bot: {name}.', name=f'@{username}')} {said}" if username else said


def help_(t: Translator, who: Contact, *, staff: bool = False, username: str = "") -> Screen:
    """The screen that says what one can do here, with the commands, and ``who`` can be asked."""
    text = stacked(
        b(t("How it works")),
        e(t("1. Read the draft: Strategy and Budget.")),
        e(t("2. Have your say: a tap on each question. You can change it until closing.")),
        e(t("3. Ask or propose: write, record your voice or send a photo. You get a number and an answer.")),
        contact(t, who),
        e(""),
        *(e(f"/{name} – {words}") for name, words in (staff_commands(t) if staff else commands(t))),
        e(""),
        i(only_this_bot(t, username)),
    )
    return Screen(text, ((home(t),),))
