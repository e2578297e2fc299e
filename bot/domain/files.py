"""Files that staff ask for at the desk: the record of a hearing, its tables to fill in, a poster."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.errors import TooManyFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES_OF_ONE_PERSON: Final = 20
"""Files that may wait for one person."""
FILES_WAITING: Final = 100
"""Files that may wait for everybody together: they are made one after the other."""


class FileKind(StrEnum):
    """What a file is."""

    RECORD = "record"
    """In a form and one language."""
    DECISIONS = "decisions"
    """The table of decisions, to be filled in and sent back, in one language."""
    ENTRIES = "entries"
    """The entry sheet, to be filled in and sent back, in one language."""
    FORM = "form"
    """A form to be printed (``FormKind``), in one or two languages."""
    POSTER = "poster"
    """For a village (0: the whole municipality), in two languages."""


class FormKind(StrEnum):
    """A form to be printed, in wire order (append only)."""

    CARDS = "cards"
    """Cards for comments."""
    BALLOT = "ballot"
    """The questions of a hearing."""
    ATTENDANCE = "attendance"
    """A list of who came to a sitting."""


@dataclass(frozen=True, slots=True)
class FileRequest:
    """What is asked for. Requests that are equal are one file: it is made once for all who wait for it."""

    kind: FileKind
    hearing_id: int
    languages: tuple[str, ...]
    form: str = ""
    village_id: int = 0
    at_closing: bool = False
    """It is not asked for: it comes to the secretaries when answers close."""

    @property
    def facts(self) -> Mapping[str, str | int]:
        """The request as it is stored with an owed reply; of equal requests the same, in the same order."""
        return {
            "file": self.kind.value,
            "hearing": self.hearing_id,
            "languages": " ".join(self.languages),
            "form": self.form,
            "village": self.village_id,
            **({"closing": 1} if self.at_closing else {}),
        }

    @classmethod
    def of(cls, facts: Mapping[str, str | int]) -> FileRequest:
        """The request that has these facts."""
        return cls(
            FileKind(str(facts["file"])),
            int(facts["hearing"]),
            tuple(str(facts["languages"]).split()),
            str(facts["form"]),
            int(facts["village"]),
            at_closing=bool(facts.get("closing", 0)),
        )


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that is whole: its bytes, and the name people keep it under (empty: it is named when it is sent)."""

    content: bytes
    name: str = ""


def ensure_room_for_file(waiting: Mapping[int, int], resident_id: int) -> None:
    """Raise TooManyFiles where too many wait already; ``waiting`` are their numbers by resident."""
    if waiting.get(resident_id, 0) >= FILES_OF_ONE_PERSON or sum(waiting.values()) >= FILES_WAITING:
        raise TooManyFiles
