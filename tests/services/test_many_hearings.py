"""A municipality that has held many hearings: what is read of them stays bounded, and none is mistaken."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.hearings import HearingKind
from bot.domain.languages import Text
from bot.domain.rooms import Room, RoomKind
from storage.hearings import HearingRepository
from tests import samples
from tests.municipality import Municipality
from tests.same_thread import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.people import Actor
    from storage.database import Row
    from tests.clocks import VirtualClock

MANY = 45
GROUP = Room(0, -1_000, RoomKind.SUPERGROUP, "Айылдаштар")
TITLE = Text({"ky": "Угуу"})


def content(number: int) -> Dossier:
    """A hearing with a title and a moment of its own."""
    whole = samples.dossier()
    later = timedelta(minutes=number)
    return replace(
        whole,
        title=Text({"ky": f"{number}-угуу"}),
        sittings=tuple(replace(each, starts_at=each.starts_at + later) for each in whole.sittings),
        closes_at=whole.closes_at + later,
    )


@pytest.fixture
async def many(municipality: Municipality) -> tuple[Hearing, ...]:
    """So many hearings of one municipality, all announced and open."""
    announced = tuple([await municipality.hearing(content(number)) for number in range(MANY)])
    await municipality.services.timetable.tick()
    return announced


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many hearings each question to the database gave, as long as the test lasts."""
    counts: list[int] = []
    whole = HearingRepository._hearings

    async def counted(self: HearingRepository, rows: Sequence[Row], *, keep: bool = True) -> tuple[Hearing, ...]:
        counts.append(len(rows))
        return await whole(self, rows, keep=keep)

    monkeypatch.setattr(HearingRepository, "_hearings", counted)
    return counts


async def test_a_look_at_the_clock_after_a_start_keeps_none_of_many_hearings_in_memory(
    many: tuple[Hearing, ...], read: list[int], sqlite_url: str, clock: VirtualClock
) -> None:
    store = opened(sqlite_url)
    started = await Municipality.over(store, clock)
    assert await started.services.timetable.tick() == ()
    assert sum(read) == MANY
    assert len(store._dossiers) == 0
    await store.close()


async def test_home_reads_the_few_that_may_be_the_nearest(
    municipality: Municipality, many: tuple[Hearing, ...], read: list[int]
) -> None:
    nearest = (await municipality.services.hearings.list_nearest(municipality.id)).nearest
    assert nearest is not None
    assert (nearest.id, max(read)) == (many[0].id, 4)


async def test_home_finds_the_nearest_behind_many_that_have_ended_since_the_last_look_at_the_clock(
    municipality: Municipality, many: tuple[Hearing, ...], clock: VirtualClock
) -> None:
    clock.forward(seconds=(many[9].dossier.closes_at - clock.now()).total_seconds())
    nearest = (await municipality.services.hearings.list_nearest(municipality.id)).nearest
    assert nearest is not None
    assert nearest.id == many[10].id


async def _linked(municipality: Municipality, actor: Actor) -> Room:
    met = await municipality.services.rooms.join(actor, GROUP)
    return (await municipality.services.rooms.link(actor, met.room.id, municipality.id)).room


async def test_a_room_says_how_many_hearings_are_held_and_names_the_next_ones(
    municipality: Municipality, many: tuple[Hearing, ...], read: list[int]
) -> None:
    secretary = await municipality.staff(1)
    await municipality.hearing(publish=False)
    room = await _linked(municipality, secretary)
    read.clear()
    overview = await municipality.services.rooms.overview(secretary, room.id)
    assert [each.id for each in overview.current] == [each.id for each in many[:10]]
    assert (overview.running, overview.drafts, max(read)) == (MANY, 1, 10)


async def test_questions_of_the_hearings_that_sit_soonest_can_be_asked_in_a_room(
    municipality: Municipality, many: tuple[Hearing, ...], read: list[int]
) -> None:
    secretary = await municipality.staff(1)
    room = await _linked(municipality, secretary)
    found = await municipality.services.posted_questions.listing(secretary, room.id)
    assert [each.id for each in found.hearings] == [each.id for each in many[:40]]
    assert max(read) == 40


