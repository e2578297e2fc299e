"""What answers a message is stored with it: receipts, questions, refusals, apologies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import COMMENTS_A_DAY
from bot.services.submissions import Submissions
from bot.simulator.faults import PlannedFault
from tests.faults.stage import dump
from tests.handlers.test_comments import asked_for_words, comments_of, propose, said

if TYPE_CHECKING:
    import pytest

    from bot.simulator.people import Person
    from tests.living import Town

AWAY = PlannedFault(status=502)


async def after_a_restart(town: Town, person: Person, words: str) -> str:
    """What the bot has said to ``words`` that were handled while Telegram took nothing, once it has begun anew."""
    town.telegram.faults.policy = lambda method, _chat: AWAY if method == "sendMessage" else None
    seen = len(person.messages)
    await town.say(person, words)
    assert len(person.messages) == seen
    await town.stop()
    town.telegram.faults.clear()
    town.clock.forward(seconds=60)
    await town.begin()
    await town.quiet()
    return "\n".join(message.words for message in person.messages[seen:])


async def test_a_receipt_arrives_after_the_restart_and_says_that_it_may_be_there_already(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    told = await after_a_restart(town, aigul, "Көпүрө керек")
    assert "Your number: № 1" in told
    assert "You may have got this message already." in told
    assert len(await comments_of(town, aigul)) == 1


async def test_a_refusal_arrives_after_the_restart(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    for number in range(COMMENTS_A_DAY):
        await propose(town, aigul, f"Сунуш {number}")
    await asked_for_words(town, aigul)
    assert "within a day" in await after_a_restart(town, aigul, "Дагы бир")


async def test_the_question_about_words_that_came_unasked_arrives_after_the_restart(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.app.services.pending_inputs.cancel(await town.actor(aigul))
    assert "Do you want to send this" in await after_a_restart(town, aigul, "Суу жок")
    await town.press(aigul, "💡 A proposal")
    assert [comment.text for comment in await comments_of(town, aigul)] == ["Суу жок"]


async def test_an_apology_arrives_after_the_restart(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await town.hearing()
    aigul = await town.resident()

    async def crash(*_: object) -> None:
        raise ZeroDivisionError

    await town.app.services.pending_inputs.cancel(await town.actor(aigul))
    monkeypatch.setattr(Submissions, "receive", crash)
    assert "Something went wrong" in await after_a_restart(town, aigul, "Суу жок")


async def test_nothing_is_stored_of_a_visitor_who_is_refused(town: Town) -> None:
    await town.hearing()
    before = await dump(town.url)
    stranger = town.person()
    await town.start(stranger)
    await town.press(stranger, "English")
    await town.say(stranger, "Суу жок")
    assert "Please agree first" in said(stranger) or "agree" in said(stranger)
    after = await dump(town.url)
    assert {name: rows for name, rows in after.items() if rows != before[name]}.keys() <= {"settings"}


async def test_the_same_words_within_minutes_are_asked_about_and_stored_once(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await propose(town, aigul, "Көпүрө керек")
    await asked_for_words(town, aigul)
    await town.say(aigul, "Көпүрө керек")
    assert "You have sent this already: № 1" in said(aigul)
    assert len(await comments_of(town, aigul)) == 1
    await town.press(aigul, "📨 Send it again")
    assert [comment.number for comment in await comments_of(town, aigul)] == [2, 1]


async def test_the_same_words_sent_again_though_nothing_was_asked_are_not_a_second_comment(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await propose(town, aigul, "Көпүрө керек")
    await town.say(aigul, "Көпүрө керек")
    assert "You have sent this already: № 1" in said(aigul)
    await town.press(aigul, "✖️ Do not send")
    assert len(await comments_of(town, aigul)) == 1
    town.clock.forward(minutes=11)
    await asked_for_words(town, aigul)
    await town.say(aigul, "Көпүрө керек")
    assert len(await comments_of(town, aigul)) == 2


async def test_a_reply_is_not_sent_to_whoever_asked_to_be_forgotten(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    town.telegram.faults.policy = lambda method, _chat: AWAY if method == "sendMessage" else None
    await town.say(aigul, "Көпүрө керек")
    await town.app.services.privacy.forget(await town.actor(aigul), withdraw_comments=True)
    town.telegram.faults.clear()
    town.clock.forward(seconds=60)
    await town.quiet()
    assert "Your number" not in said(aigul)
    assert not any("receipt" in row for row in (await dump(town.url))["notices"])
