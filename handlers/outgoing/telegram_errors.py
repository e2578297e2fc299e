"""What Telegram's refusals mean: one table from its error messages to what the bot does about them."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.domain.values import dataclass
from handlers.outgoing.transport import NotSent

if TYPE_CHECKING:
    from collections.abc import Awaitable

log = structlog.get_logger(__name__)

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns of its own future at every 429


class Verdict(Enum):
    """What a refusal means for the request."""

    AGAIN = auto()
    """The request is right; the network or Telegram itself failed."""
    WAIT = auto()
    """Too fast (a 429): to be made again after ``seconds``."""
    GONE = auto()
    """The person or chat has blocked or removed the bot, or exists no more."""
    MUTED = auto()
    """The bot is in the chat and may not write."""
    NO_TOPIC = auto()
    """The topic of the forum does not exist or is closed: without a topic the message may be accepted."""
    MOVED = auto()
    """A group became a supergroup: ``chat_id`` is its new number."""
    SAME = auto()
    """The message looks like that already."""
    MISSING = auto()
    """The message to edit does not exist, or can no longer be edited."""
    NO_TEXT = auto()
    """The message to edit is a picture."""
    BAD_FILE = auto()
    """The file id is not, or no longer, known."""
    NO_RECORDINGS = auto()
    """The person lets nobody send them voice and video messages; a file may be accepted."""
    LATE = auto()
    """The press was too long ago to be answered."""
    WRONG = auto()
    """Everything else: the same request will never succeed."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Telegram did what was asked; ``message_id`` where a message came of it."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A refusal: its verdict with its number, and the ``reason`` to be stored, in a word or two of the bot's own.

    ``unsent``: the request never left. Without it, Telegram may have done what an AGAIN had asked.
    """

    verdict: Verdict
    seconds: float = 0.0
    chat_id: int = 0
    reason: str = ""
    unsent: bool = False

    @property
    def why(self) -> str:
        """The refusal in words, for the log."""
        return self.reason or _WHY.get(self.verdict, self.verdict.name.lower())


_WHY: Final = {
    Verdict.AGAIN: "Telegram or the network failed",
    Verdict.WAIT: "Telegram says too fast",
    Verdict.LATE: "the press was too long ago",
}

TELEGRAM_PHRASES: Final[tuple[tuple[str, Verdict, str], ...]] = (
    ("message is not modified", Verdict.SAME, ""),
    ("message_not_modified", Verdict.SAME, ""),
    ("canceled by new", Verdict.SAME, ""),
    ("message to edit not found", Verdict.MISSING, ""),
    ("message can't be edited", Verdict.MISSING, ""),
    ("message_id_invalid", Verdict.MISSING, ""),
    ("message_edit_time_expired", Verdict.MISSING, ""),
    ("message_author_required", Verdict.MISSING, ""),
    ("no text in the message", Verdict.NO_TEXT, ""),
    ("wrong file", Verdict.BAD_FILE, "bad file"),
    ("wrong remote file", Verdict.BAD_FILE, "bad file"),
    ("invalid file", Verdict.BAD_FILE, "bad file"),
    ("can't use file of type", Verdict.BAD_FILE, "bad file"),
    ("type of file mismatch", Verdict.BAD_FILE, "bad file"),
    ("file is temporarily unavailable", Verdict.BAD_FILE, "bad file"),
    ("file is too big", Verdict.BAD_FILE, "bad file"),
    ("file must be non-empty", Verdict.BAD_FILE, "bad file"),
    ("file_reference_", Verdict.BAD_FILE, "bad file"),
    ("media_empty", Verdict.BAD_FILE, "bad file"),
    ("media_invalid", Verdict.BAD_FILE, "bad file"),
    ("media_new_invalid", Verdict.BAD_FILE, "bad file"),
    ("image_process_failed", Verdict.BAD_FILE, "bad file"),
    ("photo_", Verdict.BAD_FILE, "bad file"),
    ("too big for a photo", Verdict.BAD_FILE, "bad file"),
    ("voice_messages_forbidden", Verdict.NO_RECORDINGS, "no recordings"),
    ("restricted receiving of voice", Verdict.NO_RECORDINGS, "no recordings"),
    ("restricted receiving of video", Verdict.NO_RECORDINGS, "no recordings"),
    ("query is too old", Verdict.LATE, ""),
    ("query id is invalid", Verdict.LATE, ""),
    ("query_id_invalid", Verdict.LATE, ""),
    ("message thread not found", Verdict.NO_TOPIC, "no topic"),
    ("topic_closed", Verdict.NO_TOPIC, "no topic"),
    ("topic_deleted", Verdict.NO_TOPIC, "no topic"),
    ("topic_id_invalid", Verdict.NO_TOPIC, "no topic"),
    ("not a forum", Verdict.NO_TOPIC, "no topic"),
    ("not enough rights", Verdict.MUTED, "no rights"),
    ("have no rights to send", Verdict.MUTED, "no rights"),
    ("need administrator rights", Verdict.MUTED, "no rights"),
    ("chat_admin_required", Verdict.MUTED, "no rights"),
    ("write_forbidden", Verdict.MUTED, "no rights"),
    ("no write access", Verdict.MUTED, "no rights"),
    ("chat_send_", Verdict.MUTED, "no rights"),
    ("chat_guest_send_forbidden", Verdict.MUTED, "no rights"),
    ("user_banned_in_channel", Verdict.MUTED, "no rights"),
    ("chat_restricted", Verdict.MUTED, "restricted"),
    ("user_restricted", Verdict.MUTED, "restricted"),
    ("allow_payment_required", Verdict.MUTED, "to be paid"),
    ("blocked by the user", Verdict.GONE, "blocked"),
    ("user_is_blocked", Verdict.GONE, "blocked"),
    ("user is deactivated", Verdict.GONE, "deactivated"),
    ("user_deactivated", Verdict.GONE, "deactivated"),
    ("chat was deactivated", Verdict.GONE, "deactivated"),
    ("chat was deleted", Verdict.GONE, "deactivated"),
    ("chat not found", Verdict.GONE, "chat not found"),
    ("user not found", Verdict.GONE, "chat not found"),
    ("peer_id_invalid", Verdict.GONE, "chat not found"),
    ("chat_id_invalid", Verdict.GONE, "chat not found"),
    ("user_id_invalid", Verdict.GONE, "chat not found"),
    ("was kicked", Verdict.GONE, "thrown out"),
    ("is not a member", Verdict.GONE, "thrown out"),
    ("channel_private", Verdict.GONE, "thrown out"),
    ("channel_invalid", Verdict.GONE, "thrown out"),
    ("can't initiate conversation", Verdict.GONE, "never started"),
    ("msg_wait_failed", Verdict.AGAIN, ""),
    ("rpc_call_fail", Verdict.AGAIN, ""),
    ("file_part_", Verdict.AGAIN, ""),
    ("request timeout", Verdict.AGAIN, ""),
    ("message is too long", Verdict.WRONG, "refused"),
    ("message_too_long", Verdict.WRONG, "refused"),
    ("caption is too long", Verdict.WRONG, "refused"),
    ("caption_too_long", Verdict.WRONG, "refused"),
    ("text is empty", Verdict.WRONG, "refused"),
    ("message_empty", Verdict.WRONG, "refused"),
    ("can't parse", Verdict.WRONG, "refused"),
    ("entity_", Verdict.WRONG, "refused"),
    ("entities_too_long", Verdict.WRONG, "refused"),
    ("must be encoded in utf-8", Verdict.WRONG, "refused"),
    ("button_", Verdict.WRONG, "refused"),
    ("reply markup is too long", Verdict.WRONG, "refused"),
    ("reply_markup_", Verdict.WRONG, "refused"),
    ("wrong location", Verdict.WRONG, "refused"),
    ("must be non-empty", Verdict.WRONG, "refused"),
    ("wrong parameter", Verdict.WRONG, "refused"),
)
"""Phrases of Telegram's messages, in small letters; the first that is in a message counts.

