"""What is said in the voice messages of a comment, in writing."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.media import Media

LONGEST_TRANSCRIPT: Final = 4000
"""Letters of a transcript; of what a program says more, the rest is left out."""
TRANSCRIBING_LASTS: Final = timedelta(minutes=30)
"""How long a typed text is taken for a transcript: who listens takes their time."""
TRIES_AT_A_TRANSCRIPT: Final = 3
FIRST_WAIT: Final = timedelta(minutes=2)
LONGEST_RUN: Final = timedelta(minutes=15)
"""How long a program may take for one voice message; twice as long nobody else begins with the same comment."""


class TranscriptTrouble(StrEnum):
    """Why a program has written nothing down."""

    NO_PROGRAM = "no program"
    FAILED = "failed"
    TOO_SLOW = "too slow"
    NOTHING = "nothing"
    """It heard no words, or said what is no text."""
    NO_SOUND = "no sound"
    """The voice message is neither kept nor given by Telegram."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is said in the voice messages of a comment; ``words`` are empty before anybody has written them down.

    ``machine``: a program wrote them, and nobody of the staff has confirmed them. ``trouble``: why a program could not.
    """

    words: str = ""
    machine: bool = False
    trouble: TranscriptTrouble | None = None


@dataclass(frozen=True, slots=True)
class TranscriptTask:
    """A comment whose voice messages a program is to write down, after so many ``attempts``, this one included."""

    comment_id: int
    recordings: str
    attempts: int


def recordings_digest(attachments: Iterable[Media]) -> str:
    """A name of the voice messages among these, in their order: another one is another name; empty where none is."""
    spoken = [media.unique_id for media in attachments if media.kind.is_recording]
    return hashlib.sha256("\n".join(spoken).encode()).hexdigest()[:16] if spoken else ""


def next_attempt(task: TranscriptTask, now: datetime) -> datetime | None:
    """When a program tries again that has failed; None where never."""
    if task.attempts >= TRIES_AT_A_TRANSCRIPT:
        return None
    wait: timedelta = FIRST_WAIT * 4 ** (task.attempts - 1)
    return now + wait


def tidied_transcript(words: str) -> str:
    """What a program has said, as it is stored: no control characters, no empty rows, cut to ``LONGEST_TRANSCRIPT``."""
    rows = ("".join(sign if sign.isprintable() else " " for sign in row) for row in words.splitlines())
    return "\n".join(filter(None, (" ".join(row.split()) for row in rows)))[:LONGEST_TRANSCRIPT].strip()
