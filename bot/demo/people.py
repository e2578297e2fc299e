"""The people of the demo: four residents of three municipalities, and a secretary with an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.demo.phones import DemoPerson
from bot.demo.sample_data import (
    COMING_MUNICIPALITY,
    EMPTY_MUNICIPALITY,
    OPEN_MUNICIPALITY,
    SECRETARY_ID,
    sample_workbook,
)
from bot.i18n import Catalogues
from bot.simulator import Person
from handlers import presses
from handlers.presses.links import deep_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.demo.sample_data import SampleData
    from bot.simulator import Telegram


PAGE_LANGUAGES: Final = ("ky", "ru", "uz", "en")


def demo_people(telegram: Telegram, sample: SampleData) -> tuple[DemoPerson, ...]:
    """The people in the order of the page; one has found the poster of a hearing that is open."""
    living, coming, empty = (
        _names(sample, code) for code in (OPEN_MUNICIPALITY, COMING_MUNICIPALITY, EMPTY_MUNICIPALITY)
    )
    return (
        DemoPerson(Person(telegram, "Айгүл", language="ky"), place=living),
        DemoPerson(Person(telegram, "Сергей", language="ru"), place=coming),
        DemoPerson(Person(telegram, "Dilnoza", language="uz"), place=empty),
        DemoPerson(Person(telegram, "Emma", language="en"), place=living, link=_poster(telegram, sample)),
        DemoPerson(
            Person(telegram, "Бакыт", language="ky", id=SECRETARY_ID),
            role="secretary",
            place=empty,
            link=invitation_link(telegram, sample.invitation),
            workbook=sample_workbook,
        ),
    )


def invitation_link(telegram: Telegram, token: str) -> str:
    """The deep link that uses an invitation."""
    return deep_link(telegram.username, presses.AcceptInvitation(token))


def _poster(telegram: Telegram, sample: SampleData) -> str:
    """The link in the QR code of a poster that hangs in a village."""
    municipality = sample.get_id(OPEN_MUNICIPALITY)
    hearing, village = sample.hearings[municipality], sample.places.villages(municipality)[0]
    return deep_link(telegram.username, presses.FollowPoster(hearing.id, village.id))


def _names(sample: SampleData, code: str) -> Mapping[str, str]:
    place, catalogues = sample.places.get(sample.get_id(code)), Catalogues.load()
    return {language: str(catalogues[language].place(place.name)) for language in PAGE_LANGUAGES}
