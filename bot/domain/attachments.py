"""The documents of a hearing: the draft as the municipality printed it, tables, photos."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.errors import AttachmentRefused, AttachmentsFull
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

ATTACHMENTS_OF_A_HEARING: Final = 10
LONGEST_TITLE: Final = 100
"""Letters of a document's title."""
ATTACHING_LASTS: Final = timedelta(minutes=10)
"""How long a file that staff send is taken for a document of the hearing; each one begins it anew."""
ATTACHED_ENDINGS: Final = frozenset(
    {"pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "jpg", "jpeg", "png", "webp"}
)
"""How the names of files end that people can open on a phone, and that run nothing."""
_ENDING: Final = re.compile(r"\.([A-Za-z0-9]{1,8})\Z")


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as it was sent: ``name`` is empty for a photo, ``title`` where nothing was typed under it."""

    file_id: str
    unique_id: str
    name: str = ""
    title: str = ""
    photo: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document of a hearing, kept at Telegram under ``file_id``. ``name`` is what it is saved as."""

    id: int
    hearing_id: int
    title: str
    name: str
    file_id: str
    unique_id: str
    photo: bool
    size: int
    added_at: datetime


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters; empty where it has none."""
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def title_of(file: AttachedFile) -> str:
    """What was typed under a file, else its name without ending, folders and signs; empty where nothing is left."""
    typed = tidied(file.title)
    return typed or tidied(_ENDING.sub("", re.split(r"[\\/]", file.name)[-1]).replace("_", " ").strip(" ."))


def tidied(words: str) -> str:
    """Words in one row without invisible signs, cut to ``LONGEST_TITLE`` letters."""
    visible = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in words)
    visible = "".join(sign for sign in visible if unicodedata.category(sign) not in {"Cf", "Cs", "Co", "Cn"})
    return " ".join(visible.split())[:LONGEST_TITLE].strip()


def ensure_attachable(file: AttachedFile, attached: Sequence[Attachment]) -> None:
    """Raise AttachmentRefused for a file of another sort, AttachmentsFull where the hearing takes no more."""
    if not file.photo and ending_of(file.name) not in ATTACHED_ENDINGS:
        raise AttachmentRefused
    if len(attached) >= ATTACHMENTS_OF_A_HEARING:
        raise AttachmentsFull(ATTACHMENTS_OF_A_HEARING)
