"""The screens of what could not be done."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.views.buttons import home
from handlers.views.screen import Screen, e

if TYPE_CHECKING:
    from bot.i18n import Translator


def sentence_alone(t: Translator, words: str) -> Screen:
    """One sentence, and the way home."""
    return Screen(e(words), ((home(t),),))


def crashed(t: Translator) -> str:
    """An act that failed for a fault of the program."""
    return t("Something went wrong on our side. Please try again.")


def not_stored_yet(t: Translator) -> str:
    """A press that the database has not taken yet."""
    return t("Not stored yet. This screen will say when it is; press again if it has not within two minutes.")


@lru_cache(maxsize=16)  # one for each language: it goes along with every screen
def not_taken(t: Translator) -> Screen:
    """What is sent in the place of a message that Telegram does not take."""
    words = t("Telegram did not take my answer. What you chose or sent is stored. Please go on from here.")
    return sentence_alone(t, words)


def recording_not_taken(t: Translator) -> Screen:
    """What is sent in the place of a recording or picture that Telegram does not take, or has no more."""
    words = t(
        "Telegram did not let me send this here. If your settings forbid voice messages, allow them and try again."
    )
    return sentence_alone(t, words)


def file_not_made(t: Translator) -> Screen:
    """A record or a poster that could not be made."""
    return Screen(e(t("The file could not be made now. Please try again in a few minutes.")))


def file_not_taken(t: Translator) -> Screen:
    """A file that is too large for Telegram, or that it refuses."""
    return Screen(
        e(t("Telegram does not take this file: it may be too large. Ask whoever looks after the bot for it."))
    )
