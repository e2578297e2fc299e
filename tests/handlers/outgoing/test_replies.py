"""Replies through the simulator: what people see, in which order, and how fast."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator import Limits, SimulatedRoom
from bot.simulator.files import blank_png
from handlers.outgoing.bulk import Precedence
from handlers.outgoing.telegram_errors import Accepted
from handlers.views.screen import Html, Paper, Picture, Spot
from tests.clocks import VirtualLoop, in_virtual_time, now
from tests.handlers.outgoing.harness import STEP, RepliesHarness, first_screen, screen
from tests.scale import examples, rounds

CROWD = rounds(5_000, few=1_000)
PICTURE = Picture("chart-1", content=blank_png())


@in_virtual_time
async def test_a_screen_is_one_message_edited_in_place() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    message_id = await first_screen(harness, aigul)
    await harness.replies.show(aigul.id, screen("<b>second</b>", "b", "c"), message_id=message_id)
    await harness.replies.idle()
    assert [message.id for message in aigul.messages] == [message_id]
    assert (aigul.screen.words, aigul.labels) == ("second", ["b", "c"])


@in_virtual_time
async def test_the_tick_on_the_button_and_the_new_screen_leave_at_the_same_time() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    message_id = await first_screen(harness, aigul)
    query = aigul.press("a")
    await harness.replies.answer(query.id, "Добушуңуз эсептелди", alert=True)
    await harness.replies.show(aigul.id, screen("second"), message_id=message_id)
    await harness.replies.idle()
    assert [(toast.text, toast.alert) for toast in aigul.toasts] == [("Добушуңуз эсептелди", True)]
    assert harness.times("answerCallbackQuery") == harness.times("editMessageText") == [10.0]


@in_virtual_time
async def test_fifty_presses_a_second_become_one_edit_a_second_and_the_last_screen_wins() -> None:
    harness = RepliesHarness(limits=Limits())
    aigul = harness.person()
    message_id = await first_screen(harness, aigul)
    for press in range(200):
        await harness.replies.show(aigul.id, screen(f"press {press}"), message_id=message_id)
        await asyncio.sleep(0.02)
    await harness.replies.idle()
    edits = harness.times("editMessageText")
    assert edits == pytest.approx([10.0 + STEP * number for number in range(5)])
    assert aigul.screen.words == "press 199"
    assert harness.replies.counts["replaced"] == 195
    assert harness.telegram.statuses[429] == 0


@in_virtual_time
async def test_a_receipt_is_never_replaced_by_a_later_screen() -> None:
    harness = RepliesHarness(limits=Limits())
    aigul = harness.person()
    for number in range(5):
        await harness.replies.send(aigul.id, screen(f"receipt {number}"))
        await harness.replies.show(aigul.id, screen(f"screen {number}"))
    await harness.replies.idle()
    assert [message.words for message in aigul.messages] == [*(f"receipt {n}" for n in range(5)), "screen 4"]
    assert harness.telegram.statuses[429] == 0


@in_virtual_time
async def test_thousands_within_five_seconds_all_get_their_screen_with_little_under_way_at_once() -> None:
    harness = RepliesHarness(settings={"in_flight": 16, "waiting": 64})
    people = [harness.person(str(number)) for number in range(CROWD)]
    most = 0
    for number, person in enumerate(people):
        await harness.replies.send(person.id, screen("hello"))
        most = max(most, harness.replies.waiting)
        if number % (CROWD // 50) == 0:
            await asyncio.sleep(0.1)
    await harness.replies.idle()
    assert all(person.screen.words == "hello" for person in people)
    assert 1 < most <= 64
    await asyncio.sleep(5)
    await harness.replies.show(people[0].id, screen("again"))
    await harness.replies.show(people[1].id, screen("again"))
    assert harness.replies.remembered <= 4


@in_virtual_time
async def test_who_waits_when_too_much_is_queued_goes_on_when_there_is_room() -> None:
    harness = RepliesHarness(settings={"waiting": 2})
    people = [harness.person(str(number)) for number in range(4)]
    harness.telegram.faults.next(method="sendMessage", retry_after=5, times=2)
    began = now()
    for person in people:
        await harness.replies.send(person.id, screen("hello"))
    assert now() - began == 5.0
    await harness.replies.idle()
    assert all(person.screen.words == "hello" for person in people)


@in_virtual_time
async def test_a_text_becomes_a_picture_and_a_picture_becomes_a_text() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    message_id = await first_screen(harness, aigul)
    await harness.replies.show(aigul.id, screen("chart", "b", picture=PICTURE), message_id=message_id)
    await harness.replies.idle()
    assert [(message.id, message.words, message.content.kind) for message in aigul.messages] == [
        (message_id, "chart", "photo")
    ]
    await harness.replies.show(aigul.id, screen("words", "c"), message_id=message_id, has_picture=True)
    await harness.replies.idle()
    assert [(message.words, message.content.kind) for message in aigul.messages] == [("words", "text")]


@in_virtual_time
async def test_a_picture_that_was_taken_for_a_text_is_exchanged_too() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    message_id = await first_screen(harness, aigul, screen("chart", picture=PICTURE))
    await harness.replies.show(aigul.id, screen("words"), message_id=message_id, has_picture=False)
    await harness.replies.idle()
    assert [(message.words, message.content.kind) for message in aigul.messages] == [("words", "text")]


@in_virtual_time
async def test_a_picture_is_uploaded_once_and_known_by_its_file_id_to_everybody_after() -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(5)]
    for person in people:
        await harness.replies.show(person.id, screen("chart", picture=PICTURE))
    await harness.replies.idle()
    photos = [call.fields.get("photo") for call in harness.telegram.calls if call.method == "sendPhoto"]
    assert len([photo for photo in photos if photo is None]) == 1
    assert harness.file_ids == [("chart-1", photos[-1])]
    assert all(person.screen.content.kind == "photo" for person in people)


@in_virtual_time
async def test_a_file_id_that_telegram_forgot_is_replaced_by_a_new_upload() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    old = Picture("chart-1", content=blank_png(), file_id="AgAC-from-another-bot")
    await harness.replies.show(aigul.id, screen("chart", picture=old))
    await harness.replies.idle()
    assert aigul.screen.content.kind == "photo"
    assert [key for key, _ in harness.file_ids] == ["chart-1", "chart-1"]
    assert harness.file_ids[0][1] is None
    assert harness.file_ids[1][1] is not None


@in_virtual_time
async def test_a_picture_that_is_lost_leaves_its_words() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    message_id = await first_screen(harness, aigul)
    lost = Picture("chart-1", file_id="AgAC-from-another-bot")
    await harness.replies.show(aigul.id, screen("the same numbers", picture=lost), message_id=message_id)
    await harness.replies.send(aigul.id, screen("and again", picture=lost))
    await harness.replies.idle()
    assert [message.words for message in aigul.messages] == ["the same numbers", "and again"]


@in_virtual_time
async def test_a_screen_that_looks_the_same_is_no_error() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    message_id = await first_screen(harness, aigul)
    await harness.replies.show(aigul.id, screen("first", "a"), message_id=message_id)
    await harness.replies.idle()
    assert harness.telegram.statuses[400] == 1
    assert harness.replies.counts["wrong"] == 0
    assert len(aigul.messages) == 1


@in_virtual_time
async def test_a_message_that_was_deleted_is_sent_new() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    await harness.replies.show(aigul.id, screen("second", "b"), message_id=4711)
    await harness.replies.idle()
    assert aigul.screen.words == "second"


@in_virtual_time
async def test_files_places_and_the_typing_sign_arrive() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    await harness.replies.typing(aigul.id, "upload_document")
    await harness.replies.file(aigul.id, Paper("record.csv", b"a;b", caption=Html("<b>Мына</b>")))
    await harness.replies.venue(aigul.id, Spot(42.5, 74.5, "Клуб", "Ленин көчөсү"))
    await harness.replies.typing(aigul.id)
    await harness.replies.idle()
    assert [(message.content.kind, message.words) for message in aigul.messages] == [
        ("document", "Мына"),
        ("venue", ""),
    ]
    assert harness.methods().count("sendChatAction") == 1


@in_virtual_time
async def test_a_press_too_old_to_be_answered_is_passed_over() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    await first_screen(harness, aigul)
    query = aigul.press("a")
    await asyncio.sleep(24 * 3600)
    await harness.replies.answer(query.id, "too late")
    await harness.replies.answer("no such query")
    await harness.replies.idle()
    assert aigul.toasts == []
    assert harness.replies.counts["late"] == 2
    assert harness.replies.counts["wrong"] == 0


@pytest.mark.parametrize("alert", [False, True])
@in_virtual_time
async def test_an_answer_survives_a_bad_moment_of_the_network(alert: bool) -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    await first_screen(harness, aigul)
    harness.telegram.faults.next(method="answerCallbackQuery", broken="reset")
    query = aigul.press("a")
    await harness.replies.answer(query.id, "counted", alert=alert)
    await harness.replies.idle()
    assert [(toast.text, toast.alert) for toast in aigul.toasts] == [("counted", alert)]


@in_virtual_time
async def test_closing_lets_leave_what_can_and_forgets_the_rest() -> None:
    harness = RepliesHarness()
    aigul, bermet = harness.person(), harness.person("Бермет")
    harness.telegram.faults.next(method="sendMessage", chat_id=bermet.id, retry_after=10_072)
    await harness.replies.send(aigul.id, screen("one"))
    await harness.replies.send(bermet.id, screen("two"))
    await harness.replies.close(grace=2.0)
    assert now() == 2.0
    assert aigul.screen.words == "one"
    assert bermet.messages == []
    assert len(harness.replies) == 0


@in_virtual_time
async def test_a_group_hears_at_most_twenty_messages_a_minute() -> None:
    harness = RepliesHarness(limits=Limits())
    aigul = harness.person()
    group = SimulatedRoom(harness.telegram, "Айыл", owner=aigul, kind="group")
    group.add_bot(by=aigul)
    for number in range(30):
        await harness.replies.send(group.id, screen(f"notice {number}"))
    await harness.replies.idle()
    assert len(group.messages) == 30
    assert harness.telegram.statuses[429] == 0


@settings(max_examples=examples(40))
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.5, 1.0, 2.5, 7.0])), max_size=40))
def test_whatever_is_said_and_when_telegram_never_complains_and_the_newest_screen_is_there_in_the_end(
    plan: list[tuple[bool, float]],
) -> None:
    async def everything() -> None:
        harness = RepliesHarness(limits=Limits())
        aigul = harness.person()
        receipts: list[str] = []
        shown = ""
        for number, (is_screen, pause) in enumerate(plan):
            if is_screen:
                shown = f"screen {number}"
                await harness.replies.show(aigul.id, screen(shown))
            elif len(receipts) < 20:
                receipts.append(f"receipt {number}")
                await harness.replies.send(aigul.id, screen(receipts[-1]))
            await asyncio.sleep(pause)
        await harness.replies.idle()
        assert harness.telegram.statuses[429] == 0
        seen = [message.words for message in aigul.messages]
        assert [words for words in seen if words.startswith("receipt")] == receipts
        assert not shown or [words for words in seen if words.startswith("screen")][-1] == shown

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(everything())


@in_virtual_time
async def test_the_only_answer_leaves_before_the_screens_of_presses_that_were_answered() -> None:
    harness = RepliesHarness(limits=Limits())
    people = [harness.person(str(number)) for number in range(600)]
    shown = {person.id: await first_screen(harness, person) for person in people[:1]}
    await asyncio.sleep(30)
    began = now()
    for person in people:
        await harness.replies.show(person.id, screen("counted"), message_id=shown.get(person.id, 1))
    await asyncio.sleep(2)
    writer, starter, owed = (harness.person(name) for name in ("Айгүл", "Бермет", "Чынара"))
    await harness.replies.send(writer.id, screen("apology"))
    await harness.replies.show(starter.id, screen("welcome"))
    receipt = await harness.replies.send_bulk(owed.id, screen("receipt"), patience=25.0, precedence=Precedence.OWED)
    assert isinstance(receipt, Accepted)
    await asyncio.sleep(0.5)
    for words in ("apology", "welcome", "receipt"):
        (at,) = harness.times_of(words)
        assert at - began < 2 + 0.5
    await harness.replies.idle()
    assert now() - began > 15  # the screens took that long
