"""Replies through the simulator: what people see, in which order, and how fast."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator import Limits, SimulatedRoom
from bot.simulator.files import blank_png
from handlers.views.screen import Html, Paper, Picture, Spot
from tests.handlers.replies_town import STEP, Town, first_screen, screen
from tests.handlers.virtual_time import VirtualLoop, in_virtual_time, now

PICTURE = Picture("chart-1", content=blank_png())


@in_virtual_time
async def test_a_screen_is_one_message_edited_in_place() -> None:
    town = Town()
    aigul = town.person()
    message_id = await first_screen(town, aigul)
    await town.replies.show(aigul.id, screen("<b>second</b>", "b", "c"), message_id=message_id)
    await town.replies.idle()
    assert [message.id for message in aigul.messages] == [message_id]
    assert (aigul.screen.words, aigul.labels) == ("second", ["b", "c"])


@in_virtual_time
async def test_the_tick_on_the_button_and_the_new_screen_leave_at_the_same_time() -> None:
    town = Town()
    aigul = town.person()
    message_id = await first_screen(town, aigul)
    query = aigul.press("a")
    await town.replies.answer(query.id, "Добушуңуз эсептелди", alert=True)
    await town.replies.show(aigul.id, screen("second"), message_id=message_id)
    await town.replies.idle()
    assert [(toast.text, toast.alert) for toast in aigul.toasts] == [("Добушуңуз эсептелди", True)]
    assert town.times("answerCallbackQuery") == town.times("editMessageText") == [10.0]


@in_virtual_time
async def test_fifty_presses_a_second_become_one_edit_a_second_and_the_last_screen_wins() -> None:
    town = Town(limits=Limits())
    aigul = town.person()
    message_id = await first_screen(town, aigul)
    for press in range(200):
        await town.replies.show(aigul.id, screen(f"press {press}"), message_id=message_id)
        await asyncio.sleep(0.02)
    await town.replies.idle()
    edits = town.times("editMessageText")
    assert edits == pytest.approx([10.0 + STEP * number for number in range(5)])
    assert aigul.screen.words == "press 199"
    assert town.replies.counts["replaced"] == 195
    assert town.telegram.statuses[429] == 0


@in_virtual_time
async def test_a_receipt_is_never_replaced_by_a_later_screen() -> None:
    town = Town(limits=Limits())
    aigul = town.person()
    for number in range(5):
        await town.replies.send(aigul.id, screen(f"receipt {number}"))
        await town.replies.show(aigul.id, screen(f"screen {number}"))
    await town.replies.idle()
    assert [message.words for message in aigul.messages] == [*(f"receipt {n}" for n in range(5)), "screen 4"]
    assert town.telegram.statuses[429] == 0


@in_virtual_time
async def test_five_thousand_people_in_five_seconds_all_get_their_screen_with_little_under_way_at_once() -> None:
    town = Town(settings={"in_flight": 16, "waiting": 64})
    people = [town.person(str(number)) for number in range(5000)]
    most = 0
    for number, person in enumerate(people):
        await town.replies.show(person.id, screen("hello"))
        most = max(most, town.replies.waiting)
        if number % 100 == 0:
            await asyncio.sleep(0.1)
    await town.replies.idle()
    assert all(person.screen.words == "hello" for person in people)
    assert 1 < most <= 64
    await asyncio.sleep(5)
    await town.replies.show(people[0].id, screen("again"))
    await town.replies.show(people[1].id, screen("again"))
    assert town.replies.remembered <= 4


@in_virtual_time
async def test_who_waits_when_too_much_is_queued_goes_on_when_there_is_room() -> None:
    town = Town(settings={"waiting": 2})
    people = [town.person(str(number)) for number in range(4)]
    town.telegram.faults.next(method="sendMessage", retry_after=5, times=2)
    began = now()
    for person in people:
        await town.replies.show(person.id, screen("hello"))
    assert now() - began == 5.0
    await town.replies.idle()
    assert all(person.screen.words == "hello" for person in people)


@in_virtual_time
async def test_a_text_becomes_a_picture_and_a_picture_becomes_a_text() -> None:
    town = Town()
    aigul = town.person()
    message_id = await first_screen(town, aigul)
    await town.replies.show(aigul.id, screen("chart", "b", picture=PICTURE), message_id=message_id)
    await town.replies.idle()
    assert [(message.id, message.words, message.content.kind) for message in aigul.messages] == [
        (message_id, "chart", "photo")
    ]
    await town.replies.show(aigul.id, screen("words", "c"), message_id=message_id, has_picture=True)
    await town.replies.idle()
    assert [(message.words, message.content.kind) for message in aigul.messages] == [("words", "text")]


@in_virtual_time
async def test_a_picture_that_was_taken_for_a_text_is_exchanged_too() -> None:
    town = Town()
    aigul = town.person()
    message_id = await first_screen(town, aigul, screen("chart", picture=PICTURE))
    await town.replies.show(aigul.id, screen("words"), message_id=message_id, has_picture=False)
    await town.replies.idle()
    assert [(message.words, message.content.kind) for message in aigul.messages] == [("words", "text")]


@in_virtual_time
async def test_a_picture_is_uploaded_once_and_known_by_its_file_id_to_everybody_after() -> None:
    town = Town()
    people = [town.person(str(number)) for number in range(5)]
    for person in people:
        await town.replies.show(person.id, screen("chart", picture=PICTURE))
    await town.replies.idle()
    photos = [call.fields.get("photo") for call in town.telegram.calls if call.method == "sendPhoto"]
    assert len([photo for photo in photos if photo is None]) == 1
    assert town.file_ids == [("chart-1", photos[-1])]
    assert all(person.screen.content.kind == "photo" for person in people)


@in_virtual_time
async def test_a_file_id_that_telegram_forgot_is_replaced_by_a_new_upload() -> None:
    town = Town()
    aigul = town.person()
    old = Picture("chart-1", content=blank_png(), file_id="AgAC-from-another-bot")
    await town.replies.show(aigul.id, screen("chart", picture=old))
    await town.replies.idle()
    assert aigul.screen.content.kind == "photo"
    assert [key for key, _ in town.file_ids] == ["chart-1", "chart-1"]
    assert town.file_ids[0][1] is None
    assert town.file_ids[1][1] is not None


@in_virtual_time
async def test_a_picture_that_is_lost_leaves_its_words() -> None:
    town = Town()
    aigul = town.person()
    message_id = await first_screen(town, aigul)
    lost = Picture("chart-1", file_id="AgAC-from-another-bot")
    await town.replies.show(aigul.id, screen("the same numbers", picture=lost), message_id=message_id)
    await town.replies.send(aigul.id, screen("and again", picture=lost))
    await town.replies.idle()
    assert [message.words for message in aigul.messages] == ["the same numbers", "and again"]


@in_virtual_time
async def test_a_screen_that_looks_the_same_is_no_error() -> None:
    town = Town()
    aigul = town.person()
    message_id = await first_screen(town, aigul)
    await town.replies.show(aigul.id, screen("first", "a"), message_id=message_id)
    await town.replies.idle()
    assert town.telegram.statuses[400] == 1
    assert town.replies.counts["wrong"] == 0
    assert len(aigul.messages) == 1


@in_virtual_time
async def test_a_message_that_was_deleted_is_sent_new() -> None:
    town = Town()
    aigul = town.person()
    await town.replies.show(aigul.id, screen("second", "b"), message_id=4711)
    await town.replies.idle()
    assert aigul.screen.words == "second"


@in_virtual_time
async def test_files_places_and_the_typing_sign_arrive() -> None:
    town = Town()
    aigul = town.person()
    await town.replies.typing(aigul.id, "upload_document")
    await town.replies.file(aigul.id, Paper("record.csv", b"a;b", caption=Html("<b>Мына</b>")))
    await town.replies.venue(aigul.id, Spot(42.5, 74.5, "Клуб", "Ленин көчөсү"))
    await town.replies.typing(aigul.id)
    await town.replies.idle()
    assert [(message.content.kind, message.words) for message in aigul.messages] == [
        ("document", "Мына"),
        ("venue", ""),
    ]
    assert town.methods().count("sendChatAction") == 1


@in_virtual_time
async def test_a_press_too_old_to_be_answered_is_passed_over() -> None:
    town = Town()
    aigul = town.person()
    await first_screen(town, aigul)
    query = aigul.press("a")
    await asyncio.sleep(24 * 3600)
    await town.replies.answer(query.id, "too late")
    await town.replies.answer("no such query")
    await town.replies.idle()
    assert aigul.toasts == []
    assert town.replies.counts["late"] == 2
    assert town.replies.counts["wrong"] == 0


@pytest.mark.parametrize("alert", [False, True])
@in_virtual_time
async def test_an_answer_survives_a_bad_moment_of_the_network(alert: bool) -> None:
    town = Town()
    aigul = town.person()
    await first_screen(town, aigul)
    town.telegram.faults.next(method="answerCallbackQuery", broken="reset")
    query = aigul.press("a")
    await town.replies.answer(query.id, "counted", alert=alert)
    await town.replies.idle()
    assert [(toast.text, toast.alert) for toast in aigul.toasts] == [("counted", alert)]


@in_virtual_time
async def test_closing_lets_leave_what_can_and_forgets_the_rest() -> None:
    town = Town()
    aigul, bermet = town.person(), town.person("Бермет")
    town.telegram.faults.next(method="sendMessage", chat_id=bermet.id, retry_after=10_072)
    await town.replies.send(aigul.id, screen("one"))
    await town.replies.send(bermet.id, screen("two"))
    await town.replies.close(grace=2.0)
    assert now() == 2.0
    assert aigul.screen.words == "one"
    assert bermet.messages == []
    assert len(town.replies) == 0


@in_virtual_time
async def test_a_group_hears_at_most_twenty_messages_a_minute() -> None:
    town = Town(limits=Limits())
    aigul = town.person()
    group = SimulatedRoom(town.telegram, "Айыл", owner=aigul, kind="group")
    group.add_bot(by=aigul)
    for number in range(30):
        await town.replies.send(group.id, screen(f"notice {number}"))
    await town.replies.idle()
    assert len(group.messages) == 30
    assert town.telegram.statuses[429] == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.5, 1.0, 2.5, 7.0])), max_size=40))
def test_whatever_is_said_and_when_telegram_never_complains_and_the_newest_screen_is_there_in_the_end(
    plan: list[tuple[bool, float]],
) -> None:
    async def everything() -> None:
        town = Town(limits=Limits())
        aigul = town.person()
        receipts: list[str] = []
        shown = ""
        for number, (is_screen, pause) in enumerate(plan):
            if is_screen:
                shown = f"screen {number}"
                await town.replies.show(aigul.id, screen(shown))
            elif len(receipts) < 20:
                receipts.append(f"receipt {number}")
                await town.replies.send(aigul.id, screen(receipts[-1]))
            await asyncio.sleep(pause)
        await town.replies.idle()
        assert town.telegram.statuses[429] == 0
        seen = [message.words for message in aigul.messages]
        assert [words for words in seen if words.startswith("receipt")] == receipts
        assert not shown or [words for words in seen if words.startswith("screen")][-1] == shown

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(everything())
