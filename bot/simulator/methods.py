"""Which function does what the Bot API calls a method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.simulator import editing, profile, sending, webhooks
from bot.simulator.files import Upload
from bot.simulator.world import World

Method = Callable[[World, dict[str, Any], Mapping[str, Upload]], Any]

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "logOut": profile.log_out,
    "close": profile.close,
    "getWebhookInfo": webhooks.describe,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendVoice": sending.send_voice,
    "sendVenue": sending.send_venue,
    "sendLocation": sending.send_location,
    "sendMediaGroup": sending.send_media_group,
    "copyMessage": sending.copy_message,
    "sendChatAction": sending.send_chat_action,
    "setMessageReaction": editing.react,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": editing.answer_query,
    "pinChatMessage": editing.pin,
    "unpinChatMessage": editing.unpin,
    "unpinAllChatMessages": editing.unpin_all,
    "getFile": profile.get_file,
    "getMyCommands": profile.get_commands,
    "setMyCommands": profile.set_commands,
    "deleteMyCommands": profile.delete_commands,
    "setChatMenuButton": profile.set_menu_button,
    "getChatMenuButton": profile.get_menu_button,
    "getChat": profile.get_chat,
    "getChatMember": profile.get_member,
    "getChatMemberCount": profile.get_member_count,
    "getChatAdministrators": profile.get_administrators,
    "leaveChat": profile.leave_chat,
}


def _text_methods() -> dict[str, Method]:
    """Set and get, for each text of the profile."""
    methods: dict[str, Method] = {}
    for what in profile.TEXTS:
        methods[f"setMy{what}"] = partial(profile.set_text, what)
        methods[f"getMy{what}"] = partial(profile.get_text, what)
    return methods


METHODS |= _text_methods()
MODELLED = frozenset(METHODS) | {"getUpdates", "setWebhook", "deleteWebhook"}
