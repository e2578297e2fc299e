from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.domain.languages import Text
from bot.domain.places import PlaceKind
from tests.storage.town import load_places, place

if TYPE_CHECKING:
    from storage import Store


async def test_a_list_may_name_children_before_their_parents(store: Store) -> None:
    async with store.writing() as now:
        rows = [(place("V", PlaceKind.VILLAGE), "M"), (place("M", PlaceKind.MUNICIPALITY), "D")]
        rows += [(place("D", PlaceKind.DISTRICT), "R"), (place("R", PlaceKind.REGION), "")]
        assert await now.places.save(rows) == 4
        by_code = {found.code: found for found in await now.places.list_all()}
    assert by_code["V"].parent_id == by_code["M"].id
    assert by_code["R"].parent_id is None


async def test_the_same_list_again_changes_nothing(store: Store) -> None:
    async with store.writing() as now:
        before = await load_places(now)
    async with store.writing() as now:
        assert await now.places.save([(place("M", PlaceKind.MUNICIPALITY), "D")]) == 0
        assert await load_places(now) == before


async def test_a_corrected_place_keeps_its_id(store: Store) -> None:
    renamed = place(
        "M",
        PlaceKind.MUNICIPALITY,
        name=Text({"ky": "Жаңы", "uz": "Yangi"}),
        timezone="Asia/Bishkek",
        population=4321,
        women=2200,
        valid_from=date(2025, 1, 1),
        valid_to=date(2030, 12, 31),
    )
    async with store.writing() as now:
        ids = await load_places(now)
        assert await now.places.save([(renamed, "D")]) == 1
    async with store.reading() as now:
        found = next(each for each in await now.places.list_all() if each.code == "M")
    assert found.id == ids["M"]
    assert (found.name, found.timezone, found.population) == (renamed.name, "Asia/Bishkek", 4321)
    assert (found.women, found.valid_from, found.valid_to) == (2200, date(2025, 1, 1), date(2030, 12, 31))


async def test_an_unknown_parent_is_named_and_nothing_is_stored(store: Store) -> None:
    with pytest.raises(NotFound, match="place X"):
        async with store.writing() as now:
            await now.places.save([(place("R", PlaceKind.REGION), ""), (place("D", PlaceKind.DISTRICT), "X")])
    async with store.reading() as now:
        assert await now.places.list_all() == ()
