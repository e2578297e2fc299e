"""What people type for a place, and the place that comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.languages import Text
from bot.domain.place_search import PlaceIndex
from bot.domain.places import Place, PlaceKind
from tests import samples
from tests.domain import country

COUNTRY = country.index()

SEARCHES = {
    **dict.fromkeys(("Көк-Жар", "Кѳк-Жар", "Кɵк-Жар", "Кєк-Жар", "кок жар", "Kok-Jar"), "Кок-Жарский айылный аймак"),
    **dict.fromkeys(("Жаңы-Арык", "Жащы-Арык", "Жаӊы-Арык", "Jany-Aryk", "Zhany Aryk"), "Джаны-Арыкский айылный аймак"),
    **dict.fromkeys(("Казан куйган", "Казанкуйган", "kazan-kuygan"), "Казан-Куйганский айылный аймак"),
    "Төрт-Күл": "Терт-Кульский айылный аймак",
    "Ысык-Көл": "Иссык-Кульский район",
    "Иссык-Куль": "Иссык-Кульский район",
    "Үч-Коргон": "Уч-Коргонский айылный аймак",
    "Бүргөндү": "Бюргендю",
    "Атбашы": "Ат-Башынский айылный аймак",
    "Сузак айыл окмоту": "Сузакский айылный аймак",
    "Нарын": "г. Нарын",
    "Нарын шаары": "г. Нарын",
    "Нарын району": "Нарынский район",
    "Нарын облусу": "Нарынская область",
    "Бишкек": "г. Бишкек",
    "г. Бишкек": "г. Бишкек",
    "Кара-Суу": "Кара-Сууский айылный аймак",
    "Kapa-Cyy": "Кара-Сууский айылный аймак",
    "Багыш айыл аймагы": "Багышский айылный аймак",
    "Багыш айыл өкмөтү": "Багышский айылный аймак",
    "Багыш айыл өкмөтүндө": "Багышский айылный аймак",
    "Багыш а/ө": "Багышский айылный аймак",
    "Bagish": "Багышский айылный аймак",
    "Bagysh ayil okmotu": "Багышский айылный аймак",
    "Боғиш айил аймағи": "Багышский айылный аймак",
    "Bogʻish": "Багышский айылный аймак",
    "Тамчы": "Тамчынский айылный аймак",
    "село Тамчы": "Тамчы",
    "Жалал-Абад шаары": "г. Джалал-Абад",
    "Жалолобод": "г. Джалал-Абад",
    "Өзгөн": "Узген",
    "Токтогул району": "Токтогульский район",
    "Бакай-Ата": "Бакай-Атинский район",
    "Oʻzgan": "Узген",
    "К?к-Жар": "Кок-Жарский айылный аймак",
    "Казан-Куйгам": "Казан-Куйганский айылный аймак",
    "кедей": "Кедей-Арык",
}


@pytest.mark.parametrize(("typed", "first"), SEARCHES.items())
def test_a_place_is_found_first_however_its_name_is_typed(typed: str, first: str) -> None:
    assert str(COUNTRY.search(typed, limit=10)[0].name) == first


def test_a_place_is_found_by_the_end_of_its_name_and_by_parts_of_it() -> None:
    assert str(COUNTRY.search("арык кедей", limit=10)[0].name) == "Кедей-Арык"
    assert str(COUNTRY.search("уйган", limit=10)[0].name) == "Казан-Куйганский айылный аймак"
    found = PlaceIndex(tuple(place for place, _ in samples.places())).search("ба", limit=10)
    assert str(found[0].name).startswith("Багыш")


@pytest.mark.parametrize("typed", ["", "'", "???", "nothing", "The street needs a light", "Көчөгө жарык керек" * 300])
def test_what_is_no_name_finds_nothing(typed: str) -> None:
    assert COUNTRY.search(typed, limit=10) == ()


def _names(typed: str, *names: str) -> list[str]:
    listed = tuple(
        Place(number, f"{number}", PlaceKind.VILLAGE, None, Text({"ky": name})) for number, name in enumerate(names)
    )
    return [str(place.name) for place in PlaceIndex(listed).search(typed, limit=10)]


def test_what_is_typed_comes_before_what_only_sounds_or_looks_like_it() -> None:
    assert _names("Көк-Таш", "Кек-Таш", "Кок-Таш", "Көк-Таш") == ["Көк-Таш", "Кок-Таш", "Кек-Таш"]
    assert _names("Жаны", "Джаны-Жол", "Жаңы", "Джаны", "Жаны") == ["Жаны", "Жаңы", "Джаны", "Джаны-Жол"]
    assert _names("Кара-Суу", "Кара-Суунун-Башы", "Кара-Сув", "Кара-Суу") == [
        "Кара-Суу",
        "Кара-Сув",
        "Кара-Суунун-Башы",
    ]
    assert _names("Ош", "Жооштук", "Ош-Добө", "Ош") == ["Ош", "Ош-Добө", "Жооштук"]


def test_a_word_for_a_village_may_be_part_of_a_name() -> None:
    names = ("Жаңы-Айыл", "Жаңы", "Жаңы айылы")
    assert _names("Жаңы-Айыл", *names) == ["Жаңы-Айыл", "Жаңы айылы"]
    assert _names("жаны айыл", *names)[0] == "Жаңы-Айыл"
    assert _names("Жаңы", *names) == ["Жаңы", "Жаңы айылы", "Жаңы-Айыл"]
    assert _names("Айыл", "Айыл", "Кара-Суу айылы")[0] == "Айыл"


def test_what_is_said_aside_is_not_the_name() -> None:
    name = "Кок-Артский (раньше: Кегартский) айылный аймак"
    assert _names("Көк-Арт", name) == [name]
    assert _names("Кегарт", name) == [name]


def test_a_russian_adjective_finds_a_kyrgyz_name() -> None:
    assert _names("Багышский айылный аймак", "Багыш айыл аймагы") == ["Багыш айыл аймагы"]
    assert _names("Ат-Башынская", "Ат-Башы") == ["Ат-Башы"]


def test_places_that_are_called_alike_are_all_found() -> None:
    found = COUNTRY.search("Кара-Суу", limit=10)
    assert [place.kind for place in found] == [PlaceKind.MUNICIPALITY] * 4 + [PlaceKind.VILLAGE] * 4


def test_pairs_of_names_in_the_list_teach_how_the_other_language_spells() -> None:
    taught = Place(1, "1", PlaceKind.DISTRICT, None, Text({"ky": "Биринчи Май району", "ru": "Первый Май район"}))
    sought = Place(2, "2", PlaceKind.VILLAGE, None, Text({"ru": "Первый Арык"}))
    assert PlaceIndex((taught, sought)).search("Биринчи Арык", limit=10) == (sought,)
    assert PlaceIndex((sought,)).search("Биринчи Арык", limit=10) == ()


@given(st.text(max_size=40))
def test_anything_may_be_typed(typed: str) -> None:
    assert len(COUNTRY.search(typed, limit=3)) <= 3
