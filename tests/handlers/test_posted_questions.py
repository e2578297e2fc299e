"""Questions in groups: answered under the post by who has agreed, and replies that become comments in private."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.domain.hearings import Results
from bot.simulator.rooms import SimulatedRoom
from handlers import presses
from handlers.presses.wire import pack, unpack
from tests import samples
from tests.handlers.sending import send_album, spoken
from tests.handlers.village import Village, settle_village

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.rooms import PostedQuestion
    from bot.simulator import Person
    from bot.simulator.messages import Message
    from tests.living import Town

STANCES = ["👍 Колдойм · Поддерживаю", "👎 Каршымын · Против", "🤝 Калыс калам · Воздерживаюсь"]
NOT_AGREED = "Not counted yet: first agree in a chat with me. Press “Open in Telegram” under the question."
FORGED = "This is no longer here. Please choose again."


@pytest.fixture
async def village(town: Town) -> Village:
    return await settle_village(town)


async def ask(village: Village, label: str = "1. ") -> Message:
    """Let the secretary ask a question in the group; its post."""
    town, secretary = village.town, village.secretary
    known = await village.known()
    assert known is not None
    await village.send(secretary, presses.OpenRoom(known.id))
    await town.press(secretary, "🗳 Ask a question", label, "🗳 Ask")
    assert secretary.toasts[-1].text == "📌 It will stand there in a moment."
    await town.tick()
    return village.room.messages[-1]


async def answer(village: Village, person: Person, label: str, post: Message) -> str:
    """Press under the post; the toast."""
    person.press(label, on=post)
    await village.town.quiet()
    assert person.queries[-1].answered
    return person.toasts[-1].text


async def later(village: Village, seconds: int = 11) -> None:
    """A look at the clock after the pause between two edits of a post."""
    village.town.clock.forward(seconds=seconds)
    await village.town.tick()


async def voters(town: Town, hearing: Hearing, question: int) -> int:
    async with town.store.reading() as repositories:
        return (await repositories.disclosures.of_questions(hearing.id, [question]))[question].voters


async def posted(village: Village, hearing: Hearing, question: int) -> PostedQuestion | None:
    known = await village.known()
    assert known is not None
    async with village.town.store.reading() as repositories:
        return await repositories.posted_questions.find(known.id, hearing.id, question)


async def test_a_stance_is_answered_under_the_post_once_by_who_has_agreed(village: Village) -> None:
    town = village.town
    hearing = await town.hearing(replace(samples.dossier(), results=Results.ALWAYS))
    await village.link()
    post = await ask(village)
    assert post.labels == [*STANCES, "➡️ Телеграмда ачуу", "➡️ Открыть в Telegram"]
    assert "1. Ички жолдорду оңдоо" in post.text
    links = [button["url"].partition("?start=")[2] for row in post.rows for button in row if "url" in button]
    assert [unpack(link) for link in links] == [(presses.OpenQuestion(hearing.id, 1), code) for code in ("ky", "ru")]

    # who has not agreed, in the language of their phone, and who only looks: told, and not counted
    stranger, looking = town.person("Чоочун", language="ru"), town.person("Окурман")
    await town.start(looking)
    await town.press(looking, "English", "👀")
    heard = len(looking.messages)
    assert await answer(village, looking, "👍", post) == NOT_AGREED
    assert looking.toasts[-1].alert
    assert await answer(village, stranger, "👍", post) == town.app.catalogues["ru"].p("toast", NOT_AGREED)
    assert (await voters(town, hearing, 1), len(looking.messages), len(stranger.messages)) == (0, heard, 0)

    # four agree: how many, and not how; the same person again is the same voice, in private and here
    people = [await town.resident(f"Тургун {number}") for number in range(10)]
    for person in people[:4]:
        assert await answer(village, person, "👍", post) == "✅ Counted: I support"
    await village.send(people[0], presses.ChooseOption(hearing.id, 1, 2))
    assert await answer(village, people[0], "👎", post) == "✅ Counted: I am against"
    assert await voters(town, hearing, 1) == 4
    before = post.edits
    await later(village)
    assert post.edits == before + 1
    assert "4 киши жооп берди" in post.text
    assert "▰" not in post.text

    # the fifth shows how, the ninth renews how many alone, the tenth both: however many answer, one edit
    await answer(village, people[4], "👍", post)
    await later(village)
    assert "Колдойм\n▰▰▰▰▰▰▰▰▱▱ 80\N{NO-BREAK SPACE}% · 4" in post.text or "▰▰▰▰▰▰▰▰▱▱" in post.text
    edits = post.edits
    for person in people[5:9]:
        await answer(village, person, "🤝", post)
    await later(village)
    assert post.edits == edits + 1
    assert "9 киши жооп берди" in post.text
    assert "▰▰▰▰▰▰▰▰▱▱" in post.text
    await answer(village, people[9], "🤝", post)
    await later(village, seconds=2)
    assert "9 киши жооп берди" in post.text
    await later(village)
    assert "10 киши жооп берди" in post.text
    assert "▰▰▰▰▱▱▱▱▱▱" in post.text

    # closed: the buttons go, and whoever still has them is told, and not counted
    town.clock.forward(hours=80)
    late = await answer(village, people[0], "👍", post)
    assert late.startswith("Answers were taken until")
    await town.tick()
    await later(village)
    assert post.labels == ["➡️ Телеграмда ачуу", "➡️ Открыть в Telegram"]
    assert "Азыр жооп кабыл алынбайт" in post.text
    settled = post.edits
    await later(village)
    assert post.edits == settled


async def test_a_press_in_a_group_counts_only_where_the_question_stands(village: Village) -> None:
    town = village.town
    hearing = await town.hearing()
    other = SimulatedRoom(town.telegram, "Башка", owner=village.owner)
    await village.add(village.owner, other)
    await village.link()
    post = await ask(village)
    elsewhere = other.messages[-1]
    resident = await town.resident("Айбек")
    press = presses.AnswerInRoom(hearing.id, 1, 1)
    forged = (
        (press, elsewhere, FORGED),  # in a group that is not linked
        (presses.AnswerInRoom(hearing.id, 2, 1), post, FORGED),  # another question
        (presses.AnswerInRoom(hearing.id, 4, 1), post, FORGED),  # of another kind
        (presses.AnswerInRoom(hearing.id + 7, 1, 1), post, FORGED),
        (presses.AnswerInRoom(hearing.id, 1, 9), post, "The question has changed. Please answer on the fresh screen."),
        (replace(press, edition=3), post, "The question has changed. Please answer on the fresh screen."),
    )
    for wrong, under, told in forged:
        resident.forge(pack(wrong), under)
        await town.quiet()
        assert (resident.toasts[-1].text, resident.toasts[-1].alert) == (told, True), wrong
    for silent in (pack(presses.ChooseOption(hearing.id, 1, 1)), pack(presses.Agree()), "1k?", "x" * 64, ""):
        resident.forge(silent, post)
        await town.quiet()
        assert resident.toasts[-1].text == ""
    assert resident.queries[-1].answered
    assert await voters(town, hearing, 1) == 0
    await village.send(resident, press)  # in private, where no such button is
    assert "Ички жолдорду оңдоо" in resident.screen.text
    assert await voters(town, hearing, 1) == 0
    known = await village.known()
    assert known is not None
    await village.send(village.secretary, presses.UnlinkRoom(known.id, sure=True))
    assert await answer(village, resident, "👍", post) == FORGED
    for person in (resident, await town.secretary("kok-art")):
        for staff in (presses.ListRoomQuestions(known.id), presses.AskInRooms(known.id, hearing.id, 1, sure=True)):
            await village.send(person, staff)
            assert person.toasts[-1].text == "This is only for the commission’s staff."


async def test_a_question_stays_where_it_was_asked_as_long_as_it_stands_there(village: Village) -> None:
    town, room = village.town, village.room
    hearing = await town.hearing()
    channel = SimulatedRoom(town.telegram, "Жаңылыктар", owner=village.secretary, kind="channel")
    await village.link(channel)
    await village.link()
    coins = await ask(village, "7. ")
    assert [label[:2] for label in coins.labels] == ["➡️", "➡️"]  # only stances are answered here
    first = await ask(village)
    assert [message.labels[:3] for message in channel.messages[-1:]] == [STANCES]
    resident = await town.resident("Айбек")
    assert await answer(village, resident, "👍", channel.messages[-1]) == "✅ Counted: I support"

    # asked anew it stands below; the older one is answered too, and renewed no more
    second = await ask(village)
    assert second.id != first.id
    assert await answer(village, resident, "👎", first) == "✅ Counted: I am against"
    await later(village)
    assert (first.edits, "1 киши жооп берди" in second.text) == (0, True)

    # whoever runs the group has deleted it: it is not posted again
    second.deleted = True
    other = await town.resident("Бермет")
    await answer(village, other, "👍", first)
    await later(village)
    assert await posted(village, hearing, 1) is None
    assert room.messages[-1].id == first.id

    # a stop between the asking and the posting loses nothing; a refusal of Telegram is made up for
    known = await village.known()
    assert known is not None
    await town.app.services.posted_questions.ask(await town.actor(village.secretary), known.id, hearing.id, 2)
    await town.stop()
    await town.begin()
    town.telegram.faults.next(method="sendMessage", status=500, times=2)
    said = len(room.messages)
    await town.tick()
    assert len(room.messages) == said
    await later(village, seconds=61)
    assert "Көчөлөрдү жарыктандыруу" in room.messages[-1].text
    assert len(room.messages) == said + 1


async def test_a_reply_to_a_post_becomes_a_comment_when_its_author_says_so_in_private(village: Village) -> None:
    town, room = village.town, village.room
    hearing = await town.hearing()
    await village.link()
    post = await ask(village)
    stranger, resident = town.person("Чоочун"), await town.resident("Айбек")
    await village.say(stranger, "Жол абдан начар", to=post)
    assert village.said[-1] == village.words("I answer in private: what you say there counts.")
    assert len(stranger.messages) == 0
    said = len(room.messages)
    words = "Көпүрө <b>сынган</b> =1+1"
    resident.say(words, room=room, reply_to=post)
    await town.quiet()
    assert len(room.messages) == said  # nothing in the group
    assert "You sent it to the group “Айылдаштар”." in resident.screen.text
    assert words in resident.screen.text
    async with town.store.reading() as repositories:
        assert await repositories.comments.count_undecided(hearing.id) == 0
    await town.press(resident, "💡")
    async with town.store.reading() as repositories:
        person = (await town.actor(resident)).resident
        (comment,) = await repositories.comments.list_of(person.id, hearing_id=hearing.id)
    assert (comment.text, comment.about.no, comment.kind.value) == (words, 1, "proposal")

    # a thought in private goes on as before: what was said in the group is no part of it
    resident.say("Мектепке жакын", room=room, reply_to=post)
    await town.handled()
    await town.say(resident, "Такыр башка сөз")
    assert "Мектепке" not in resident.screen.text
    # to another message of the bot, and after closing: as anybody is answered
    town.clock.forward(minutes=1)
    heard, before = len(resident.messages), len(room.messages)
    await village.say(resident, words, to=room.messages[-1])
    assert (len(resident.messages), len(room.messages)) == (heard, before + 1)
    town.clock.forward(hours=80)
    await town.tick()
    heard = len(resident.messages)
    await village.say(resident, "Кеч калдым", to=post)
    assert not [message for message in resident.messages[heard:] if "Кеч калдым" in message.text]


async def test_an_album_and_a_voice_that_answer_a_post_are_a_comment_each_when_their_author_says_so(
    village: Village,
) -> None:
    town, room = village.town, village.room
    hearing = await town.hearing()
    await village.link()
    post = await ask(village)
    resident = await town.resident("Айбек")
    said = len(room.messages)
    name = send_album(resident, "", "Көпүрө", "", room=room, reply_to=post)
    await town.handled()
    town.clock.forward(seconds=6)
    await town.tick()
    assert len(room.messages) == said  # nothing in the group
    assert "You sent it to the group “Айылдаштар”." in resident.screen.text
    assert "3 photos" in resident.screen.text
    await town.press(resident, "💬")
    room.receive(resident, spoken(resident), reply_to=post)
    await town.quiet()
    assert "🎤 Voice message, 3 s" in resident.screen.text
    await town.press(resident, "💡")
    async with town.store.reading() as repositories:
        person = (await town.actor(resident)).resident
        voice, album = await repositories.comments.list_of(person.id, hearing_id=hearing.id)
    assert (album.text, len(album.attachments), len(voice.attachments)) == ("Көпүрө", 3, 1)
    # one more of the album, when the others are a comment already: asked about by itself
    send_album(resident, "", room=room, reply_to=post, more=name)
    await town.quiet()
    assert "🖼 Photo\n" in resident.screen.text


async def test_of_who_has_not_agreed_no_photo_in_a_group_is_kept(village: Village) -> None:
    town, room = village.town, village.room
    await town.hearing()
    await village.link()
    post = await ask(village)
    stranger = town.person("Чоочун")
    send_album(stranger, "", "", room=room, reply_to=post)
    await town.handled()
    assert len(stranger.messages) == 0
    async with town.store.reading() as repositories:
        assert await repositories.people.find(stranger.id) is None
