"""The meaning of a word in a spreadsheet, in whatever language it is written."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.domain.places import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMN_WORDS: Final = "column"
"""The table of headings of columns."""
EXAMPLE_WORDS: Final = "mark"
"""The table of marks that say: this row is an example, not data."""


class Vocabulary:
    """Finds the key that a word stands for, whatever its case, spaces, dots or ё."""

    def __init__(self, spellings: Iterable[tuple[str, str, str]]) -> None:
        """``spellings`` are (table, word, key); the first key of a word in its table stays."""
        self._keys: dict[tuple[str, str], str] = {}
        for table, word, key in spellings:
            self._keys.setdefault((table, _folded(word)), key)

    def find(self, table: str, word: str) -> str | None:
        """The key that ``word`` stands for in ``table``; None for an unknown word."""
        return self._keys.get((table, _folded(word)))


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word) or word.strip()
