"""The page for whoever writes such a workbook, or a list of places, with another program: made of the declarations.

``python -m bot.workbook.manual > docs/workbook.md`` brings the page up to date.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from bot.domain.languages import KY, RU, UZ, UZ_CYRL
from bot.i18n import Catalogues
from bot.spreadsheets.opening import LARGEST_FILE, MEGABYTE, MOST_SHEETS
from bot.spreadsheets.vocabulary import COLUMN_WORDS
from bot.workbook import place_words, words
from bot.workbook.place_rows import REQUIRED_COLUMNS
from bot.workbook.places import MOST_PLACES
from bot.workbook.sheets import (
    DATE_FORMAT,
    DEGREES_FORMAT,
    HEARING_FIELDS,
    HEARING_SHEET,
    LONGEST_OPTION,
    MOMENT_FORMAT,
    MONEY_FORMAT,
    MOST_COINS,
    MOST_OPTIONS,
    SITTING_FIELDS,
    SITTINGS_SHEET,
    TABLE_SHEETS,
    TIME_FORMAT,
    WHOLE_NUMBER_FORMAT,
)
from bot.workbook.words import FIELD_WORDS, SHEET_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.i18n import Translator
    from bot.spreadsheets.shape import Column

_LANGUAGES: Final = (KY, RU, UZ_CYRL, UZ)
_NAMES: Final = ("Kyrgyz", "Russian", "Uzbek", "Uzbek, Latin")
_KINDS: Final = {
    MONEY_FORMAT: "amount",
    WHOLE_NUMBER_FORMAT: "whole number",
    DATE_FORMAT: "date",
    TIME_FORMAT: "time",
    MOMENT_FORMAT: "date and time",
    DEGREES_FORMAT: "degrees",
}
_BESIDE: Final = (SHEET_WORDS, FIELD_WORDS, COLUMN_WORDS)
"""Tables of words that stand beside the sheets, not among the lists."""
_HEAD: Final = """# A workbook from another program

For whoever writes the workbook of a hearing, or a list of places, with a program of their own (1C, a script). Start
from `hearing-bot template -o hearing.xlsx` and compare; `hearing-bot load` names every mistake with its cell and stores
nothing before the last one is corrected. This page is made from the program's own declarations; a test holds it.

## The file

- XLSX, at most {size} MB and {sheets} sheets. A sheet that is not named here is ignored, and said.
- Every name below may be written in any of its languages, in small or capital letters. The English words never change:
  a program does best to write those.
- Headings stand in the first row, or below a title; the order of columns and sheets is free. Unknown columns are
  ignored, and said.
- A translated column has its language in brackets: `title [ky]`, `title [ru]`, `title [uz]`, `title [en]`; `[uz]` takes
  either script. A language that is left out is fine; Kyrgyz is asked for.
- Dates are date cells or `31.12.2026`, times are time cells or `14:00`, amounts are numbers in the unit of the field
  `unit`, without words. Codes are text cells, or the spreadsheet makes numbers and dates of them. Of formulas the
  stored value is read.
- A row whose first cell says EXAMPLE is skipped.
"""


def manual(catalogues: Catalogues) -> str:
    """The page, as Markdown."""
    parts = [_HEAD.format(size=LARGEST_FILE // MEGABYTE, sheets=MOST_SHEETS), *_sheets(catalogues)]
    parts += ["## Words of the lists\n", *_lists(catalogues), *_places(catalogues)]
    return "\n".join(parts)


def _sheets(catalogues: Catalogues) -> Iterator[str]:
    yield f"## The sheet {_named(catalogues, words.sheets, HEARING_SHEET.key)}\n"
    yield f"One field in each row: its name in `field`, its value in `value`. At most {HEARING_SHEET.row_limit} rows."
    yield f"Another `date` begins another sitting, with the rows to `{SITTING_FIELDS[-1]}`; so does a row of the sheet"
    yield f"{SITTINGS_SHEET.key}.\n"
    yield from _table(catalogues, "field", HEARING_FIELDS, words.fields)
    for sheet in TABLE_SHEETS:
        yield f"## The sheet {_named(catalogues, words.sheets, sheet.key)}\n"
        yield f"At most {sheet.row_limit} rows.\n"
        yield from _table(catalogues, "column", sheet.columns, words.columns)
    yield (
        f"A question has at most {MOST_OPTIONS} options of {LONGEST_OPTION} characters, one per line of its cell; "
        f"`limit` is at most their number, of coins {MOST_COINS}.\n"
    )


def _named(catalogues: Catalogues, labels: Callable[[Translator], words.Labels], key: str) -> str:
    """The English word, and those of the other languages."""
    others = dict.fromkeys(labels(catalogues[language])[key] for language in _LANGUAGES)
    return f"{key} ({', '.join(others)})"


def _table(
    catalogues: Catalogues, head: str, columns: Iterable[Column], labels: Callable[[Translator], words.Labels]
) -> Iterator[str]:
    yield _row(head, *_NAMES, "what", "needed")
    yield _row(*["---"] * (len(_NAMES) + 3))
    for column in columns:
        key, meaning = column.key, _meaning(column)
        if column.translated and head == "field":
            meaning += ", in `value [language]`"
        elif column.translated:
            key += " [language]"
        yield _row(key, *_words(catalogues, labels, column.key), meaning, "yes" if column.required else "")
    yield ""


def _words(catalogues: Catalogues, labels: Callable[[Translator], words.Labels], key: str) -> Iterator[str]:
    return (labels(catalogues[language])[key] for language in _LANGUAGES)


def _meaning(column: Column) -> str:
    """What the cells of a column hold."""
    if column.choices:
        return f"a word of the list “{column.choices}”"
    kind = _KINDS.get(column.number_format, "text")
    limit = f", at most {column.limit} characters" if column.limit and kind == "text" else ""
    return f"{kind}{limit}"


def _lists(catalogues: Catalogues) -> Iterator[str]:
    for table, labels in words.LABEL_TABLES.items():
        if table not in _BESIDE:
            yield from _list(catalogues, table, labels)


def _list(catalogues: Catalogues, table: str, labels: Callable[[Translator], words.Labels]) -> Iterator[str]:
    yield _row(table, *_NAMES)
    yield _row(*["---"] * (len(_NAMES) + 1))
    for key in labels(catalogues[KY]):
        yield _row(key, *_words(catalogues, labels, key))
    yield ""


def _places(catalogues: Catalogues) -> Iterator[str]:
    yield "## The list of places\n"
    needed = ", ".join(f"`{column}`" for column in REQUIRED_COLUMNS)
    yield f"CSV in UTF-8, or the sheet of a workbook; at most {MOST_PLACES} places. Needed are {needed} and one name;"
    yield "`hearing-bot places template` writes an empty list.\n"
    yield _row("column", *_NAMES)
    yield _row(*["---"] * (len(_NAMES) + 1))
    for column in place_words.PLACE_COLUMNS:
        headings = (place_words.heading(catalogues[language], column) for language in _LANGUAGES)
        yield _row(column, *headings)
    yield ""
    yield from _list(catalogues, "type", place_words.kinds)


def _row(*values: str) -> str:
    return f"| {' | '.join(value.replace('|', '/') for value in values)} |"


if __name__ == "__main__":
    sys.stdout.write(manual(Catalogues.load()))
