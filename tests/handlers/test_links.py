"""Links that open the bot say where they lead, and Telegram carries them."""

from __future__ import annotations

import re

import pytest

from bot.domain.languages import LANGUAGES
from handlers import presses
from handlers.presses.links import bot_link, channel_link, deep_link, group_link
from handlers.presses.wire import unpack

BOT = "bagysh_hearing_bot"
STARTS = re.compile(rf"https://t\.me/{BOT}\?start=([A-Za-z0-9_-]{{1,64}})")


@pytest.mark.parametrize("language", [None, *LANGUAGES])
def test_a_link_brings_its_press_and_its_language(language: str | None) -> None:
    found = STARTS.fullmatch(deep_link(BOT, presses.FollowPoster(12, 3), language))

    assert found is not None
    assert unpack(found[1]) == (presses.FollowPoster(12, 3), language)


def test_a_group_hears_what_the_link_means() -> None:
    link, _, payload = group_link(BOT, presses.ListRooms(4)).partition("?startgroup=")

    assert link == bot_link(BOT) == f"https://t.me/{BOT}"
    assert unpack(payload) == (presses.ListRooms(4), None)


def test_a_channel_lets_the_bot_post_and_edit() -> None:
    assert channel_link(BOT) == f"https://t.me/{BOT}?startchannel&admin=post_messages+edit_messages"
