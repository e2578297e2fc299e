"""The words to which a resident consents before anything is stored: on the screen, and in the record of a hearing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import later

if TYPE_CHECKING:
    from bot.i18n import Translator

CONSENT_HEADING: Final = later("What is stored if you agree")
CONSENT_SENTENCES: Final = (
    later("• your Telegram number, language, municipality and village;"),
    later("• your answers and comments, and when you gave them;"),
    later("• age group and gender, only if you give them."),
    later("Your name and phone number are not stored. Others never see who you are."),
    later("It is kept for three years after the hearing. You can see or delete it at any time: /privacy"),
)


def consent_lines(t: Translator) -> tuple[str, ...]:
    """The text in force, line by line."""
    return tuple(t(sentence) for sentence in CONSENT_SENTENCES)
