"""The words to which a resident consents before anything is stored: on the screen, and in the record of a hearing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.consent import RETENTION_YEARS
from bot.i18n import later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.consent import ConsentText
    from bot.i18n import Translator

CONSENT_HEADING: Final = later("What is stored if you agree")
CONSENT_SENTENCES: Final = (
    later("• your Telegram number, language, municipality and village;"),
    later("• your answers and comments, and when you gave them;"),
    later("• age group and gender, only if you give them."),
    later("Your name and phone number are not stored. Others never see who you are."),
    later("What you send goes through Telegram. Its servers are abroad; voice messages and photos stay there."),
)
"""Whoever changes what they say gives them a new ``CONSENT_VERSION`` and a sentence in ``CHANGES_OF_VERSIONS``."""
_THREE_YEARS: Final = later(
    "It is kept for three years after the hearing. You can see or delete it at any time: /privacy"
)
CHANGES_OF_VERSIONS: Final[Mapping[int, str]] = {
    2: later(
        "• The text now says where it is kept: Telegram, through which you write, has its servers abroad, "
        "and voice messages and photos stay there."
    )
}
"""What each version of the sentences says that the one before did not; the first has none."""


def consent_lines(t: Translator, years: int) -> tuple[str, ...]:
    """The text in force, line by line."""
    return (*(t(sentence) for sentence in CONSENT_SENTENCES), _kept_for(t, years))


def _kept_for(t: Translator, years: int) -> str:
    if years == RETENTION_YEARS:
        return t(_THREE_YEARS)
    return t.n(
        "It is kept for {n} year after the hearing. You can see or delete it at any time: /privacy",
        "It is kept for {n} years after the hearing. You can see or delete it at any time: /privacy",
        years,
    )


def consent_words(years: int) -> tuple[str, ...]:
    """The same in English, without a catalogue: as a record has it."""
    kept = "three years" if years == RETENTION_YEARS else "1 year" if years == 1 else f"{years} years"
    return (*CONSENT_SENTENCES, _THREE_YEARS.replace("three years", kept))


def changed_lines(t: Translator, before: ConsentText, after: ConsentText) -> tuple[str, ...]:
    """What another text says than the one that somebody has agreed to."""
    said = [t(words) for version, words in CHANGES_OF_VERSIONS.items() if before.version < version <= after.version]
    if before.years != after.years:
        said.append(
            t.n(
                "• What you give is kept for {n} year after the hearing; before it was {before}.",
                "• What you give is kept for {n} years after the hearing; before it was {before}.",
                after.years,
                before=t.number(before.years),
            )
        )
    return tuple(said)
