from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.domain.hearings import DEFAULT_CLOSING_REMINDER, DEFAULT_REMINDERS, Phase
from bot.domain.languages import Text
from bot.domain.questions import About, Question, QuestionKind
from bot.domain.setbacks import Setback, SetbackReason
from bot.domain.sittings import Sitting
from storage.hearings import DossierCache
from tests.storage.town import NOON, OPTIONS, QUESTIONS, cast, dossier, load_places, move_in, settle, vote

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
    monkeypatch.setattr("storage.hearings.MOST_CACHED_DOSSIERS", 3)
    async with store.writing() as now:
        ids = await load_places(now)
        added = [
            await now.hearings.add(ids["M"], f"M-{number}", dossier(sits_at=NOON + timedelta(days=number)), at=NOON)
            for number in range(8)
        ]
    for _ in range(2):
        async with store.reading() as now:
            assert await now.hearings.get_many([each.id for each in added]) == {each.id: each for each in added}


def test_the_dossiers_that_are_wanted_stay_and_those_wanted_longest_ago_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.hearings.MOST_CACHED_LETTERS", 100)
    cache = DossierCache()
    for digest in "abc":
        cache.keep(digest, dossier(), letters=30)
    assert cache.find("a") is not None
    cache.keep("d", dossier(), letters=30)
    assert [digest for digest in "abcd" if cache.find(digest)] == ["a", "c", "d"]
    cache.keep("e", dossier(), letters=1000)  # larger than all may be together: kept by nobody
    assert len(cache) == 0


async def test_what_is_running_has_the_same_mark_until_it_changes(store: Store) -> None:
    async with store.writing() as now:
        ids = await load_places(now)
        hearing = await now.hearings.add(ids["M"], "M-26", dossier(), at=NOON)
        assert await now.hearings.running_marks(NOON) == {}
        seen = []
        for change in (
            now.hearings.set_phase(hearing.id, Phase.ANNOUNCED, at=NOON),
            now.hearings.set_reminders(hearing.id, (60,), closing=0),
            now.hearings.revise(hearing.id, dossier(sits_at=NOON + timedelta(days=9)), at=NOON),
            now.hearings.set_phase(hearing.id, Phase.OPEN, at=NOON),
        ):
            await change
            marks = await now.hearings.running_marks(NOON)
            assert marks == await now.hearings.running_marks(NOON)
            assert list(marks) == [each.id for each in await now.hearings.list_running(NOON)]
            seen.append(marks[hearing.id])
        assert len(set(map(repr, seen))) == 4


async def test_letters_of_every_language_survive(store: Store) -> None:
    words = Text(
        {"ky": "Өңгөчө үй", "uz_Cyrl": "Ўқув ғазна ҳақ", "uz": "Oʻquv gʻazna", "ru": "Ёжъ", "en": "\u202ertl 🏔"}
    )
    async with store.writing() as now:
        ids = await load_places(now)
        hearing = await now.hearings.add(ids["M"], "M-26", replace(dossier(), legal_basis=words), at=NOON)
    async with store.reading() as now:
        assert (await now.hearings.get(hearing.id)).dossier.legal_basis == words


async def test_publishing_makes_the_dates_public(store: Store) -> None:
    async with store.writing() as now:
        ids = await load_places(now)
        draft = await now.hearings.add(ids["M"], "M-26", dossier(), at=NOON)
        await now.hearings.revise(draft.id, dossier(sits_at=NOON + timedelta(days=8)), at=NOON)
        assert (await now.hearings.get(draft.id)).scheduled_at is None
        for hour in (1, 2):
            await now.hearings.set_phase(draft.id, Phase.ANNOUNCED, at=NOON + timedelta(hours=hour))
        found = await now.hearings.get(draft.id)
    assert (found.announced_at, found.scheduled_at) == (NOON + timedelta(hours=1), NOON + timedelta(hours=1))


async def test_a_revised_hearing_is_the_next_version_and_new_dates_are_public_from_then_on(store: Store) -> None:
    town = await settle(store)
    later = NOON + timedelta(hours=1)
    retitled = replace(dossier(), title=Text({"ky": "Жаңы"}))
    longer = replace(retitled, sittings=(replace(retitled.sittings[0], minutes=30),))
    async with store.writing() as now:
        for version, same in enumerate((retitled, longer), start=2):
            revised = await now.hearings.revise(town.hearing.id, same, at=later)
            assert (revised.version, revised.dossier, revised.scheduled_at) == (version, same, NOON)
            assert (revised.phase, revised.announced_at) == (Phase.OPEN, NOON)
        moved = (
            replace(longer, sittings=(*longer.sittings, Sitting(NOON + timedelta(days=9)))),
            replace(longer, sittings=(replace(longer.sittings[0], starts_at=NOON + timedelta(days=1)),)),
            replace(longer, opens_at=NOON - timedelta(days=1)),
            replace(longer, closes_at=NOON + timedelta(days=30)),
        )
        for day, other in enumerate(moved, start=1):
            public = NOON + timedelta(days=day)
            assert (await now.hearings.revise(town.hearing.id, other, at=public)).scheduled_at == public
        with pytest.raises(NotFound):
            await now.hearings.revise(town.hearing.id + 1, longer, at=NOON)
    async with store.reading() as now:
        assert await now.hearings.get(town.hearing.id) == replace(
            town.hearing, version=7, dossier=moved[-1], scheduled_at=public
        )


