from __future__ import annotations

import pytest
from telegram import Bot, ChatMember, ChatMemberAdministrator, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.simulator import Person, SimulatedRoom, Telegram


async def updates(bot: Bot) -> list[Update]:
    batch = await bot.get_updates(timeout=1)
    await bot.get_updates(offset=batch[-1].update_id + 1, timeout=0)
    return list(batch)


@pytest.fixture(params=["group", "supergroup", "channel"])
def room(request: pytest.FixtureRequest, telegram: Telegram, aigul: Person) -> SimulatedRoom:
    return SimulatedRoom(telegram, "Кара-Суу айылы", owner=aigul, kind=request.param)


async def test_the_bot_hears_that_it_was_added_and_thrown_out(bot: Bot, aigul: Person, room: SimulatedRoom) -> None:
    with pytest.raises(Forbidden, match=f"bot is not a member of the {room.chat.kind} chat"):
        await bot.send_message(room.id, "Салам")
    with pytest.raises(Forbidden, match="bot is not a member"):
        await bot.get_chat(room.id)
    room.add_bot(aigul)
    added = (await updates(bot))[0].my_chat_member
    assert added is not None
    assert added.old_chat_member.status == ChatMember.LEFT
    assert added.new_chat_member.status in {ChatMember.MEMBER, ChatMember.ADMINISTRATOR}
    assert (added.chat.type, added.chat.title, added.from_user.id) == (room.chat.kind, room.title, aigul.id)
    await bot.send_message(room.id, "Салам")
    assert room.screen.text == "Салам"
    room.remove_bot(aigul)
    removed = (await updates(bot))[0].my_chat_member
    assert removed is not None
    assert removed.new_chat_member.status in {ChatMember.LEFT, ChatMember.BANNED}
    with pytest.raises(Forbidden, match=f"bot was kicked from the {room.chat.kind} chat"):
        await bot.send_message(room.id, "Салам")


async def test_the_administrators_are_known(bot: Bot, telegram: Telegram, aigul: Person, room: SimulatedRoom) -> None:
    room.add_bot(aigul, administrator=True)
    staff = await bot.get_chat_administrators(room.id)
    assert [(member.user.id, member.status) for member in staff] == [(aigul.id, "creator"), (bot.id, "administrator")]
    bakyt = Person(telegram, "Бакыт")
    assert (await bot.get_chat_member(room.id, bakyt.id)).status == "left"
    room.join(bakyt)
    assert (await bot.get_chat_member(room.id, bakyt.id)).status == "member"
    assert await bot.get_chat_member_count(room.id) == 3
    with pytest.raises(BadRequest, match=r"(?i)participant_id_invalid"):
        await bot.get_chat_member(room.id, 5)
    with pytest.raises(BadRequest, match=r"(?i)no administrators in the private chat"):
        await bot.get_chat_administrators(aigul.id)


