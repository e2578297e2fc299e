"""The way in: what is read of an update, what is kept aside, what is handled once and what again."""

from __future__ import annotations

import asyncio
import copy
import gc
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.contextvars import get_contextvars
from telegram import Update
from telegram.ext import TypeHandler

from bot.simulator import Person
from handlers.incoming.intake import Unfinished
from handlers.incoming.parsing import read
from handlers.incoming.press_updates import PressedMessage
from handlers.incoming.shapes import Unreadable
from tests.clocks import VirtualLoop, in_virtual_time, now
from tests.handlers.incoming.intake_desk import Desk, press, words
from tests.scale import examples


def test_a_press_keeps_what_a_handler_needs() -> None:
    raw = press(5)
    raw["callback_query"]["message"] |= {"photo": [{"file_id": "x"}], "message_thread_id": 3}
    update = read(raw)
    assert update is not None
    query = update.callback_query
    assert query is not None
    assert (update.update_id, query.id, query.data) == (5, "95", "1v_1")
    assert (query.from_user.id, query.from_user.language_code) == (7, "ky")
    message = query.message
    assert isinstance(message, PressedMessage)
    assert (message.message_id, message.chat.id, message.chat.type) == (70, 7, "private")
    assert (message.has_picture, message.message_thread_id) == (True, 3)
    assert update.effective_message is None
    assert update.effective_user == query.from_user
    assert update.effective_chat == message.chat


def test_a_message_keeps_its_words_and_loses_what_nobody_reads() -> None:
    earlier = words(1)["message"] | {"reply_to_message": words(0)["message"]}
    unread = {"reply_to_message": earlier, "link_preview_options": {"url": "https://example.org"}}
    update = read(words(2, "/start x", entities=[{"type": "bot_command", "offset": 0, "length": 6}], **unread))
    assert update is not None
    assert update.message is not None
    assert update.message.text == "/start x"
    assert update.message.entities[0].type == "bot_command"
    assert update.message.link_preview_options is None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text is None


def test_the_largest_of_the_sizes_of_a_photo_is_kept() -> None:
    sizes = [
        {"file_id": str(side), "file_unique_id": str(side), "width": side, "height": side} for side in (90, 320, 1280)
    ]
    update = read(words(2, photo=sizes))
    assert update is not None
    assert update.message is not None
    assert [size.width for size in update.message.photo] == [1280]


def test_a_sticker_arrives_as_a_message_without_words() -> None:
    raw = words(2, sticker={"file_id": "x"})
    del raw["message"]["text"]
    update = read(raw)
    assert update is not None
    assert update.message is not None
    assert update.message.text is None


@pytest.mark.parametrize("kind", ["channel_post", "poll", "chat_boost", "something_new"])
def test_kinds_that_are_not_ours_are_ignored(kind: str) -> None:
    assert read({"update_id": 1, kind: {"id": 1}}) is None


def test_a_pinned_message_is_ignored() -> None:
    raw = words(2, pinned_message=words(1)["message"])
    del raw["message"]["text"]
    assert read(raw) is None


def test_half_letters_are_mended_so_that_a_database_can_take_them() -> None:
    update = read(words(2, "a\ud83db\ude00c 🏔"))
    assert update is not None
    assert update.message is not None
    assert update.message.text == "a�b�c 🏔"


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(value, dict):
        for key, each in value.items():
            found += paths(each, (*path, key))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            found += paths(each, (*path, place))
    return found


def spoiled(raw: dict[str, Any], path: tuple[Any, ...], junk: Any) -> dict[str, Any]:
    raw = copy.deepcopy(raw)
    inner: Any = raw
    for key in path[:-1]:
        inner = inner[key]
    if junk is KeyError:
        del inner[path[-1]]
    else:
        inner[path[-1]] = junk
    return raw


JUNK: list[Any] = [KeyError, None, 0, -1, 2**70, 1.5, True, "", "x" * 5000, [], {}, [[]], {"id": "x"}, "\ud800"]


