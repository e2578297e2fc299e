"""Words for a hearing that is put together in the chat: its subject, its services, and which text is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.edits import TextField
from bot.domain.hearings import HearingKind
from bot.domain.languages import LANGUAGES, Text
from bot.i18n import later, names

if TYPE_CHECKING:
    from bot.i18n import Catalogues, Translator

SERVICE_NAMES: Final = (
    later("Organising the repair of internal roads"),
    later("Improving the beautification of the territory"),
    later("Organising the collection, removal and disposal of solid household waste"),
    later("Organising street lighting"),
    later("Organising clubs and circles"),
    later("Organising preschool education services"),
    later("Clean water supply"),
    later("Organising sports services"),
)
"""The services that the pilot municipalities chose, as they call them (append only: buttons say their numbers)."""
SERVICE_LABELS: Final = (
    later("Internal roads"),
    later("Beautification"),
    later("Household waste"),
    later("Street lighting"),
    later("Clubs and circles"),
    later("Preschool education"),
    later("Clean water"),
    later("Sports"),
)
"""The same in the words of a button."""
PLACE_NAMES: Final = (
    later("House of culture"),
    later("School"),
    later("Club"),
    later("Building of the ayil okmotu"),
    later("Library"),
)
"""Where sittings are held (append only: buttons say their numbers)."""
TEXT_FIELD_NAMES: Final = {
    TextField.TITLE: later("Subject of the hearing"),
    TextField.PRESENTERS: later("Who presents"),
    TextField.PLACE: later("Place of the sitting"),
    TextField.ADDRESS: later("Address of the sitting"),
    TextField.SERVICE: later("Name of the service"),
    TextField.PROBLEM: later("Problem"),
    TextField.GOAL: later("Goal"),
    TextField.QUESTION: later("Words of the question"),
    TextField.OPTION: later("Option of the question"),
}
"""What is changed when one text is."""
YEARS_BEHIND: Final = frozenset({HearingKind.EXECUTION})
"""Kinds of hearings about a year that is over; the others are about years to come."""


def subject(t: Translator, kind: HearingKind, year: int) -> str:
    """What is heard, for a fiscal year; 0 for none in particular."""
    heard = t(names.HEARING_KIND_NAMES[kind])
    if not year:
        return heard
    if kind in YEARS_BEHIND:
        return t("{subject} in {year}", subject=heard, year=year)
    return t("{subject} for {year}", subject=heard, year=year)


def subject_in_all(catalogues: Catalogues, kind: HearingKind, year: int) -> Text:
    """The same in every language."""
    return Text({language: subject(catalogues[language], kind, year) for language in LANGUAGES})


def service_in_all(catalogues: Catalogues, number: int) -> Text:
    """The name of a service of the list, from 0, in every language."""
    return Text({language: catalogues[language](SERVICE_NAMES[number]) for language in LANGUAGES})


def place_in_all(catalogues: Catalogues, number: int) -> Text:
    """A place of the list, from 0, in every language."""
    return Text({language: catalogues[language](PLACE_NAMES[number]) for language in LANGUAGES})


def years_offered(kind: HearingKind, this_year: int) -> tuple[int, ...]:
    """The fiscal years that a hearing of that kind is likely about, the likeliest first."""
    return (this_year - 1, this_year) if kind in YEARS_BEHIND else (this_year + 1, this_year)