async def test_a_sooner_sitting_is_listed_sooner(store: Store) -> None:
    async with store.writing() as now:
        ids = await load_places(now)
        await now.hearings.add(ids["M"], "first", dossier(sits_at=NOON + timedelta(days=2)), at=NOON)
        second = await now.hearings.add(ids["M"], "second", dossier(sits_at=NOON + timedelta(days=3)), at=NOON)
        await now.hearings.revise(second.id, dossier(sits_at=NOON + timedelta(days=1)), at=NOON)
        assert [each.code for each in await now.hearings.list_of(ids["M"], [Phase.DRAFT])] == ["second", "first"]


async def test_votes_for_a_question_that_is_gone_still_count(store: Store) -> None:
    town = await settle(store)
    new = Question(6, About(), QuestionKind.ONE, options=OPTIONS)
    async with store.writing() as now:
        (resident,) = await move_in(now, town, 1)
        await cast(now, town, [vote(town, resident, 5, {1: 60, 2: 40})])
        asked = replace(dossier(), questions=(*QUESTIONS[:4], new))
        revised = await now.hearings.revise(town.hearing.id, asked, at=NOON)
        await cast(now, replace(town, hearing=revised), [vote(town, resident, 6, {2: 1})])
        await now.hearings.revise(town.hearing.id, dossier(), at=NOON)
    async with store.reading() as now:
        counted = await now.votes.recount(town.hearing.id)
        assert counted == await now.votes.rollup(town.hearing.id)
        assert {cell.question_no for cell in counted} == {5, 6}


async def test_a_setback_is_kept_with_its_reason_and_taken_back(store: Store) -> None:
    town = await settle(store)
    postponed = Setback(SetbackReason.OWN, "Жол жабык \0", NOON)
    async with store.writing() as now:
        for setback, expected in (
            (postponed, replace(postponed, words="Жол жабык \ufffd")),
            (Setback(SetbackReason.WEATHER), Setback(SetbackReason.WEATHER)),
            (None, None),
        ):
            await now.hearings.set_setback(town.hearing.id, setback)
            assert (await now.hearings.get(town.hearing.id)).setback == expected
        with pytest.raises(NotFound):
            await now.hearings.set_setback(town.hearing.id + 1, None)


async def test_a_draft_publishes_itself_once_its_time_has_come(store: Store) -> None:
    async with store.writing() as now:
        ids = await load_places(now)
        early, late, never, cancelled = [
            await now.hearings.add(ids["M"], code, dossier(), at=NOON) for code in ("early", "late", "never", "no")
        ]
        for hearing, minutes in ((late, 5), (early, 4), (never, 3), (cancelled, 3)):
            await now.hearings.set_publishing(hearing.id, NOON + timedelta(minutes=minutes))
        await now.hearings.set_publishing(never.id, None)
        await now.hearings.set_phase(cancelled.id, Phase.CANCELLED, at=NOON)

        async def due(minutes: int) -> list[str]:
            return [hearing.code for hearing in await now.hearings.list_publishing(NOON + timedelta(minutes=minutes))]

        assert [await due(minutes) for minutes in (3, 4, 5)] == [[], ["early"], ["early", "late"]]
        await now.hearings.set_phase(early.id, Phase.ANNOUNCED, at=NOON)
        assert (await now.hearings.get(early.id)).publish_at is None
        assert await due(5) == ["late"]
        assert (await now.hearings.get(late.id)).publish_at == NOON + timedelta(minutes=5)


async def test_the_times_of_reminders_are_the_secretarys_choice(store: Store) -> None:
    town = await settle(store)
    assert (town.hearing.reminders, town.hearing.closing_reminder) == (DEFAULT_REMINDERS, DEFAULT_CLOSING_REMINDER)
    async with store.writing() as now:
        await now.hearings.set_reminders(town.hearing.id, [60, 4_320, 60], closing=0)
        found = await now.hearings.get(town.hearing.id)
        assert (found.reminders, found.closing_reminder) == ((4_320, 60), 0)
        await now.hearings.set_reminders(town.hearing.id, [], closing=120)
        found = await now.hearings.get(town.hearing.id)
        assert (found.reminders, found.closing_reminder) == ((), 120)


async def test_the_newest_hearings_and_the_last_announced_one_are_found_beside_many(store: Store) -> None:
    async with store.writing() as now:
        ids = await load_places(now)
        days = {"first": 9, "second": 2, "third": 5}
        added = {
            code: await now.hearings.add(ids["M"], code, dossier(sits_at=NOON + timedelta(days=day)), at=NOON)
            for code, day in days.items()
        }
        await now.hearings.add(ids["D"], "elsewhere", dossier(sits_at=NOON + timedelta(days=5)), at=NOON)
        newest = await now.hearings.list_newest(ids["M"], [Phase.DRAFT], most=2)
        assert [each.code for each in newest] == ["third", "second"]
        assert await now.hearings.find_last_announced(ids["M"]) is None
        await now.hearings.set_phase(added["second"].id, Phase.ANNOUNCED, at=NOON + timedelta(hours=1))
        await now.hearings.set_phase(added["first"].id, Phase.ANNOUNCED, at=NOON + timedelta(hours=2))
        last = await now.hearings.find_last_announced(ids["M"])
        assert last is not None
        assert last.code == "first"
        alike = await now.hearings.list_alike(ids["M"], added["third"].dossier)
        assert [each.code for each in alike] == ["third"]
        assert (await now.hearings.has_code("second"), await now.hearings.has_code("fourth")) == (True, False)