@pytest.mark.parametrize(
    "raw",
    [press(1), words(1, entities=[{"type": "bold", "offset": 0, "length": 1}], photo=[{"file_id": "x"}], caption="c")],
)
def test_a_spoiled_update_is_read_or_unreadable_and_never_anything_else(raw: dict[str, Any]) -> None:
    for path in paths(raw):
        if path in {(), ("update_id",)}:
            continue
        for junk in JUNK:
            try:
                update = read(spoiled(raw, path, junk))
            except Unreadable:
                continue
            assert update is None or update.update_id == 1


@settings(max_examples=examples(200))
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["id", "from", "chat", "message", "date", "data", "text", "message_id", "type", "photo"]
                )
                | st.text(max_size=5),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    ),
    st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]),
)
def test_anything_at_all_is_read_or_unreadable(body: Any, kind: str) -> None:
    try:
        update = read({"update_id": 3, kind: body})
    except Unreadable:
        return
    assert update is None or update.update_id == 3


@in_virtual_time
async def test_of_what_cannot_be_read_the_shape_is_kept_and_others_are_handled() -> None:
    async with Desk() as desk:
        bad = {"update_id": 1, "callback_query": {"id": 5, "data": "Бүт"}}
        huge = words(2, "x" * 512_000)
        huge["message"]["date"] = "yesterday"
        nameless = [{"update_id": "x", "message": {}}, {"update_id": "y", "message": {}}]
        for raw in (bad, huge, press(3), *nameless, {"update_id": 4, "poll": {}}):
            await desk.intake.take(raw)
    assert desk.ids() == [3]
    known, other = desk.aside[:2], desk.aside[2:]
    assert [update_id for update_id, _, _ in known] == [1, 2]
    assert json.loads(known[0][1]) == {"update_id": "int", "callback_query": {"id": "int", "data": "str"}}
    assert len({update_id for update_id, _, _ in other}) == 2
    assert all(update_id < 0 for update_id, _, _ in other)
    assert not any(
        "Бүт" in words or "yesterday" in words or "xxx" in words for _, *said in desk.aside for words in said
    )
    assert desk.intake.counts == {"aside": 4, "handled": 1, "ignored": 1}


@in_virtual_time
async def test_an_update_that_comes_twice_is_handled_once() -> None:
    async with Desk(seconds={1: 5.0}) as desk:
        await asyncio.gather(desk.intake.take(press(1)), desk.intake.take(press(1)))
        assert now() == 5.0
        await desk.intake.take(press(1))
    assert desk.ids() == [1]
    assert desk.intake.counts["repeated"] == 2


@in_virtual_time
async def test_an_update_whose_handler_crashes_counts_as_handled() -> None:
    async with Desk(crashes={1}) as desk:
        await desk.intake.take(press(1))
        await desk.intake.take(press(2))
    assert desk.ids() == [2]
    assert desk.intake.counts["handled"] == 2


@in_virtual_time
async def test_what_the_store_refused_is_tried_again_in_place_until_the_store_is_back() -> None:
    async with Desk(store_works=False) as desk, asyncio.TaskGroup() as group:
        for update_id in (1, 2, 3):
            group.create_task(desk.intake.take(press(update_id, person=7)))
        other = group.create_task(desk.intake.take(press(4, person=8)))
        broken = group.create_task(desk.intake.take({"update_id": 5, "message": {}}))
        await asyncio.sleep(8)
        assert desk.handled == []
        assert desk.intake.waiting_for_store == 3
        assert not other.done()
        assert not broken.done()
        desk.store_works = True
    assert [update_id for update_id, person, _ in desk.handled if person == 7] == [1, 2, 3]
    assert 4 in desk.ids()
    assert [update_id for update_id, _, _ in desk.aside] == [5]
    assert desk.intake.waiting_for_store == 0
    assert max(at for _, _, at in desk.handled) <= 8 + 5


