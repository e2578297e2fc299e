from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)
from telegram.error import BadRequest

from bot.simulator import Person, Telegram

if TYPE_CHECKING:
    from tests.simulator.conftest import HandClock


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
    assert (await bot.get_my_commands(language_code="ky"))[0].description == "Баштоо"
    assert await bot.get_my_commands(language_code="ru") == ()


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


async def test_name_and_descriptions_are_kept_per_language(bot: Bot) -> None:
    await bot.set_my_name("Hearings of Kara-Suu")
    await bot.set_my_name("Кара-Суу угуулары", language_code="ky")
    assert (await bot.get_my_name(language_code="ky")).name == "Кара-Суу угуулары"
    assert (await bot.get_my_name(language_code="ru")).name == "Hearings of Kara-Suu"
    await bot.set_my_name("", language_code="ky")
    assert (await bot.get_my_name(language_code="ky")).name == "Hearings of Kara-Suu"
    await bot.set_my_description("Кеңири", language_code="ky")
    await bot.set_my_short_description("Кыска", language_code="ky")
    assert (await bot.get_my_description("ky")).description == "Кеңири"
    assert (await bot.get_my_short_description("ky")).short_description == "Кыска"
    assert (await bot.get_my_description()).description == ""


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


async def test_the_menu_button_is_the_chats_own_or_everybodys(bot: Bot, aigul: Person) -> None:
    assert isinstance(await bot.get_chat_menu_button(aigul.id), MenuButtonCommands)
    app = MenuButtonWebApp("Ачуу", WebAppInfo("https://example.org"))
    await bot.set_chat_menu_button(aigul.id, app)
    assert await bot.get_chat_menu_button(aigul.id) == app
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)


async def test_a_person_can_be_looked_up(bot: Bot, aigul: Person) -> None:
    chat = await bot.get_chat(aigul.id)
    assert (chat.type, chat.first_name, chat.username) == ("private", "Айгүл", "aigul_kg")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(5)


async def test_a_bot_that_logged_out_is_out_for_ten_minutes(
    bot: Bot, telegram: Telegram, aigul: Person, clock: HandClock
) -> None:
    aigul.say("угуп жатасыңбы")
    assert await bot.log_out()
    assert len(telegram.world.updates) == 0
    with pytest.raises(BadRequest, match="Logged out"):
        await bot.send_message(aigul.id, "x")
    clock.push(600)
    await bot.send_message(aigul.id, "y")


async def test_a_bot_may_close_ten_minutes_after_its_start(bot: Bot, telegram: Telegram, clock: HandClock) -> None:
    answer = await telegram.call("close")
    assert (answer.status, answer.body["parameters"]) == (429, {"retry_after": 600})
    clock.push(600)
    assert await bot.close()
