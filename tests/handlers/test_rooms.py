"""Groups and channels: how the bot is let in and linked, and what it says there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.people import Role
from bot.simulator import Person
from bot.simulator.rooms import SimulatedRoom
from handlers import presses
from handlers.presses.links import deep_link
from handlers.presses.wire import pack, unpack
from tests.handlers.village import Village, settle_village

if TYPE_CHECKING:
    from tests.living import Town

BOT = "@hearing_demo_bot"
ADD_ME = "An administrator of this group has to add me."
PRIVATE = "I answer in private: what you say there counts."


@pytest.fixture
async def village(town: Town) -> Village:
    return await settle_village(town)


async def test_staff_who_add_the_bot_are_asked_in_private_and_link_the_group(village: Village) -> None:
    town, secretary = village.town, village.secretary
    await village.add(secretary)
    assert village.said == []
    assert "You have added me to “Айылдаштар”" in secretary.screen.text
    assert secretary.labels == ["🔗 Bagysh aiyl aimagy"]
    await town.press(secretary, "🔗 Bagysh")
    assert "Link “Айылдаштар”?" in secretary.screen.text
    assert "Hearings not published yet, to be announced there: 0" in secretary.screen.text
    known = await village.known()
    assert known is not None
    assert known.municipality_id is None
    await town.press(secretary, "🔗 Link")
    assert secretary.toasts[-1].text == "🔗 Linked."
    assert "Linked to: Bagysh aiyl aimagy" in secretary.screen.text
    await town.press(secretary, "⬅️ Back")
    assert "• Айылдаштар (Group, Кыргызча, Русский)" in secretary.screen.text
    assert village.said == []


async def test_a_group_into_which_somebody_else_brings_the_bot_is_not_kept(village: Village) -> None:
    passer = await village.town.resident("Чоочун")
    village.room.join(passer)
    heard = len(passer.messages)
    await village.add(passer)
    assert village.said == [village.words(ADD_ME)]
    assert await village.known() is None
    assert len(passer.messages) == heard
    helper = await village.town.secretary()
    village.room.join(helper)
    await village.say(helper, f"/desk{BOT}")
    assert village.said == [village.words(ADD_ME)] * 2
    assert await village.known() is None
    await village.say(village.secretary, f"/desk{BOT}")
    assert "You have called me in “Айылдаштар”" in village.secretary.screen.text


async def test_an_administrator_who_is_not_staff_is_told_who_links_the_group(village: Village) -> None:
    await village.add(village.owner)
    sentence = "To link this group, the commission’s secretary writes here: /desk@{bot}"
    assert village.said == [village.words(sentence, bot="hearing_demo_bot")]
    known = await village.known()
    assert known is not None
    assert (known.introduced_by, known.municipality_id, known.title) == (None, None, "Айылдаштар")
    await village.say(village.secretary, f"/desk{BOT}")
    await village.town.press(village.secretary, "🔗 Bagysh", "🔗 Link")
    known = await village.known()
    assert known is not None
    assert known.municipality_id == village.town.places["bagysh"]
    assert len(village.said) == 1


async def test_the_link_of_the_desk_adds_the_bot_and_asks_once(village: Village) -> None:
    town, secretary = village.town, village.secretary
    await town.say(secretary, "/desk")
    await town.press(secretary, "📢 Groups and channels")
    assert "None is linked yet." in secretary.screen.text
    links = [button["url"] for row in secretary.screen.rows for button in row if "url" in button]
    assert [link.partition("?")[0] for link in links] == ["https://t.me/hearing_demo_bot"] * 2
    name, _, payload = links[0].partition("?")[2].partition("=")
    assert name == "startgroup"
    press = unpack(payload)[0]
    assert isinstance(press, presses.ListRooms)
    assert press == presses.ListRooms(town.places["bagysh"], caller=press.caller)
    assert len(press.caller) == 32
    assert links[1].endswith("?startchannel&admin=post_messages+edit_messages")
    heard = len(secretary.messages)
    await village.add(secretary, payload=payload)
    assert len(secretary.messages) == heard + 1
    assert "You have added me" in secretary.screen.text
    assert village.said == []
    await village.say(secretary, f"/start{BOT}")
    assert len(secretary.messages) == heard + 2


async def test_a_secretary_of_several_municipalities_chooses_one(village: Village) -> None:
    town = village.town
    for place in ("kok-art", "shaidan"):
        token = await town.app.services.people.invite(COMMAND_LINE, town.places[place], Role.SECRETARY)
        village.secretary.follow(deep_link(town.telegram.username, presses.AcceptInvitation(token)))
        await town.quiet()
    await village.add(village.secretary)
    assert village.secretary.labels == ["🔗 Bagysh aiyl aimagy", "🔗 Kok-Art aiyl aimagy", "🔗 Shaidan aiyl aimagy"]
    await town.press(village.secretary, "🔗 Kok-Art", "🔗 Link")
    known = await village.known()
    assert known is not None
    assert known.municipality_id == town.places["kok-art"]


async def test_a_channel_is_linked_by_the_staff_who_add_it(village: Village) -> None:
    channel = SimulatedRoom(village.town.telegram, "Жаңылыктар", owner=village.owner, kind="channel")
    channel.promote(village.secretary)
    known = await village.link(channel)
    assert known.kind == "channel"
    assert channel.messages == []
    other = SimulatedRoom(village.town.telegram, "Кабарлар", owner=village.owner, kind="channel")
    await village.add(village.owner, other)
    assert "Only the commission’s secretary can link “Кабарлар”" in village.owner.screen.text
    assert other.messages == []
    channel.rename("Айыл кабарлары", village.owner)
    channel.post("Салам")
    await village.town.quiet()
    assert channel.messages == []


async def test_without_the_right_to_write_nothing_is_posted_until_it_is_given_back(village: Village) -> None:
    channel = SimulatedRoom(village.town.telegram, "Жаңылыктар", owner=village.secretary, kind="channel")
    await village.link(channel)
    await village.link()
    for room in (channel, village.room):
        room.mute_bot(village.owner)
        await village.town.quiet()
        known = await village.known(room)
        assert known is not None
        assert known.left_at == village.town.clock.now()
    await village.send(village.secretary, presses.ListRooms(village.town.places["bagysh"]))
    assert village.secretary.screen.text.count("the bot was removed or may not write") == 2
    heard = len(village.secretary.messages)
    await village.add(village.secretary, channel)
    await village.add(village.secretary)
    for room in (channel, village.room):
        known = await village.known(room)
        assert known is not None
        assert (known.left_at, known.municipality_id) == (None, village.town.places["bagysh"])
    assert len(village.secretary.messages) == heard


async def test_a_removal_is_noticed_and_the_link_waits(village: Village) -> None:
    linked = await village.link()
    village.room.remove_bot(village.owner)
    await village.town.quiet()
    known = await village.known()
    assert known is not None
    assert known.left_at is not None
    await village.send(village.secretary, presses.OpenRoom(linked.id))
    assert "The bot was removed from it" in village.secretary.screen.text
    await village.add(village.owner)
    assert await village.known() == linked
    assert village.said == []


async def test_a_group_that_becomes_a_supergroup_is_followed(village: Village) -> None:
    group = SimulatedRoom(village.town.telegram, "Көчө", owner=village.secretary, kind="group")
    linked = await village.link(group)
    group.migrate()
    await village.town.quiet()
    moved = await village.known(group)
    assert moved is not None
    assert (moved.id, moved.municipality_id, moved.kind) == (linked.id, linked.municipality_id, "supergroup")
    await village.say(village.owner, f"{BOT} салам", where=group)
    assert [message.text for message in group.messages] == [village.words(PRIVATE)]


async def test_a_new_title_is_followed(village: Village) -> None:
    await village.link()
    village.room.rename("Ынтымак", village.owner)
    await village.town.quiet()
    known = await village.known()
    assert known is not None
    assert known.title == "Ынтымак"
    village.room.chat.json = {**village.room.chat.json, "title": "Биримдик"}
    await village.say(village.owner, "/help")
    known = await village.known()
    assert known is not None
    assert known.title == "Биримдик"


async def test_a_topic_is_respected_and_moved_after_asking(village: Village) -> None:
    town, secretary = village.town, village.secretary
    first, second = village.room.topic("Угуулар"), village.room.topic("Ар нерсе")
    await village.add(village.owner)
    await village.say(secretary, f"/desk{BOT}", where=village.room.within(first))
    await town.press(secretary, "🔗 Bagysh", "🔗 Link")
    assert "Posts go to one topic." in secretary.screen.text
    known = await village.known()
    assert known is not None
    assert known.topic_id == first
    await village.say(secretary, f"/desk{BOT}", where=village.room.within(first))
    assert "Linked to: Bagysh" in secretary.screen.text
    await village.say(secretary, f"/desk{BOT}", where=village.room.within(second))
    assert "Post to this topic of “Айылдаштар” from now on?" in secretary.screen.text
    assert await village.known() == known
    await town.press(secretary, "🧵")
    known = await village.known()
    assert known is not None
    assert known.topic_id == second
    await village.say(secretary, f"/desk{BOT}")
    await town.press(secretary, "As it was")
    assert await village.known() == known
    await village.say(secretary, f"/desk{BOT}")
    await town.press(secretary, "🧵")
    known = await village.known()
    assert known is not None
    assert known.topic_id is None


async def test_only_what_is_addressed_to_the_bot_is_answered(village: Village) -> None:
    await village.link()
    village.room.add_bot(village.owner, administrator=True)  # an administrator hears everything
    await village.town.quiet()
    ignored = village.town.app.intake.counts["ignored"]
    passed_over = (
        "Салам баарына",
        "hearing_demo_bot деген эмне?",
        f"{BOT}2 салам",
        f"x{BOT}",
        "/desk@another_bot",
        f"/desk@another_bot {BOT}",
    )
    for text in passed_over:
        await village.say(village.owner, text)
    assert village.town.app.intake.counts["ignored"] == ignored + len(passed_over)
    await village.say(village.owner, "/next")
    await village.say(village.owner, "/weather")
    village.owner.send_sticker(room=village.room)
    village.owner.send_photo("сүрөт", room=village.room)
    village.owner.edit(village.owner.say("бир", room=village.room), f"эки {BOT}")
    await village.town.quiet()
    assert village.said == []
    await village.say(village.owner, f"Саламатсызбы, {BOT.upper()}!")
    await village.say(village.owner, "/help")
    await village.say(village.owner, f"/next{BOT}")
    village.town.clock.forward(minutes=1)
    await village.say(village.owner, "макулмун", to=village.room.screen)
    village.town.clock.forward(minutes=1)
    village.owner.send_photo(f"{BOT} муну кара", room=village.room)
    await village.town.quiet()
    assert village.said == [village.words(PRIVATE)] * 5


async def test_a_crowd_that_replies_to_a_post_is_answered_once_in_a_while(village: Village) -> None:
    await village.link()
    for name in ("Айбек", "Сыймык", "Нурлан"):
        await village.say(Person(village.town.telegram, name), f"{BOT} кандай?")
    assert len(village.said) == 1
    thread = village.room.topic("Бюджет")
    await village.say(village.owner, f"{BOT} кандай?", where=village.room.within(thread))
    assert len(village.said) == 2
    village.town.clock.forward(seconds=31)
    await village.say(village.owner, f"{BOT} кандай?")
    assert len(village.said) == 3


async def test_what_other_bots_say_is_passed_over(village: Village) -> None:
    await village.add(village.owner)
    said = len(village.said)
    message = village.owner.say(f"/desk{BOT}", room=village.room).as_json()
    village.town.telegram.world.updates.drop()
    village.town.telegram.offer({"message": {**message, "from": {**message["from"], "is_bot": True}}})
    await village.town.quiet()
    assert len(village.said) == said


async def test_an_administrator_who_acts_in_the_name_of_the_group_counts_as_one(village: Village) -> None:
    village.room.add_bot(village.owner)
    queued = [waiting.update for waiting in village.town.telegram.world.updates.waiting()]
    village.town.telegram.world.updates.drop()
    nobody = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    added = next(update["my_chat_member"] for update in queued if "my_chat_member" in update)
    village.town.telegram.offer({"my_chat_member": {**added, "from": nobody}})
    await village.town.quiet()
    assert await village.known() is not None
    message = village.owner.say(f"/desk{BOT}", room=village.room).as_json()
    village.town.telegram.world.updates.drop()
    village.town.telegram.offer({"message": {**message, "from": nobody, "sender_chat": village.room.chat.json}})
    await village.town.quiet()
    assert "отключите здесь анонимность" in village.said[-1]


async def test_when_telegram_does_not_say_who_runs_the_group_it_is_asked_again_and_then_taken_for_no(
    village: Village,
) -> None:
    faults = village.town.telegram.faults
    faults.next(method="getChatAdministrators", status=500, times=2)
    await village.add(village.secretary)
    assert await village.known() is not None
    other = SimulatedRoom(village.town.telegram, "Башка", owner=village.secretary)
    faults.next(method="getChatAdministrators", status=500, times=3)
    await village.add(village.secretary, other)
    assert [message.text for message in other.messages] == [village.words(ADD_ME)]
    third = SimulatedRoom(village.town.telegram, "Үчүнчү", owner=village.secretary)
    faults.next(method="getChatAdministrators", status=400, description="Bad Request: chat not found")
    await village.add(village.secretary, third)
    assert await village.known(third) is None
    assert len(faults) == 0


async def test_the_answer_leads_to_the_hearing_in_the_rooms_languages_and_in_the_topic(village: Village) -> None:
    town = village.town
    hearing = await town.hearing()
    await village.link()
    thread = village.room.topic("Бюджет")
    await village.say(village.owner, f"/start{BOT}", where=village.room.within(thread))
    answer = village.room.within(thread).screen
    assert answer.text == village.words(PRIVATE)
    links = [button["url"].partition("?start=")[2] for row in answer.rows for button in row]
    assert [unpack(payload) for payload in links] == [
        (presses.OpenHearing(hearing.id), "ky"),
        (presses.OpenHearing(hearing.id), "ru"),
        (presses.OpenPlace(town.places["bagysh"]), None),
    ]
    reader = town.person("Окурман", language="en")
    await town.start(reader, links[1])
    assert [button.split()[0] for button in reader.labels][:2] == ["Кыргызча", "Русский"]
    village.owner.follow(f"https://t.me/hearing_demo_bot?start={links[0]}")
    await town.quiet()
    assert "2027-жылдын бюджети" in village.owner.screen.text


async def test_nothing_in_a_group_has_a_button_that_acts(village: Village) -> None:
    await village.town.hearing()
    await village.add(village.owner)
    await village.say(village.owner, f"{BOT} салам")
    await village.say(village.secretary, f"/desk{BOT}")
    await village.town.press(village.secretary, "🔗 Bagysh", "🔗 Link")
    await village.say(village.owner, "/start")
    buttons = [button for message in village.room.messages for row in message.rows for button in row]
    assert len(buttons) == 1 + 3
    assert all(set(button) == {"text", "url"} for button in buttons)


async def test_staff_of_another_municipality_are_answered_like_anybody(village: Village) -> None:
    linked = await village.link()
    neighbour = await village.town.secretary("kok-art")
    heard = len(neighbour.messages)
    await village.say(neighbour, f"/desk{BOT}")
    assert village.said == [village.words(PRIVATE)]
    assert len(neighbour.messages) == heard
    forged = (
        presses.OpenRoom(linked.id),
        presses.LinkRoom(linked.id, village.town.places["kok-art"], sure=True),
        presses.UnlinkRoom(linked.id, sure=True),
        presses.ToggleRoomLanguage(linked.id, presses.Language.EN, on=True),
        presses.MoveTopic(linked.id, 5),
        presses.PostNow(linked.id, sure=True),
        presses.ListRooms(village.town.places["bagysh"]),
    )
    for press in forged:
        await village.send(neighbour, press)
        assert neighbour.toasts[-1].text == "This is only for the commission’s staff."
    assert await village.known() == linked


async def test_languages_are_one_or_two(village: Village) -> None:
    linked = await village.link()
    town, secretary = village.town, village.secretary
    await village.send(secretary, presses.OpenRoom(linked.id))
    assert [label for label in secretary.labels if label.startswith("✅")] == ["✅ Кыргызча", "✅ Русский"]
    await town.press(secretary, "English")
    assert secretary.toasts[-1].text == "At most 2 can be chosen. Take one out first."
    assert "Айылдаштар" in secretary.screen.text  # still the page of the group
    await town.press(secretary, "✅ Русский", "Ўзбекча", "✅ Кыргызча", "✅ Ўзбекча")
    assert secretary.toasts[-1].text == "One language has to stay: choose another one first."
    known = await village.known()
    assert known is not None
    assert known.languages == ("uz_Cyrl",)
    await village.say(village.owner, f"/help{BOT}")
    assert village.said == [village.words(PRIVATE, ("uz_Cyrl",))]


async def test_unlinking_asks_once(village: Village) -> None:
    linked = await village.link()
    town, secretary = village.town, village.secretary
    await village.send(secretary, presses.OpenRoom(linked.id))
    await town.press(secretary, "✂️ Unlink")
    assert "Unlink “Айылдаштар”?" in secretary.screen.text
    assert await village.known() == linked
    await town.press(secretary, "✂️ Unlink")
    assert secretary.toasts[-1].text == "✂️ Unlinked."
    assert "None is linked yet." in secretary.screen.text
    known = await village.known()
    assert known is not None
    assert known.municipality_id is None
    await town.press(secretary, "🔗 👥 Айылдаштар", "🔗 Link")
    assert await village.known() == linked


async def test_the_current_hearing_is_posted_after_asking_once(village: Village) -> None:
    town, secretary = village.town, village.secretary
    await town.hearing()
    linked = await village.link()
    await town.tick()
    assert village.said == []
    await village.send(secretary, presses.OpenRoom(linked.id))
    await town.press(secretary, "📌 Post the current hearing")
    assert "• 2027-жылдын бюджети жана стратегия" in secretary.screen.text
    await town.tick()
    assert village.said == []
    await town.press(secretary, "📌 Post")
    assert secretary.toasts[-1].text == "📌 It will stand there in a moment."
    await town.tick()
    assert len(village.said) == 1
    assert "Бюджет и стратегия на 2027 год" in village.said[0]


async def test_what_is_announced_stands_in_the_topic_and_is_edited_in_place(village: Village) -> None:
    town, secretary = village.town, village.secretary
    thread = village.room.topic("Угуулар")
    await village.add(village.owner)
    await village.say(secretary, f"/desk{BOT}", where=village.room.within(thread))
    await town.press(secretary, "🔗 Bagysh", "🔗 Link")
    hearing = await town.hearing()
    before = village.room.messages[1:]
    assert [message.thread for message in before] == [thread]
    town.clock.forward(minutes=1)
    known = await village.known()
    assert known is not None
    await town.app.services.rooms.set_language(await town.actor(secretary), known.id, "ky", on=False)
    await town.app.services.rooms.post_now(await town.actor(secretary), known.id)
    await town.tick()
    assert village.room.messages[1:] == before
    assert before[0].edits == 1
    assert "2027-жылдын" not in before[0].text
    urls = [button["url"] for row in before[0].rows for button in row]
    assert urls == [f"https://t.me/hearing_demo_bot?start={pack(presses.OpenHearing(hearing.id), 'ru')}"]


async def test_nothing_is_posted_where_the_bot_was_thrown_out_or_unlinked(village: Village) -> None:
    linked = await village.link()
    other = SimulatedRoom(village.town.telegram, "Көчө", owner=village.secretary)
    unlinked = await village.link(other)
    village.room.remove_bot(village.owner)
    await village.send(village.secretary, presses.UnlinkRoom(unlinked.id, sure=True))
    await village.town.hearing()
    assert (village.said, other.messages) == ([], [])
    await village.send(village.secretary, presses.OpenRoom(linked.id))
    assert not [label for label in village.secretary.labels if label.startswith("📌")]


def anonymous(village: Village, text: str, *, number: int = 900, other: dict[str, object] | None = None) -> None:
    """An administrator writes in the name of the group."""
    sender = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    chat = village.room.chat.json
    frame = {"message_id": number, "date": 1_797_000_000, "chat": chat, "from": sender, "sender_chat": chat}
    village.town.telegram.offer({"message": {**frame, "text": text, **(other or {})}})


async def test_an_anonymous_administrator_is_told_once_how_to_link_the_group(village: Village) -> None:
    await village.add(village.owner)
    seen = len(village.said)
    for number in range(3):
        anonymous(village, f"/desk{BOT}", number=900 + number)
        await village.town.quiet()
        village.town.clock.forward(minutes=10)
    (told,) = village.said[seen:]
    assert "бул топто анонимдүүлүктү өчүрүп, /desk@hearing_demo_bot деп жазыңыз" in told
    assert "отключите здесь анонимность и напишите /desk@hearing_demo_bot" in told
    known = await village.known()
    assert known is not None
    assert (known.introduced_by, known.municipality_id) == (None, None)


async def test_the_link_of_the_desk_tells_whose_it_is_in_the_name_of_a_group_too(village: Village) -> None:
    town, secretary = village.town, village.secretary
    await village.send(secretary, presses.ListRooms(town.places["bagysh"]))
    url = next(
        button["url"] for row in secretary.screen.rows for button in row if "startgroup" in button.get("url", "")
    )
    payload = url.partition("startgroup=")[2]
    await village.add(village.owner)
    seen = len(village.said)
    anonymous(village, f"/start{BOT} {payload}")
    await town.quiet()
    assert village.said[seen:] == []
    assert "You have called me in “Айылдаштар”" in secretary.screen.text
    await town.press(secretary, "🔗 Bagysh", "🔗 Link")
    known = await village.known()
    assert known is not None
    assert known.municipality_id == town.places["bagysh"]
    forged = pack(presses.ListRooms(town.places["bagysh"], caller="0" * 32))
    anonymous(village, f"/start{BOT} {forged}", number=901)
    await town.quiet()
    assert "отключите здесь анонимность" in village.said[-1]


async def test_a_channel_is_no_person_in_its_group_and_its_posts_are_not_answered_there(village: Village) -> None:
    await village.link()
    channel = {"id": -1_009_876_543_210, "type": "channel", "title": "Кызыл-Суу жаңылыктары"}
    before = await village.known()
    seen = len(village.said)
    telegram, channel_bot = {"id": 777_000, "is_bot": False, "first_name": "Telegram"}, 136_817_688
    calls = f"{BOT} аркылуу катышыңыз /desk{BOT}"
    for sender, more in (
        (telegram, {"is_automatic_forward": True, "forward_origin": {"type": "channel"}}),
        ({"id": channel_bot, "is_bot": True, "first_name": "Channel"}, {}),
    ):
        for text in (calls, f"/desk{BOT}"):
            anonymous(village, text, other={"from": sender, "sender_chat": channel, **more})
    await village.town.quiet()
    assert village.said[seen:] == []
    assert await village.known() == before


async def test_a_title_that_would_break_a_line_or_turn_it_round_is_shown_as_plain_letters(village: Village) -> None:
    """A person's name stands nowhere but beside an invitation, which has a test of its own."""
    village.room.rename("Айыл <3 & \u202eкг", village.owner)
    await village.add(village.secretary)
    screen = village.secretary.screen
    assert "You have added me to “Айыл <3 & кг”." in screen.text
    assert "Айыл &lt;3 &amp; кг" in screen.html
    await village.town.press(village.secretary, "🔗 Bagysh", "🔗 Link", "⬅️ Back")
    assert "• Айыл <3 & кг (Group, Кыргызча, Русский)" in village.secretary.screen.text
    assert "👥 Айыл <3 & кг" in village.secretary.labels


