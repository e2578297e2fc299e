"""The way to a municipality: levels that leave no choice are skipped, down and up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.domain.places import Place, PlaceKind, PlaceTree
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


async def test_a_village_finds_its_municipality(directory: PlaceDirectory) -> None:
    assert names(await directory.search("сафар")) == ["bagysh"]
    assert names(await directory.search("safarovka")) == ["bagysh"]
    assert names(await directory.search("nothing")) == []
    assert names(await directory.search("'")) == []


def test_what_is_not_a_place_is_not_found() -> None:
    with pytest.raises(NotFound):
        PlaceTree((), "Asia/Bishkek").get(1)
    village = Place(1, "v", PlaceKind.VILLAGE, None, samples.words("Айыл"), valid_from=date(2020, 1, 1))
    with pytest.raises(NotFound):
        PlaceTree((village,), "Asia/Bishkek").get(1, PlaceKind.MUNICIPALITY)
