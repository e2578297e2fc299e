"""Finding the meaning of a word that somebody wrote in a workbook, in whatever language.

``spellings.csv`` holds the labels of templates that are out there and what people write for them. A translator who
changes a label leaves the former one there: a workbook filled from last year's template is still read.
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.domain.languages import LANGUAGES
from bot.domain.places import fold
from bot.workbook.words import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.i18n import Catalogues


class Vocabulary:
    """Understands the words of a workbook in any language, whatever their case, spaces, dots or ё."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._keys: dict[tuple[str, str], str] = {}
        for table, word, key in _spellings(catalogues):
            self._keys.setdefault((table, _folded(word)), key)

    def find(self, table: str, word: str) -> str | None:
        """The key that ``word`` stands for in one of the ``TABLES``; None for a word it does not know."""
        return self._keys.get((table, _folded(word)))


def _spellings(catalogues: Catalogues) -> Iterator[tuple[str, str, str]]:
    """(table, word, key), the English ones first: they are the contract; then today's labels, then former ones."""
    for table, names in TABLES.items():
        for language in reversed(LANGUAGES):
            for key, word in names(catalogues[language]).items():
                yield table, word, key
                yield table, key, key

    yield from _former()


@cache
def _former() -> tuple[tuple[str, str, str], ...]:
    """The rows of ``spellings.csv``."""
    text = files("bot.workbook").joinpath("spellings.csv").read_text(encoding="utf-8")
    return tuple((row["table"], row["word"], row["key"]) for row in csv.DictReader(text.splitlines()))


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word) or word.strip()
