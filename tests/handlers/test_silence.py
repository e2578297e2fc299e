"""Silence when nobody spoke: what phones, channels and Telegram itself send is not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import presses
from handlers.presses.wire import pack
from tests.faults.stage import dump
from tests.handlers.test_comments import asked_for_words, comments_of, said, unasked

if TYPE_CHECKING:
    from bot.simulator.messages import Message
    from bot.simulator.people import Person
    from tests.living import Town

COMMENT_STAYS = "An edited message does not change your comment. Open it under /mine and press Change."
NOT_READ = "I do not read edited messages. Please send it again as a new message."


async def edited(town: Town, person: Person, message: Message, text: str) -> list[str]:
    """What the bot says to an edit."""
    seen = len(person.messages)
    person.edit(message, text)
    await town.quiet()
    return [each.words for each in person.messages[seen:]]


async def sent(town: Town, person: Person, message: Message) -> Message:
    """The message, once the bot has handled it."""
    await town.quiet()
    assert message.sender == person.user
    return message


async def test_a_live_location_is_refused_once_and_its_ticks_are_passed_over(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    seen = len(aigul.messages)
    place = await sent(town, aigul, aigul.send_location())
    for tick in range(10):
        moved = {"latitude": 42.87 + tick / 1000, "longitude": 74.59, "live_period": 900, "heading": 90}
        town.telegram.offer({"edited_message": {**place.as_json(), "edit_date": 1, "location": moved}})
    await town.quiet()
    (refusal,) = aigul.messages[seen:]
    assert refusal.words == "Please send text, a voice message or a photo. This was not stored."


async def test_an_edit_is_answered_where_it_says_something_else_and_only_then(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    message = await sent(town, aigul, aigul.say("Мектепке чатыр керек"))
    assert await edited(town, aigul, message, "Мектепке чатыр керек") == []
    assert await edited(town, aigul, message, "Мектепке чатыр керек") == []
    assert await edited(town, aigul, message, "Мектепке жаңы чатыр керек") == [COMMENT_STAYS]
    assert await edited(town, aigul, message, "Мектепке жаңы чатыр керек") == []
    assert await edited(town, aigul, message, "Мектепке чатыр керек") == [COMMENT_STAYS]
    (comment,) = await comments_of(town, aigul)
    assert comment.text == "Мектепке чатыр керек"


async def test_so_is_the_edit_of_a_caption_and_of_an_amendment(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    photo = await sent(town, aigul, aigul.send_photo("Көчө"))
    assert await edited(town, aigul, photo, "Көчө") == []
    assert await edited(town, aigul, photo, "Биздин көчө") == [COMMENT_STAYS]
    aigul.forge(pack(presses.AmendComment((await comments_of(town, aigul))[0].id), "en"))
    await town.quiet()
    other = await sent(town, aigul, aigul.say("Жаңы сөз"))
    assert await edited(town, aigul, other, "Жаңы сөз") == []
    assert await edited(town, aigul, other, "Башка сөз") == [COMMENT_STAYS]


async def test_whoever_mends_a_message_that_was_not_taken_is_told_to_send_it_anew(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await unasked(town, aigul, "Суу жок")
    message = list(aigul.chat.messages.values())[-2]
    assert await edited(town, aigul, message, "Суу жок") == []
    assert await edited(town, aigul, message, "Суу такыр жок") == [NOT_READ]
    await asked_for_words(town, aigul)
    film = await sent(town, aigul, aigul.send_media("video", duration=61))
    assert "This was not stored." in said(aigul)
    assert await edited(town, aigul, film, "Суу жок") == [NOT_READ]


async def test_edits_of_commands_of_searches_and_from_before_consent_are_passed_over(town: Town) -> None:
    await town.hearing()
    stranger = town.person()
    early = stranger.say("Суу жок")
    await town.quiet()
    assert await edited(town, stranger, early, "Суу бар") == []
    aigul = await town.resident()
    for command in ("/mine", "/start", "/stop"):
        message = await sent(town, aigul, aigul.say(command))
        for text in (command, "/help", "/start", "/stop"):
            assert await edited(town, aigul, message, text) == []
    await town.say(aigul, "/municipality")
    search = await sent(town, aigul, aigul.say("Шайдан"))
    assert await edited(town, aigul, search, "Bagysh") == []


async def test_nothing_of_what_a_message_says_can_be_read_in_what_tells_its_edits_apart(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await unasked(town, aigul, "Суу жок")
    await town.app.services.pending_inputs.cancel(await town.actor(aigul))
    stored = await dump(town.url)
    assert stored["heard_messages"]
    assert not any("Суу жок" in row for table in ("heard_messages", "notices") for row in stored[table])


SERVICE: tuple[dict[str, Any], ...] = (
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400}},
    {"forum_topic_created": {"name": "Суу", "icon_color": 7_322_096}, "message_thread_id": 5, "is_topic_message": True},
    {"write_access_allowed": {}},
    {"chat_background_set": {"type": {}}},
    {"boost_added": {"boost_count": 1}},
)


async def test_messages_of_telegrams_own_are_passed_over(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    seen = len(aigul.messages)
    frame = {"message_id": 900, "date": 1_797_000_000, "chat": aigul.chat.json, "from": aigul.user}
    for service in SERVICE:
        town.telegram.offer({"message": {**frame, **service}})
    own = {**frame, "from": town.telegram.world.bot, "text": "Кулактандыруу"}
    town.telegram.offer({"message": own})
    town.telegram.offer({"edited_message": {**own, "edit_date": 1}})
    await town.quiet()
    assert aigul.messages[seen:] == []
    assert await comments_of(town, aigul) == ()