Any other message is WRONG, or GONE where it is a 403. ``docs/telegram-faults.md`` says what each means for people.
"""
UNTAKEN: Final = frozenset({Verdict.WRONG, Verdict.BAD_FILE, Verdict.NO_RECORDINGS})
"""Telegram takes other messages to the same person: they hear at least a sentence."""
UNNAMED_WAIT: Final = 1.0
"""Seconds to wait where a 429 does not say how long."""


def judge(error: TelegramError) -> Judgement:
    """What ``error`` means."""
    if isinstance(error, RetryAfter):
        return Judgement(Verdict.WAIT, seconds=_seconds(error.retry_after))
    if isinstance(error, ChatMigrated):
        return Judgement(Verdict.MOVED, chat_id=error.new_chat_id)
    words = error.message.lower()
    if isinstance(error, BadRequest | Forbidden):
        other = (Verdict.GONE, "forbidden") if isinstance(error, Forbidden) else (Verdict.WRONG, "refused")
        verdict, reason = next(((means, why) for phrase, means, why in TELEGRAM_PHRASES if phrase in words), other)
        return Judgement(verdict, reason=reason)
    return _judge_other(error, words)


def _judge_other(error: TelegramError, words: str) -> Judgement:
    if isinstance(error, InvalidToken | Conflict):
        return Judgement(Verdict.WRONG, reason="refused")
    if "too many requests" in words:  # the library knows a 429 only by its number of seconds
        told = re.search(r"retry after (\d+)", words)
        return Judgement(Verdict.WAIT, seconds=float(told[1]) if told else UNNAMED_WAIT)
    if "entity too large" in words:  # a 413
        return Judgement(Verdict.BAD_FILE, reason="bad file")
    return Judgement(Verdict.AGAIN, unsent=isinstance(error, NotSent))


def _seconds(told: float | timedelta) -> float:
    return told.total_seconds() if isinstance(told, timedelta) else float(told)


async def attempt(call: Awaitable[int | None]) -> Accepted | Judgement:
    """Await one call; returns its result or what the refusal means. Only Telegram's own words go to the log."""
    try:
        return Accepted(await call)
    except TelegramError as refused:
        error = refused
    judgement = judge(error)
    if judgement.verdict is Verdict.WRONG:
        # what stands in quotation marks may be a person's words
        log.error("telegram refused", error=type(error).__name__, words=error.message.partition('"')[0])
    else:
        log.debug("telegram refused", verdict=judgement.verdict.name, error=type(error).__name__)
    return judgement
