"""*Back* leads to where one came from, whatever way one took; a receipt stays, and what asked for it ends."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from handlers import presses
from handlers.presses.wire import pack, unpack
from handlers.trails import BEGINNINGS, STEPS, WRITING
from tests.scale import rounds

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.living import Town

WAYS, LENGTH = rounds(40, few=4), rounds(10, few=6)
BACK = "⬅️ Back"
LEFT_OUT = (*BEGINNINGS, presses.WriteAbout, presses.ListHearings)
"""Home, and what leaves the hearing or waits for words."""


def ways_on(person: Person) -> list[tuple[str, presses.Press]]:
    """What leads on from the screen and only shows something."""
    buttons = [button for row in person.screen.rows for button in row if button["text"] != BACK]
    found = [(button["callback_data"], unpack(button["callback_data"])[0]) for button in buttons if "url" not in button]
    return [(data, press) for data, press in found if isinstance(press, STEPS) and not isinstance(press, LEFT_OUT)]


async def test_back_leads_to_where_one_came_from_on_any_way(town: Town) -> None:
    hearing = await town.hearing()
    bek, aigul = await town.resident("Бек"), await town.resident()
    await town.press(bek, "💬 Ask", "💡", "🏛 The hearing")
    await town.say(bek, "Көчөгө жарык керек")
    await town.app.services.moderation.publish(COMMAND_LINE, 1, edition=0)
    for number in range(WAYS):
        await town.start(aigul)
        dice, seen = random.Random(f"{hearing.id} {number}"), [aigul.screen.words]
        kinds: list[type[presses.Press]] = [presses.OpenHearing]
        for _ in range(LENGTH):
            choice = [each for each in ways_on(aigul) if type(each[1]) not in kinds[:-1]]
            if not choice:
                break
            data, press = dice.choice(choice)
            aigul.forge(data)
            await town.quiet()
            if type(press) is kinds[-1]:  # the next page, question or service stands where this one stood
                seen.pop()
                kinds.pop()
            seen.append(aigul.screen.words)
            kinds.append(type(press))
        for before in reversed(seen[:-1]):
            if BACK not in aigul.labels:  # one's own things and the settings have Home alone
                break
            await town.press(aigul, BACK)
            assert aigul.screen.words == before, kinds
        else:
            assert "☰ More" in aigul.labels


async def test_a_receipt_stays_and_what_asked_for_the_words_ends(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "📖", "📋", "1.", "💬 Comment on this")
    prompt = aigul.screen
    assert "Cancel" in str(prompt.labels)
    await town.say(aigul, "Көчөгө жарык керек")
    receipt = next(each for each in aigul.messages if "Your number: № 1" in each.text)
    assert "Your number: № 1" in receipt.text
    assert not prompt.rows
    (copied,) = (button["copy_text"]["text"] for row in receipt.rows for button in row if "copy_text" in button)
    assert copied == "№ 1"
    for label in ("👤 Mine", "🏠 Home"):
        aigul.press(label, on=receipt)
        await town.quiet()
        assert "Your number: № 1" in receipt.text
        assert aigul.messages[-1] is not receipt


async def test_supporting_a_comment_moves_none_under_the_finger(town: Town) -> None:
    await town.hearing()
    bek, aigul = await town.resident("Бек"), await town.resident()
    for number, words in enumerate(("Жол керек", "Суу керек"), start=1):
        town.clock.forward(minutes=1)
        await town.start(bek)
        await town.press(bek, "💬 Ask", "💡", "🏛 The hearing")
        await town.say(bek, words)
        await town.app.services.moderation.publish(COMMAND_LINE, number, edition=0)
    await town.press(aigul, "👥 Comments: 0")
    wall = aigul.screen
    first, second = sorted(("Жол керек", "Суу керек"), key=wall.words.index)
    aigul.press(f"👍 № {1 if second.startswith('Жол') else 2}", on=wall)
    await town.quiet()
    assert wall.words.index(first) < wall.words.index(second)
    aigul.press("✅ Most supported", on=wall)
    await town.quiet()
    assert wall.words.index(second) < wall.words.index(first)


async def test_who_gives_up_writing_comes_back_to_what_they_read(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "📖", "📋", "2.", "💬 Comment on this", "✖️")
    assert "2. Көчөлөрдү жарыктандыруу" in aigul.screen.text
    assert all(kind in STEPS for kind in WRITING)


async def test_the_map_and_the_calendar_file_stay_and_have_a_way_home(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    for label in ("🗺 On the map", "📅 Add to calendar"):
        sent = await town.press(aigul, "📍 When, where", label)
        assert sent.labels == ["🏠 Home"]
        await town.press(aigul, "🏠 Home")
        assert "☰ More" in aigul.labels
        assert not sent.deleted


async def test_what_a_message_says_already_is_not_sent_again(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳 Have my say", "👍 I support", "✅ I support")
    counts = town.app.replies.counts
    assert (counts["unchanged"], counts["same"]) == (1, 0)
    sent = counts["sent"]
    question = aigul.screen
    await town.press(aigul, "Next")
    aigul.forge(pack(presses.OpenQuestion(hearing.id, 1), "en"), question)
    await town.quiet()
    assert "Question 1 of 7" in question.text
    assert counts["sent"] == sent + 2


async def test_what_another_process_has_shown_is_replaced(town: Town) -> None:
    """Each has a memory of its own: the one that has shown the card does not take it for what stands there."""
    hearing = await town.hearing()
    aigul = await town.resident()
    card = aigul.screen
    await town.press(aigul, "☰ More", "⬅️ Back")
    town.clock.forward(seconds=5)
    card.change(replace(card.content, text="☰"), card.markup, int(town.clock.now().timestamp()))
    aigul.forge(pack(presses.OpenHearing(hearing.id), "en"), card)
    await town.quiet()
    assert "2027" in card.text


async def test_the_list_of_languages_has_a_way_back_for_whom_the_bot_knows(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "☰ More", "⚙️ Settings", "🌐 Language", "⚙️ Settings")
    assert "🌐 Language" in aigul.labels
    await town.press(aigul, "🔒 Privacy")
    assert [label for label in aigul.labels if label in {"🗑 Delete my data", "↩️ Take back my agreement"}] == [
        "🗑 Delete my data"
    ]