@in_virtual_time
async def test_a_store_that_stays_away_is_asked_at_most_every_five_seconds() -> None:
    async with Desk(store_works=False) as desk:
        with pytest.raises(Unfinished):
            await desk.intake.take(press(1), patience=60.0)
        assert now() == pytest.approx(60.0)
        assert desk.attempts == 1 + 5 + 10 + 1  # 0.2 0.4 0.8 1.6 3.2, then every 5 s, and once more at the end
        desk.store_works = True
        await desk.intake.take(press(1))
    assert desk.ids() == [1]


@in_virtual_time
async def test_shutdown_waits_for_no_store() -> None:
    async with Desk(store_works=False) as desk:
        taking = asyncio.gather(desk.intake.take(press(1)), desk.intake.take(press(2)), return_exceptions=True)
        await asyncio.sleep(3)
        desk.intake.stop()
        results = await taking
        assert all(isinstance(result, Unfinished) for result in results)
        assert now() == 3.0
        assert len(desk.order) == 0


@in_virtual_time
async def test_the_log_of_an_update_bears_its_id() -> None:
    seen = []

    async def note(_: Update, __: object) -> None:
        seen.append(get_contextvars().get("update_id"))

    async with Desk() as desk:
        desk.application.add_handler(TypeHandler(Update, note), group=1)
        await desk.intake.take(press(41))
    assert seen == [41]
    assert "update_id" not in get_contextvars()


@in_virtual_time
async def test_the_application_remembers_nobody_who_has_written() -> None:
    async with Desk() as desk:
        await desk.intake.take(press(1, 1))
        before = kept_by(desk.application)
        for person in range(2, 50):
            await desk.intake.take(press(person, person))
        assert len(desk.handled) == 49
        assert kept_by(desk.application) == before


def kept_by(application: object) -> int:
    """How much there is in all the library's application holds."""
    return sum(len(each) for each in gc.get_referents(application) if isinstance(each, (dict, list, set)))


@settings(max_examples=examples(30))
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5)), min_size=1, max_size=25), st.integers(0, 12))
def test_whatever_comes_and_however_long_the_store_is_away_each_is_handled_once_in_its_persons_order(
    arrivals: list[tuple[int, int]], away: int
) -> None:
    async def everything() -> None:
        seconds = {number: float(wait) for number, (_, wait) in enumerate(arrivals)}
        async with Desk(store_works=False, seconds=seconds) as desk:
            async with asyncio.TaskGroup() as group:
                for update_id, (person, _) in enumerate(arrivals):
                    group.create_task(desk.intake.take(press(update_id, person)))
                await asyncio.sleep(away)
                desk.store_works = True
            for person in range(1, 5):
                expected = [update_id for update_id, (who, _) in enumerate(arrivals) if who == person]
                assert [update_id for update_id, who, _ in desk.handled if who == person] == expected
            assert len(desk.order) == 0

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(everything())


@in_virtual_time
async def test_everything_a_person_can_send_is_taken_in() -> None:
    async with Desk() as desk:
        aigul = Person(desk.telegram, "Айгүл")
        aigul.start("h_1")
        aigul.say("сунуш")
        aigul.send_voice()
        aigul.send_photo("мына")
        aigul.send_document(b"x", "x.xlsx")
        aigul.send_sticker()
        aigul.send_location()
        aigul.block()
        answer = await desk.telegram.call("getUpdates", {})
        for raw in answer.body["result"]:
            await desk.intake.take(raw)
    assert len(desk.updates) == 8
    assert desk.aside == []
    messages = [update.message for update in desk.updates if update.message]
    assert messages[0].text == "/start h_1"
    assert messages[2].voice is not None
    assert messages[4].document is not None
    assert messages[4].document.file_name == "x.xlsx"
    assert messages[6].location is not None
    assert desk.updates[-1].my_chat_member is not None
