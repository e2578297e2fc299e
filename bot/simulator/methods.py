"""The methods of the Bot API that the simulator models: those the bot calls, and those that later work needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.simulator import editing, profile, sending, webhooks
from bot.simulator.files import Upload
from bot.simulator.world import World

Method = Callable[[World, dict[str, Any], Mapping[str, Upload]], Any]

IMPLEMENTATIONS: dict[str, Method] = {
    "getMe": profile.get_me,
    "getWebhookInfo": webhooks.describe,
    "sendMessage": sending.send_message,
    "sendPhoto": partial(sending.send_file, "photo"),
    "sendDocument": partial(sending.send_file, "document"),
    "sendVoice": partial(sending.send_file, "voice"),
    "sendAudio": partial(sending.send_file, "audio"),
    "sendVideo": partial(sending.send_file, "video"),
    "sendAnimation": partial(sending.send_file, "animation"),
    "sendVideoNote": partial(sending.send_file, "video_note"),
    "sendVenue": sending.send_venue,
    "sendLocation": sending.send_location,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "setMessageReaction": editing.react,
    "editMessageText": editing.edit_text,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": editing.answer_query,
    "pinChatMessage": editing.pin,
    "unpinChatMessage": editing.unpin,
    "getFile": profile.get_file,
    "setMyCommands": profile.set_commands,
    "deleteMyCommands": profile.delete_commands,
    "getChat": profile.get_chat,
    "getChatMember": profile.get_member,
    "getChatMemberCount": profile.get_member_count,
    "getChatAdministrators": profile.get_administrators,
    **{f"setMy{kind}": partial(profile.set_text, kind) for kind in profile.PROFILE_TEXTS},
}

MODELLED_METHODS = frozenset(IMPLEMENTATIONS) | {"getUpdates", "setWebhook", "deleteWebhook"}
"""Every modelled method; the last three are called in ``telegram``, which they change."""
