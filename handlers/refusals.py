"""What Telegram means when it says no: one table from its answers to what we do about them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns of its own future at every 429


class Verdict(Enum):
    """What follows from a refusal."""

    AGAIN = auto()
    """Nothing wrong with the request: the network or Telegram itself failed."""
    WAIT = auto()
    """Too fast: again after ``seconds``."""
    GONE = auto()
    """This person or chat does not want us, or is no more."""
    MOVED = auto()
    """A group became a supergroup: ``chat_id`` is its new number."""
    SAME = auto()
    """The message looks like that already."""
    MISSING = auto()
    """The message to edit is not there, or can no longer be edited."""
    NO_TEXT = auto()
    """The message to edit is a picture."""
    BAD_FILE = auto()
    """The file id is not, or no longer, known."""
    LATE = auto()
    """The press was too long ago to be answered."""
    WRONG = auto()
    """Everything else: the same request will never succeed."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and its number."""

    verdict: Verdict
    seconds: float = 0.0
    chat_id: int = 0


PHRASES: Final[tuple[tuple[str, Verdict], ...]] = (
    ("message is not modified", Verdict.SAME),
    ("message to edit not found", Verdict.MISSING),
    ("message can't be edited", Verdict.MISSING),
    ("message_id_invalid", Verdict.MISSING),
    ("no text in the message", Verdict.NO_TEXT),
    ("wrong file", Verdict.BAD_FILE),
    ("wrong remote file", Verdict.BAD_FILE),
    ("file_reference_", Verdict.BAD_FILE),
    ("query is too old", Verdict.LATE),
    ("query id is invalid", Verdict.LATE),
    ("query_id_invalid", Verdict.LATE),
    ("chat not found", Verdict.GONE),
    ("user not found", Verdict.GONE),
    ("peer_id_invalid", Verdict.GONE),
    ("input_user_deactivated", Verdict.GONE),
)
UNNAMED_WAIT: Final = 1.0  # seconds, where a 429 does not say how long


def judge(error: TelegramError) -> Judgement:
    """What to do after ``error``."""
    if isinstance(error, RetryAfter):
        return Judgement(Verdict.WAIT, seconds=_seconds(error.retry_after))
    if isinstance(error, ChatMigrated):
        return Judgement(Verdict.MOVED, chat_id=error.new_chat_id)
    if isinstance(error, Forbidden):
        return Judgement(Verdict.GONE)
    return _by_words(error, error.message.lower())


def _by_words(error: TelegramError, words: str) -> Judgement:
    if isinstance(error, BadRequest):
        return Judgement(next((verdict for phrase, verdict in PHRASES if phrase in words), Verdict.WRONG))
    if isinstance(error, InvalidToken | EndPointNotFound | Conflict):
        return Judgement(Verdict.WRONG)
    if "too many requests" in words:  # the library knows a 429 only by its number of seconds
        told = re.search(r"retry after (\d+)", words)
        return Judgement(Verdict.WAIT, seconds=float(told[1]) if told else UNNAMED_WAIT)
    return Judgement(Verdict.AGAIN)


def _seconds(told: float | timedelta) -> float:
    return told.total_seconds() if isinstance(told, timedelta) else float(told)
