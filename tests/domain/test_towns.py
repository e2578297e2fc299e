"""Towns: regions and districts that are municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.towns import MAY_BE_TOWNS
from tests.domain import country

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.places import Place

COUNTRY = country.tree()


def _called(name: str) -> Place:
    return next(place for place in COUNTRY.places if str(place.name) == name)


def _names(places: Iterable[Place]) -> list[str]:
    return [str(place.name) for place in places]


def test_a_town_is_a_municipality_as_a_whole() -> None:
    regions_and_districts = {place.id for place in country.places() if place.kind in MAY_BE_TOWNS}
    towns = [place for place in COUNTRY.municipalities if place.id in regions_and_districts]
    assert _names(towns) == ["г. Бишкек", "г. Ош", "г. Нарын", "г. Джалал-Абад"]


def test_a_region_and_a_district_without_municipalities_are_one() -> None:
    found = country.tree("р Облус\n  д Район\nр Дагы облус\n  д Шаарча\n  д Район\n    м Аймак").municipalities
    assert _names(found) == ["Облус", "Шаарча", "Аймак"]


def test_the_districts_of_a_town_are_the_town() -> None:
    assert COUNTRY.municipality_of(_called("Свердловский район")) == _called("г. Бишкек")
    assert COUNTRY.municipality_of(_called("город Ош")) == _called("г. Ош")
    assert COUNTRY.municipality_of(_called("Нарынский район")) is None


def test_a_town_is_chosen_from_the_list_and_what_lies_in_it_too() -> None:
    bishkek, osh = _called("г. Бишкек"), _called("г. Ош")
    assert _names(COUNTRY.choices(None))[:3] == ["г. Бишкек", "г. Ош", "Иссык-Кульская область"]
    assert COUNTRY.leads_on(bishkek)
    assert _names(COUNTRY.choices(bishkek.id)) == ["г. Бишкек", "Чон-Арык"]
    assert not COUNTRY.leads_on(osh)
    assert COUNTRY.back_from(bishkek) is None
    assert "г. Нарын" in _names(COUNTRY.choices(_called("Нарынская область").id))


def test_villages_of_a_town_are_its_villages() -> None:
    rows = "р Облус\n  д Кызыл-Кыя\n    с Ак-Булак\n  д Район\n    м Аймак\n      с Айыл\n    с Жетим"
    found = country.tree(rows)
    assert {str(place.name): _names(found.villages(place.id)) for place in found.municipalities} == {
        "Кызыл-Кыя": ["Ак-Булак"],
        "Район": ["Жетим"],
        "Аймак": ["Айыл"],
    }
