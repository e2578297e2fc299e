"""Languages that a workbook uses somewhere and leaves empty elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.languages import KY, OWN_NAMES, UZ, UZ_CYRL
from bot.spreadsheets import cells
from bot.spreadsheets.alphabet import language_of
from bot.spreadsheets.faults import Code
from bot.spreadsheets.opening import Broken, Unsaved
from bot.workbook.sheets import BY_KEY, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.spreadsheets.tables import Findings, SheetRow, SheetTable
    from bot.workbook.vocabulary import Vocabulary

_TRANSLATED_FIELDS = frozenset(column.key for column in FIELDS if column.translated)


def warn_of_gaps(tables: Mapping[str, SheetTable], vocabulary: Vocabulary, findings: Findings) -> None:
    """One warning a sheet and language, at its first gap, with their number. Kyrgyz is always wanted."""
    texts = {key: list(_texts(key, table, vocabulary)) for key, table in tables.items()}
    wanted = {language for found in texts.values() for _, _, filled in found for language in filled} | {KY}
    for key, found in texts.items():
        for language in sorted(wanted):
            gaps = [_cell(row, column, language) for row, column, filled in found if language not in filled]
            if gaps:
                name = OWN_NAMES[language]
                findings.warn(Code.LANGUAGE_EMPTY, tables[key].name, gaps[0], language=name, count=len(gaps))


def _texts(key: str, table: SheetTable, vocabulary: Vocabulary) -> Iterator[tuple[SheetRow, str, set[str]]]:
    """(row, column, languages it is filled in) of every text that is filled in some language."""
    translated = [column.key for column in BY_KEY[key].columns if column.translated]
    for row in table.rows:
        if (
            key == "Hearing"
            and vocabulary.find("field", cells.words(row.cells.get(("field", "")))) not in _TRANSLATED_FIELDS
        ):
            continue
        for column in translated:
            if filled := _languages(row, column):
                yield row, column, filled


def _languages(row: SheetRow, column: str) -> set[str]:
    found = set()
    for (key, heading), value in row.cells.items():
        if key == column and not isinstance(value, Unsaved | Broken) and (written := cells.words(value)):
            found.add(_either_script(language_of(written, heading)))
    return found


def _either_script(language: str) -> str:
    return UZ_CYRL if language == UZ else language


def _cell(row: SheetRow, column: str, language: str) -> str:
    if language == UZ_CYRL and (column, UZ_CYRL) not in row.places:
        return row.cell(column, UZ)
    return row.cell(column, language)
