"""Files that staff ask for at the desk: the record of a hearing, its tables to fill in, posters."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NoOptionQuestions, NotFinal, NotFound, TooManyFiles
from bot.domain.hearings import Phase
from bot.domain.questions import OPTION_KINDS
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.hearings import Hearing

FILES_OF_ONE_PERSON: Final = 20
"""Files that may wait for one person."""
FILES_WAITING: Final = 100
"""Files that may wait for everybody together: they are made one after the other."""


OPEN_DATA: Final = "open-data"
"""The form of the record that everybody may have."""
PABULIB: Final = "pb"
"""The form of the record that has a row for each answer to certain kinds of question."""


FORMS_OF_A_SITTING: Final = ("docx", "csv")
"""The forms of the record that can be had of one sitting alone: its minutes, and what was said there."""


class FileKind(StrEnum):
    """What a file is."""

    RECORD = "record"
    """In a form and one language."""
    PICTURE = "picture"
    """How people answered, in one language."""
    DECISIONS = "decisions"
    """The table of decisions, to be filled in and sent back, in one language."""
    ENTRIES = "entries"
    """The entry sheet, to be filled in and sent back, in one language."""
    FORM = "form"
    """A form to be printed (``FormKind``), in one or two languages."""
    POSTER = "poster"
    """For a village (0: the whole municipality), in two languages."""
    POSTERS = "posters"
    """For each village of the municipality, in two languages: one file, a page each."""


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
    sitting: int = 0
    """The number of the only sitting that a record tells of; 0: of the whole hearing."""

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
            **({"sitting": self.sitting} if self.sitting else {}),
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
            sitting=int(facts.get("sitting", 0)),
        )


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that is whole: its bytes, and the name people keep it under (empty: it is named when it is sent)."""

    content: bytes
    name: str = ""
    words: str = ""
    """Of a picture: the numbers on it, to stand beside it."""
    key: str = ""
    """Of a file that is sent again while it says the same: under which Telegram's id of it is stored."""
    file_id: str = ""
    """Telegram's id where it has the file already; then there are no bytes."""
    left_out: bool = False
    """Of a sheet to be printed: True where signs such as emoji were left out, which paper does not have."""


REPORTS: Final = "report "
"""Begins the keys under which Telegram's ids of reports are stored; other keys are of pictures."""


def same_file(key: str) -> str:
    """How the keys of that report begin, whatever its record says: the older ones are needed no more."""
    return key.rpartition(" ")[0] + " "


def ensure_room_for_file(waiting: Mapping[int, int], resident_id: int) -> None:
    """Raise TooManyFiles where too many wait already; ``waiting`` are their numbers by resident."""
    if waiting.get(resident_id, 0) >= FILES_OF_ONE_PERSON or sum(waiting.values()) >= FILES_WAITING:
        raise TooManyFiles


def ensure_record_in(form: str, hearing: Hearing, at: datetime, *, sitting: int = 0) -> None:
    """Raise where the record of a hearing, or of one of its sittings, cannot be had in that form now.

    Raises NotFinal for open data whose numbers may still change, NoOptionQuestions for Pabulib without such a question,
    NotFound for a sitting that is not there, or that has no file of that form.
    """
    if sitting and (form not in FORMS_OF_A_SITTING or all(each.no != sitting for each in hearing.dossier.sittings)):
        raise NotFound("sitting", sitting)
    if form == OPEN_DATA and not is_final(hearing, at):
        raise NotFinal("The numbers may still change: open data come when answers are closed and all is entered.")
    if form == PABULIB and not has_options(hearing):
        raise NoOptionQuestions("The hearing has no question with several answers, a ranking or coins.")


def is_final(hearing: Hearing, at: datetime) -> bool:
    """True where the numbers of a hearing change no more, as answers are closed and everything is entered."""
    return hearing.phase is not Phase.DRAFT and not hearing.will_take_answers(at) and not hearing.may_change(at)


def has_options(hearing: Hearing) -> bool:
    """True where an answer to some question weighs several options."""
    return any(question.kind in OPTION_KINDS for question in hearing.dossier.questions)
