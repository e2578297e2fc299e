"""Names of places in the letters of their reader, and in the order of the reader's alphabet."""

from __future__ import annotations

import pytest

from bot.domain.languages import EN, KY, RU, UZ, UZ_CYRL, Text
from bot.domain.places import Place, PlaceKind
from bot.i18n import Catalogues

CATALOGUES = Catalogues.load()


@pytest.mark.parametrize(
    ("name", "uzbek", "english"),
    [
        ("Күмүш-Азиз", "Kumush-Aziz", "Kumush-Aziz"),
        ("Ырыс", "Iris", "Yrys"),
        ("Октябрьское", "Oktabrskoye", "Oktyabrskoye"),
        ("Көк-Арт айыл аймагы", "Koʻk-Art ayil aymagi", "Kok-Art aiyl aimagy"),
        ("Енчи", "Yenchi", "Yenchi"),
        ("ЫРЫС", "IRIS", "YRYS"),
    ],
)
def test_a_kyrgyz_name_is_written_in_the_letters_of_its_reader(name: str, uzbek: str, english: str) -> None:
    text = Text({KY: name})
    assert (CATALOGUES[UZ].place(text), CATALOGUES[EN].place(text)) == (uzbek, english)
    assert CATALOGUES[KY].place(text) == CATALOGUES[RU].place(text) == CATALOGUES[UZ_CYRL].place(text) == name


def test_a_name_that_its_list_gives_in_the_readers_language_stays() -> None:
    text = Text({KY: "Багыш", UZ_CYRL: "Боғиш", EN: "Bagysh village"})
    assert CATALOGUES[EN].place(text) == "Bagysh village"
    assert CATALOGUES[UZ].place(text) == "Bogʻish"


def test_a_list_of_places_is_in_the_order_of_the_readers_alphabet() -> None:
    names = ("Өзгөн", "Ырыс", "Чаңгет", "Пахта", "Орто-Сай", "Ноокат", "Үч-Коргон")
    places = [Place(no, str(no), PlaceKind.VILLAGE, 1, Text({KY: name})) for no, name in enumerate(names)]
    listed = [each.name.by_language[KY] for each in CATALOGUES[KY].in_order(places)]
    assert listed == ["Ноокат", "Орто-Сай", "Өзгөн", "Пахта", "Үч-Коргон", "Чаңгет", "Ырыс"]
    assert CATALOGUES[EN].place(CATALOGUES[EN].in_order(places)[-1].name) == "Yrys"
