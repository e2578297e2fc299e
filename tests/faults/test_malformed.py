"""Updates that are not what Telegram promises: ignored or kept aside, and everybody else is served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from bot.simulator.people import BLOCKED_BY_USER
from handlers import presses
from handlers.presses.wire import pack
from tests.faults.test_twice import comments_of

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.faults.stage import Stage


@pytest.fixture
def threads() -> bool:
    return False


def unreadable(person: Person) -> list[dict[str, Any]]:
    """Missing, renamed, mistyped: of each the shape is kept, for the operator to look at."""
    chat = {"id": person.id, "type": "private"}
    whole = {"message_id": 7, "date": 1_790_000_000, "chat": chat, "from": person.user, "text": "сөз"}
    press = {"id": "9", "from": person.user, "data": "1k", "chat_instance": "1"}
    return [
        {"message": "сөз"},
        {"message": None},
        {"message": {**whole, "chat": None}},
        {"message": {**whole, "chat": {"id": "x", "type": "private"}}},
        {"message": {**whole, "chat": {"id": 2**70, "type": "private"}}},
        {"message": {key: value for key, value in whole.items() if key != "date"}},
        {"message": {**whole, "date": 2**60}},
        {"message": {**whole, "text": 5}},
        {"message": {**whole, "from": {"id": True}}},
        {"message": {**whole, "entities": "bold"}},
        {"message": {**whole, "text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": "z"}]}},
        {"message": {**whole, "from": {**person.user, "language_code": True}}},
        {"message": {**whole, "from": {**person.user, "language_code": []}}},
        {"message": {**whole, "voice": {"file_id": "f", "file_unique_id": "u", "duration": "z"}}},
        {"message": {**whole, "migrate_to_chat_id": []}},
        {"callback_query": []},
        {"callback_query": {**press, "from": {"first_name": "x"}}},
        {"callback_query": {**press, "id": 9}},
        {"callback_query": {**press, "data": ["1k"]}},
        {"callback_query": {**press, "message": {"message_id": 1}}},
        {"my_chat_member": {"chat": chat, "from": person.user}},
        {"my_chat_member": {"chat": {"id": -5, "type": []}, "from": person.user, "date": 1, "new_chat_member": {}}},
        {"update_id": "seven", "message": whole},
    ]


def harmless(person: Person) -> list[dict[str, Any]]:
    """Unknown kinds, fields nobody knows, a press without data or message."""
    chat = {"id": person.id, "type": "private"}
    command = [{"type": "bot_command", "offset": 0, "length": 3}]
    blank = {"message_id": 8, "date": 1_790_000_000, "chat": chat, "from": person.user, "text": "   "}
    return [
        {"message": {**blank, "entities": command}},
        {},
        {"purchased_paid_media": {"x": 1}},
        {"telepathy": {"from": person.user}},
        {"inline_query": {"id": "1", "from": person.user, "query": "", "offset": ""}},
        {"message": {"message_id": 8, "date": 1_790_000_000, "chat": {"id": person.id, "type": "private"}}},
        {"callback_query": {"id": "77", "from": person.user, "chat_instance": "1"}},
    ]


async def test_malformed_updates_are_kept_aside_and_others_are_handled(stage: Stage) -> None:
    hearing = await stage.hearing()
    aigul = await stage.resident()
    other = await stage.resident("Бакыт")
    before = await stage.dump()
    broken = unreadable(aigul)
    with capture_logs() as logs:
        for raw in (*broken, *harmless(aigul)):
            stage.telegram.offer(raw)
        await stage.quiet()
        assert await stage.dump() == before
        other.forge(pack(presses.ChooseOption(hearing.id, 1, 2), "en"))
        await stage.quiet()
    assert len((await stage.dump())["votes"]) == 1
    kept = (await stage.dump(passing=True))["dead_letters"]
    assert len(kept) == len(broken)
    assert not any("сөз" in row or aigul.name in row for row in kept)
    assert [entry for entry in logs if entry["log_level"] in {"error", "critical"}] == []
    assert aigul.name not in str(logs)
    assert "сөз" not in str(logs)


async def test_whoever_is_refused_twice_at_once_is_noted_without_a_crash(sqlite_stage: Stage) -> None:
    aigul = await sqlite_stage.resident()
    with capture_logs() as logs:
        async with sqlite_stage.store.writing():  # nothing can be noted meanwhile
            for _ in range(2):
                aigul.chat.refusal = None
                aigul.start()
                aigul.chat.refusal = BLOCKED_BY_USER
                await sqlite_stage.telegram.settled()
                await sqlite_stage.app.replies.idle()
        for _ in range(3):  # whoever writes now stands behind whoever notes it
            async with sqlite_stage.store.writing():
                pass
    assert [entry for entry in logs if entry["log_level"] in {"error", "critical"}] == []


async def test_fields_nobody_knows_lone_surrogates_and_half_a_megabyte_are_taken(stage: Stage) -> None:
    await stage.hearing()
    aigul = await stage.resident()
    await stage.press(aigul, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    message = aigul.say("Көпүрө").as_json()
    stage.telegram.world.updates.drop()
    tomorrow = {"hologram": {"depth": [1, 2, {"x": None}]}, "effect_id": "1", "via_bot": {"no": "bot"}}
    stage.telegram.offer({"message": {**message, **tomorrow, "text": "Көпүрө \ud83d керек"}, "tomorrow": True})
    await stage.quiet()
    stage.telegram.offer({"message": {**message, "message_id": message["message_id"] + 1, "text": "ө" * 262_144}})
    await stage.quiet()
    assert [comment.text for comment in await comments_of(stage, aigul)] == ["Көпүрө \ufffd керек"]
    assert "262" in aigul.messages[-1].words
