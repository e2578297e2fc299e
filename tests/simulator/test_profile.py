from __future__ import annotations

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest

from bot.simulator import Person, Telegram
from bot.simulator.profile import text_for


async def test_the_bot_knows_who_it_is(bot: Bot) -> None:
    assert (bot.username, bot.id, bot.bot.is_bot) == ("hearing_demo_bot", 100, True)


async def test_a_person_sees_the_commands_of_their_language_and_narrowest_scope(
    bot: Bot, telegram: Telegram, aigul: Person
) -> None:
    await bot.set_my_commands([BotCommand("start", "Begin")])
    await bot.set_my_commands([BotCommand("start", "Баштоо")], language_code="ky")
    assert [command["description"] for command in aigul.menu] == ["Баштоо"]
    assert [command["description"] for command in Person(telegram, "Jon", language="fr").menu] == ["Begin"]
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("mine", "Меники")], scope=private, language_code="ky")
    assert [command["command"] for command in aigul.menu] == ["mine"]
    await bot.set_my_commands([BotCommand("desk", "Катчы")], scope=BotCommandScopeChat(aigul.id))
    assert [command["command"] for command in aigul.menu] == ["desk"]
    await bot.delete_my_commands(BotCommandScopeChat(aigul.id))
    await bot.delete_my_commands(private, language_code="ky")
    assert [command["description"] for command in aigul.menu] == ["Баштоо"]


@pytest.mark.parametrize(
    ("command", "description", "complaint"),
    [
        ("Start", "x", "BOT_COMMAND_INVALID"),
        ("баштоо", "x", "BOT_COMMAND_INVALID"),
        ("a" * 33, "x", "must have 1-32 characters"),
        ("start", "x" * 257, "must have 1-256 characters"),
        ("start", " ", "command description must be non-empty"),
    ],
)
async def test_a_command_is_short_and_plain(telegram: Telegram, command: str, description: str, complaint: str) -> None:
    answer = await telegram.call("setMyCommands", {"commands": [{"command": command, "description": description}]})
    assert answer.status == 400
    assert complaint in answer.body["description"]


async def test_there_are_at_most_a_hundred_commands(telegram: Telegram) -> None:
    commands = [{"command": f"c{number}", "description": "x"} for number in range(101)]
    assert (await telegram.call("setMyCommands", {"commands": commands})).status == 400
    assert (await telegram.call("setMyCommands", {"commands": commands[:100]})).status == 200


async def test_a_scope_must_exist(telegram: Telegram) -> None:
    commands = [{"command": "a", "description": "x"}]
    for scope in ({"type": "everyone"}, {"type": "chat"}, "everyone"):
        assert (await telegram.call("setMyCommands", {"commands": commands, "scope": scope})).status == 400


async def test_name_and_descriptions_are_stored_per_language(bot: Bot, telegram: Telegram) -> None:
    await bot.set_my_name("Hearings of Kara-Suu")
    await bot.set_my_name("Кара-Суу угуулары", language_code="ky")
    assert text_for(telegram.world, "Name", "ky") == "Кара-Суу угуулары"
    assert text_for(telegram.world, "Name", "ru") == "Hearings of Kara-Suu"
    await bot.set_my_name("", language_code="ky")
    assert text_for(telegram.world, "Name", "ky") == "Hearings of Kara-Suu"
    await bot.set_my_description("Кеңири", language_code="ky")
    await bot.set_my_short_description("Кыска", language_code="ky")
    assert text_for(telegram.world, "Description", "ky") == "Кеңири"
    assert text_for(telegram.world, "ShortDescription", "ky") == "Кыска"
    assert text_for(telegram.world, "Description", "") == ""


async def test_name_and_descriptions_have_their_lengths(bot: Bot) -> None:
    await bot.set_my_name("ө" * 64)
    await bot.set_my_description("ө" * 512)
    await bot.set_my_short_description("ө" * 120)
    with pytest.raises(BadRequest, match="0-64 characters"):
        await bot.set_my_name("ө" * 65)
    with pytest.raises(BadRequest, match="0-512 characters"):
        await bot.set_my_description("ө" * 513)
    with pytest.raises(BadRequest, match="0-120 characters"):
        await bot.set_my_short_description("ө" * 121)


@pytest.mark.parametrize("code", ["uz_Cyrl", "kyr", "KY", "к"])
async def test_a_language_has_two_letters(bot: Bot, code: str) -> None:
    with pytest.raises(BadRequest, match=r"(?i)invalid language code"):
        await bot.set_my_name("x", language_code=code)


async def test_a_person_can_be_looked_up(bot: Bot, aigul: Person) -> None:
    chat = await bot.get_chat(aigul.id)
    assert (chat.type, chat.first_name, chat.username) == ("private", "Айгүл", "aigul_kg")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(5)
