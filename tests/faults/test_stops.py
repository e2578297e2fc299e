"""Stops of seconds, minutes and a day: what Telegram has kept counts, and what it may have dropped is said."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot import runtime
from bot.simulator.faults import PlannedFault
from handlers import presses
from handlers.presses.wire import pack
from tests import samples
from tests.faults.stage import said
from tests.faults.test_twice import comments_of

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.simulator.people import Person
    from tests.faults.stage import Stage

AWAY = "The bot was away from"


async def answer(stage: Stage, hearing: Hearing, person: Person) -> int | None:
    """The person's stored answer to the first question."""
    async with stage.store.reading() as repositories:
        resident = await repositories.people.find(person.id)
        assert resident is not None
        vote = (await repositories.votes.of_person(hearing.id, resident.id)).get(1)
    return next(iter(vote.answer)) if vote else None


async def away(stage: Stage, **how_long: float) -> None:
    """Stop at once, begin again after that time."""
    await stage.stop()
    stage.clock.forward(**how_long)
    await stage.begin()
    await stage.quiet()


@pytest.mark.parametrize("seconds", [10, 149])
async def test_a_press_made_during_a_short_stop_counts(sqlite_stage: Stage, seconds: int) -> None:
    stage = sqlite_stage
    hearing = await stage.hearing()
    aigul = await stage.resident()
    await stage.tick()
    await stage.stop()
    press = aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 2), "en"))
    stage.clock.forward(seconds=seconds)
    await stage.begin()
    await stage.quiet()
    assert await answer(stage, hearing, aigul) == 2
    assert press.toast
    await stage.start(aigul)
    assert AWAY not in said(aigul)


@pytest.mark.parametrize("how_long", [timedelta(seconds=151), timedelta(hours=25)])
async def test_after_a_longer_stop_people_are_told_that_presses_may_not_have_counted(
    sqlite_stage: Stage, how_long: timedelta
) -> None:
    stage = sqlite_stage
    hearing = await stage.hearing(samples.dossier(closes=samples.NOW + timedelta(days=9)))
    aigul = await stage.resident()
    await stage.tick()
    await stage.stop()
    press = aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 2), "en"))
    stage.clock.forward(seconds=how_long.total_seconds())
    await stage.begin()
    await stage.quiet()
    assert await answer(stage, hearing, aigul) is None
    assert not press.answered
    card = await stage.start(aigul)
    assert AWAY in card.words
    aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 3), "en"))
    await stage.quiet()
    assert await answer(stage, hearing, aigul) == 3


