"""The people of the demo: three residents of three municipalities, and a secretary with an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

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
    from collections.abc import Callable
    from datetime import datetime

    from bot.demo.sample_data import SampleData
    from bot.simulator import Telegram


@dataclass(slots=True)
class DemoPerson:
    """A person whose phone the page shows; ``link`` is a deep link that the person has and has not opened yet."""

    person: Person
    role: Literal["resident", "secretary"] = "resident"
    place: str = ""
    link: str = ""
    workbook: Callable[[datetime], bytes] | None = None
    """Makes the filled-in workbook of a hearing that the person has on the phone, at a moment in the demo."""


def demo_people(telegram: Telegram, sample: SampleData) -> tuple[DemoPerson, ...]:
    """The people in the order of the page."""
    villages = sample.places.villages(sample.get_id(COMING_MUNICIPALITY))
    poster = deep_link(telegram.username, presses.OpenPlace(villages[0].id))
    return (
        DemoPerson(Person(telegram, "Айгүл", language="ky"), place=_name(sample, OPEN_MUNICIPALITY, "ky")),
        DemoPerson(
            Person(telegram, "Сергей", language="ru"), place=_name(sample, COMING_MUNICIPALITY, "ru"), link=poster
        ),
        DemoPerson(Person(telegram, "Dilnoza", language="uz"), place=_name(sample, EMPTY_MUNICIPALITY, "uz")),
        DemoPerson(
            Person(telegram, "Бакыт", language="ky", id=SECRETARY_ID),
            role="secretary",
            place=_name(sample, EMPTY_MUNICIPALITY, "ky"),
            link=invitation_link(telegram, sample.invitation),
            workbook=sample_workbook,
        ),
    )


def invitation_link(telegram: Telegram, token: str) -> str:
    """The deep link that uses an invitation."""
    return deep_link(telegram.username, presses.AcceptInvitation(token))


def _name(sample: SampleData, code: str, language: str) -> str:
    return str(Catalogues.load()[language].place(sample.places.get(sample.get_id(code)).name))
