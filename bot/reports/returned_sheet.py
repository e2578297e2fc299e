"""An entry sheet that has come back, read for its hearing: what it says, or its mistakes in the sender's language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.entry_sheet import EntrySheet
from bot.domain.errors import NotFound
from bot.domain.values import dataclass
from bot.entry_sheet import reader
from bot.entry_sheet.columns import FILE_KIND
from bot.entry_sheet.faults import SHEET_SENTENCES
from bot.reports.entry_rows import first_day, sheet_words
from bot.reports.inert import plain
from bot.spreadsheets import faults, gathering
from bot.spreadsheets.faults import Code, Fault
from bot.spreadsheets.grids import CannotOpen
from bot.spreadsheets.marking import marked
from bot.spreadsheets.opening import read_grids
from bot.spreadsheets.stamps import find_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.entry_sheet.reader import ReadSheet
    from bot.i18n import Catalogues, Translator
    from bot.ports import ReadingStore
    from bot.spreadsheets.faults import LabelTables

_SAID_WARNINGS: Final = frozenset(
    {
        *(Code.FORMATS_UNKNOWN, Code.HIDDEN_SHEET, Code.HIDDEN_ROWS, Code.NO_HEADING),
        *(Code.MERGED_FILLED, Code.MERGED_ACROSS, Code.MERGED_TITLE),
    }
)
"""What is read all the same and said; the columns that we hide ourselves are not."""


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """What a file says, which counts only where there are no ``errors``; sentences of what is wrong, and of doubts.

    ``copy`` is the file with its mistakes marked, where there are any and it could be made.
    """

    sheet: EntrySheet
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    copy: bytes | None = None


async def read(
    store: ReadingStore,
    content: bytes,
    municipalities: frozenset[int],
    *,
    catalogues: Catalogues,
    language: str,
    now: datetime,
    timezone: str,
    hearing_id: int = 0,
) -> ReturnedSheet:
    """What a file says; of a hearing elsewhere than in ``municipalities`` nothing is told. Raises StoreUnavailable.

    A file without a stamp is of the hearing ``hearing_id``, as its sender has said.
    """
    t = catalogues[language]
    try:
        grids = read_grids(content)
    except CannotOpen as cannot:
        return _refused((cannot.fault,), t)
    stamp = find_stamp(grids)
    if (stamp is None and not hearing_id) or (stamp is not None and stamp.kind != FILE_KIND):
        return _refused(reader.foreign(), t)
    try:
        async with store.reading() as repositories:
            hearing = await repositories.hearings.get(stamp.hearing if stamp else hearing_id)
            words = await sheet_words(repositories, hearing, timezone)
    except NotFound:
        return _refused(reader.foreign(), t)
    if hearing.municipality_id not in municipalities:
        return _refused(reader.foreign(), t)
    days = {"first": first_day(hearing, words), "last": now.astimezone(words.zone).date()}
    vocabulary = words.vocabulary(catalogues)
    found = reader.read(grids, hearing.id, words, vocabulary, **days, stamped=stamp is not None)
    return _told(found, content, t, words.tables)


def _told(found: ReadSheet, content: bytes, t: Translator, labels: LabelTables) -> ReturnedSheet:
    if found.errors:
        copy = marked(content, found.errors, lambda fault: _sentence(fault, t, labels))
        return ReturnedSheet(EntrySheet(found.sheet.hearing_id), _sentences(found.errors, t, labels), copy=copy)
    papers = tuple(replace(paper, text=plain(paper.text)).digested() for paper in found.sheet.papers)
    warnings = [fault for fault in found.warnings if fault.code in _SAID_WARNINGS]
    return ReturnedSheet(replace(found.sheet, papers=papers), warnings=_sentences(warnings, t, labels))


def _refused(found: tuple[Fault, ...], t: Translator) -> ReturnedSheet:
    return ReturnedSheet(EntrySheet(0), _sentences(found, t, {}))


def _sentence(fault: Fault, t: Translator, labels: LabelTables) -> str:
    return faults.sentence(fault, t, labels=labels, sentences=SHEET_SENTENCES)


def _sentences(found: Sequence[Fault], t: Translator, labels: LabelTables) -> tuple[str, ...]:
    return gathering.sentences(found, t, labels=labels, of=SHEET_SENTENCES)