async def test_a_muted_bot_is_told_that_it_may_not_write(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    room = SimulatedRoom(telegram, "Кара-Суу", owner=aigul)
    room.add_bot(aigul)
    room.mute_bot(aigul)
    changed = (await updates(bot))[-1].my_chat_member
    assert changed is not None
    assert changed.new_chat_member.status == ChatMember.RESTRICTED
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send text messages"):
        await bot.send_message(room.id, "Салам")


async def test_in_a_group_the_bot_hears_only_what_is_addressed_to_it(
    bot: Bot, telegram: Telegram, aigul: Person
) -> None:
    room = SimulatedRoom(telegram, "Кара-Суу", owner=aigul)
    aigul.say("ботсуз", room=room)
    room.add_bot(aigul)
    await bot.send_message(room.id, "Салам")
    telegram.world.updates.drop()
    aigul.say("өз ара сөз", room=room)
    aigul.say("/next", room=room)
    aigul.say("/next@another_bot", room=room)
    aigul.say("@hearing_demo_bot кандайсың", room=room)
    aigul.say("макулмун", room=room, reply_to=room.screen)
    heard = [update.message.text for update in await updates(bot) if update.message]
    assert heard == ["/next", "@hearing_demo_bot кандайсың", "макулмун"]
    room.add_bot(aigul, administrator=True)
    aigul.say("эми баары угулат", room=room)
    assert (await updates(bot))[-1].message is not None


async def test_who_only_spoke_in_a_group_cannot_be_written_to(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    room = SimulatedRoom(telegram, "Кара-Суу", owner=aigul)
    room.add_bot(aigul)
    bakyt = Person(telegram, "Бакыт")
    bakyt.say("/next", room=room)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(bakyt.id, "Салам")


async def test_a_button_in_a_group_is_pressed_by_anyone(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    room = SimulatedRoom(telegram, "Кара-Суу", owner=aigul)
    room.add_bot(aigul)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ачуу", callback_data="open")]])
    await bot.send_message(room.id, "Угуу", reply_markup=keyboard)
    bakyt = Person(telegram, "Бакыт")
    query = bakyt.press("Ачуу", room=room)
    await bot.answer_callback_query(query.id, "жеке жазыңыз")
    assert bakyt.toasts[0].text == "жеке жазыңыз"
    assert aigul.toasts == []


async def test_a_group_that_became_a_supergroup_says_where_it_went(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    room = SimulatedRoom(telegram, "Кара-Суу", owner=aigul, kind="group")
    room.add_bot(aigul)
    old = room.id
    telegram.world.updates.drop()
    room.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "Салам")
    assert moved.value.new_chat_id == room.id
    leaving, arriving = [update.message for update in await updates(bot)]
    assert leaving is not None
    assert arriving is not None
    assert (leaving.chat.id, leaving.migrate_to_chat_id) == (old, room.id)
    assert (arriving.chat.id, arriving.migrate_from_chat_id) == (room.id, old)
    assert (await bot.send_message(room.id, "Салам")).chat.type == "supergroup"


async def test_topics_are_respected(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    room = SimulatedRoom(telegram, "Кара-Суу", owner=aigul)
    room.add_bot(aigul)
    thread = room.topic("Бюджет")
    sent = await bot.send_message(room.id, "Салам", message_thread_id=thread)
    assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(room.id, "Салам", message_thread_id=999)


async def test_a_title_and_a_post_are_heard(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    channel = SimulatedRoom(telegram, "Жаңылыктар", owner=aigul, kind="channel")
    channel.add_bot(aigul)
    telegram.world.updates.drop()
    channel.rename("Кара-Суу жаңылыктары", aigul)
    channel.post("Угуу болот")
    renamed, posted = [update.channel_post for update in await updates(bot)]
    assert renamed is not None
    assert renamed.new_chat_title == "Кара-Суу жаңылыктары"
    assert posted is not None
    assert (posted.text, posted.from_user) == ("Угуу болот", None)
    assert posted.sender_chat is not None
    assert posted.sender_chat.id == channel.id


async def test_pinning_in_a_group_needs_the_right(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    room = SimulatedRoom(telegram, "Кара-Суу", owner=aigul)
    room.add_bot(aigul)
    message = await bot.send_message(room.id, "Салам")
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to manage pinned messages"):
        await message.pin()
    said = aigul.say("/next", room=room)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(room.id, said.id)
    room.add_bot(aigul, administrator=True)
    await message.pin()
    await bot.delete_message(room.id, said.id)
    assert room.screen.pinned
    assert said.deleted


async def test_in_a_topic_people_speak_and_the_bot_hears_where(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    room = SimulatedRoom(telegram, "Кара-Суу", owner=aigul)
    room.add_bot(aigul)
    thread = room.topic("Бюджет")
    telegram.world.updates.drop()
    aigul.say("/next", room=room.within(thread))
    aigul.say("/next", room=room)
    within, outside = [update.message for update in await updates(bot)]
    assert within is not None
    assert outside is not None
    assert (within.message_thread_id, within.is_topic_message) == (thread, True)
    assert (outside.message_thread_id, outside.is_topic_message) == (None, None)
    await bot.send_message(room.id, "Салам", message_thread_id=thread)
    await bot.send_message(room.id, "Бардыгына")
    assert [message.text for message in room.within(thread).messages] == ["Салам"]


async def test_a_link_adds_the_bot_and_says_its_payload_in_the_group(bot: Bot, telegram: Telegram) -> None:
    bakyt = Person(telegram, "Бакыт")
    room = SimulatedRoom(telegram, "Кара-Суу", owner=Person(telegram, "Айгүл"))
    room.add_bot(bakyt, payload="1kgr_4")
    said = [update.message.text for update in await updates(bot) if update.message and update.message.text]
    assert said == ["/start@hearing_demo_bot 1kgr_4"]
    assert (await bot.get_chat_member(room.id, bakyt.id)).status == "member"
    room.promote(bakyt)
    assert (await bot.get_chat_member(room.id, bakyt.id)).status == "administrator"


async def test_in_a_channel_the_right_to_post_is_taken_from_an_administrator(
    bot: Bot, telegram: Telegram, aigul: Person
) -> None:
    channel = SimulatedRoom(telegram, "Жаңылыктар", owner=aigul, kind="channel")
    channel.add_bot(aigul)
    channel.mute_bot(aigul)
    changed = (await updates(bot))[-1].my_chat_member
    assert changed is not None
    assert isinstance(changed.new_chat_member, ChatMemberAdministrator)
    assert changed.new_chat_member.can_post_messages is False
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send text messages"):
        await bot.send_message(channel.id, "Салам")
