"""Languages that a workbook uses somewhere and leaves empty elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import KY, OWN_NAMES, UZ, UZ_CYRL
from bot.spreadsheets import cells
from bot.spreadsheets.alphabet import language_of
from bot.spreadsheets.opening import Broken, Unsaved
from bot.workbook.faults import HearingCode
from bot.workbook.sheets import HEARING_FIELDS, SHEETS_BY_KEY
from bot.workbook.words import FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.spreadsheets.tables import FaultLog, SheetRow, SheetTable
    from bot.spreadsheets.vocabulary import Vocabulary

_TRANSLATED_FIELDS: Final = frozenset(column.key for column in HEARING_FIELDS if column.translated)


def warn_of_gaps(tables: Mapping[str, SheetTable], vocabulary: Vocabulary, faults: FaultLog) -> None:
    """Warn once for each sheet and language that is used somewhere: at the first gap, with the number of gaps.

    Of Kyrgyz, which is always wanted, also where it is used nowhere: once for the whole workbook.
    """
    texts = {key: list(_texts(key, table, vocabulary)) for key, table in tables.items()}
    used = {language for found in texts.values() for _, _, filled in found for language in filled}
    if used and KY not in used:
        key, (row, column, _) = next((key, found[0]) for key, found in texts.items() if found)
        cell = _cell_name(row, column, KY)
        faults.warn(HearingCode.LANGUAGE_MISSING, tables[key].name, cell, language=OWN_NAMES[KY])
    for key, found in texts.items():
        for language in sorted(used):
            gaps = [_cell_name(row, column, language) for row, column, filled in found if language not in filled]
            if gaps:
                name = OWN_NAMES[language]
                faults.warn(HearingCode.LANGUAGE_EMPTY, tables[key].name, gaps[0], language=name, count=len(gaps))


def _texts(key: str, table: SheetTable, vocabulary: Vocabulary) -> Iterator[tuple[SheetRow, str, set[str]]]:
    """(row, column, languages it is filled in) of every text that has some language."""
    translated = [column.key for column in SHEETS_BY_KEY[key].columns if column.translated]
    for row in table.rows:
        if (
            key == "Hearing"
            and vocabulary.find(FIELD_WORDS, cells.plain_text(row.values.get(("field", "")))) not in _TRANSLATED_FIELDS
        ):
            continue
        for column in translated:
            if filled := _languages(row, column):
                yield row, column, filled


def _languages(row: SheetRow, column: str) -> set[str]:
    found = set()
    for (key, heading), value in row.values.items():
        if key == column and not isinstance(value, Unsaved | Broken) and (written := cells.plain_text(value)):
            found.add(_either_script(language_of(written, heading)))
    return found


def _either_script(language: str) -> str:
    return UZ_CYRL if language == UZ else language


def _cell_name(row: SheetRow, column: str, language: str) -> str:
    if language == UZ_CYRL and (column, UZ_CYRL) not in row.columns:
        return row.cell_name(column, UZ)
    return row.cell_name(column, language)
