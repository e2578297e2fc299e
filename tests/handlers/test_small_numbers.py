"""Small numbers give nobody away: no screen that a resident can reach tells what one newcomer answered."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import pytest

from bot.domain.hearings import Results
from bot.domain.people import Caller
from bot.domain.questions import Choose, Give, Mark, Rank
from handlers import presses
from handlers.presses.wire import pack, unpack
from tests import samples
from tests.municipality import Municipality

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.hearings import Hearing
    from bot.domain.questions import Change
    from bot.simulator.people import Person
    from tests.living import Town

READING = tuple(
    press
    for press in presses.PRESSES_BY_TAG.values()
    if press.__name__.startswith(("Go", "List", "Open", "Read", "See"))
)
"""What leads to a screen and changes nothing: every press with such a name, also those to come."""

KINDS: dict[int, tuple[Change, Change]] = {
    1: (Choose(1), Choose(2)),
    4: (Choose(1), Choose(3)),
    5: (Mark(1, on=True), Mark(2, on=True)),
    6: (Rank(1, 1), Rank(2, 1)),
    7: (Give(1, 100), Give(3, 40)),
}
"""A question of each kind with two different answers."""


async def screens(town: Town, reader: Person) -> dict[str, str]:
    """The words of every screen that reading leads to, by the press that led there."""
    await town.start(reader)
    found = {"/start": reader.screen.words}
    ahead = deque(_reading(reader))
    while ahead:
        data = ahead.popleft()
        if data not in found:
            reader.forge(data)
            await town.quiet()
            found[data] = reader.screen.words
            ahead.extend(_reading(reader))
    return found


def _reading(reader: Person) -> list[str]:
    listed = [button.get("callback_data", "") for row in reader.screen.rows for button in row]
    return [data for data in listed if data and isinstance(unpack(data)[0], READING)]


async def vote(town: Town, caller: Caller, hearing: Hearing, changes: Mapping[int, Change]) -> None:
    """Answer questions, each by its number."""
    for question, change in changes.items():
        await town.app.services.voting.cast(caller, hearing.id, question, change, order=1)


async def newcomer(town: Town, number: int) -> Caller:
    """Somebody who has agreed."""
    actor = await Municipality(town.app.services, town.places).resident(5_000 + number)
    return Caller(actor.telegram_id, "ky")


@pytest.mark.parametrize("results", [Results.ALWAYS, Results.AFTER_VOTING])
async def test_no_screen_changes_by_one_newcomer(town: Town, results: Results) -> None:
    """Somebody reads every screen again and again: they change with the fifth and the tenth to answer, by no other."""
    hearing = await town.hearing(samples.dossier(results=results))
    reader = await town.resident("Бек")
    await vote(town, Caller(reader.id, "en"), hearing, {no: first for no, (first, _) in KINDS.items()})
    await town.start(reader)
    await town.press(reader, "Skip")
    before = await screens(town, reader)
    assert sum("Question" in text for text in before.values()) >= 7
    assert not any("have answered\n" in text or "100%" in text for text in before.values())
    for people in range(2, 11):
        caller = await newcomer(town, people)
        await vote(town, caller, hearing, {no: answers[people % 2] for no, answers in KINDS.items()})
        if people not in (4, 5, 9, 10):
            continue
        now = await screens(town, reader)
        changed = {data for data, text in now.items() if text != before.get(data, "")}
        assert bool(changed) is (people in (5, 10)), (people, changed)
        before = now


@pytest.mark.parametrize("question", KINDS)
async def test_the_second_to_answer_learns_nothing_of_the_first(town: Town, question: int) -> None:
    """Whatever the first has answered, the second reads the same."""
    read = []
    for first in KINDS[question]:
        hearing = await town.hearing()
        await vote(town, await newcomer(town, question), hearing, {question: first})
        second = await town.resident(f"Resident {first}")
        await vote(town, Caller(second.id, "en"), hearing, {question: KINDS[question][0]})
        second.forge(pack(presses.OpenQuestion(hearing.id, question), "en"))
        await town.quiet()
        read.append(second.screen.text)
    assert read[0] == read[1]
    assert "is shown once 5 people have answered" in read[0]


async def test_the_results_that_are_sent_tell_nothing_of_few(town: Town) -> None:
    hearing = await town.hearing()
    reader = await town.resident("Бек")
    await vote(town, Caller(reader.id, "en"), hearing, {1: Choose(1), 4: Choose(1)})
    for people in range(2, 6):
        changes = {1: Choose(2), 4: Choose(3)} if people < 5 else {1: Choose(2)}
        await vote(town, await newcomer(town, people), hearing, changes)
    town.clock.forward(days=3)
    await town.tick()
    town.clock.forward(days=1)
    await town.tick()
    (letter,) = (message.text for message in reader.messages if "The results of the hearing" in message.text)
    assert "5 people took part." in letter
    assert "Opposed" in letter
    assert "Кайсынысы маанилүү?" not in letter
    assert "Answers of fewer than 5 people are not shown." in letter


async def test_staff_who_look_as_residents_see_what_residents_see(town: Town) -> None:
    hearing = await town.hearing(samples.dossier(results=Results.ALWAYS))
    secretary = await town.secretary()
    for people in range(2):
        await vote(town, await newcomer(town, people), hearing, {1: Choose(1)})
    secretary.forge(pack(presses.OpenQuestion(hearing.id, 1), "en"))
    await town.quiet()
    assert "is shown once 5 people have answered" in secretary.screen.text
    secretary.forge(pack(presses.SeeTallies(hearing.id), "en"))
    await town.quiet()
    assert "2 people have answered" in secretary.screen.text
