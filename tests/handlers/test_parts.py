"""People tell one thing in several messages, in passing, or before they have said where they live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.people import Caller
from bot.domain.questions import About, AboutKind
from handlers import presses
from tests.faults.stage import dump
from tests.handlers.sending import photo, say_linked, send_album
from tests.handlers.test_comments import asked_for_words, comments_of, said
from tests.handlers.test_desk import send

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.living import Town

ADDRESS = "https://maps.example.org/?q=42.34,78.00"


async def test_an_album_is_one_comment_and_all_its_photos_can_be_seen(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    send_album(aigul, "", "", "Көпүрө кыйраган", "")
    await town.quiet()
    (comment,) = await comments_of(town, aigul)
    assert (comment.text, len(comment.attachments)) == ("Көпүрө кыйраган", 4)
    assert said(aigul).count("Your number: № 1") == 1
    assert "4 messages in it" in said(aigul)
    secretary = await town.secretary()
    await send(town, secretary, presses.OpenQueue(hearing.id))
    assert "🖼 4 photos" in secretary.screen.text
    await town.press(secretary, "✅ Publish")
    await send(town, aigul, presses.SeeWall(hearing.id))
    assert "🖼 4 photos" in aigul.screen.text
    await town.press(aigul, "📖 № 1", "🖼 Show the photos")
    shown = [message for message in aigul.messages if message.from_bot and message.photo is not None]
    assert len(shown) == 4


async def test_a_restart_between_two_messages_loses_neither(town: Town) -> None:
    """At an orderly end the receipt leaves with what is there; what comes after is asked about."""
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    aigul.say("Биринчи")
    await town.handled()
    assert "Your number" not in said(aigul)
    await town.stop()
    await town.begin()
    town.clock.forward(seconds=2)
    aigul.say("Экинчи")
    await town.quiet()
    assert said(aigul).count("Your number: № 1") == 1
    (asked,) = [message for message in aigul.messages if "Do you want to send this" in message.words]
    aigul.press("💡 A proposal", on=asked)
    await town.quiet()
    assert [comment.text for comment in await comments_of(town, aigul)] == ["Экинчи", "Биринчи"]


async def test_what_was_read_is_known_after_a_restart(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, presses.ReadService(hearing.id, 2))
    await town.stop()
    await town.begin()
    await town.say(aigul, "Ооба, бирок кийинки жылы")
    await town.press(aigul, "💬 A comment")
    assert [comment.about for comment in await comments_of(town, aigul)] == [About(AboutKind.SERVICE, 2)]


async def test_an_old_button_sends_the_words_under_which_it_stands(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.say(aigul, "Суу жок")
    old = aigul.screen
    town.clock.forward(seconds=1)
    await town.say(aigul, "Жарык жок")
    new = aigul.screen
    aigul.press("💡 A proposal", on=old)
    await town.quiet()
    assert [comment.text for comment in await comments_of(town, aigul)] == ["Суу жок"]
    aigul.press("✖️ Do not send", on=new)
    await town.quiet()
    assert aigul.toasts[-1].text == "Nothing was sent."
    assert len(await comments_of(town, aigul)) == 1


async def test_words_on_a_screen_are_about_what_it_shows_and_are_no_vote(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    screens = {
        presses.OpenQuestion(hearing.id, 2): hearing.dossier.question(2).about,
        presses.ReadService(hearing.id, 1): About(AboutKind.SERVICE, 1),
        presses.ReadBudgetLine(hearing.id, 1): About(AboutKind.LINE, 1),
    }
    for number, (press, about) in enumerate(screens.items()):
        await send(town, aigul, press)
        await town.say(aigul, f"Ооба, бирок акчаны мектепке көбүрөөк бөлүү керек {number}")
        asked = any(question.about == about for question in hearing.dossier.questions)
        assert ("To vote, press an answer" in aigul.screen.text) is (asked and about != About())
        await town.press(aigul, "💬 A comment")
        assert (await comments_of(town, aigul))[0].about == about
    await send(town, aigul, presses.ReadService(hearing.id, 1))
    await town.start(aigul)
    await town.say(aigul, "Үйдө жазылган сөз")
    await town.press(aigul, "💬 A comment")
    assert (await comments_of(town, aigul))[0].about == About()


async def newcomer(town: Town) -> Person:
    """Somebody who has agreed and has not said where they live."""
    person = town.person()
    await town.app.services.people.agree(Caller(person.id, "en"))
    await town.start(person)
    return person


async def test_what_is_sent_before_a_municipality_is_chosen_is_kept_and_offered_afterwards(town: Town) -> None:
    await town.hearing()
    aigul = await newcomer(town)
    aigul._send(photo(aigul), None)
    aigul.say("Биздин көчөдө жарык жок")
    await town.quiet()
    assert "What you sent is kept." in said(aigul)
    assert await comments_of(town, aigul) == ()
    await town.say(aigul, "Багыш")
    await town.press(aigul, "✅ Bagysh")
    assert "Do you want to send this to the hearing?" in aigul.screen.text
    await town.press(aigul, "💡 A proposal")
    (comment,) = await comments_of(town, aigul)
    assert (comment.text, len(comment.attachments)) == ("Биздин көчөдө жарык жок", 1)


async def test_a_name_typed_on_the_screen_of_villages_is_a_village_and_other_words_are_words(town: Town) -> None:
    await town.hearing()
    aigul, bek = await newcomer(town), await newcomer(town)
    for person in (aigul, bek):
        await town.say(person, "Багыш")
        await town.press(person, "✅ Bagysh")
    await town.say(aigul, "сафаровка")
    resident = (await town.actor(aigul)).resident
    assert resident is not None
    assert resident.village_id is None  # what is found is pressed
    await town.press(aigul, "Safarovka")
    resident = (await town.actor(aigul)).resident
    assert resident is not None
    assert resident.village_id == town.places["bagysh-2"]
    await town.say(aigul, "сафаровка")  # now it is a word
    assert "Do you want to send this to the hearing?" in aigul.screen.text
    await town.say(bek, "Биздин көчөдө жарык жок")
    assert "Do you want to send this to the hearing?" in bek.screen.text


async def test_the_address_behind_a_word_is_in_the_comment_and_nobodys_number_anywhere(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    say_linked(aigul, f'<b>Мына</b> бул жерди караңыз 👉 <a href="{ADDRESS}">мында</a>')
    aigul._send(photo(aigul, f'<i>Сүрөтү</i> <a href="{ADDRESS}">мында</a>'), None)
    message = aigul.say("Бакыт айтты").as_json()
    mention = {
        "type": "text_mention",
        "offset": 0,
        "length": 5,
        "user": {"id": 7012345678, "is_bot": False, "first_name": "Бакыт"},
    }
    for entity in (mention, {"type": "text_link", "offset": -4, "length": 2**40, "url": "tg://user?id=7012345678"}):
        message = {**message, "message_id": message["message_id"] + 1, "text": "Бакыт да айтты", "entities": [entity]}
        aigul._world.updates.put("message", message)
    await town.quiet()
    assert [comment.text for comment in await comments_of(town, aigul)] == [
        f"Мына бул жерди караңыз 👉 мында ({ADDRESS})\nСүрөтү мында ({ADDRESS})\nБакыт айтты\nБакыт да айтты"
    ]
    assert not [row for rows in (await dump(town.url)).values() for row in rows if "7012345678" in row]