async def test_a_new_hearing_is_begun_without_a_look_at_every_earlier_one(
    municipality: Municipality, many: tuple[Hearing, ...], read: list[int]
) -> None:
    drafting, secretary = municipality.services.drafting, await municipality.staff(1)
    last = await drafting.last(secretary, municipality.id)
    assert last is not None
    assert last.id == many[-1].id
    begun = await drafting.start(secretary, municipality.id, HearingKind.BUDGET, TITLE, time(14))
    again = await drafting.start(secretary, municipality.id, HearingKind.BUDGET, TITLE, time(14))
    assert (begun.code, again.id) == (f"bagysh-2026-{MANY + 1}", begun.id)
    copied = await drafting.copy_last(secretary, municipality.id)
    assert copied.dossier.title == last.dossier.title
    assert (await drafting.copy_last(secretary, municipality.id)).id == copied.id
    places = await drafting.venues(secretary, begun.id)
    assert [number for number, _ in places] == [copied.id]
    assert max(read) <= 40


async def test_the_desk_reads_the_page_that_it_shows(
    municipality: Municipality, many: tuple[Hearing, ...], read: list[int]
) -> None:
    secretary = await municipality.staff(1)
    read.clear()
    home = await municipality.services.desk.home(secretary, municipality.id, page=1)
    shown = len(home.hearings)
    newest = [each.id for each in reversed(many)]
    assert [each.id for each in home.hearings] == newest[shown : 2 * shown]
    assert (home.page, home.last, max(read)) == (1, (MANY - 1) // shown, shown)
    farthest = await municipality.services.desk.home(secretary, municipality.id, page=999)
    assert (farthest.page, farthest.hearings[-1].id) == (home.last, many[0].id)


async def test_the_same_workbook_is_known_again_among_many_hearings(
    municipality: Municipality, many: tuple[Hearing, ...], read: list[int]
) -> None:
    find = municipality.services.hearings.find_same
    found = await find(COMMAND_LINE, municipality.id, replace(content(7), opens_at=samples.NOW))
    assert found is not None
    assert found.id == many[7].id
    other = replace(content(7), title=TITLE)
    assert await find(COMMAND_LINE, municipality.id, other) is None
    assert max(read) == 1


async def test_a_code_is_free_also_after_a_draft_among_others_was_removed(municipality: Municipality) -> None:
    drafts = [await municipality.hearing(content(number), publish=False) for number in range(6)]
    async with municipality.services.store.writing() as repositories:
        await repositories.hearings.drop_draft(drafts[2].id)
    added = [(await municipality.hearing(content(number), publish=False)).code for number in range(6, 9)]
    codes = [each.code for each in drafts] + added
    assert len(set(codes) - {drafts[2].code}) == 8


async def test_hearings_long_over_are_still_compared_with_the_last_one(
    municipality: Municipality, many: tuple[Hearing, ...], clock: VirtualClock, read: list[int]
) -> None:
    secretary = await municipality.staff(1)
    clock.forward(days=10)
    await municipality.services.timetable.tick()
    read.clear()
    compare = municipality.services.comparisons.compare
    last_two = [each.hearing.id for each in (await compare(secretary, municipality.id)).figures]
    assert last_two == [many[-2].id, many[-1].id]
    with_first = await compare(secretary, municipality.id, other_id=many[0].id)
    assert [each.hearing.id for each in with_first.figures] == [many[0].id, many[-1].id]
    assert max(read) == 20


async def test_files_are_offered_the_hearings_that_were_added_last(
    municipality: Municipality, many: tuple[Hearing, ...], read: list[int]
) -> None:
    secretary = await municipality.staff(1)
    read.clear()
    targets = await municipality.services.received_files.targets(secretary)
    assert [each.id for each in targets.hearings] == [each.id for each in many[:-9:-1]]
    sheets = await municipality.services.entry_sheets.hearings(secretary)
    assert [each.id for each in sheets] == [each.id for each in many[:-9:-1]]
    assert max(read) == 40
