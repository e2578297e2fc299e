"""Whether a file of a hearing says what the database says now; and whether it is as it was made."""

from __future__ import annotations

import io
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.domain.errors import HearingBotError, NotFound
from bot.domain.languages import KY, LANGUAGES
from bot.domain.values import dataclass
from bot.reports import records
from bot.reports.digest import minutes_digest
from bot.reports.report import ReportFormat, write
from bot.reports.seal import ALL_LANGUAGES, SEAL_FORMAT, SECTION_LETTERS, heard_digest, read_seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from bot.i18n import Catalogues
    from bot.ports import ReadingStore, Repositories
    from bot.reports.record import Record
    from bot.reports.seal import ReadSeal, Seal

LARGEST_PART: Final = 64 << 20
"""Bytes of a part of a packed file that is looked at."""
_FIRST_PARTS: Final = ("docProps/core.xml", "datapackage.json", "summary.csv")
"""Parts in which nothing that residents write stands: a comment may look like a seal."""


class NoSeal(HearingBotError):
    """A file without a seal, or with one that this program does not know."""


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What was found: the seal of the file, that of the record as it is now, and the sections that differ.

    ``unchanged`` is True where the file is byte for byte what is made of the record now; it says nothing where they
    differ.
    """

    found: ReadSeal
    now: Seal
    differing: tuple[str, ...]
    unchanged: bool = False

    @property
    def matches(self) -> bool:
        """True where the file says what the database says."""
        return self.found.digest == self.now.digest and not self.differing


async def verify(
    store: ReadingStore, content: bytes, *, catalogues: Catalogues, now: datetime, timezone: str, link: str = ""
) -> FileVerdict:
    """Look a file over. Raises NoSeal, NotFound where its hearing is not there, StoreUnavailable."""
    found = find_seal(content)
    async with store.reading() as repositories:
        hearing = await repositories.hearings.find_code(found.code)
        if hearing is None:
            raise NotFound("hearing", found.code)
        record, minutes = await _gathered(repositories, hearing.id, now=now, timezone=timezone)
        heard = heard_digest(await repositories.entries.heard_at(hearing.id, found.sitting))
    assert record.seal is not None
    beside = {"minutes": minutes, "sitting": heard}
    sections = {**record.seal.sections, **{name: said for name, said in beside.items() if name in found.sections}}
    verdict = FileVerdict(found, record.seal, _differing(found, sections))
    if not verdict.matches or found.whole_form not in set(ReportFormat):
        return verdict
    first, *others = [each for each in found.languages if each in LANGUAGES] or [KY]
    with tempfile.TemporaryDirectory(prefix="hearing-") as folder:
        again = await write(
            store,
            hearing.id,
            form=ReportFormat(found.whole_form),
            t=catalogues[first],
            second=catalogues[others[0]] if others else None,
            now=now,
            timezone=timezone,
            path=Path(folder, "again"),
            link=link,
            sitting=found.sitting,
        )
        return replace(verdict, unchanged=again.path.read_bytes() == content)


def find_seal(content: bytes) -> ReadSeal:
    """The seal that a file carries. Raises NoSeal."""
    for part in _parts(content):
        if (found := read_seal(part.decode("latin-1"))) is not None:
            if found.format != SEAL_FORMAT:
                break
            return found
    raise NoSeal


def _parts(content: bytes) -> Iterator[bytes]:
    """The file, or where it is packed its parts: first those in which the seal stands."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in sorted(package.infolist(), key=lambda each: each.filename not in _FIRST_PARTS):
                if part.file_size <= LARGEST_PART:
                    yield package.read(part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return


async def sections_of(store: ReadingStore, hearing_id: int, *, now: datetime, timezone: str) -> Mapping[str, str]:
    """The digests of a record as it is now, by section, and of what its protocol alone says. Raises as ``gather``."""
    async with store.reading() as repositories:
        record, minutes = await _gathered(repositories, hearing_id, now=now, timezone=timezone)
    assert record.seal is not None
    return {**record.seal.sections, "minutes": minutes}


def seals_in(folder: Path) -> tuple[ReadSeal, ...]:
    """The seals of the files in a folder, of those that have one."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file():
            with suppress(NoSeal):
                found.append(find_seal(path.read_bytes()))
    return tuple(found)


def still_holds(found: ReadSeal, sections: Mapping[str, str], form: str, languages: Sequence[str]) -> bool:
    """True where a file of that form in those languages has this seal and the record has those sections now."""
    spoken = found.languages in (tuple(languages), ALL_LANGUAGES)
    return found.form == form and spoken and not _differing(found, sections)


def _differing(found: ReadSeal, sections: Mapping[str, str]) -> tuple[str, ...]:
    """The sections of a file that are not as they are now."""
    names = [name for name in sections if name in found.sections or name != "minutes"]
    return tuple(name for name in names if found.sections.get(name) != sections[name][:SECTION_LETTERS])


async def _gathered(repositories: Repositories, hearing_id: int, *, now: datetime, timezone: str) -> tuple[Record, str]:
    """The record with its seal, and the digest of what the protocol alone says."""
    record = await records.gather(repositories, hearing_id, now=now, timezone=timezone)
    minutes = await records.gather_minutes(repositories, record.hearing)
    return await records.sealed(repositories, record), minutes_digest(minutes)