async def test_the_desk_names_each_room_that_could_not_be_reached_and_why(village: Village) -> None:
    """One of five is restricted, one takes no words from the bot, one has lost its topic, one was left."""
    town, secretary = village.town, village.secretary
    titles = ("Ынтымак", "Биримдик", "Достук", "Келечек", "Жаштар")
    rooms = [SimulatedRoom(town.telegram, title, owner=secretary) for title in titles]
    for room in rooms:
        await village.link(room)
    topic = rooms[2].topic("Угуулар")
    await village.say(secretary, f"/desk{BOT}", where=rooms[2].within(topic))
    await town.press(secretary, "🧵")
    rooms[3].remove_bot(secretary)
    await town.quiet()
    stranger = await town.resident("Улан")
    for chat, words in (
        (rooms[0], "CHAT_RESTRICTED"),
        (rooms[1], "not enough rights to send text messages to the chat"),
        (rooms[2], "TOPIC_DELETED"),
    ):
        town.telegram.faults.next(chat_id=chat.id, status=400, description=f"Bad Request: {words}")
    town.telegram.faults.next(chat_id=stranger.id, status=403, description="Forbidden: bot was blocked by the user")
    hearing = await town.hearing()
    await town.tick()
    assert [len(room.messages) for room in rooms] == [0, 0, 1, 0, 1]
    assert all([(known := await village.known(room)) is not None and known.municipality_id for room in rooms])

    await village.send(secretary, presses.OpenDeskHearing(hearing.id))
    assert "Groups and channels: delivered 2, could not be delivered 2, waiting 0" in secretary.screen.text
    await village.send(secretary, presses.OpenBroadcastList(hearing.id))
    assert "in groups and channels 2" in secretary.screen.text
    assert "groups and channels not reached 2" in secretary.screen.text
    await town.press(secretary, "📣 Announcement")
    people, _, posts = secretary.screen.text.partition("Groups and channels")
    assert "Could not be delivered: 1" in people
    assert "Delivered: 2\nCould not be delivered: 2" in posts
    for line in (
        "• 1 person: blocked the bot",
        "• “Ынтымак”: Telegram has restricted it",
        "• “Биримдик”: the bot has not the right to write there",
        "• “Достук”: its topic is gone or closed: the post stands beside it",
        "• “Келечек”: the bot was removed, or may not write there",
    ):
        assert line in posts
    assert "Жаштар" not in posts
