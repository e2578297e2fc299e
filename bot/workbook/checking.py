"""What a file of staff is, and what is wrong with a workbook: work for another process, as it may take seconds.

A job imports what it needs where it is done: the bot, which hands it over, does without.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bot.decision_table import columns as decision_columns
from bot.domain.values import dataclass
from bot.entry_sheet import columns as entry_columns
from bot.spreadsheets.stamps import WORKBOOK, Stamp, find_stamp

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import Dossier
    from bot.domain.places import Place
    from bot.i18n import Catalogues
    from bot.spreadsheets.grids import Grid
    from bot.workbook.per_head import PerHead


class Workbench(Protocol):
    """What the work on a workbook needs where it is done."""

    @property
    def catalogues(self) -> Catalogues:
        """Words in every language."""
        ...

    @property
    def now(self) -> datetime:
        """The present moment."""
        ...


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file is: its stamp; without one, the kind of which its sheets are. ``fault``: it is no table."""

    stamp: Stamp | None = None
    looks_like: str = ""
    fault: str = ""

    @property
    def kind(self) -> str:
        """The kind as it is stamped, else as it looks; empty where nothing tells."""
        return self.stamp.kind if self.stamp else self.looks_like


@dataclass(frozen=True, slots=True)
class RecogniseJob:
    """Finds out what a file is."""

    content: bytes
    language: str

    async def run(self, bench: Workbench) -> Recognition:
        """What it is; never raises for its bytes."""
        from bot.spreadsheets import opening
        from bot.workbook.faults import sentence

        try:
            grids = opening.read_grids(self.content)
        except opening.CannotOpen as cannot:
            return Recognition(fault=sentence(cannot.fault, bench.catalogues[self.language]))
        if (stamp := find_stamp(grids)) is not None:
            return Recognition(stamp)
        return Recognition(looks_like=_kind_of(grids, bench.catalogues))


def _kind_of(grids: tuple[Grid, ...], catalogues: Catalogues) -> str:
    """The kind of file of which these sheets are; empty where they are of none."""
    from bot.decision_table import reader as decisions
    from bot.decision_table import words as decision_words
    from bot.entry_sheet import reader as entries
    from bot.entry_sheet import words as entry_words
    from bot.spreadsheets.tables import FaultLog
    from bot.workbook.finding import find_tables
    from bot.workbook.spellings import hearing_vocabulary

    if decisions.is_table(grids, decision_words.vocabulary(catalogues)):
        return decision_columns.FILE_KIND
    if entries.is_sheet(grids, entry_words.plain_vocabulary(catalogues)):
        return entry_columns.FILE_KIND
    return WORKBOOK if find_tables(grids, hearing_vocabulary(catalogues), FaultLog()) else ""


@dataclass(frozen=True, slots=True)
class CheckedWorkbook:
    """What a workbook says, or every mistake in it in the secretary's language, and a copy with the mistakes marked."""

    dossier: Dossier | None
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    copy: bytes | None = None


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Reads a workbook. Of a correction the moment from which answers are taken stays where the workbook has none."""

    content: bytes
    language: str
    timezone: str
    people: PerHead
    stamp: Stamp
    opens_at: datetime | None = None
    villages: tuple[Place, ...] = ()

    async def run(self, bench: Workbench) -> CheckedWorkbook:
        """What it says; never raises for its bytes."""
        from bot.spreadsheets.marking import marked
        from bot.workbook.faults import sentence, sentences
        from bot.workbook.preview import doubts, sums
        from bot.workbook.reader import read

        t = bench.catalogues[self.language]
        reading = read(
            self.content,
            catalogues=bench.catalogues,
            municipality_timezone=self.timezone,
            now=bench.now,
            villages=self.villages,
        )
        if reading.dossier is None:
            copy = marked(self.content, reading.errors, lambda fault: sentence(fault, t), self.stamp)
            return CheckedWorkbook(None, sentences(reading.errors, t), sentences(reading.warnings, t), copy=copy)
        dossier = reading.dossier
        if self.opens_at is not None and dossier.opens_at == bench.now:
            dossier = replace(dossier, opens_at=self.opens_at)
        warnings = sentences([*reading.warnings, *doubts(dossier, self.people)], t)
        return CheckedWorkbook(dossier, (), warnings, tuple(sums(dossier, t, self.people)))


@dataclass(frozen=True, slots=True)
class TemplateJob:
    """Writes an empty workbook; the first language is that of its headings."""

    languages: tuple[str, ...]

    async def run(self, bench: Workbench) -> bytes:
        """The file."""
        from bot.workbook.template import tags_of, template

        others = {tag: bench.catalogues[each] for each in reversed(self.languages) for tag in tags_of([each])}
        return template(bench.catalogues[self.languages[0]], tags_of(self.languages), others=others)


@dataclass(frozen=True, slots=True)
class FillJob:
    """Writes the workbook of a hearing as it stands."""

    dossier: Dossier
    language: str
    timezone: str
    stamp: Stamp
    villages: tuple[Place, ...] = ()

    async def run(self, bench: Workbench) -> bytes:
        """The file."""
        from bot.workbook.filling import fill

        t = bench.catalogues[self.language]
        return fill(self.dossier, t, municipality_timezone=self.timezone, stamp=self.stamp, villages=self.villages)
