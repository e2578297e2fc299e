"""Newcomers and visitors write before the bot knows where they live: nothing they say is lost or misread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.questions import About
from tests.faults.stage import dump
from tests.handlers.sending import send_album
from tests.handlers.test_comments import asked_for_words, comments_of, said
from tests.handlers.test_parts import newcomer

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.living import Town

TO_THE_HEARING = ("English", "👀", "Suzak", "Bagysh")


async def visitor(town: Town, *labels: str) -> Person:
    """Somebody who has not agreed, and has gone so far."""
    person = town.person()
    await town.start(person)
    await town.press(person, *labels)
    return person


async def home_of(town: Town, person: Person) -> int | None:
    resident = (await town.actor(person)).resident
    return resident.municipality_id if resident else None


async def test_a_newcomers_words_are_a_comment_and_the_municipality_is_theirs(town: Town) -> None:
    await town.hearing()
    aigul = await visitor(town, *TO_THE_HEARING, "💬 Ask or propose")
    await town.press(aigul, "✅ I agree", "💡 A proposal", "🏛 The hearing as a whole")
    await town.say(aigul, "The street needs a light")
    assert [(each.number, each.text) for each in await comments_of(town, aigul)] == [(1, "The street needs a light")]
    assert "Your number: № 1" in said(aigul)
    assert await home_of(town, aigul) == town.places["bagysh"]


async def test_who_agrees_elsewhere_keeps_the_municipality_they_looked_at(town: Town) -> None:
    await town.hearing()
    aigul = await visitor(town, *TO_THE_HEARING, "📖", "📋")
    await town.say(aigul, "/privacy")
    await town.press(aigul, "✅ I agree")
    assert "2027-жылдын бюджети" in aigul.screen.text
    assert await home_of(town, aigul) == town.places["bagysh"]
    bek = await visitor(town, "English", "✅")
    assert await home_of(town, bek) is None


async def test_a_visitors_words_are_refused_plainly_with_the_way_to_send_them(town: Town) -> None:
    await town.hearing()
    before = await dump(town.url)
    aigul = await visitor(town, *TO_THE_HEARING)
    town.clock.forward(minutes=1)
    for send in (lambda: aigul.say("The street needs a light"), aigul.send_voice, lambda: send_album(aigul, "", "")):
        send()
        await town.quiet()
        assert "What you sent was not kept." in aigul.screen.text
        assert "Nothing is called" not in aigul.screen.text
        town.clock.forward(minutes=1)
    assert said(aigul).count("What you sent was not kept.") == 3
    after = await dump(town.url)
    assert {name for name, rows in after.items() if rows != before[name]} <= {"settings"}
    await town.press(aigul, "✅ Read and agree", "✅ I agree", "💡 A proposal", "🏛 The hearing as a whole")
    await town.say(aigul, "The street needs a light")
    assert [each.text for each in await comments_of(town, aigul)] == ["The street needs a light"]


async def test_a_name_that_a_visitor_mistypes_is_searched_for(town: Town) -> None:
    aigul = await visitor(town, "English", "👀")
    await town.say(aigul, "Атлантида")
    assert "Nothing is called “Атлантида”" in aigul.screen.text
    assert "What you sent was not kept." in aigul.screen.text
    await town.press(aigul, "📍 The whole list")
    await town.say(aigul, "Багыш")
    assert "Is this yours?" in aigul.screen.text


async def test_one_word_before_a_municipality_is_kept_like_any_other(town: Town) -> None:
    await town.hearing()
    aigul = await newcomer(town)
    await town.say(aigul, "Жарык!")
    assert "Nothing is called “Жарык!”" in said(aigul)
    assert "What you sent is kept." in said(aigul)
    town.clock.forward(minutes=1)
    await town.say(aigul, "Багыш")
    await town.press(aigul, "✅ Bagysh")
    await town.press(aigul, "💡 A proposal")
    assert [each.text for each in await comments_of(town, aigul)] == ["Жарык!"]


async def test_an_address_under_other_words_is_a_part_of_them_and_a_place(town: Town) -> None:
    await town.hearing()
    aigul = await newcomer(town)
    for words in ("Саламатсызбы", "Биздин көчөдө жарык жок", "Багыш айылы"):
        aigul.say(words)
    await town.quiet()
    assert "Nothing is called “Биздин" not in said(aigul)
    (asked,) = [message for message in aigul.messages if "Which one is yours?" in message.words]
    aigul.press("Bagysh aiyl aimagy", on=asked)
    await town.quiet()
    await town.press(aigul, "💡 A proposal")
    assert [each.text for each in await comments_of(town, aigul)] == [
        "Саламатсызбы\nБиздин көчөдө жарык жок\nБагыш айылы"
    ]


async def test_a_list_of_places_opened_while_writing_does_not_take_the_words(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident(place="shaidan")
    await town.say(aigul, "/municipality")
    await town.say(aigul, "Багыш")
    await town.press(aigul, "✅ Bagysh", "➡️ Move", "Skip")
    await asked_for_words(town, aigul)
    await town.say(aigul, "/municipality")
    await town.say(aigul, "Шайдан")
    assert "Is this yours?" in aigul.screen.text
    await town.say(aigul, "Көчөгө жарык керек экен")
    (comment,) = await comments_of(town, aigul)
    assert (comment.text, comment.about) == ("Көчөгө жарык керек экен", About())
    await asked_for_words(town, aigul)
    await town.say(aigul, "/municipality")
    await town.say(aigul, "Сафаровка")
    await town.press(aigul, "✅ Safarovka")
    await town.say(aigul, "Багыш")  # the search is over: this is what was being written
    assert (await comments_of(town, aigul))[0].text == "Багыш"


async def test_words_typed_where_another_municipality_is_looked_for_are_kept(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.say(aigul, "/municipality")
    await town.say(aigul, "Көчөгө жарык керек экен, балдар коркот")
    assert "Nothing is called" not in said(aigul)
    await town.press(aigul, "💡 A proposal")
    assert [each.text for each in await comments_of(town, aigul)] == ["Көчөгө жарык керек экен, балдар коркот"]


async def test_the_screens_that_ask_for_a_village_say_that_its_name_can_be_typed(town: Town) -> None:
    await town.hearing()
    aigul = await newcomer(town)
    await town.say(aigul, "Багыш")
    await town.press(aigul, "✅ Bagysh")
    assert "type a few letters of the name" in aigul.screen.text
    await town.press(aigul, "Skip")
    await asked_for_words(town, aigul)
    await town.say(aigul, "Көпүрө керек")
    await town.press(aigul, "👩 Woman", "29–44")
    assert "type a few letters of the name" in aigul.screen.text
    await town.say(aigul, "сафаровка")
    await town.press(aigul, "Safarovka")
    resident = (await town.actor(aigul)).resident
    assert resident is not None
    assert resident.village_id == town.places["bagysh-2"]


async def test_a_press_after_a_message_is_stored_so_that_a_crash_joins_nothing(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    cancel = aigul.screen.button("✖️ Cancel")["callback_data"]
    aigul.say("Биринчи")
    await town.handled()
    assert (await dump(town.url))["bundles"]
    aigul.forge(cancel)
    await town.handled()
    assert not (await dump(town.url))["bundles"]


async def test_words_after_a_command_are_words(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    await town.say(aigul, "/help")
    await town.say(aigul, "/comment Биздин көчөдө жарык жок")
    assert [each.text for each in await comments_of(town, aigul)] == ["Биздин көчөдө жарык жок"]
    town.clock.forward(minutes=1)
    await town.say(aigul, "/mine\nСуу да жок, эки күн болду")
    assert "Суу да жок, эки күн болду" in said(aigul)
    await town.press(aigul, "💬 A comment")
    assert len(await comments_of(town, aigul)) == 2
    await town.say(aigul, "/mydata бүт")
    assert len(await comments_of(town, aigul)) == 2
