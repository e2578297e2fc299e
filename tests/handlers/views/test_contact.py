"""Residents see whom they reach in their municipality, and a tap calls what is a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import LANGUAGES
from bot.domain.places import NOBODY, Place, PlaceKind
from bot.i18n import Catalogues
from bot.services.hearings import HearingCard, HearingList
from handlers.views import agenda, hearing_list, start
from handlers.views.contact import contact
from tests import samples
from tests.handlers.views import largest

CATALOGUES = Catalogues.load()
PLACE = Place(1, "a", PlaceKind.MUNICIPALITY, None, samples.words("Аймак"), contact_name="Айгүл <Асанова>")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("+996 (3948) 5-12-34", "📞 Call: +996394851234"),
        ("+996 555 000 111", "📞 Call: +996555000111"),
        ("0555 000 111, 0777 000 111", "📞 0555 000 111, 0777 000 111"),
        ("ички 12", "📞 ички 12"),
    ],
)
def test_a_number_can_be_called_and_other_words_stay_as_they_are(written: str, shown: str) -> None:
    found = contact(CATALOGUES["en"], replace(PLACE, contact_phone=written, contact_hours="9–17").contact)
    assert found == f"☎️ Questions? Ask: Aigul &lt;Asanova&gt;\n{shown}\n🕘 Hours: 9–17"


def test_a_place_without_a_contact_says_nothing() -> None:
    assert contact(CATALOGUES["en"], replace(PLACE, contact_name="", contact_hours="9–17").contact) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_the_home_and_when_and_where_say_whom_to_ask(language: str) -> None:
    t = CATALOGUES[language]
    home = hearing_list.no_hearings(t, HearingList(PLACE, largest.ZONE, samples.NOW, (), ()))
    card = agenda.agenda(
        t, HearingCard(Hearing(1, "a-1", 1, Phase.OPEN, 1, samples.dossier()), PLACE, largest.ZONE, samples.NOW)
    )
    for screen in (start.help_(t, PLACE.contact), home, card):
        assert t.person("Айгүл &lt;Асанова&gt;") in screen.text
    assert t.person("Айгүл") not in start.help_(t, NOBODY).text


def test_help_names_the_desk_to_staff_alone() -> None:
    assert "/desk – The desk of the commission" in start.help_(CATALOGUES["en"], NOBODY, staff=True).text
    assert "/desk" not in start.help_(CATALOGUES["en"], NOBODY).text
