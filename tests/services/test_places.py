"""The way to a municipality: levels that leave no choice are skipped, down and up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.domain.places import Contact, Place, PlaceKind, PlaceTree
from bot.services.places import PlaceDirectory
from tests import samples
from tests.clocks import VirtualClock

if TYPE_CHECKING:
    from storage import Store


@pytest.fixture
async def directory(sqlite_store: Store) -> PlaceDirectory:
    """Three municipalities in two districts of one region."""
    found = PlaceDirectory(sqlite_store, VirtualClock(), timezone="Asia/Bishkek")
    await found.load(samples.places())
    return found


def changed(code: str, **values: object) -> list[tuple[Place, str]]:
    """The sample's places, one of them changed."""
    return [
        (replace(place, **values) if place.code == code else place, parent)  # type: ignore[arg-type]
        for place, parent in samples.places()
    ]


def names(places: tuple[Place, ...]) -> list[str]:
    """Their codes."""
    return [place.code for place in places]


async def test_the_only_region_is_skipped_down_and_up(directory: PlaceDirectory) -> None:
    known = await directory.tree()
    assert names(known.choices(None)) == ["suzak", "nooken"]
    suzak = known.find_code("suzak")
    assert suzak is not None
    assert names(known.choices(suzak.id)) == ["bagysh", "kok-art"]
    assert known.back_from(suzak) is None


async def test_the_way_back_ends_where_there_was_a_choice(directory: PlaceDirectory) -> None:
    far = Place(0, "osh", PlaceKind.REGION, None, samples.words("Ош облусу"))
    await directory.load([*samples.places(), (far, "")])
    known = await directory.tree()
    assert names(known.choices(None)) == ["region", "osh"]
    region, suzak = known.find_code("region"), known.find_code("suzak")
    assert region is not None
    assert suzak is not None
    assert known.back_from(suzak) == region.id
    assert known.back_from(region) is None


async def test_a_place_inherits_its_time_zone(directory: PlaceDirectory) -> None:
    rows = samples.places()
    await directory.load(
        [(replace(place, timezone="Asia/Almaty") if place.code == "suzak" else place, up) for place, up in rows]
    )
    known = await directory.tree()
    village, other = known.find_code("bagysh-1"), known.find_code("shaidan")
    assert village is not None
    assert other is not None
    assert known.zone(village.id).key == "Asia/Almaty"
    assert known.zone(other.id).key == "Asia/Bishkek"


async def test_loading_again_updates_by_code_and_keeps_ids(directory: PlaceDirectory) -> None:
    before = (await directory.tree()).find_code("bagysh")
    rows = await directory.load(changed("bagysh", population=7))
    after = (await directory.tree()).find_code("bagysh")
    assert before is not None
    assert after is not None
    assert (after.id, after.population, rows) == (before.id, 7, 1)


async def test_a_place_that_is_no_more_is_not_offered(directory: PlaceDirectory) -> None:
    yesterday = samples.NOW.date() - timedelta(days=1)
    rows = samples.places()
    await directory.load(
        [(replace(place, valid_to=yesterday) if place.code == "kok-art" else place, up) for place, up in rows]
    )
    assert (await directory.tree()).find_code("kok-art") is None


async def found(directory: PlaceDirectory, typed: str) -> list[tuple[str, str]]:
    """The codes of what is found and of its municipality."""
    return [
        (each.place.code, each.municipality.code if each.municipality else "") for each in await directory.search(typed)
    ]


async def test_a_village_is_found_with_its_municipality(directory: PlaceDirectory) -> None:
    assert await found(directory, "сафар") == [("bagysh-2", "bagysh")]
    assert await found(directory, "safarovka") == [("bagysh-2", "bagysh")]
    assert await found(directory, "Багыш") == [("bagysh", "bagysh")]  # its village of the same name is asked next
    assert await found(directory, "Сузак") == [("suzak", "")]
    assert await found(directory, "nothing") == []
    assert await found(directory, "'") == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Сузак району Багыш айыл аймагы", "bagysh"),
        ("Багыш, Сузак району", "bagysh"),
        ("Жалал-Абад облусу, Ноокен району, Шайдан", "shaidan"),
        ("Багышский айылный аймак, Сузакский район", "bagysh"),
        ("Багыш айыл аймагы, Сафаровка айылы", "bagysh-2"),
    ],
)
async def test_a_place_is_found_with_what_it_lies_in(directory: PlaceDirectory, typed: str, code: str) -> None:
    assert [place for place, _ in await found(directory, typed)] == [code]


