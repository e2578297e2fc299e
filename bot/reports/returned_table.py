"""A table of decisions that has come back, held against the comments of its hearing."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.decision_table import reader, words
from bot.decision_table.faults import sentence
from bot.decision_table.reader import ReturnedTable
from bot.domain.decision_table import compare, first_day
from bot.domain.errors import NotFound
from bot.reports import records
from bot.spreadsheets.marking import marked

if TYPE_CHECKING:
    from bot.decision_table.reader import OpenedTable
    from bot.i18n import Catalogues, Translator
    from bot.ports import ReadingStore, Repositories
    from bot.spreadsheets.vocabulary import Vocabulary


async def read(
    store: ReadingStore, content: bytes, municipalities: frozenset[int], *, catalogues: Catalogues, timezone: str
) -> ReturnedTable:
    """What a file says, with all its faults; of a hearing elsewhere than in ``municipalities`` nothing is told.

    ``timezone`` counts for a municipality without one. Raises StoreUnavailable.
    """
    opened = reader.read(content, _vocabulary(catalogues))
    if not opened.hearing:
        return ReturnedTable(0, faults=tuple(opened.faults.errors))
    async with store.reading() as repositories:
        try:
            return await _checked(repositories, opened, municipalities, timezone)
        except NotFound:
            return ReturnedTable(0, faults=reader.foreign())


def with_copy(table: ReturnedTable, content: bytes, t: Translator) -> ReturnedTable:
    """The table with a copy of its file in which the mistakes are marked, where one can be made."""
    return replace(table, copy=marked(content, table.faults, lambda fault: sentence(fault, t)))


async def _checked(
    repositories: Repositories, opened: OpenedTable, municipalities: frozenset[int], timezone: str
) -> ReturnedTable:
    hearing = await repositories.hearings.get(opened.hearing)
    if hearing.municipality_id not in municipalities:
        return ReturnedTable(0, faults=reader.foreign())
    comments = {each.number: each for each in await repositories.comments.list_numbers(hearing.id, opened.numbers)}
    zone = await records.zone_of(repositories, hearing, timezone)
    begins = first_day(hearing.dossier, zone)
    rows, faults = reader.check(opened, comments, dossier=hearing.dossier, first_day=begins)
    if faults:
        return ReturnedTable(hearing.id, rows, faults)
    comparison = compare(rows, comments)
    numbers = {row.key.number for row in comparison.conflicts}
    conflicting = {number: comment for number, comment in comments.items() if number in numbers}
    return ReturnedTable(hearing.id, rows, faults, comparison, conflicting)


@lru_cache(maxsize=4)
def _vocabulary(catalogues: Catalogues) -> Vocabulary:
    return words.vocabulary(catalogues)
