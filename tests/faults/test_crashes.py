"""A handler that crashes: logged without anybody's words, apologised for, confirmed; the queue goes on."""

from __future__ import annotations

import io
import json
import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import structlog
from sqlalchemy import text

from bot.logs import set_up
from handlers import presses
from handlers.presses import DownloadFormat
from handlers.presses.wire import pack
from tests import samples
from tests.faults.stage import multiply_comments, said
from tests.faults.test_twice import comments_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.stage import Stage

APOLOGY = "Something went wrong on our side. Please try again."
WORDS = "Бул жашыруун сөз эч качан журналга түшпөсүн"
_RAISE = "BEGIN SELECT RAISE(ABORT, 'the house refuses'); END"
REFUSALS = {
    "sqlite": (
        f"CREATE TRIGGER no_secret BEFORE INSERT ON comments WHEN NEW.text LIKE '%жашыруун%' {_RAISE}",
        f"CREATE TRIGGER no_third BEFORE INSERT ON votes WHEN NEW.answer LIKE '%3%' {_RAISE}",
    ),
    "postgresql": (
        "ALTER TABLE comments ADD CONSTRAINT no_secret CHECK (text NOT LIKE '%жашыруун%')",
        "ALTER TABLE votes ADD CONSTRAINT no_third CHECK (answer NOT LIKE '%3%')",
    ),
}
"""A rule of the database's own that no code of ours expects: our mistake, not an outage."""


@pytest.fixture
def written_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log as operators have it, at its most talkative; everything as it was afterwards."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    file = io.StringIO()
    monkeypatch.setattr("sys.stderr", file)
    set_up(level="DEBUG", form="json")
    yield file
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


async def refuse_by_rule(stage: Stage) -> None:
    """From now on the database refuses secrets, and votes for the third option."""
    async with stage.store._database.writing() as now:
        for statement in REFUSALS[now.dialect]:
            await now.run(text(statement))


async def test_a_crash_is_apologised_for_and_the_queue_goes_on(stage: Stage, written_log: io.StringIO) -> None:
    await stage.hearing()
    aigul = await stage.resident("Айгерим")
    other = await stage.resident("Бакыт")
    for person in (aigul, other):
        await stage.press(person, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    await refuse_by_rule(stage)
    aigul.say(WORDS)
    other.say("Көпүрө керек")
    await stage.quiet()
    assert APOLOGY in said(aigul)
    assert await comments_of(stage, aigul) == ()
    assert [comment.text for comment in await comments_of(stage, other)] == ["Көпүрө керек"]
    assert not stage.telegram.world.updates.waiting()
    ensure_discreet(written_log.getvalue(), stage, WORDS, "жашыруун", "Айгерим", "Бакыт", "Көпүрө")


async def test_one_vote_that_crashes_does_not_take_its_neighbours_along(stage: Stage, written_log: io.StringIO) -> None:
    hearing = await stage.hearing()
    people = [await stage.resident(f"Тургун {number}") for number in range(3)]
    await refuse_by_rule(stage)
    queries = [
        person.forge(pack(presses.ChooseOption(hearing.id, 1, option), "en"))
        for person, option in zip(people, (1, 3, 2), strict=True)
    ]
    await stage.quiet()
    assert [query.toast == APOLOGY for query in queries] == [False, True, False]
    assert len((await stage.dump())["votes"]) == 2
    ensure_discreet(written_log.getvalue(), stage, "Тургун")


def ensure_discreet(log: str, stage: Stage, *words: str) -> None:
    """The crash is in the log, with the number of its update; nobody's words are, nor the token."""
    crashes = [line for line in map(json.loads, log.splitlines()) if line["event"] == "handler crashed"]
    assert len(crashes) == 1
    assert crashes[0]["update_id"] >= 100_001
    assert "Traceback" in crashes[0]["exception"]
    assert [word for word in (*words, stage.telegram.token) if word in log] == []


async def test_a_whole_conversation_leaves_no_word_of_anybody_in_the_log(
    sqlite_stage: Stage, written_log: io.StringIO
) -> None:
    stage = sqlite_stage
    hearing = await stage.hearing()
    aigul = await stage.resident("Айгерим")
    await stage.press(aigul, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    stage.telegram.faults.next(method="sendMessage", status=500, times=2)
    stage.telegram.faults.next(method="editMessageText", status=400, description=f'Unsupported start tag "{WORDS}"')
    stage.telegram.faults.next(method="answerCallbackQuery", broken="reset")
    stage.telegram.offer({"message": {"text": WORDS, "from": aigul.user}})
    await stage.say(aigul, WORDS)
    await stage.start(aigul)
    aigul.press("🗳 Have my say", on=next(each for each in aigul.messages if "🗳 Have my say" in each.labels))
    aigul.forge(f"1k{WORDS}"[:30])
    aigul.edit(aigul.say(f"Эмне {WORDS}"), f"Оңдолгон {WORDS}")
    aigul.send_photo(WORDS)
    secretary = await stage.secretary()
    secretary.forge(pack(presses.DownloadRecord(hearing.id, DownloadFormat.CSV), "en"))
    await stage.quiet()
    assert any(message.document for message in secretary.messages)
    aigul.block()
    await stage.quiet()
    log = written_log.getvalue()
    assert log
    assert [word for word in ("жашыруун", "Айгерим", "Гүлнара", stage.telegram.token) if word in log] == []


async def test_a_municipality_that_is_no_more_stops_neither_the_clock_nor_others_notices(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    opens = samples.NOW + timedelta(days=2)
    neighbour = await stage.resident("Нурлан", place="kok-art")
    follower = await stage.resident("Айгүл")
    await stage.hearing(samples.dossier(opens=opens))
    other = await stage.hearing(samples.dossier(opens=opens), place="kok-art")
    merged = [
        (replace(place, valid_to=samples.NOW.date()) if place.code == "bagysh" else place, parent)
        for place, parent in samples.places()
    ]
    await stage.app.services.directory.load(merged)
    stage.clock.forward(days=2)
    await stage.tick()
    assert stage.app.ticker.crashes == 0
    assert stage.app.ticker.database is None
    assert "2027" in neighbour.messages[-1].words
    async with stage.store.reading() as repositories:
        assert (await repositories.hearings.get(other.id)).phase.value == "open"
    follower.start()
    await stage.quiet()
    assert APOLOGY not in said(follower)


async def test_a_record_of_many_comments_holds_up_nobodys_press(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    hearing = await stage.hearing()
    author, voter = await stage.resident("Автор"), await stage.resident("Добуш")
    secretary = await stage.secretary()
    await written(stage, author, "Көпүрө керек")
    multiply_comments(stage.url, 8_000)
    secretary.forge(pack(presses.DownloadRecord(hearing.id, DownloadFormat.XLSX), "en"))
    await stage.telegram.settled()
    made = stage.app.tasks.start(stage.app.sender.drain(), name="files")
    query = voter.forge(pack(presses.ChooseOption(hearing.id, 1, 1), "en"))
    await voter.until(lambda: query.answered)
    assert not [message for message in secretary.messages if message.document]
    await made
    await stage.quiet()
    assert any(message.document for message in secretary.messages)
