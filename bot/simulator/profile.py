"""The bot's profile (name, descriptions, commands) and what it may read of chats and files."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.simulator.refusals import bad_request

if TYPE_CHECKING:
    from bot.simulator.messages import Chat, Json
    from bot.simulator.sending import UploadedFiles
    from bot.simulator.world import World

PROFILE_TEXTS = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}
"""The texts of the profile: the ending of their ``setMy...`` method and its field."""


def _language(fields: Json) -> str:
    code: str = fields.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _scope(fields: Json) -> str:
    return json.dumps(fields.get("scope") or {"type": "default"}, sort_keys=True)


def set_commands(world: World, fields: Json, _: UploadedFiles) -> bool:
    """Store the commands of one scope and language; a name or description of the wrong form is refused."""
    commands = fields["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not command["description"].strip():
            raise bad_request("command description must be non-empty")
    clean = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    world.profile.commands[_scope(fields), _language(fields)] = clean
    world.notify("menu", 0)
    return True


def delete_commands(world: World, fields: Json, _: UploadedFiles) -> bool:
    """Delete the commands of one scope and language."""
    world.profile.commands.pop((_scope(fields), _language(fields)), None)
    world.notify("menu", 0)
    return True


def set_text(kind: str, world: World, fields: Json, _: UploadedFiles) -> bool:
    """Store one of ``PROFILE_TEXTS`` for a language; an empty text removes the one for that language."""
    world.profile.texts[kind, _language(fields)] = fields.get(PROFILE_TEXTS[kind], "")
    world.notify("menu", 0)
    return True


def text_for(world: World, kind: str, language: str) -> str:
    """The text that a phone with this two-letter language shows: its own, else the one for every language."""
    texts = world.profile.texts
    default: str = world.bot["first_name"] if kind == "Name" else ""
    return texts.get((kind, language)) or texts.get((kind, "")) or default


def menu_for(world: World, chat: Chat, language: str, *, administrator: bool = False) -> list[Json]:
    """The commands that a person with this language sees in this chat: those of the narrowest scope that has any.

    ``administrator``: the person is one of the group.
    """
    general = ["all_private_chats"] if chat.kind == "private" else ["all_group_chats"]
    if administrator:
        general.insert(0, "all_chat_administrators")
    kinds = [{"type": kind} for kind in (*general, "default")]
    for scope in ({"type": "chat", "chat_id": chat.id}, *kinds):
        for code in (language, ""):
            found = world.profile.commands.get((json.dumps(scope, sort_keys=True), code))
            if found:
                return found
    return []


def get_me(world: World, _: Json, __: UploadedFiles) -> Json:
    """The bot's own User, with its abilities."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**world.bot, **abilities}


def get_chat(world: World, fields: Json, _: UploadedFiles) -> Json:
    """The ChatFullInfo of a chat, with its newest pinned message."""
    chat = _visible(world, fields)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    body: Json = {
        **chat.json,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    pinned = next((message for message in chat.newest() if message.pinned), None)
    if pinned is not None:
        body["pinned_message"] = pinned.as_json()
    return body


def _visible(world: World, fields: Json) -> Chat:
    """A chat that the bot may read: a private one always, another while the bot is a member."""
    chat = world.get_chat(fields["chat_id"])
    if chat.kind != "private" and chat.refusal is not None:
        raise chat.refusal
    return chat


def get_member(world: World, fields: Json, _: UploadedFiles) -> Json:
    """The ChatMember of a user in a chat; raises 400 for an unknown user."""
    chat = _visible(world, fields)
    user = world.users.get(fields["user_id"])
    if fields["user_id"] == world.bot["id"]:
        user = world.bot
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return world.member(chat, user).as_json()


def get_member_count(world: World, fields: Json, _: UploadedFiles) -> int:
    """The number of members, the bot included."""
    chat = _visible(world, fields)
    if chat.kind == "private":
        return 2
    return sum(member.status not in {"left", "kicked"} for member in chat.members.values())


def get_administrators(world: World, fields: Json, _: UploadedFiles) -> list[Json]:
    """The ChatMembers who administer a group or channel."""
    chat = _visible(world, fields)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    staff = [member for member in chat.members.values() if member.status in {"creator", "administrator"}]
    return [member.as_json() for member in staff]


def get_file(world: World, fields: Json, _: UploadedFiles) -> Any:
    """The File of an id, with its path to download."""
    return world.files.describe(fields["file_id"])
