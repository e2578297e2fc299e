"""Files of which the bot keeps the bytes: with another token every id that Telegram gave is worth nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

LARGEST_KEPT: Final = 20 * 1024 * 1024
"""Bytes of the largest file that Telegram gives to a bot."""
DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
"""How the name of a kept file looks: the SHA-256 of its bytes."""
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(days=1)
TRIES_AT_A_LOST_FILE: Final = 14
"""After so many refusals in four days Telegram is asked no more: it says lost for lost and for busy alike."""
CLAIM_LASTS: Final = timedelta(minutes=5)
"""How long one process has for one file; after that another tries."""


class Trouble(StrEnum):
    """Why a file is not kept yet."""

    TOO_LARGE = "too large"
    """Telegram gives no bot so large a file: it is there alone."""
    LOST = "lost"
    """Telegram does not know its id: it was deleted, or given to another bot."""
    UNREACHABLE = "unreachable"
    FOLDER = "folder"
    """It cannot be written: the disk is full, or the folder is gone."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file by what Telegram knows it by for good, ``unique_id``; ``file_id`` is under what it sends it now.

    ``digest`` names its bytes in the folder, and is empty before they were fetched once. ``due`` says when it is to be
    fetched, after ``attempts`` in vain; None where it is kept, or given up for its ``trouble``.
    """

    unique_id: str
    file_id: str
    size: int = 0
    digest: str = ""
    attempts: int = 0
    due: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class KeptUses:
    """Where a digest is used: by which unique ids, in documents of which hearings, and in which comments (ids)."""

    unique_ids: frozenset[str] = frozenset()
    hearings: frozenset[int] = frozenset()
    comments: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """How many files are kept, and how many are not: they wait, are too large, or are lost at Telegram."""

    kept: int = 0
    waiting: int = 0
    too_large: int = 0
    lost: int = 0


def next_try(file: KeptFile, trouble: Trouble, now: datetime) -> datetime | None:
    """When a file is tried again that could not be kept: after waits that double; None where never."""
    if trouble is Trouble.TOO_LARGE or (trouble is Trouble.LOST and file.attempts >= TRIES_AT_A_LOST_FILE):
        return None
    doubled: timedelta = FIRST_WAIT * 2 ** min(max(0, file.attempts - 1), 20)
    return now + min(doubled, LONGEST_WAIT)
