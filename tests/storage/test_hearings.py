from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.domain.hearings import Phase
from bot.domain.languages import Text
from tests.storage.town import NOON, dossier, load_places, settle

if TYPE_CHECKING:
    from storage import Store


async def test_a_hearing_comes_back_as_it_was_filled_in(store: Store) -> None:
    async with store.writing() as now:
        ids = await load_places(now)
        added = await now.hearings.add(ids["M"], "M-26", dossier(), at=NOON)
        assert (added.phase, added.version, added.dossier) == (Phase.DRAFT, 1, dossier())
    async with store.reading() as now:
        assert await now.hearings.get(added.id) == added
        assert await now.hearings.find_code("M-26") == added
        assert await now.hearings.find_code("M-27") is None
        assert await now.hearings.get_many([added.id, added.id + 1]) == {added.id: added}
        with pytest.raises(NotFound):
            await now.hearings.get(added.id + 1)


async def test_a_dossier_is_parsed_once(store: Store) -> None:
    town = await settle(store)
    async with store.reading() as now:
        first = await now.hearings.get(town.hearing.id)
    async with store.reading() as now:
        assert (await now.hearings.get(town.hearing.id)).dossier is first.dossier


async def test_a_hearing_that_was_rolled_back_does_not_lend_its_dossier_to_the_next(store: Store) -> None:
    async with store.writing() as now:
        ids = await load_places(now)

    async def change_ones_mind() -> None:
        async with store.writing() as now:
            added = await now.hearings.add(ids["M"], "M-26", dossier(), at=NOON)
            await now.hearings.get(added.id)
            raise NotFound("reason to go on")

    with pytest.raises(NotFound):
        await change_ones_mind()
    other = dossier(sits_at=NOON + timedelta(days=8))
    async with store.writing() as now:
        again = await now.hearings.add(ids["M"], "M-26", other, at=NOON)
    async with store.reading() as now:
        assert (await now.hearings.get(again.id)).dossier == other


async def test_the_first_announcement_is_remembered(store: Store) -> None:
    async with store.writing() as now:
        ids = await load_places(now)
        hearing = await now.hearings.add(ids["M"], "M-26", dossier(), at=NOON)
        await now.hearings.set_phase(hearing.id, Phase.ANNOUNCED, at=NOON + timedelta(hours=1))
        await now.hearings.set_phase(hearing.id, Phase.ANNOUNCED, at=NOON + timedelta(hours=2))
        await now.hearings.set_phase(hearing.id, Phase.OPEN, at=NOON + timedelta(hours=3))
        found = await now.hearings.get(hearing.id)
        assert (found.phase, found.announced_at) == (Phase.OPEN, NOON + timedelta(hours=1))
        with pytest.raises(NotFound):
            await now.hearings.set_phase(hearing.id + 1, Phase.OPEN, at=NOON)


async def test_hearings_are_listed_by_phase_with_the_soonest_sitting_first(store: Store) -> None:
    async with store.writing() as now:
        ids = await load_places(now)
        late = await now.hearings.add(ids["M"], "late", dossier(sits_at=NOON + timedelta(days=9)), at=NOON)
        soon = await now.hearings.add(ids["M"], "soon", dossier(sits_at=NOON + timedelta(days=2)), at=NOON)
        await now.hearings.set_phase(late.id, Phase.ANNOUNCED, at=NOON)
        await now.hearings.set_phase(soon.id, Phase.OPEN, at=NOON)
        await now.hearings.add(ids["M"], "unpublished", dossier(), at=NOON)

        async def codes(*phases: Phase) -> list[str]:
            return [hearing.code for hearing in await now.hearings.list_of(ids["M"], phases)]

        assert await codes(Phase.ANNOUNCED, Phase.OPEN) == ["soon", "late"]
        assert await codes(Phase.DRAFT) == ["unpublished"]
        assert await codes() == []
        assert await now.hearings.list_of(ids["D"], list(Phase)) == ()
        assert [hearing.code for hearing in await now.hearings.list_running(NOON)] == ["late", "soon"]
        await now.hearings.set_phase(soon.id, Phase.CLOSED, at=NOON)
        assert [hearing.code for hearing in await now.hearings.list_running(NOON)] == ["late", "soon"]
        past = NOON + timedelta(days=30)
        assert [hearing.code for hearing in await now.hearings.list_running(past)] == ["late"]


async def test_more_hearings_than_are_remembered_are_still_all_found(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.hearings.MOST_DOSSIERS", 3)
    async with store.writing() as now:
        ids = await load_places(now)
        added = [
            await now.hearings.add(ids["M"], f"M-{number}", dossier(sits_at=NOON + timedelta(days=number)), at=NOON)
            for number in range(8)
        ]
    for _ in range(2):
        async with store.reading() as now:
            assert await now.hearings.get_many([each.id for each in added]) == {each.id: each for each in added}


async def test_letters_of_every_language_survive(store: Store) -> None:
    words = Text(
        {"ky": "Өңгөчө үй", "uz_Cyrl": "Ўқув ғазна ҳақ", "uz": "Oʻquv gʻazna", "ru": "Ёжъ", "en": "\u202ertl 🏔"}
    )
    async with store.writing() as now:
        ids = await load_places(now)
        hearing = await now.hearings.add(ids["M"], "M-26", replace(dossier(), legal_basis=words), at=NOON)
    async with store.reading() as now:
        assert (await now.hearings.get(hearing.id)).dossier.legal_basis == words