async def test_a_place_that_lies_elsewhere_is_not_found(directory: PlaceDirectory) -> None:
    assert await found(directory, "Багыш, Ноокен району") == []
    assert await found(directory, "Багыш, Сузак, Жалал-Абад, Кыргызстан") == []


async def test_a_village_elsewhere_with_the_municipalitys_name_is_told_apart(directory: PlaceDirectory) -> None:
    elsewhere = Place(0, "far", PlaceKind.VILLAGE, None, samples.words("Көк-Арт"))
    await directory.load([*samples.places(), (elsewhere, "shaidan")])
    assert await found(directory, "көк-арт") == [("kok-art", "kok-art"), ("far", "shaidan")]


async def test_a_town_is_found_and_stands_for_its_districts(directory: PlaceDirectory) -> None:
    rows = [
        (Place(0, "osh", PlaceKind.REGION, None, samples.words("Ош ш.", "г. Ош")), ""),
        (Place(0, "osh-1", PlaceKind.DISTRICT, None, samples.words("Сулайман-Тоо району")), "osh"),
        (Place(0, "osh-2", PlaceKind.VILLAGE, None, samples.words("Жапалак")), "osh-1"),
    ]
    await directory.load([*samples.places(), *rows])
    known = await directory.tree()
    osh, village = known.find_code("osh"), known.find_code("osh-2")
    assert osh is not None
    assert osh in known.municipalities
    assert village in known.villages(osh.id)
    assert (await directory.kinds())["osh"] is PlaceKind.REGION
    assert await found(directory, "Ош шаары") == [("osh", "osh")]
    assert await found(directory, "сулайман тоо") == [("osh", "osh")]
    assert await found(directory, "Жапалак") == [("osh-2", "osh")]


async def test_places_that_did_not_change_keep_their_tree(sqlite_store: Store) -> None:
    clock = VirtualClock()
    directory = PlaceDirectory(sqlite_store, clock, timezone="Asia/Bishkek")
    await directory.load(samples.places())
    before = await directory.tree()
    clock.forward(minutes=2)
    assert await directory.tree() is before
    other = PlaceDirectory(sqlite_store, clock, timezone="Asia/Bishkek")
    await other.load(changed("bagysh", name=samples.words("Жаңы Багыш")))
    assert await found(directory, "Жаңы Багыш") == []
    clock.forward(minutes=2)
    assert await found(directory, "Жаңы Багыш") == [("bagysh", "bagysh")]


def test_what_is_not_a_place_is_not_found() -> None:
    with pytest.raises(NotFound):
        PlaceTree((), "Asia/Bishkek").get(1)
    village = Place(1, "v", PlaceKind.VILLAGE, None, samples.words("Айыл"), valid_from=date(2020, 1, 1))
    with pytest.raises(NotFound):
        PlaceTree((village,), "Asia/Bishkek").get(1, PlaceKind.MUNICIPALITY)


async def test_where_nobody_is_named_the_contact_of_the_settings_is_asked(sqlite_store: Store) -> None:
    contact = Contact("Бек", "0312 00 00 00")
    directory = PlaceDirectory(sqlite_store, VirtualClock(), timezone="Asia/Bishkek", contact=contact)
    await directory.load(changed("bagysh", contact_name="Айгүл"))
    named, nobody = [place.id for place in (await directory.tree()).places if place.kind is PlaceKind.MUNICIPALITY][:2]
    found = [await directory.contact_in(id_) for id_ in (named, nobody, None)]
    assert sorted(found, key=lambda each: each.name) == [Contact("Айгүл"), contact, contact]
    async with sqlite_store.reading() as repositories:
        assert len([each for each in await repositories.places.list_all() if each.contact]) == 1
