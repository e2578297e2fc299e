"""One impatient finger, and a whole district at once: the last answer stands, and Telegram's limits are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.simulator.limits import Limits
from bot.simulator.people import Person, words_content
from handlers import presses
from handlers.presses.wire import pack
from tests import samples
from tests.faults.conftest import open_stage
from tests.scale import rounds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.faults.stage import Stage

DISTRICT = rounds(5_000, few=300)


@pytest.fixture
async def paced_stage(town_url: str) -> AsyncIterator[Stage]:
    """A running bot at its real pace, before a Telegram with its real limits."""
    async with open_stage(town_url, pace=1.0, limits=Limits()) as here:
        yield here


async def test_fifty_presses_of_one_person_end_with_the_last_and_with_few_edits(paced_stage: Stage) -> None:
    stage = paced_stage
    hearing = await stage.hearing()
    (aigul,) = await move_in(stage, 1)
    queries = [aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 1 + number % 3), "en")) for number in range(50)]
    await stage.telegram.settled()
    await stage.quiet()
    (vote,) = (await stage.dump())["votes"]
    assert '{"1":' not in vote
    assert '{"2":1}' in vote
    assert all(query.toast for query in queries)
    assert "✅" in aigul.screen.words or "✅" in "".join(aigul.labels)
    assert stage.telegram.statuses[429] == 0
    edits = [call.at for call in stage.telegram.calls if call.method == "editMessageText"]
    assert 1 <= len(edits) <= 3 + (edits[-1] - edits[0])  # one a second, with Telegram's own burst


async def test_a_district_that_votes_within_seconds_is_counted_whole_and_told_so_before_its_screens_change(
    paced_stage: Stage,
) -> None:
    stage = paced_stage
    hearing = await stage.hearing()
    people = await move_in(stage, DISTRICT)
    queries = [person.forge(pack(presses.ChooseOption(hearing.id, 1, 1 + person.id % 3), "ky")) for person in people]
    await stage.telegram.settled()
    await people[-1].until(lambda: all(query.toast for query in reversed(queries)), within=60.0)
    async with stage.store.reading() as repositories:
        tally = (await repositories.votes.tallies(hearing.id))[1]
    assert tally.voters == DISTRICT
    assert sum(tally.count(option).voters for option in (1, 2, 3)) == DISTRICT
    edits = [call for call in stage.telegram.calls if call.method == "editMessageText" and call.status == 200]
    assert 1 <= len(edits) < DISTRICT  # they follow at thirty a second: test_sliding_window.py counts


async def move_in(stage: Stage, count: int) -> list[Person]:
    """Residents who have agreed and have the hearing's card before them."""
    people = [Person(stage.telegram, f"Тургун {number}") for number in range(count)]
    async with stage.store.writing() as repositories:
        for person in people:
            resident = await repositories.people.add(person.id, language="ky", at=samples.NOW)
            await repositories.people.save(replace(resident, consented_at=samples.NOW, asked_about_self=True))
    for person in people:
        person.chat.refusal = None  # they have written to the bot before
        stage.telegram.world.add(person.chat, words_content("Угуу"), sender=stage.telegram.world.bot, markup=None)
    return people
