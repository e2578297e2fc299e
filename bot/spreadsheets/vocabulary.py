"""The meaning of a word in a spreadsheet, in whatever language it is written."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.domain.folding import LETTERS_LOST, fold, has_lost_letters, lossy, readings, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMN_WORDS: Final = "column"
"""The table of headings of columns."""
EXAMPLE_WORDS: Final = "mark"
"""The table of marks that say: this row is an example, not data."""
SHORTEST_WORD_WITH_A_SLIP: Final = 4
"""Letters; a shorter word with a letter lost or repeated is another word."""


class Vocabulary:
    """Finds the key that a word stands for, whatever its case, spaces, dots or ё, and by whichever letters."""

    def __init__(self, spellings: Iterable[tuple[str, str, str]]) -> None:
        """``spellings`` are (table, word, key); the first key of a word in its table stays."""
        self._keys: dict[tuple[str, str], str] = {}
        self._slips: dict[tuple[str, str], str | None] = {}
        """Keys by what is left of a word whose letters were lost or repeated; None where two keys are left the same."""
        for table, word, key in spellings:
            self._keys.setdefault((table, _folded(word)), key)
        for (table, folded), key in self._keys.items():
            for slip in {squeezed(folded), _joined(folded).translate(LETTERS_LOST)}:
                self._slips[table, slip] = key if self._slips.get((table, slip), key) == key else None

    def find(self, table: str, word: str) -> str | None:
        """The key that ``word`` stands for in ``table``; None for an unknown word."""
        return _first(self._keys.get((table, way)) for way in _ways(word)) or _first(
            self._slips.get((table, slip)) for slip in _slips(word)
        )


def _first(keys: Iterable[str | None]) -> str | None:
    return next((key for key in keys if key is not None), None)


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word) or word.strip()


@lru_cache(maxsize=4096)
def _ways(word: str) -> tuple[str, ...]:
    return tuple(fold(way) or word.strip() for way in readings(word))


@lru_cache(maxsize=4096)
def _slips(word: str) -> tuple[str, ...]:
    """What may be left of the word: without its repeated letters; without those that a conversion lost."""
    folded = fold(word)
    if len(word.strip()) < SHORTEST_WORD_WITH_A_SLIP:
        return ()
    return (squeezed(folded), _joined(lossy(word))) if has_lost_letters(word) else (squeezed(folded),)


def _joined(words: str) -> str:
    return words.replace(" ", "")
