"""The words that a hearing's workbook may be written with, in every language.

``spellings.csv`` has the labels of templates in use and what people write for them. When a translator changes a label,
the former one stays there: a workbook filled from last year's template is still read.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.domain.languages import LANGUAGES
from bot.spreadsheets.vocabulary import EXAMPLE_WORDS, Vocabulary
from bot.workbook.hints import first_cells
from bot.workbook.words import LABEL_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.i18n import Catalogues


@cache
def hearing_vocabulary(catalogues: Catalogues) -> Vocabulary:
    """The vocabulary of a hearing's workbook: the tables of ``LABEL_TABLES``."""
    return Vocabulary(_spellings(catalogues))


def _spellings(catalogues: Catalogues) -> Iterator[tuple[str, str, str]]:
    """(table, word, key), the English ones first: they are the contract; then today's labels, then former ones."""
    for table, names in LABEL_TABLES.items():
        for language in reversed(LANGUAGES):
            for key, word in names(catalogues[language]).items():
                yield table, word, key
                yield table, key, key
    for language in LANGUAGES:
        for words in first_cells(catalogues[language]):
            yield EXAMPLE_WORDS, words, "example"
    yield from former_spellings()


@cache
def former_spellings() -> tuple[tuple[str, str, str], ...]:
    """The rows of ``spellings.csv``."""
    text = files("bot.workbook").joinpath("spellings.csv").read_text(encoding="utf-8")
    return tuple((row["table"], row["word"], row["key"]) for row in csv.DictReader(text.splitlines()))