async def test_when_telegram_could_not_be_reached_for_minutes_people_are_told_the_same(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    await stage.hearing()
    aigul = await stage.resident()
    await stage.tick()
    stage.telegram.faults.policy = lambda method, _chat: PlannedFault(status=502) if method == "getUpdates" else None
    stage.telegram.world.updates.interrupt("the line is cut")
    async with asyncio.timeout(10):
        while not stage.app.poller.health.errors:
            await asyncio.sleep(0.01)
    for _ in range(40):
        stage.clock.forward(seconds=5)
        await stage.app.ticker.tick()
    stage.telegram.faults.clear()
    await stage.start(aigul)
    await stage.tick()
    assert AWAY in (await stage.start(aigul)).words


async def test_a_line_that_fails_while_the_bot_begins_is_tried_again(
    sqlite_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = sqlite_stage
    aigul = await stage.resident()
    await stage.stop()
    monkeypatch.setattr(runtime, "FIRST_WAIT", 0.0)
    stage.telegram.faults.next(method="deleteWebhook", broken="silence", times=2)
    stage.telegram.faults.next(method="getMe", status=502)
    await stage.begin()
    assert not len(stage.telegram.faults)
    assert stage.app.health.unreached is None
    assert "Bagysh" in (await stage.start(aigul)).words


async def test_what_was_typed_during_a_stop_of_hours_counts_and_after_a_day_it_never_came(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    await stage.hearing()
    aigul = await stage.resident()
    await stage.press(aigul, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    await stage.stop()
    aigul.say("Күтүп турган сөз")
    stage.clock.forward(hours=23, minutes=59)
    await stage.begin()
    await stage.quiet()
    assert [comment.text for comment in await comments_of(stage, aigul)] == ["Күтүп турган сөз"]
    await stage.stop()
    aigul.say("Жеткен жок")
    stage.clock.forward(hours=25)
    await stage.begin()
    await stage.quiet()
    assert len(await comments_of(stage, aigul)) == 1


async def test_a_comment_sent_before_closing_and_handled_after_it_counts(stage: Stage) -> None:
    hearing = await stage.hearing(samples.dossier(closes=samples.NOW + timedelta(hours=2)))
    aigul = await stage.resident()
    await stage.press(aigul, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    await stage.stop()
    stage.clock.forward(hours=1, minutes=59)
    aigul.say("Жабылганга чейин жазылды")
    stage.clock.forward(minutes=2)
    aigul.say("Жабылгандан кийин жазылды")
    stage.clock.forward(hours=1)
    await stage.begin()
    await stage.quiet()
    assert [comment.text for comment in await comments_of(stage, aigul)] == ["Жабылганга чейин жазылды"]
    assert "Your number: № 1" in said(aigul)
    async with stage.store.reading() as repositories:
        assert (await repositories.hearings.get(hearing.id)).phase.value == "closed"


async def test_an_amendment_sent_before_closing_and_handled_after_it_counts(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    await stage.hearing(samples.dossier(closes=samples.NOW + timedelta(hours=2)))
    aigul = await stage.resident()
    await stage.press(aigul, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    await stage.say(aigul, "Биринчи")
    (comment,) = await comments_of(stage, aigul)
    aigul.forge(pack(presses.AmendComment(comment.id), "en"))
    await stage.quiet()
    await stage.stop()
    aigul.say("Оңдолгон")
    stage.clock.forward(hours=3)
    await stage.begin()
    await stage.quiet()
    assert [comment.text for comment in await comments_of(stage, aigul)] == ["Оңдолгон"]


async def test_a_press_handled_after_closing_is_refused_kindly_and_counted_nowhere(sqlite_stage: Stage) -> None:
    """A press does not say when it was made."""
    stage = sqlite_stage
    hearing = await stage.hearing(samples.dossier(closes=samples.NOW + timedelta(seconds=60)))
    aigul = await stage.resident()
    await stage.stop()
    press = aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 2), "en"))
    stage.clock.forward(seconds=100)
    await stage.begin()
    await stage.quiet()
    assert "Answers were taken until" in press.toast
    assert await answer(stage, hearing, aigul) is None


async def test_hearings_that_should_have_opened_or_closed_during_a_stop_do_so_at_its_end(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    opens, closes = samples.NOW + timedelta(hours=1), samples.NOW + timedelta(hours=2)
    to_open = await stage.hearing(samples.dossier(opens=opens))
    to_close = await stage.hearing(samples.dossier(closes=closes))
    missed = await stage.hearing(samples.dossier(opens=opens, closes=closes))
    await away(stage, days=1)
    async with stage.store.reading() as repositories:
        phases = [(await repositories.hearings.get(hearing.id)).phase.value for hearing in (to_open, to_close, missed)]
    assert phases == ["open", "closed", "closed"]


async def test_numbers_of_updates_that_begin_anew_after_a_quiet_week_do_not_stop_new_votes(stage: Stage) -> None:
    hearing = await stage.hearing(samples.dossier(closes=samples.NOW + timedelta(days=30)))
    aigul = await stage.resident()
    aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 1), "en"))
    await stage.quiet()
    assert await answer(stage, hearing, aigul) == 1
    stage.clock.forward(days=8)
    stage.telegram.next_update_id = 5
    for option in (2, 3):
        aigul.forge(pack(presses.ChooseOption(hearing.id, 1, option), "en"))
        await stage.quiet()
        assert await answer(stage, hearing, aigul) == option


async def test_of_two_presses_the_later_one_stays_whichever_is_handled_first(stage: Stage) -> None:
    hearing = await stage.hearing()
    aigul = await stage.resident()
    await stage.stop()
    async with stage.replica() as slow, stage.replica() as quick:
        for wanted in (3, 1):
            aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 2), "en"))
            aigul.forge(pack(presses.ChooseOption(hearing.id, 1, wanted), "en"))
            earlier, later = stage.collect()
            await quick.intake.take(later)
            await slow.intake.take(earlier)
            assert await answer(stage, hearing, aigul) == wanted


async def test_a_press_that_says_the_same_again_still_outranks_an_earlier_one(stage: Stage) -> None:
    hearing = await stage.hearing()
    aigul = await stage.resident()
    await stage.stop()
    async with stage.replica() as slow, stage.replica() as quick:
        for option in (1, 2, 1):
            aigul.forge(pack(presses.ChooseOption(hearing.id, 1, option), "en"))
        first, second, third = stage.collect()
        for raw in (first, third):
            await quick.intake.take(raw)
        await slow.intake.take(second)
    assert await answer(stage, hearing, aigul) == 1


async def test_an_answer_taken_back_stays_taken_back_when_an_earlier_press_comes_late(stage: Stage) -> None:
    hearing = await stage.hearing()
    aigul = await stage.resident()
    await stage.stop()
    async with stage.replica() as slow, stage.replica() as quick:
        for press in (
            presses.ChooseOption(hearing.id, 1, 1),
            presses.ChooseOption(hearing.id, 1, 2),
            presses.WithdrawVote(hearing.id, 1, sure=True),
        ):
            aigul.forge(pack(press, "en"))
        first, second, third = stage.collect()
        for raw in (first, third):
            await quick.intake.take(raw)
        await slow.intake.take(second)
    assert await answer(stage, hearing, aigul) is None
