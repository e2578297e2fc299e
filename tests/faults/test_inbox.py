"""What waits in the inbox when a process ends: nothing is lost, nothing doubled, and one answer tells of it all."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from telegram import Update
from telegram.ext import TypeHandler

from bot.domain.comments import COMMENTS_A_DAY, CommentKind
from bot.domain.inbox import WaitingUpdate
from bot.domain.parts import PARTS_OF_A_COMMENT
from bot.domain.questions import AboutKind
from bot.services.inbox import LEASE
from handlers import presses
from handlers.presses.wire import pack
from tests.faults.living_process import scene
from tests.faults.test_database_away import file_locked
from tests.faults.test_twice import comments_of
from tests.faults.test_webhook import SECRET, free_ports
from tests.scale import rounds

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.runtime import App
    from bot.simulator.people import Person
    from tests.faults.living_process import Scene
    from tests.faults.stage import Json, Stage


def write(person: Person, hearing: Hearing, words: str) -> None:
    """Open *Write* and send a comment."""
    person.forge(pack(presses.WriteAbout(hearing.id, CommentKind.PROPOSAL, AboutKind.HEARING), "en"))
    person.say(words)


async def leave(stage: Stage, person: Person, updates: list[Json]) -> None:
    """Store updates as a process does that is gone since."""
    waiting = [WaitingUpdate(raw["update_id"], person.id, json.dumps(raw)) for raw in updates]
    async with stage.store.writing() as repositories:
        await repositories.inbox.renew("gone")
        await repositories.inbox.add(waiting, owner="gone", at=stage.clock.now())


async def inbox(stage: Stage) -> list[str]:
    return (await stage.dump(passing=True))["inbox"]


def order(app: App, person: Person | None = None) -> list[int]:
    """The numbers of the updates that an app handles, of everybody or of one person, in order, as it goes on."""
    seen: list[int] = []

    async def see(update: Update, _: object) -> None:
        if person is None or (update.effective_user is not None and update.effective_user.id == person.id):
            seen.append(update.update_id)

    app.parts.application.add_handler(TypeHandler(Update, see), group=-1)
    return seen


async def test_what_waited_is_taken_up_after_a_restart_before_anything_new_and_in_order(stage: Stage) -> None:
    hearing = await stage.hearing()
    aigul = await stage.resident()
    await stage.stop()
    for number in range(30):
        aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 1 + number % 3), "en"))
    updates = stage.collect()
    await leave(stage, aigul, updates)
    aigul.forge(pack(presses.ChooseOption(hearing.id, 2, 1), "en"))
    stage.app = stage.another_app(stage.store)
    seen = order(stage.app)
    await stage.app.start(listen=False, ticking=False)
    await stage.quiet()
    assert seen == [*(raw["update_id"] for raw in updates), updates[-1]["update_id"] + 1]
    assert sorted(row.split("|")[3] for row in (await stage.dump())["votes"]) == ['{"1":1}', '{"3":1}']
    assert await inbox(stage) == []


async def test_one_answer_tells_of_all_the_messages_that_waited(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    hearing = await stage.hearing()
    aigul = await stage.resident()
    await stage.stop()
    written = COMMENTS_A_DAY + 2
    for number in range(written):
        write(aigul, hearing, f"Көпүрө керек, {number}-үй")
    await leave(stage, aigul, stage.collect())
    before = len(aigul.messages)
    await stage.begin()
    await stage.quiet()
    told = [message.words for message in aigul.messages[before:] if "answers" in message.words]
    assert [f"This answers {written} messages of yours." in words for words in told] == [True]
    (words,) = told
    assert "within a day" in words
    assert all(f"№ {number}" in words for number in range(1, COMMENTS_A_DAY + 1))
    assert len(await comments_of(stage, aigul)) == COMMENTS_A_DAY


async def test_a_flood_of_texts_is_stored_answered_in_few_and_holds_up_nobody(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    hearing = await stage.hearing()
    aigul, neighbour = await stage.resident(), await stage.resident("Бермет")
    await stage.app.services.pending_inputs.cancel(await stage.actor(aigul))
    seen = order(stage.app, aigul)
    before = len(aigul.messages)
    texts = rounds(1_000, few=60)
    for number in range(texts):
        aigul.say(f"Жарык жок, {number}-үй")
    vote = neighbour.forge(pack(presses.ChooseOption(hearing.id, 1, 2), "en"))
    await neighbour.until(lambda: vote.answered)
    assert len(seen) < texts  # she did not wait for all of them
    await stage.quiet()
    assert len(seen) == texts
    assert seen == sorted(seen)
    assert len(aigul.messages) - before <= 2 + texts // PARTS_OF_A_COMMENT
    assert await inbox(stage) == []


async def test_a_visitors_many_messages_get_one_answer_or_two(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    await stage.hearing()
    visitor = stage.person()
    await stage.start(visitor)
    before = len(visitor.messages)
    for number in range(40):
        visitor.say(f"Жарык жок, {number}-үй")
    await stage.quiet()
    told = [message.words for message in visitor.messages[before:]]
    assert 1 <= len(told) <= 2
    assert "39-үй" in told[-1]
    assert stage.app.intake.counts["handled"] == 41


async def test_two_processes_take_over_what_a_third_has_left_each_update_once(stage: Stage) -> None:
    hearing = await stage.hearing()
    aigul, bek = await stage.resident(), await stage.resident("Бек")
    await stage.stop()
    for person in (aigul, bek):
        for question in (1, 2, 3):
            person.forge(pack(presses.ChooseOption(hearing.id, question, 1), "en"))
    updates = stage.collect()
    ports = free_ports(2)
    async with stage.listening(ports[0], SECRET) as first, stage.listening(ports[1], SECRET) as second:
        seen = [order(first), order(second)]
        for person in (aigul, bek):
            await leave(stage, person, [raw for raw in updates if raw["callback_query"]["from"]["id"] == person.id])
        for app in (first, second):
            await app.dispatcher.watch()
        assert seen == [[], []]
        stage.clock.forward(seconds=LEASE)
        await asyncio.gather(first.dispatcher.watch(), second.dispatcher.watch())
        await first.idle()
        await second.idle()
    assert sorted(seen[0] + seen[1]) == [raw["update_id"] for raw in updates]
    assert len((await stage.dump())["votes"]) == 6
    assert await inbox(stage) == []


async def test_while_the_store_takes_nothing_a_flood_is_neither_stored_nor_confirmed(hasty_stage: Stage) -> None:
    stage = hasty_stage
    hearing = await stage.hearing()
    aigul = await stage.resident()
    async with file_locked(stage):
        for number in range(30):
            aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 1 + number % 3), "en"))
        async with asyncio.timeout(30):
            while not stage.app.intake.counts["retried"]:
                await asyncio.sleep(0.01)
        assert len(stage.telegram.world.updates.waiting()) == 30
        assert await inbox(stage) == []
    await stage.quiet()
    (vote,) = (await stage.dump())["votes"]
    assert '{"3":1}' in vote


@pytest.mark.kills
async def test_kills_while_much_waits_lose_and_double_nothing(database_url: str) -> None:
    comments = rounds(15, few=6)
    async with scene(database_url, people=rounds(6, few=4)) as town:
        for person in town.people:
            for number in range(comments):
                write(person, town.hearing, f"Көпүрө керек, {number}-үй")
        for _ in range(rounds(8, few=1)):
            await _something_waits(town)
            await town.bot.kill()
            town.bot.start()
        await town.handled()
        assert await town.bot.stop() == 0
        async with town.services.store.reading() as repositories:
            for person in town.people:
                resident = await repositories.people.find(person.id)
                assert resident is not None
                stored = await repositories.comments.list_of(resident.id)
                words = [comment.text for comment in reversed(stored)]
                assert words == [f"Көпүрө керек, {number}-үй" for number in range(comments)]


async def _something_waits(town: Scene) -> None:
    """Updates wait in the inbox, or all were handled."""
    async with asyncio.timeout(60):
        while not await town.waiting() and town.telegram.world.updates.waiting():
            await asyncio.sleep(0.005)
