"""What the bot says about itself and what it may ask about chats."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.simulator.limits import whole_seconds
from bot.simulator.refusals import bad, forbidden, too_many

if TYPE_CHECKING:
    from bot.simulator.messages import Chat, Json
    from bot.simulator.sending import Uploads
    from bot.simulator.world import World

TEN_MINUTES = 600.0
TEXTS = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}


def _language(fields: Json) -> str:
    code: str = fields.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad("invalid language code specified")
    return code


def _scope(fields: Json) -> str:
    return json.dumps(fields.get("scope") or {"type": "default"}, sort_keys=True)


def set_commands(world: World, fields: Json, _: Uploads) -> bool:
    """Keeps the commands of one scope and language; refused where a name or a description is not allowed."""
    commands = fields["commands"]
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not command["description"].strip():
            raise bad("command description must be non-empty")
    clean = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    world.profile.commands[_scope(fields), _language(fields)] = clean
    world.tell("menu", 0)
    return True


def delete_commands(world: World, fields: Json, _: Uploads) -> bool:
    """Forgets the commands of one scope and language."""
    world.profile.commands.pop((_scope(fields), _language(fields)), None)
    world.tell("menu", 0)
    return True


def get_commands(world: World, fields: Json, _: Uploads) -> list[Json]:
    """The commands of exactly this scope and language, none where none were set."""
    return world.profile.commands.get((_scope(fields), _language(fields)), [])


def set_text(what: str, world: World, fields: Json, _: Uploads) -> bool:
    """An empty text takes the one for that language away."""
    world.profile.texts[what, _language(fields)] = fields.get(TEXTS[what], "")
    world.tell("menu", 0)
    return True


def get_text(what: str, world: World, fields: Json, _: Uploads) -> Json:
    """The text for a language, else the one for every language."""
    texts = world.profile.texts
    default = world.bot["first_name"] if what == "Name" else ""
    own = texts.get((what, _language(fields)), "")
    return {TEXTS[what]: own or texts.get((what, ""), "") or default}


def menu_for(world: World, chat: Chat, language: str) -> list[Json]:
    """The commands that somebody with this language sees in this chat: the narrowest scope that has any."""
    general = "all_private_chats" if chat.kind == "private" else "all_group_chats"
    for scope in ({"type": "chat", "chat_id": chat.id}, {"type": general}, {"type": "default"}):
        for code in (language, ""):
            found = world.profile.commands.get((json.dumps(scope, sort_keys=True), code))
            if found:
                return found
    return []


def set_menu_button(world: World, fields: Json, _: Uploads) -> bool:
    """One chat's own button, or everybody's."""
    button = fields.get("menu_button") or {"type": "default"}
    if "chat_id" in fields:
        world.get_chat(fields["chat_id"]).menu_button = button
    else:
        world.profile.menu_button = button
    return True


def get_menu_button(world: World, fields: Json, _: Uploads) -> Json:
    """The chat's own button, else everybody's."""
    own = world.get_chat(fields["chat_id"]).menu_button if "chat_id" in fields else None
    return own if own and own["type"] != "default" else world.profile.menu_button


def get_me(world: World, _: Json, __: Uploads) -> Json:
    """The User that the bot is, with what it may do."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**world.bot, **abilities}


def log_out(world: World, _: Json, __: Uploads) -> bool:
    """The bot leaves this server: its queue is emptied, and for ten minutes it cannot come back."""
    world.updates.drop()
    world.out_until = world.seconds() + TEN_MINUTES
    return True


def close(world: World, _: Json, __: Uploads) -> bool:
    """Allowed ten minutes after the start at the earliest; a new instance takes over, so nothing else changes."""
    left = world.started + TEN_MINUTES - world.seconds()
    if left > 0:
        raise too_many(whole_seconds(left))
    return True


def get_chat(world: World, fields: Json, _: Uploads) -> Json:
    """The ChatFullInfo of a chat, with its newest pinned message."""
    chat = _seen(world, fields)
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


def _seen(world: World, fields: Json) -> Chat:
    """A chat that the bot may look at: private ones always, others while it is in them."""
    chat = world.get_chat(fields["chat_id"])
    if chat.kind != "private" and chat.refusal is not None:
        raise chat.refusal
    return chat


def get_member(world: World, fields: Json, _: Uploads) -> Json:
    """The ChatMember that somebody is in a chat; 400 for a person whom nobody knows."""
    chat = _seen(world, fields)
    user = world.users.get(fields["user_id"])
    if fields["user_id"] == world.bot["id"]:
        user = world.bot
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID")
    return world.member(chat, user).as_json()


def get_member_count(world: World, fields: Json, _: Uploads) -> int:
    """How many are in a chat, the bot included."""
    chat = _seen(world, fields)
    if chat.kind == "private":
        return 2
    return sum(member.status not in {"left", "kicked"} for member in chat.members.values())


def get_administrators(world: World, fields: Json, _: Uploads) -> list[Json]:
    """The ChatMembers who run a group or channel."""
    chat = _seen(world, fields)
    if chat.kind == "private":
        raise bad("there are no administrators in the private chat")
    staff = [member for member in chat.members.values() if member.status in {"creator", "administrator"}]
    return [member.as_json() for member in staff]


def leave_chat(world: World, fields: Json, _: Uploads) -> bool:
    """The bot leaves by itself, and cannot write there any more."""
    chat = _seen(world, fields)
    if chat.kind == "private":
        raise bad("can't leave private chats")
    chat.members.pop(world.bot["id"], None)
    chat.refusal = forbidden(f"bot is not a member of the {chat.kind} chat")
    return True


def get_file(world: World, fields: Json, _: Uploads) -> Any:
    """The File of an id, with the path to download it from."""
    return world.files.describe(fields["file_id"])
