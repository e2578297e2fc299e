"""Places to choose from: namesakes are told apart, and one place alone is asked about."""

from __future__ import annotations

import pytest

from bot.domain.languages import LANGUAGES
from handlers import presses
from handlers.views import places as views
from tests.domain import country
from tests.handlers.views.screens import CATALOGUES, ensure_fits, labels_of, presses_of, text_of

ROWS = """
р Облус
  д Кочкор району
    м Кара-Суу айыл аймагы
      с Кара-Суу
  д Аксы району
    м Кара-Суу айыл аймагы
      с Кара-Суу
    м Узун Аты Бар Кара-Суу Айыл Аймагы Деген Жер
      с Нарын
  д Талас району
    м Кара-Суу айыл аймагы
р Дагы облус
  д Талас району
    м Кара-Суу айыл аймагы
"""
COUNTRY = country.tree(ROWS)
SAME = [COUNTRY.whereabouts(place) for place in COUNTRY.places if str(place.name).startswith("Кара-Суу")]
VILLAGE = next(COUNTRY.whereabouts(place) for place in COUNTRY.places if str(place.name) == "Нарын")


def test_namesakes_show_their_district_or_region() -> None:
    screen = views.found(CATALOGUES["en"], "кара-суу", SAME)
    assert labels_of(screen)[:-1] == [
        "Kara-Suu aiyl ai… (Kochkor raionu)",
        "Kara-Suu village… (Kochkor raionu)",
        "Kara-Suu aiyl aimagy (Aksy raionu)",
        "Kara-Suu village, K… (Aksy raionu)",
        "Kara-Suu aiyl aimagy (Oblus)",
        "Kara-Suu aiyl aimagy (Dagy oblus)",
    ]
    assert "• Kara-Suu village, Kara-Suu aiyl aimagy, Aksy raionu, Oblus" in text_of(screen)


def test_a_town_and_a_village_of_its_name_are_namesakes() -> None:
    rows = "р Область\n  д Нарынский район\n    м Эки-Нарын\n  д г. Нарын\n  д Район\n    м Аймак\n      с Нарын"
    listed = country.tree(rows)
    named = [listed.whereabouts(place) for place in listed.places if "Нарын" in str(place.name)]
    assert labels_of(views.found(CATALOGUES["ru"], "нарын", named))[:-1] == [
        "Нарынский район",
        "Эки-Нарын",
        "г. Нарын (Область)",
        "село Нарын, Аймак (Район)",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_place_is_asked_about(language: str) -> None:
    t = CATALOGUES[language]
    screen = views.found(t, "нарын", [VILLAGE])
    ensure_fits(screen)
    name, around = {"uz": ("Narin", "Aksi rayonu, Oblus"), "en": ("Naryn", "Aksy raionu, Oblus")}.get(
        language, ("Нарын", "Аксы району, Облус")
    )
    assert name in screen.text
    assert around in screen.text
    assert labels_of(screen)[0] == f"✅ {name}"
    assert VILLAGE.municipality is not None
    assert presses_of(screen)[0] == presses.PickVillage(VILLAGE.municipality.id, VILLAGE.place.id)


def test_a_village_is_shown_with_its_municipality() -> None:
    screen = views.found(CATALOGUES["ky"], "нарын", [VILLAGE])
    assert "Нарын айылы, Узун Аты Бар Кара-Суу Айыл Аймагы Деген Жер" in screen.text
