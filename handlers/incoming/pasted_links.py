"""Invitations that reach the bot as text: pasted, forwarded, within a sentence. Such a message is never a comment.

A token opens a role, so it must not be read by others. What people paste is found however it is dressed: as a link of
any form, as ``/start`` with its payload, as the payload alone, under other words, on a button, with invisible letters
between.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from bot.domain.message_text import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telegram import Message

LETTERS_OF_A_TOKEN: Final = 25
UNSEEN: Final = frozenset({"Cf", "Mn", "Me"})
"""Categories of letters that show nothing, or only a mark on the letter before."""
_PAYLOAD: Final = re.compile(r"1[0krcue]j_([0-9a-z]{25})")
"""A press of ``AcceptInvitation`` as a link carries it."""
_TOKEN: Final = re.compile(r"(?<![0-9a-z])[0-9a-z]{25}(?![0-9a-z])")


def find_payload(message: Message) -> str | None:
    """The token of the first invitation in the message, in the form in which links carry it."""
    for words in _words(message):
        if found := _PAYLOAD.search("".join(_bare(words).split())):
            return found[1]
    return None


def possible_tokens(message: Message) -> tuple[str, ...]:
    """Words that have the form of a token and may be one, without anything that says so."""
    return tuple(dict.fromkeys(token for words in _words(message) for token in _TOKEN.findall(_bare(words))))


def _words(message: Message) -> Iterator[str]:
    """All that a message says that is long enough, what stands behind its words and on its buttons included."""
    return (words for words in _every_word(message) if len(words) >= LETTERS_OF_A_TOKEN)


def _every_word(message: Message) -> Iterator[str]:
    yield message.text or ""
    yield message.caption or ""
    for entity in (*message.entities, *message.caption_entities):
        yield entity.url or ""
    for row in message.reply_markup.inline_keyboard if message.reply_markup else ():
        for button in row:
            yield button.text
            yield button.url or ""


def _bare(words: str) -> str:
    """The words in small letters, without what cannot be seen and with what a link wrote as ``%``."""
    plain = unicodedata.normalize("NFKD", unquote(words))
    seen = (each for each in plain if unicodedata.category(each) not in UNSEEN and not BLANK.match(each))
    return "".join(seen).lower()
