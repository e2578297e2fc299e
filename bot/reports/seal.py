"""The seal of a record: of which moment it is, and SHA-256 digests of it as a whole and of each of its sections.

A file carries the seal as one line, so that anybody can ask later whether it says what the database says, and what
differs. The digests are salted by a number that the database keeps for itself: without it whoever has a file could try
all sizes that a group which is not shown can have. They are of what files may say, never of what is hidden in all.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SEAL_FORMAT: Final = 1
"""Grows when what the digests are made of changes: an older file can then no longer be compared."""
ALL_LANGUAGES: Final = ("all",)
"""Stands for the languages of a file that is the same in every one."""
_SITTING: Final = "-sitting-"
SECTION_LETTERS: Final = 12
"""Letters of a section's digest in a file: it says what differs, the whole one that nothing does."""
_LINE: Final = re.compile(
    r"hearing-bot record (\d{1,4}) (\S{1,300}) (\S{20,32}) sha256=([0-9a-f]{64})"
    r"((?: [a-z]{1,20}=[0-9a-f]{12}){1,30}) ([a-z0-9-]{1,30}) ([A-Za-z_+]{2,40})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Seal:
    """The digests (hexadecimal) of a record of a hearing as it was ``as_of``; ``sections`` by their names."""

    code: str
    as_of: datetime
    sections: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The digest of the whole record."""
        return sha256("".join(f"{name}={digest}\n" for name, digest in self.sections.items()).encode()).hexdigest()

    def line(self, form: str, languages: Sequence[str], **more: str) -> str:
        """The seal as it stands in a file of that form; ``more`` are digests of what this form alone says. ASCII."""
        sections = {**self.sections, **more}
        parts = " ".join(f"{name}={digest[:SECTION_LETTERS]}" for name, digest in sections.items())
        at = self.as_of.astimezone(UTC).isoformat().replace("+00:00", "Z")
        spoken = "+".join(languages)
        return f"hearing-bot record {SEAL_FORMAT} {quote(self.code)} {at} sha256={self.digest} {parts} {form} {spoken}"


@dataclass(frozen=True, slots=True)
class ReadSeal:
    """A seal as a file carries it: ``sections`` have the first letters of their digests."""

    format: int
    code: str
    as_of: datetime
    digest: str
    sections: Mapping[str, str]
    form: str
    languages: tuple[str, ...]

    @property
    def whole_form(self) -> str:
        """The form without the sitting that the file is of."""
        return self.form.partition(_SITTING)[0]

    @property
    def sitting(self) -> int:
        """The number of the sitting that the file is of; 0: the whole hearing."""
        number = self.form.partition(_SITTING)[2]
        return int(number) if number.isdecimal() else 0


def of_sitting(form: str, sitting: int) -> str:
    """What a form is called in the seal of a file of one sitting."""
    return f"{form}{_SITTING}{sitting}"


def heard_digest(comments: Iterable[int]) -> str:
    """The digest of which comments were given at a sitting."""
    return sha256(" ".join(map(str, sorted(comments))).encode()).hexdigest()


def read_seal(words: str) -> ReadSeal | None:
    """The first seal among these words."""
    if (found := _LINE.search(words)) is None:
        return None
    number, code, at, digest, parts, form, spoken = found.groups()
    try:
        as_of = datetime.fromisoformat(at)
    except ValueError:
        return None
    sections = dict(part.split("=") for part in parts.split())
    return ReadSeal(int(number), unquote(code), as_of, digest, sections, form, tuple(spoken.split("+")))
